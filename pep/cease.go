package pep

import (
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Cease cancels the plan of a child who stops being looked after on a day
// (CHG-4).
type Cease struct{ On civil.Date }

// Verb returns VerbCease.
func (Cease) Verb() Verb { return VerbCease }

func (a Cease) do(p *PEP, by *Act) error {
	var reasons rule.Reasons
	t, err := p.begin(by, VerbCease, &reasons)
	if err != nil {
		return err
	}
	if reasons.Empty() && a.On.IsZero() {
		reasons.Add(rule.CHG4, rule.MissingMember)
	}
	if err := reasons.Err(VerbCease.String()); err != nil {
		return err
	}
	e := p.event(by, t)
	e.CeasedOn = a.On
	p.record(&e)
	return nil
}

func (s *Snapshot) cease(e *Event) { s.CeasedOn = e.CeasedOn }
