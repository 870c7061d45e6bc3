package payment

import (
	"errors"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Discretion is a decision by the Virtual School Head about the payment of one
// plan. PAY-11: the head may pay or hold, with a reason. A decision to pay
// overrules the year group, the payee's type and the grade (PAY-5, PAY-7,
// PAY-2) and nothing else.
type Discretion struct {
	Plan    pep.ID
	Verdict Verdict // Payable or Held
	Pence   int     // the sum to pay; zero means the rate of the term
	By      record.PersonID
	Role    pep.Role
	On      civil.Date // the day of the decision
	Reason  private.Text
}

// Check returns a *rule.Refusal of PAY-11 if the decision has no reason or was
// not made in the role of the head. It returns a *rule.Invalid for each member
// of a malformed decision.
func (d Discretion) Check() error {
	if err := errors.Join(
		rule.Need(!d.Plan.IsZero(), "plan", "the plan decided on"),
		rule.Need(d.Verdict == Payable || d.Verdict == Held, "verdict", "payable or held"),
		rule.Need(d.Pence == 0 || d.Pence > 0 && d.Verdict != Held, "pence", "0 for the rate of the term, or a sum of 1 penny or more unless the payment is held"),
		rule.Need(!d.On.IsZero(), "on", "the day of the decision"),
		record.CheckText("reason", d.Reason, record.MaxText),
	); err != nil {
		return err
	}
	var reasons rule.Reasons
	if d.Role != pep.VirtualSchoolHead {
		reasons.AddReason(rule.Reason{Rule: rule.PAY11, Code: rule.WrongRole, Role: uint8(d.Role), Words: byHead{}})
	}
	if forms.Judge(d.Reason.Reveal(private.Deciding)) == forms.Blank {
		reasons.Add(rule.PAY11, rule.Blank)
	}
	return reasons.Err("discretion")
}

// byHead is the rule.Words of a refusal. It says that only the Virtual
// School Head may decide.
type byHead struct{}

// Refusal says that the role in r cannot decide on a payment and that the head can.
func (byHead) Refusal(r rule.Reason) string {
	return pep.Role(r.Role).Words() + " cannot decide on a payment; " + pep.VirtualSchoolHead.Words() + " can"
}
