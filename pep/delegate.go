package pep

import (
	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Delegate hands the plan to the designated teacher with a due date. It is
// refused, in this order, by DELEG-2 (role, stage), PRE-1 to PRE-3
// (establishment and contributor), DELEG-9 (nobody to delegate to), SECT-3 (the
// social worker's sections), DELEG-5 and DELEG-1 (which sections) and DELEG-3
// (the due date). It may come before the meeting or after it (DELEG-4).
type Delegate struct {
	To       record.ContributorID // if set, it must be Facts.Contributor.ID; zero for the only one who can be chosen
	All      bool                 // every section of the form
	Sections []int                // or these, from 1
	Due      civil.Date           // zero for the default (DUE-1, DUE-4, DUE-4b)
}

// Verb returns VerbDelegate.
func (Delegate) Verb() Verb { return VerbDelegate }

func (a Delegate) do(p *PEP, by *Act) error {
	var reasons rule.Reasons
	t, err := p.begin(by, VerbDelegate, &reasons)
	if err != nil {
		return err
	}
	e := p.event(by, t)
	if t.Verb != 0 {
		p.choose(a, &reasons)
		if err := p.setDue(by, &e, a.Due, &reasons); err != nil {
			return err
		}
	}
	if err := reasons.Err(VerbDelegate.String()); err != nil {
		return err
	}
	e.Establishment = by.Facts.Establishment.ID
	return p.hand(by, &e, a.To, private.Text{})
}

// hand records that the plan is handed to the contributor of the act's facts. An
// action that names another contributor, or none where several can be chosen, is
// a *rule.Invalid.
func (p *PEP) hand(by *Act, e *Event, to record.ContributorID, comments private.Text) error {
	e.Contributor = by.Facts.Contributor.ID
	switch {
	case to.IsZero() && by.Facts.Several:
		return &rule.Invalid{Member: "to", Want: "given, because several contributors can be chosen"}
	case !to.IsZero() && to != e.Contributor:
		return &rule.Invalid{Member: "to", Want: "the contributor in the facts of the act"}
	}
	return p.recordText(e, "comments", comments)
}

// choose adds what stands against the sections chosen (DELEG-1, DELEG-5).
func (p *PEP) choose(a Delegate, reasons *rule.Reasons) {
	all := delegation.Every(p.s.sections())
	chosen, known := delegation.NewSections(a.Sections...)
	if a.All {
		chosen = all
	}
	if !known {
		reasons.Add(rule.DELEG5, rule.NoSuchSection)
		return
	}
	delegation.CheckSections(chosen, all, reasons)
}

// setDue sets the due date of a delegation: the one entered, checked by
// DELEG-3, or the default. A date that a person entered still counts as entered
// when a re-delegation keeps it. A default beyond the bank holidays refuses.
func (p *PEP) setDue(by *Act, e *Event, entered civil.Date, reasons *rule.Reasons) error {
	if !entered.IsZero() {
		e.Due = entered
		delegation.CheckDue(entered, by.On, reasons)
		by.checkDueWindow(entered, reasons)
		return nil
	}
	d, err := delegation.Due{}, error(nil)
	if e.Verb == VerbRedelegate {
		d, err = by.Policy.on(p.s.Meeting).Delegation.DueAgain(p.s.Due, by.On)
	} else {
		d, err = by.Policy.on(p.s.Meeting).Delegation.Due(p.s.Meeting, by.On)
	}
	e.Due, e.DueByDefault = d.On, p.s.DueByDefault || d.On != p.s.Due
	return reasons.Take(err)
}

// mayDelegate adds what stands against delegating, whichever sections.
func (p *PEP) mayDelegate(by *Act, reasons *rule.Reasons) {
	if p.s.Kind == Subsequent && !by.Policy.on(p.s.Meeting).SubsequentDelegation.Has(by.Role) {
		reasons.AddReason(rule.Reason{Rule: rule.DELEG2, Code: rule.WrongRole, Role: uint8(by.Role), Words: bySubsequentDelegation{}})
	}
	by.preflight(reasons)
	if p.selfCompleted(by) {
		reasons.Add(rule.DELEG9, rule.NobodyToDelegateTo)
	}
	for n := range p.template().Incomplete(p.s.Filled[:]) {
		if n <= forms.SocialWorkerSections {
			reasons.AddReason(rule.Reason{Rule: rule.SECT3, Code: rule.SectionsIncomplete, Section: n})
		}
	}
	by.elsewhere(reasons)
}

// bySubsequentDelegation is the Words of a refusal by the parameter that says who
// delegates a subsequent plan.
type bySubsequentDelegation struct{}

// Refusal says that another role than r's delegates a subsequent plan.
func (bySubsequentDelegation) Refusal(r rule.Reason) string {
	return cannot(Role(r.Role), "delegate "+Subsequent.Words()+" under this policy", socialWorker|businessSupport)
}

// unprepared reports whether a box of the social worker's sections is blank.
func (p *PEP) unprepared() bool {
	for n := range p.template().Incomplete(p.s.Filled[:]) {
		return n <= forms.SocialWorkerSections
	}
	return false
}

// preflight adds what stands against the establishment and the contributor
// (PRE-1 to PRE-3), where there is an establishment.
func (a *Act) preflight(reasons *rule.Reasons) {
	where, who := a.Facts.Establishment, a.Facts.Contributor
	if where == nil {
		return
	}
	if who == nil {
		who = &record.Contributor{}
	}
	a.Policy.on(a.On).Delegation.Preflight(*where, *who, a.At, reasons)
}

// elsewhere adds that the contributor is another establishment's (DELEG-2).
func (a *Act) elsewhere(reasons *rule.Reasons) {
	where, who := a.Facts.Establishment, a.Facts.Contributor
	if where != nil && who != nil && who.Establishment != where.ID {
		reasons.Add(rule.DELEG2, rule.ContributorElsewhere)
	}
}

// selfCompleted reports whether the social worker completes the form: there
// is no establishment, or no consent at key stage 5 (DELEG-9).
func (p *PEP) selfCompleted(by *Act) bool {
	return by.Facts.Establishment == nil ||
		p.s.Type == forms.KeyStage5 && by.Facts.Child.Consent == record.Withheld
}

func (s *Snapshot) delegate(e *Event) {
	s.hand(e)
	s.move(delegation.Delegate)
}

// hand is what delegating and re-delegating set.
func (s *Snapshot) hand(e *Event) {
	s.Establishment, s.Contributor = e.Establishment, e.Contributor
	s.Delegated, s.Due, s.DueByDefault = e.On, e.Due, e.DueByDefault
}
