package pep

import (
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// CarryForward makes a plan that was not returned in term the plan of the
// next one. OOT-2: once the term and the time to return it are over; OOT-4:
// once. Meeting and due date stay.
type CarryForward struct{}

// Verb returns VerbCarryForward.
func (CarryForward) Verb() Verb { return VerbCarryForward }

func (CarryForward) do(p *PEP, by *Act) error {
	var reasons rule.Reasons
	t, err := p.begin(by, VerbCarryForward, &reasons)
	if err != nil {
		return err
	}
	if err := reasons.Err(VerbCarryForward.String()); err != nil {
		return err
	}
	e := p.event(by, t)
	e.Term = p.s.Term.Next()
	p.record(&e)
	return nil
}

func (p *PEP) mayCarryForward(by *Act, reasons *rule.Reasons) {
	d := by.Policy.on(by.On).Delegation
	if p.s.Carried >= d.MaxCarries {
		reasons.Add(rule.OOT4, rule.AlreadyCarried)
		return
	}
	c := d.CarryForward(d.Terms.First(p.s.Term), p.s.Due, by.On, civil.Date{}, 0)
	if !c.Carried {
		reasons.Add(rule.OOT2, c.Code)
	}
}

func (s *Snapshot) carryForward(e *Event) {
	s.Term, s.CarriedTo = e.Term, e.Term
	s.Carried++
}
