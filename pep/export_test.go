package pep

// Invariant returns what is wrong with the state of the plan.
func (p *PEP) Invariant() error { return p.s.invariant() }

// NextStep prepares a plan for a benchmark's next step on the same state, without
// allocating. It discards the pending events but keeps their memory for reuse.
func (p *PEP) NextStep(s *Snapshot) {
	p.s, p.pending, p.content = *s, nil, nil
}
