package pep

import (
	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// StartInitial starts a child's first plan in a period of care. START-1: the
// social worker starts the initial plan; START-3: a child who comes back into
// care needs a new initial plan; START-2: a child has at most one open plan.
// TERM-8 must allow the meeting. The ELIG rules and CHG-4 must allow a plan for
// the meeting's term and a start today. Child, if set, must be Facts.Child.ID.
type StartInitial struct {
	Child   record.ChildID
	Meeting civil.Date
}

// StartSubsequent starts the plan of a later term. START-1: business support
// starts it, after a finalised plan in the same period of care. The other rules
// are the same as for StartInitial. A zero Meeting means the next meeting that the
// previous plan names.
type StartSubsequent struct {
	Child   record.ChildID
	Meeting civil.Date
}

// Verb returns VerbStartInitial.
func (StartInitial) Verb() Verb { return VerbStartInitial }

// Verb returns VerbStartSubsequent.
func (StartSubsequent) Verb() Verb { return VerbStartSubsequent }

func (a StartInitial) do(p *PEP, by *Act) error {
	return p.start(by, VerbStartInitial, Initial, a.Child, a.Meeting)
}

func (a StartSubsequent) do(p *PEP, by *Act) error {
	meeting := a.Meeting
	if previous := by.Facts.Previous; meeting.IsZero() && previous != nil {
		meeting = previous.Next
	}
	return p.start(by, VerbStartSubsequent, Subsequent, a.Child, meeting)
}

func (p *PEP) start(by *Act, v Verb, kind PlanKind, child record.ChildID, meeting civil.Date) error {
	if !child.IsZero() && child != by.Facts.Child.ID {
		return &rule.Invalid{Member: "child", Want: "the child in the facts of the act"}
	}
	var reasons rule.Reasons
	t, err := p.begin(by, v, &reasons)
	if err != nil {
		return err
	}
	if err := by.Policy.CheckCare(by.Facts.Child.Care); err != nil {
		return err
	}
	switch {
	case p.s.ID.IsZero():
		return &rule.Invalid{Member: "plan", Want: "a plan with an id"}
	case by.Facts.Child.ID.IsZero():
		return &rule.Invalid{Member: "child", Want: "a child with an id"}
	}
	var form forms.Type
	if reasons.Empty() {
		if form, err = by.mayMeet(meeting, &reasons); err != nil {
			return err
		}
	}
	if err := reasons.Err(v.String()); err != nil {
		return err
	}
	e := p.event(by, t)
	e.Child, e.Kind, e.Type, e.Meeting = by.Facts.Child.ID, kind, form, meeting
	e.Questions = forms.QuestionsEdition
	e.Term = by.Policy.Calendar().Of(meeting)
	if by.Facts.Establishment != nil {
		e.Establishment = by.Facts.Establishment.ID
	}
	p.record(&e)
	return nil
}

// start sets the whole state.
func (s *Snapshot) start(e *Event) {
	*s = Snapshot{
		Format: Format, ID: e.Plan, Version: e.Version, Stage: e.To,
		Child: e.Child, Establishment: e.Establishment, Kind: e.Kind, Type: e.Type, Questions: max(e.Questions, firstQuestions),
		Policy: e.Policy, Revision: e.Revision, Started: e.On, Meeting: e.Meeting, Term: e.Term,
	}
	s.Sections = delegation.NewStates(s.sections())
}

// mayStartInitial adds the reasons against a first plan, whenever its meeting is: the
// child has an open plan (START-2), or a finalised one in this period of care
// (START-1).
func (p *PEP) mayStartInitial(by *Act, reasons *rule.Reasons) {
	p.mayBeOpen(by, reasons)
	if by.planned() {
		reasons.Add(rule.START1, rule.FirstPlanExists)
	}
}

// mayStartSubsequent adds the reasons against a later plan, whenever its meeting is:
// the child has an open plan (START-2), or no finalised plan in this period of care
// (START-1, START-3).
func (p *PEP) mayStartSubsequent(by *Act, reasons *rule.Reasons) {
	p.mayBeOpen(by, reasons)
	if !by.planned() {
		reasons.Add(rule.START1, rule.NoFirstPlan)
	}
}

// mayBeOpen adds a reason if the child has another open plan (START-2).
func (p *PEP) mayBeOpen(by *Act, reasons *rule.Reasons) {
	if by.Facts.OtherOpen {
		reasons.Add(rule.START2, rule.OpenPlan)
	}
}

// mayMeet adds the reasons against a new plan with the given meeting, and returns the
// type of its form. It returns a *rule.Invalid if the birth date makes no sense.
func (a *Act) mayMeet(meeting civil.Date, reasons *rule.Reasons) (forms.Type, error) {
	if meeting.IsZero() {
		a.refuseNoMeeting(reasons)
		return 0, nil
	}
	if a.checkWindow(meeting, reasons); !reasons.Empty() {
		return 0, nil
	}
	if err := a.mayNeed(a.Policy.Calendar().Of(meeting), reasons); err != nil || !reasons.Empty() {
		return 0, err
	}
	form, err := a.formType(meeting)
	return form, reasons.Take(err)
}

// mayNeed adds the reasons why the child's care or age rules out an open plan for a
// term: the child needs no plan for the term, or is not looked after today.
func (a *Act) mayNeed(t term.Term, reasons *rule.Reasons) error {
	if err := a.mayNeedFor(t, a.care(), reasons); err != nil || !reasons.Empty() {
		return err
	}
	a.mayStartToday(reasons)
	return nil
}

// mayNeedFor adds a reason if the child, with the given care, needs no plan for
// a term (ELIG-7). It returns a *rule.Invalid if the birth date makes no sense.
func (a *Act) mayNeedFor(t term.Term, care record.Care, reasons *rule.Reasons) error {
	child := &a.Facts.Child
	needed, err := a.Policy.RequiredForTerm(child.Born.Reveal(private.Deciding), t, care, child.Education)
	if err == nil {
		a.refuseUnneeded(needed.Reason, reasons)
	}
	return err
}

// mayStartToday adds a reason if no plan can be started today, whenever its meeting is,
// because the child is not looked after by this authority or is in a series of short
// breaks (ELIG-1, ELIG-9, CHG-4).
func (a *Act) mayStartToday(reasons *rule.Reasons) {
	today := record.Span{From: a.On, To: a.On.AddDays(1)}
	a.refuseUnneeded(a.Policy.inTermOf(a.On).looked(a.care(), today), reasons)
}

// mayStartSoon adds a reason if no plan can be started today, whenever its meeting is:
// either the reason of mayStartToday or, if the child needs no plan for any term in
// which the meeting may lie (TERM-8), the reason for today's term.
func (a *Act) mayStartSoon(reasons *rule.Reasons) error {
	if a.mayStartToday(reasons); !reasons.Empty() {
		return nil
	}
	terms := a.Policy.Calendar()
	first, last := a.Policy.MeetingWindow(a.On)
	for t := terms.Of(first); !t.IsZero() && !t.After(terms.Of(last)); t = t.Next() {
		var why rule.Reasons
		if err := a.mayNeedFor(t, a.care(), &why); err != nil || why.Empty() {
			return err
		}
	}
	return a.mayNeedFor(terms.Of(a.On), a.care(), reasons)
}

// refuseUnneeded adds the reason that follows from e, unless e is Required.
func (a *Act) refuseUnneeded(e Eligibility, reasons *rule.Reasons) {
	row := eligibilities[e]
	switch {
	case e == Required:
	case e >= NotLookedAfter && a.Facts.Child.Care.Throughout:
		reasons.AddReason(rule.Reason{Rule: rule.CHG4, Code: rule.CareEnded, On: a.Facts.CeasedOn})
	default:
		reasons.Add(row.refuses, row.code)
	}
}

// refuseNoMeeting adds the reason against a start without a meeting: either the
// child is past the last term that needs a plan (ELIG-4), or the meeting is missing
// (START-1).
func (a *Act) refuseNoMeeting(reasons *rule.Reasons) {
	last := a.Policy.LastTerm(a.Facts.Child.Born.Reveal(private.Deciding))
	if previous := a.Facts.Previous; previous != nil && !previous.Term.Before(last) {
		reasons.Add(rule.ELIG4, rule.PastLastTerm)
		return
	}
	reasons.Add(rule.START1, rule.NoMeeting)
}

// planned reports whether the child has a finalised plan in the present period of
// care. A child who comes back into care is in a new period (START-3).
func (a *Act) planned() bool {
	previous := a.Facts.Previous
	return previous != nil && !previous.Started.Before(a.Policy.EnteredCare(a.Facts.Child.Care, a.On))
}
