package pep

import (
	"virtualschool.example/delegation"
	"virtualschool.example/pep/rule"
)

// Activate unlocks the sections of a returned plan (DELEG-5).
type Activate struct{}

// Verb returns VerbActivate.
func (Activate) Verb() Verb { return VerbActivate }

func (Activate) do(p *PEP, by *Act) error { return p.simple(by, VerbActivate) }

func (p *PEP) mayActivate(reasons *rule.Reasons) {
	if p.Activated() {
		reasons.Add(rule.DELEG5, rule.AlreadyActivated)
	}
}

func (s *Snapshot) activate(*Event) { s.move(delegation.Activate) }
