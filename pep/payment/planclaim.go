package payment

import (
	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// PlanClaim is the claim of one plan in a payment run.
type PlanClaim struct {
	Claim
	Plan          pep.ID
	Version       int64 // the version of the plan
	Child         record.ChildID
	Establishment record.EstablishmentID // the establishment that is paid; zero if there is none
	FinalisedOn   civil.Date             // the day of finalising; zero if the plan was never finalised
}

// ClaimOf returns the claim of a plan. The last argument must be the plan's
// establishment as it is on record now, or nil if the plan has none; otherwise
// ClaimOf returns a *rule.Invalid of member "establishment". PAY-1: the latest
// finalised revision is paid, whatever happens in a later one. PAY-6: the payee
// is the establishment of the plan, even if the child has moved since. PAY-10: a
// plan that was carried forward claims only for the term that it was carried to.
// The year group is the one on the day of the meeting (PAY-5); ClaimOf returns
// the errors of forms.YearGroupAt.
func ClaimOf(s *pep.Snapshot, born civil.Date, recorded forms.Recorded, at *record.Establishment) (PlanClaim, error) {
	year, err := forms.YearGroupAt(born, s.Meeting, recorded)
	if err != nil {
		return PlanClaim{}, err
	}
	c := PlanClaim{
		Claim: Claim{Term: s.Term, YearGroup: year, Grade: s.Grade, Stage: s.Stage},
		Plan:  s.ID, Version: s.Version, Child: s.Child, Establishment: s.Establishment,
	}
	if final := &s.Final; final.Revision != 0 {
		c.Stage, c.Grade, c.Establishment, c.FinalisedOn = pep.Finalised, final.Grade, final.Establishment, final.On
	}
	if at == nil && c.Establishment.IsZero() {
		return c, nil
	}
	if at == nil || at.ID != c.Establishment {
		return PlanClaim{}, &rule.Invalid{Member: "establishment", Want: "the establishment of the plan"}
	}
	number, _ := record.ParseDfENumber(at.DfENumber)
	c.Payee = &Payee{Type: at.Type, DfENumber: number, Finance: at.Finance}
	return c, nil
}
