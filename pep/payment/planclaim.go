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
	Version       int64 // of the plan
	Child         record.ChildID
	Establishment record.EstablishmentID // who is paid; zero for nobody
	FinalisedOn   civil.Date             // zero where nothing is finalised
}

// ClaimOf returns the claim of a plan, given its establishment as that is on
// record now, nil for none. PAY-1: what was last finalised is paid, whatever
// becomes of a later revision; PAY-6: the payee is the establishment of the plan,
// even if the child has moved since, and another is a *rule.Invalid; PAY-10: a
// plan carried forward claims for the term that it was carried to and no
// other. The year group is that on the day of the meeting (PAY-5).
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
