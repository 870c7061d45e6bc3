package pep

import "virtualschool.example/pep/rule"

// Repin decides the plan by the act's policy from now on. Only the service desk
// or the system does it, and only with another revision than the plan has.
type Repin struct{}

// Verb returns VerbRepin.
func (Repin) Verb() Verb { return VerbRepin }

func (Repin) do(p *PEP, by *Act) error {
	if by.check() == nil && p.s.Stage.Open() && by.Policy.par.Revision == p.s.Policy {
		return &rule.Invalid{Member: "policy", Want: "another revision than the plan is decided by"}
	}
	return p.simple(by, VerbRepin)
}

func (s *Snapshot) repin(e *Event) { s.Policy = e.Policy }
