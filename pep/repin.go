package pep

import (
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
)

// Repin makes the act's policy decide the plan from now on. REPIN-1: only the
// service desk or the system re-pins a plan; the plan must be open, and the policy
// must be of another revision with the same terms.
type Repin struct{}

// Verb returns VerbRepin.
func (Repin) Verb() Verb { return VerbRepin }

func (Repin) do(p *PEP, by *Act) error { return p.simple(by, VerbRepin) }

// mayRepin adds a reason if the act's policy already decides the plan, or if a re-pin
// to it would change the terms (REPIN-1). Terms must not change, because a stored
// plan names its term and not the days of the term.
func (p *PEP) mayRepin(by *Act, reasons *rule.Reasons) {
	terms := by.Policy.Calendar()
	known := by.Facts.Terms != term.Calendar{}
	switch {
	case by.Policy.par.Revision == p.s.Policy:
		reasons.Add(rule.REPIN1, rule.SamePolicy)
	case known && terms != by.Facts.Terms, p.termOf(by.Policy, p.s.Meeting) != p.s.Term:
		reasons.Add(rule.REPIN1, rule.DifferentTerms)
	}
}

func (s *Snapshot) repin(e *Event) { s.Policy = e.Policy }
