package pep

import (
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
)

// Repin decides the plan by the act's policy from now on. REPIN-1: only the
// service desk or the system does it, on an open plan, and only to another
// revision than the plan has, whose terms are the same.
type Repin struct{}

// Verb returns VerbRepin.
func (Repin) Verb() Verb { return VerbRepin }

func (Repin) do(p *PEP, by *Act) error { return p.simple(by, VerbRepin) }

// mayRepin adds that the policy is the one that the plan has, or that its terms
// are others (REPIN-1): a stored plan names its term and not its days.
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
