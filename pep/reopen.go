package pep

import "virtualschool.example/pep/private"

// Reopen takes a finalised plan back to checking. FINAL-4: only the service
// desk does it, with a reason.
type Reopen struct{ Reason private.Text }

// Verb returns VerbReopen.
func (Reopen) Verb() Verb { return VerbReopen }

func (a Reopen) do(p *PEP, by *Act) error { return p.reasoned(by, VerbReopen, a.Reason) }
