package pep

import "virtualschool.example/term/civil"

// Stalled reports whether, by the given day, a plan has stayed in returned,
// checking or grading for more days than the policy allows (DUE-8). The day on
// which the plan came to its stage does not count.
func (p *Policy) Stalled(s *Snapshot, on civil.Date) bool {
	return s.Stage >= Returned && s.Stage <= Grading && on.After(s.Since.AddDays(p.on(on).StalledDays))
}
