package pep

import (
	"virtualschool.example/delegation"
	"virtualschool.example/pep/private"
)

// Revise opens the next revision of a finalised plan, with its sections unlocked.
// AMEND-1: business support revises a plan, with a reason.
type Revise struct{ Reason private.Text }

// Verb returns VerbRevise.
func (Revise) Verb() Verb { return VerbRevise }

func (a Revise) do(p *PEP, by *Act) error { return p.reasoned(by, VerbRevise, a.Reason) }

// revise does not change Final. The new revision counts as returned until it is
// retracted (OOT-2).
func (s *Snapshot) revise(e *Event) {
	if s.Submitted.IsZero() {
		s.Submitted = e.On
	}
	s.move(delegation.Revise)
}
