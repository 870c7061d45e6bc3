package pep

import (
	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Retract takes a delegated plan back. DELEG-6: it loses what is written in
// every section, must be confirmed with the setting, and needs a reason. What
// is lost is kept sealed until the policy's sealed days are over, and can be
// restored until then. PEP.Loss shows beforehand what would be lost.
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

// takeBack undoes the delegation and the return of a plan that becomes a draft.
func (s *Snapshot) takeBack() {
	s.Contributor = record.ContributorID{}
	s.Delegated, s.Due, s.DueByDefault, s.Submitted = civil.Date{}, civil.Date{}, false, civil.Date{}
}

// Loss is what a retract would lose.
type Loss struct {
	Sections delegation.Sections `json:"sections"` // those delegated
	Saved    delegation.Sections `json:"saved"`    // those that the contributor has saved into
	Boxes    int                 `json:"boxes"`    // filled boxes in all
}

// Loss returns what a retract would lose now. It is the zero Loss unless the
// plan is delegated. Together with the version seen it is the preview of a
// retract.
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
