package pep

import (
	"virtualschool.example/forms"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// PlanClaim is the claim of one plan in a payment run.
type PlanClaim struct {
	Claim
	Plan          ID
	Version       int64 // of the plan
	Child         record.ChildID
	Establishment record.EstablishmentID // who is paid; zero for nobody
	FinalisedOn   civil.Date             // zero where the plan never was
}

// ClaimOf returns the claim of a plan, given its establishment as that is on
// record now, nil for none. PAY-6: the payee is the establishment of the plan,
// even if the child has moved since, and another is a *rule.Invalid; PAY-10: a
// plan carried forward claims for the term that it was carried to and no
// other. The year group is that on the day of the meeting (PAY-5).
func (p *Policy) ClaimOf(s *Snapshot, born civil.Date, recorded forms.YearGroup, at *record.Establishment) (PlanClaim, error) {
	year, err := forms.YearGroupAt(born, s.Meeting, recorded)
	if err != nil {
		return PlanClaim{}, err
	}
	c := PlanClaim{
		Claim: Claim{Term: s.Term, YearGroup: year, Grade: s.Grade, Stage: s.Stage},
		Plan:  s.ID, Version: s.Version, Child: s.Child, Establishment: s.Establishment, FinalisedOn: s.FinalisedOn,
	}
	if at == nil && s.Establishment.IsZero() {
		return c, nil
	}
	if at == nil || at.ID != s.Establishment {
		return PlanClaim{}, &rule.Invalid{Member: "establishment", Want: "the establishment of the plan"}
	}
	number, _ := record.ParseDfENumber(at.DfENumber)
	c.Payee = &Payee{Type: at.Type, DfENumber: number, Finance: at.Finance}
	return c, nil
}

// Discretion is a decision of the Virtual School Head on the payment of one
// plan. PAY-11: the head may pay or hold, with a reason. To pay overrules year
// group, payee's type and grade (PAY-5, PAY-7, PAY-2), nothing else.
type Discretion struct {
	Plan    ID
	Outcome Outcome // Payable or Held
	Pence   int     // what is paid, where it is not the rate of the term; zero: the rate
	By      record.PersonID
	Role    Role
	On      civil.Date // the day of the decision
	Reason  private.Text
}

// Check refuses, by PAY-11, a decision of another role than the head's and one
// without a reason. What cannot be a decision is a *rule.Invalid.
func (d Discretion) Check() error {
	switch {
	case d.Plan.IsZero():
		return &rule.Invalid{Member: "plan", Want: "the plan decided on"}
	case d.Outcome != Payable && d.Outcome != Held:
		return &rule.Invalid{Member: "outcome", Want: "payable or held"}
	case d.Pence < 0 || d.Pence > 0 && d.Outcome == Held:
		return &rule.Invalid{Member: "pence", Want: "a sum from 1 penny where it is paid, or zero for the rate"}
	case d.On.IsZero():
		return &rule.Invalid{Member: "on", Want: "the day of the decision"}
	}
	var reasons rule.Reasons
	if d.Role != VirtualSchoolHead {
		reasons.Add(rule.PAY11, rule.WrongRole)
	}
	if blank(d.Reason) {
		reasons.Add(rule.PAY11, rule.Blank)
	}
	return reasons.Err("discretion")
}
