package pep

import (
	"virtualschool.example/forms"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// StartInitial starts a child's first plan in a period of care. START-1: the
// social worker starts the initial plan; START-3: so again for a child who
// comes back into care; START-2: one open plan a child; then the ELIG rules for
// the term of the meeting and for today, and CHG-4.
func (p *PEP) StartInitial(by *Act, a StartInitial) error {
	return p.start(by, VerbStartInitial, Initial, a.Child, a.Meeting)
}

// StartSubsequent starts the plan of a later term. START-1: business support
// starts it, after a finalised plan of the same period of care; else as
// StartInitial.
func (p *PEP) StartSubsequent(by *Act, a StartSubsequent) error {
	meeting := a.Meeting
	if previous := by.Facts.Previous; meeting.IsZero() && previous != nil {
		meeting = previous.Next
	}
	return p.start(by, VerbStartSubsequent, Subsequent, a.Child, meeting)
}

func (p *PEP) start(by *Act, v Verb, kind Kind, child record.ChildID, meeting civil.Date) error {
	if !child.IsZero() && child != by.Facts.Child.ID {
		return &rule.Invalid{Member: "child", Want: "the child of the act's facts"}
	}
	var reasons rule.Reasons
	row, err := p.begin(by, v, &reasons)
	if err != nil {
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
	e := p.event(by, row)
	e.Child, e.Kind, e.Type, e.Meeting = by.Facts.Child.ID, kind, form, meeting
	e.Term = by.Policy.Calendar().Of(meeting)
	if by.Facts.Establishment != nil {
		e.Establishment = by.Facts.Establishment.ID
	}
	p.record(&e)
	return nil
}

// mayStartInitial adds what stands against a first plan, whatever its meeting:
// an open plan (START-2), or a finalised one in this period of care (START-1).
func (p *PEP) mayStartInitial(by *Act, reasons *rule.Reasons) {
	p.mayBeOpen(by, reasons)
	if by.planned() {
		reasons.Add(rule.START1, rule.FirstPlanExists)
	}
}

// mayStartSubsequent adds what stands against a later plan, whatever its
// meeting: an open plan (START-2), or none to follow (START-1, START-3).
func (p *PEP) mayStartSubsequent(by *Act, reasons *rule.Reasons) {
	p.mayBeOpen(by, reasons)
	if !by.planned() {
		reasons.Add(rule.START1, rule.NoFirstPlan)
	}
}

// mayBeOpen adds what stands against an open plan of the child: another one.
// START-2: at most one is open.
func (p *PEP) mayBeOpen(by *Act, reasons *rule.Reasons) {
	if by.Facts.OtherOpen {
		reasons.Add(rule.START2, rule.OpenPlan)
	}
}

// mayMeet adds what stands against a new plan with that meeting, and returns
// the type of its form. A birth date that makes no sense is a *rule.Invalid.
func (a *Act) mayMeet(meeting civil.Date, reasons *rule.Reasons) (forms.Type, error) {
	if meeting.IsZero() {
		a.refuseNoMeeting(reasons)
		return 0, nil
	}
	child, t := &a.Facts.Child, a.Policy.Calendar().Of(meeting)
	born := child.Born.Reveal(private.Deciding)
	needed, err := a.Policy.RequiredForTerm(born, t, a.care(), child.Education)
	if err != nil {
		return 0, err
	}
	a.refuseUnneeded(needed.Reason, reasons)
	if reasons.Empty() {
		today := record.Span{From: a.On, To: a.On.AddDays(1)}
		a.refuseUnneeded(a.Policy.inTermOf(a.On).looked(a.careSince(), today), reasons)
	}
	if !reasons.Empty() {
		return 0, nil
	}
	form, err := a.Policy.FormType(born, meeting, child.RecordedYear, a.Facts.setting(a.Policy, meeting))
	return form, reasons.Take(err)
}

// refuseUnneeded adds the refusal for which a child needs no plan, if any.
func (a *Act) refuseUnneeded(e Eligibility, reasons *rule.Reasons) {
	row := eligibilities[e]
	switch {
	case e == Required:
	case e >= NotLookedAfter && !a.Facts.CeasedOn.IsZero():
		reasons.AddReason(rule.Reason{Rule: rule.CHG4, Code: rule.CareEnded, On: a.Facts.CeasedOn})
	default:
		reasons.Add(row.refuses, row.code)
	}
}

// refuseNoMeeting says why there is no meeting: after the last term none is
// needed (ELIG-4), else one is missing (START-1).
func (a *Act) refuseNoMeeting(reasons *rule.Reasons) {
	last := a.Policy.LastTerm(a.Facts.Child.Born.Reveal(private.Deciding))
	if previous := a.Facts.Previous; previous != nil && !previous.Term.Before(last) {
		reasons.Add(rule.ELIG4, rule.PastLastTerm)
		return
	}
	reasons.Add(rule.START1, rule.NoMeeting)
}

// careSince returns the care in which a plan can be started. CHG-4: once a plan
// was ceased, be it for a day to come, only coming back into care on that day
// or later starts a new one (START-3).
func (a *Act) careSince() (since record.Care) {
	ceased := a.Facts.CeasedOn
	if ceased.IsZero() {
		return a.Facts.Child.Care
	}
	for _, e := range a.Facts.Child.Care.Episodes {
		if !e.From.Before(ceased) {
			since.Episodes = append(since.Episodes, e)
		}
	}
	return since
}

// care returns the child's care as far as plans go: without what lies after
// the day of ceasing in an episode that began before it (CHG-4).
func (a *Act) care() record.Care { return until(a.Facts.Child.Care, a.Facts.CeasedOn) }

// until returns care without what lies, from the day on which a plan was
// ceased, in an episode that began before it. A zero ceased changes nothing.
func until(care record.Care, ceased civil.Date) record.Care {
	if ceased.IsZero() {
		return care
	}
	before := record.Span{To: ceased}
	if care.Throughout {
		return record.Care{Episodes: []record.Episode{{Span: before}}}
	}
	cut := record.Care{Episodes: make([]record.Episode, 0, len(care.Episodes))}
	for _, e := range care.Episodes {
		if e.From.Before(ceased) {
			e.Span = e.Within(before)
		}
		cut.Episodes = append(cut.Episodes, e)
	}
	return cut
}

// planned reports whether the child has a finalised plan in the present period
// of care: coming back into care starts a new one (START-3).
func (a *Act) planned() bool {
	previous := a.Facts.Previous
	return previous != nil && !previous.Started.Before(a.Policy.EnteredCare(a.Facts.Child.Care, a.On))
}

// EnteredCare returns the first day of the period of care by this authority
// that a day falls in. CHG-1: a change of placement is no new period, so that
// episodes that touch are one. Where the day is in none it is the latest
// before; the zero Date where there is none at all, or care throughout.
func (p *Policy) EnteredCare(care record.Care, on civil.Date) civil.Date {
	var from civil.Date
	for _, e := range care.Episodes {
		if p.par.ours(e.Authority) && !e.From.After(on) && e.From.After(from) {
			from = e.From
		}
	}
	for joined := true; joined; {
		joined = false
		for _, e := range care.Episodes {
			if p.par.ours(e.Authority) && e.From.Before(from) && (e.To.IsZero() || !e.To.Before(from)) {
				from, joined = e.From, true
			}
		}
	}
	return from
}

// FormType returns the type of the form for a meeting (FORM-1 to FORM-8): by
// the year group on that day, as recorded or by birth date (YEAR-1 to YEAR-3),
// and the setting. A year group for which there is no form is a *rule.Refusal
// of YEAR-4.
func (p *Policy) FormType(born, meeting civil.Date, recorded forms.YearGroup, in forms.Setting) (forms.Type, error) {
	year, err := forms.YearGroupAt(born, meeting, recorded)
	if err != nil {
		return 0, err
	}
	return p.on(meeting).FormTypes.Type(year, in)
}

// RescheduleMeeting moves the meeting of a draft or delegated plan. TERM-2:
// the term follows the meeting; a due date that was the default follows it too.
func (p *PEP) RescheduleMeeting(by *Act, a RescheduleMeeting) error {
	var reasons rule.Reasons
	row, err := p.begin(by, VerbRescheduleMeeting, &reasons)
	if err != nil {
		return err
	}
	if reasons.Empty() && a.Meeting.IsZero() {
		reasons.Add(rule.TERM2, rule.MissingMember)
	}
	var due civil.Date
	if reasons.Empty() && p.s.DueByDefault {
		d, err := by.Policy.on(a.Meeting).Delegation.Due(a.Meeting, p.s.Delegated)
		if err := reasons.Take(err); err != nil {
			return err
		}
		due = d.On
	}
	if err := reasons.Err(VerbRescheduleMeeting.String()); err != nil {
		return err
	}
	e := p.event(by, row)
	e.Meeting, e.Due = a.Meeting, due
	e.Term = p.termOf(by.Policy, a.Meeting)
	p.record(&e)
	return nil
}

// termOf returns the term of a meeting, or the one that the plan was carried
// to where that is later.
func (p *PEP) termOf(policy *Policy, meeting civil.Date) term.Term {
	t := policy.Calendar().Of(meeting)
	if p.s.CarriedTo.After(t) {
		return p.s.CarriedTo
	}
	return t
}
