package pep

import (
	"virtualschool.example/pep/record"
	"virtualschool.example/term/civil"
)

// Final describes the latest finalised revision of a plan. MISS-1, PAY-1 and
// START-1 use it, whatever happens to a later revision. The zero Final means that
// no revision counts as finalised: none ever was, the plan was deleted, or it was
// reopened from the stage finalised.
type Final struct {
	Revision      int                    `json:"finalRevision,omitzero"`
	On            civil.Date             `json:"finalisedOn,omitzero"`
	Grade         Grade                  `json:"finalGrade,omitzero"` // zero if the plan was finalised without a grade
	Next          civil.Date             `json:"finalNext,omitzero"`  // the next meeting; zero if none was needed
	Establishment record.EstablishmentID `json:"finalEstablishment,omitzero"`
}

// finalOn returns the Final for the plan in its present state, with the given
// day as the day of finalising.
func (s *Snapshot) finalOn(day civil.Date) Final {
	return Final{Revision: s.Revision, On: day, Grade: s.Grade, Next: s.Next, Establishment: s.Establishment}
}

// finalFits reports whether Final fits the plan. On a finalised plan Final must
// describe this revision; on any other plan it must describe the previous
// revision or be zero.
func (s *Snapshot) finalFits() bool {
	switch f := &s.Final; {
	case s.Stage == Finalised:
		return *f == s.finalOn(f.On)
	case *f == Final{}:
		return true
	default:
		return s.Stage != Deleted && f.Revision > 0 && f.Revision == s.Revision-1 && f.Grade <= Green && f.Grade != Red
	}
}
