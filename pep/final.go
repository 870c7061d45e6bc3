package pep

import (
	"virtualschool.example/pep/record"
	"virtualschool.example/term/civil"
)

// Final is what was last finalised of a plan. MISS-1, PAY-1 and START-1 go by
// it, whatever becomes of a later revision. The zero Final says that nothing is
// finalised: the plan never was, it was deleted, or it was reopened while it was
// finalised.
type Final struct {
	Revision      int                    `json:"finalRevision,omitzero"`
	On            civil.Date             `json:"finalisedOn,omitzero"`
	Grade         Grade                  `json:"finalGrade,omitzero"` // zero where the plan was finalised ungraded
	Next          civil.Date             `json:"finalNext,omitzero"`  // the next meeting; zero where none was needed
	Establishment record.EstablishmentID `json:"finalEstablishment,omitzero"`
}

// finalOn returns the record of the plan as it stands, finalised on a day.
func (s *Snapshot) finalOn(day civil.Date) Final {
	return Final{Revision: s.Revision, On: day, Grade: s.Grade, Next: s.Next, Establishment: s.Establishment}
}

// finalFits reports whether what was last finalised is this revision at stage
// finalised, and before that the revision before it or nothing.
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
