package pep

// Invariant returns what is unsound about the state of the plan.
func (p *PEP) Invariant() error { return p.s.invariant() }

// NextStep readies a plan for a benchmark's next step on the same state,
// without allocating: it forgets what is pending but keeps the memory.
func (p *PEP) NextStep(s *Snapshot) {
	p.s, p.pending, p.content = *s, nil, nil
}
