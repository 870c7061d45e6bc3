package pep

import (
	"virtualschool.example/delegation"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// CarryForward moves a plan that was not returned in its term to the next term.
// The meeting and the due date stay the same. A plan can be carried forward only
// after the term and the time to return the plan are over (OOT-2), and no more
// often than the policy allows (OOT-4). Policy.CarryForward decides.
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
	if c := by.Policy.CarryForward(&p.s, by.On); !c.Carried {
		reasons.Add(c.Rules[0], c.Code)
	}
}

// CarryForward decides whether to carry a plan forward on a day, while the
// establishment or the social worker still has it (OOT-2, OOT-4). A plan keeps
// its term once its contribution has been submitted or it is past its first
// revision. It is then not carried, but becomes stale if it is still late at
// the end of the next term.
func (p *Policy) CarryForward(s *Snapshot, on civil.Date) delegation.Carried {
	d := p.on(on).Delegation
	after := func(times int, of term.Term) delegation.Carried {
		return d.CarryForward(d.Terms.First(of.Add(-times)), s.Due, on, civil.Date{}, times)
	}
	if returned := !s.Submitted.IsZero() || s.Revision > 1; !returned || s.Carried >= d.MaxCarries {
		return after(s.Carried, s.Term)
	}
	stale := after(d.MaxCarries, s.Term.Next()).Stale
	return delegation.Carried{Term: s.Term, Stale: stale, Code: rule.KeepsTerm, Rules: rule.IDs{rule.OOT2}}
}

func (s *Snapshot) carryForward(e *Event) {
	s.Term, s.CarriedTo = e.Term, e.Term
	s.Carried++
}
