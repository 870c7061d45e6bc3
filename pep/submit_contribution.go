package pep

import "virtualschool.example/delegation"

// SubmitContribution returns all delegated sections at once and locks them
// (DELEG-8). The contributor must still be allowed by PRE-1, PRE-2 and DELEG-2.
type SubmitContribution struct{}

// Verb returns VerbSubmitContribution.
func (SubmitContribution) Verb() Verb { return VerbSubmitContribution }

func (SubmitContribution) do(p *PEP, by *Act) error { return p.simple(by, VerbSubmitContribution) }

func (s *Snapshot) submit(e *Event) {
	s.Submitted = e.On
	s.move(delegation.Submit)
}
