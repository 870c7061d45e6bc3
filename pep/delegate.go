package pep

import (
	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Delegate hands the plan to the designated teacher. It is refused, in this
// order, by DELEG-2 (role, stage), PRE-1 to PRE-3 (establishment and
// contributor), DELEG-9 (nobody to delegate to), SECT-3 (the social worker's
// sections), DELEG-5 and DELEG-1 (which sections) and DELEG-3 (the due date).
// It may come before the meeting or after it (DELEG-4).
func (p *PEP) Delegate(by *Act, a Delegate) error {
	var reasons rule.Reasons
	row, err := p.begin(by, VerbDelegate, &reasons)
	if err != nil {
		return err
	}
	e := p.event(by, row)
	if row.Verb != 0 {
		p.choose(by.Policy, a, &reasons)
		if err := p.setDue(by, &e, a.Due, &reasons); err != nil {
			return err
		}
	}
	if err := reasons.Err(VerbDelegate.String()); err != nil {
		return err
	}
	e.Establishment, e.Contributor = by.Facts.Establishment.ID, by.Facts.Contributor.ID
	if err := named(a.To, e.Contributor); err != nil {
		return err
	}
	p.record(&e)
	return nil
}

// choose adds what stands against the sections chosen (DELEG-1, DELEG-5).
func (p *PEP) choose(policy *Policy, a Delegate, reasons *rule.Reasons) {
	all := delegation.Every(p.s.sections())
	chosen, known := delegation.NewSections(a.Sections...)
	if a.All {
		chosen = all
	}
	if !known {
		reasons.Add(rule.DELEG5, rule.NoSuchSection)
		return
	}
	policy.on(p.s.Meeting).Delegation.CheckSections(chosen, all, reasons)
}

// setDue sets the due date of a delegation: the one entered, checked by
// DELEG-3, or the default. An entered one that a further delegation keeps is
// none. A default beyond the bank holidays refuses.
func (p *PEP) setDue(by *Act, e *Event, entered civil.Date, reasons *rule.Reasons) error {
	if !entered.IsZero() {
		e.Due = entered
		delegation.CheckDue(entered, by.On, reasons)
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
		reasons.Add(rule.DELEG2, rule.WrongRole)
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

// SubmitContribution returns all delegated sections at once, locked. DELEG-8.
func (p *PEP) SubmitContribution(by *Act, _ SubmitContribution) error {
	return p.simple(by, VerbSubmitContribution)
}

// ChangeContributor gives the delegated plan to another contributor of the
// establishment, whom PRE-1 to PRE-3 must allow (DELEG-2).
func (p *PEP) ChangeContributor(by *Act, a ChangeContributor) error {
	var reasons rule.Reasons
	row, err := p.begin(by, VerbChangeContributor, &reasons)
	if err != nil {
		return err
	}
	if err := reasons.Err(VerbChangeContributor.String()); err != nil {
		return err
	}
	e := p.event(by, row)
	e.Contributor = by.Facts.Contributor.ID
	if err := named(a.To, e.Contributor); err != nil {
		return err
	}
	p.record(&e)
	return nil
}

// named refuses an action that names another contributor than the act's facts.
func named(to, facts record.ContributorID) error {
	if !to.IsZero() && to != facts {
		return &rule.Invalid{Member: "to", Want: "the contributor of the act's facts"}
	}
	return nil
}

func (p *PEP) mayChangeContributor(by *Act, reasons *rule.Reasons) {
	by.preflight(reasons)
	p.stays(by, reasons)
}

// stays adds that a contributor of another establishment than the plan's is
// meant (DELEG-2). CHG-2: a plan that is delegated or returned stays where it
// is when the child moves; the next one goes to the new establishment. One that
// the social worker completed, the child being nowhere, is in none to stay in.
func (p *PEP) stays(by *Act, reasons *rule.Reasons) {
	where, who := by.Facts.Establishment, by.Facts.Contributor
	moved := where == nil || where.ID != p.s.Establishment && !p.s.Establishment.IsZero()
	if moved || who != nil && who.Establishment != where.ID {
		reasons.Add(rule.DELEG2, rule.ContributorElsewhere)
	}
}

// Activate unlocks the sections of a returned plan (DELEG-5).
func (p *PEP) Activate(by *Act, _ Activate) error { return p.simple(by, VerbActivate) }

func (p *PEP) mayActivate(reasons *rule.Reasons) {
	if p.Activated() {
		reasons.Add(rule.DELEG5, rule.AlreadyActivated)
	}
}

// Redelegate hands the activated sections back with comments. DELEG-7: it
// needs activation and a comment, and keeps the content; a due date in the
// past is DELEG-3.
func (p *PEP) Redelegate(by *Act, a Redelegate) error {
	var reasons rule.Reasons
	row, err := p.begin(by, VerbRedelegate, &reasons)
	if err != nil {
		return err
	}
	e := p.event(by, row)
	if row.Verb != 0 {
		needText(&reasons, rule.DELEG7, a.Comments)
		if err := p.setDue(by, &e, a.Due, &reasons); err != nil {
			return err
		}
	}
	if err := reasons.Err(VerbRedelegate.String()); err != nil {
		return err
	}
	e.Contributor, e.Establishment = by.Facts.Contributor.ID, by.Facts.Establishment.ID
	if err := named(a.To, e.Contributor); err != nil {
		return err
	}
	p.recordText(&e, a.Comments)
	return nil
}

func (p *PEP) mayRedelegate(by *Act, reasons *rule.Reasons) {
	by.preflight(reasons)
	if p.selfCompleted(by) {
		reasons.Add(rule.DELEG9, rule.NobodyToDelegateTo)
		return
	}
	p.stays(by, reasons)
}

// Loss is what a retract would lose.
type Loss struct {
	Sections delegation.Sections // those delegated
	Saved    delegation.Sections // those that the contributor has saved into
	Boxes    int                 // filled boxes in all
}

// Loss returns what a retract would lose now: nothing where the plan is not
// delegated. Together with the version seen it is the preview of a retract.
func (p *PEP) Loss() Loss {
	if p.s.Stage != Delegated {
		return Loss{}
	}
	loss := Loss{Sections: p.s.Sections.Outstanding(), Saved: p.s.Sections.In(delegation.Saved)}
	for _, f := range p.s.Filled {
		loss.Boxes += f.Count()
	}
	return loss
}

// Retract takes a delegated plan back. DELEG-6: it loses what is written in
// every section, must be confirmed with the setting, and needs a reason. What
// is lost can be restored until the policy's sealed days are over.
func (p *PEP) Retract(by *Act, a Retract) error {
	var reasons rule.Reasons
	row, err := p.begin(by, VerbRetract, &reasons)
	if err != nil {
		return err
	}
	if reasons.Empty() {
		if !a.ConfirmedWithSetting {
			reasons.Add(rule.DELEG6, rule.NotConfirmed)
		}
		needText(&reasons, rule.DELEG6, a.Reason)
	}
	if err := reasons.Err(VerbRetract.String()); err != nil {
		return err
	}
	e := p.event(by, row)
	e.SealedUntil = by.On.AddDays(by.Policy.on(by.On).SealedDays)
	p.recordText(&e, a.Reason)
	return nil
}

// simple takes an action that is given nothing.
func (p *PEP) simple(by *Act, v Verb) error {
	var reasons rule.Reasons
	row, err := p.begin(by, v, &reasons)
	if err != nil {
		return err
	}
	if err := reasons.Err(v.String()); err != nil {
		return err
	}
	e := p.event(by, row)
	p.record(&e)
	return nil
}
