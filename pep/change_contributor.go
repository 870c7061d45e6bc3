package pep

import (
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
)

// ChangeContributor gives a delegated plan to another contributor of the same
// establishment (DELEG-2). PRE-1 to PRE-3 must allow this contributor. The
// content and the due date stay the same. The field To works in the same way
// as Delegate.To.
type ChangeContributor struct{ To record.ContributorID }

// Verb returns VerbChangeContributor.
func (ChangeContributor) Verb() Verb { return VerbChangeContributor }

func (a ChangeContributor) do(p *PEP, by *Act) error {
	var reasons rule.Reasons
	t, err := p.begin(by, VerbChangeContributor, &reasons)
	if err != nil {
		return err
	}
	if err := reasons.Err(VerbChangeContributor.String()); err != nil {
		return err
	}
	e := p.event(by, t)
	e.Former = p.s.Contributor
	return p.hand(by, &e, a.To, private.Text{})
}

func (p *PEP) mayChangeContributor(by *Act, reasons *rule.Reasons) {
	by.preflight(reasons)
	p.stays(by, reasons)
	if who := by.Facts.Contributor; who != nil && who.ID == p.s.Contributor {
		reasons.Add(rule.DELEG2, rule.AlreadyTheContributor)
	}
}

// stays adds a reason if the contributor does not belong to the plan's
// establishment (DELEG-2). CHG-2: a plan that is delegated or returned stays with
// its establishment when the child moves; the next plan goes to the new one. A
// plan that the social worker completed for a child in no establishment has no
// establishment to stay with.
func (p *PEP) stays(by *Act, reasons *rule.Reasons) {
	where, who := by.Facts.Establishment, by.Facts.Contributor
	moved := where == nil || where.ID != p.s.Establishment && !p.s.Establishment.IsZero()
	if moved || who != nil && who.Establishment != where.ID {
		reasons.Add(rule.DELEG2, rule.ContributorElsewhere)
	}
}

func (s *Snapshot) changeContributor(e *Event) { s.Contributor = e.Contributor }
