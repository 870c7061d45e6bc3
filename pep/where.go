package pep

import (
	"virtualschool.example/pep/record"
	"virtualschool.example/term/civil"
)

// Where returns the establishment of the plan, given where the child is
// educated. CHG-2: a plan that was delegated or returned stays with the
// establishment that it was delegated to; a draft, and a new plan, goes to the
// one in which the child is educated on the day of the meeting, the first
// listed of several (GRADE-6). It is zero where there is none.
func (s *Snapshot) Where(education []record.Education, meeting civil.Date) record.EstablishmentID {
	if s.Stage > Draft {
		return s.Establishment
	}
	for _, e := range education {
		if e.Covers(meeting) && !e.Establishment.IsZero() {
			return e.Establishment
		}
	}
	return record.EstablishmentID{}
}
