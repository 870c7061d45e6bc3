package pep

import "virtualschool.example/pep/private"

// Delete deletes the plan; a tombstone stays. FINAL-4: only the service desk
// deletes a plan, with a reason.
type Delete struct{ Reason private.Text }

// Verb returns VerbDelete.
func (Delete) Verb() Verb { return VerbDelete }

func (a Delete) do(p *PEP, by *Act) error { return p.reasoned(by, VerbDelete, a.Reason) }

// delete clears the record of what was finalised.
func (s *Snapshot) delete(*Event) { s.Final = Final{} }
