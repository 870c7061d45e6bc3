package pep

import (
	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Retract takes a delegated plan back. DELEG-6: what is written in any section
// is lost, so a retract must be confirmed with the setting and needs a reason.
// The lost content is kept sealed for the policy's sealed days and can be
// restored until they are over. PEP.Loss shows beforehand what would be lost.
type Retract struct {
	ConfirmedWithSetting bool
	Reason               private.Text
}

// Verb returns VerbRetract.
func (Retract) Verb() Verb { return VerbRetract }

func (a Retract) do(p *PEP, by *Act) error {
	var reasons rule.Reasons
	t, err := p.begin(by, VerbRetract, &reasons)
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
	e := p.event(by, t)
	e.SealedUntil = by.On.AddDays(by.Policy.on(by.On).SealedDays)
	return p.recordText(&e, "reason", a.Reason)
}

func (s *Snapshot) retract(e *Event) {
	s.takeBack()
	if !e.SealedUntil.IsZero() {
		s.Retracted = Retracted{Version: e.Version, Until: e.SealedUntil, Filled: s.Filled}
	}
	s.Filled = [forms.MaxSections]forms.Filled{}
	s.move(delegation.Retract)
}

// takeBack undoes the delegation and the return of a plan that becomes a draft
// again.
func (s *Snapshot) takeBack() {
	s.Contributor = record.ContributorID{}
	s.Delegated, s.Due, s.DueByDefault, s.Submitted = civil.Date{}, civil.Date{}, false, civil.Date{}
}

// Loss is what a retract would lose.
type Loss struct {
	Sections delegation.Sections `json:"sections"` // the delegated sections
	Saved    delegation.Sections `json:"saved"`    // the sections that the contributor has written in
	Boxes    int                 `json:"boxes"`    // how many boxes are filled
}

// Loss returns what a retract would lose now. It is the zero Loss unless the plan is
// delegated. Shown together with the plan's version, it previews a retract.
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
