package pep

import (
	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Delegate hands the plan to the designated teacher with a due date, before the
// meeting or after it (DELEG-4). The rules that can refuse it are, in this order,
// DELEG-2 (role, stage), PRE-1 to PRE-3 (establishment and contributor), DELEG-9
// (nobody to delegate to), SECT-3 (the social worker's sections), DELEG-5 and
// DELEG-1 (which sections) and DELEG-3 (the due date).
type Delegate struct {
	To       record.ContributorID // the contributor, who must be Facts.Contributor; may be zero if only one contributor can be chosen
	All      bool                 // whether every section of the form is delegated
	Sections []int                // the sections to delegate if All is not set, numbered from 1
	Due      civil.Date           // the due date; zero for the default (DUE-1, DUE-4, DUE-4b)
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

// hand records that the plan is handed to the contributor in the act's facts. It
// returns a *rule.Invalid if the action names another contributor, or names nobody
// although several contributors can be chosen.
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

// choose adds the reasons against the chosen sections (DELEG-1, DELEG-5).
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

// setDue sets the due date of a delegation to the entered date, which DELEG-3
// checks, or to the default. A date that a person entered still counts as
// entered when a re-delegation keeps it. setDue adds a reason if the default
// lies beyond the published bank holidays.
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

// mayDelegate adds the reasons against delegating that do not depend on the chosen
// sections.
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

// bySubsequentDelegation is the rule.Words of a refusal that depends on the
// parameter SubsequentDelegation.
type bySubsequentDelegation struct{}

// Refusal says that the role in r cannot delegate a subsequent plan, and which
// roles can.
func (bySubsequentDelegation) Refusal(r rule.Reason) string {
	return cannot(Role(r.Role), "delegate "+Subsequent.Words()+" under this policy", VerbDelegate.others(Role(r.Role), socialWorker|businessSupport, None))
}

// unprepared reports whether a box of the social worker's sections is blank.
func (p *PEP) unprepared() bool {
	for n := range p.template().Incomplete(p.s.Filled[:]) {
		return n <= forms.SocialWorkerSections
	}
	return false
}

// preflight adds the reasons against the establishment and the contributor (PRE-1
// to PRE-3). It adds nothing if there is no establishment.
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

// elsewhere adds a reason if the contributor belongs to another establishment
// (DELEG-2).
func (a *Act) elsewhere(reasons *rule.Reasons) {
	where, who := a.Facts.Establishment, a.Facts.Contributor
	if where != nil && who != nil && who.Establishment != where.ID {
		reasons.Add(rule.DELEG2, rule.ContributorElsewhere)
	}
}

// selfCompleted reports whether the social worker completes the form, because
// there is no establishment or because consent is withheld at key stage 5
// (DELEG-9).
func (p *PEP) selfCompleted(by *Act) bool {
	return by.Facts.Establishment == nil ||
		p.s.Type == forms.KeyStage5 && by.Facts.Child.Consent == record.Withheld
}

func (s *Snapshot) delegate(e *Event) {
	s.hand(e)
	s.move(delegation.Delegate)
}

// hand sets the fields that both delegating and re-delegating set.
func (s *Snapshot) hand(e *Event) {
	s.Establishment, s.Contributor = e.Establishment, e.Contributor
	s.Delegated, s.Due, s.DueByDefault = e.On, e.Due, e.DueByDefault
}
