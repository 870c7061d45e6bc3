package pep

import "virtualschool.example/term/civil"

// Stalled reports whether a plan has stayed in returned, checking or grading for
// more days than the policy of the day allows (DUE-8). The day on which it came to
// its stage is not counted.
func (p *Policy) Stalled(s *Snapshot, on civil.Date) bool {
	return s.Stage >= Returned && s.Stage <= Grading && on.After(s.Since.AddDays(p.on(on).StalledDays))
}
