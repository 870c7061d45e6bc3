package payment

import (
	"fmt"

	"virtualschool.example/pep"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Explain says why the decision was made, given the claim: every fact that was
// looked at, up to the one that decided. The zero Decision means that the
// decision was refused.
func (d Decision) Explain(p *pep.Policy, c Claim) rule.Explanation {
	var e rule.Explanation
	on := p.Calendar().First(c.Term)
	e.Given("term", c.Term)
	e.Given("stage", c.Stage)
	for _, look := range []struct {
		cause Cause
		add   func()
	}{
		{YearGroupUnpaid, func() { e.Given("yearGroup", c.YearGroup); e.Uses(on, "paidYears") }},
		{PayeeUnpaid, func() { c.Payee.explain(&e, on) }},
		{PayeeUnknown, func() { e.Uses(on, "paidTypes") }},
		{NotFinalised, func() {}},
		{NotAdequate, func() { e.Given("grade", c.Grade); e.Uses(on, decidedBy(c.Grade)) }},
		{FinanceMissing, func() { c.Payee.explainFinance(&e, on) }},
	} {
		if d.Cause == NoLongerAPlan {
			break
		}
		look.add()
		if d.Cause == look.cause {
			break
		}
	}
	if d.Cause == Paid || d.Cause == 0 {
		e.Uses(on, "rates")
	}
	e.Sentence = d.sentence(c)
	return e
}

// decidedBy returns the parameter that says whether a plan with the given
// grade, or without a grade, is adequate.
func decidedBy(g pep.Grade) string {
	if g == 0 {
		return "ungradedPaid"
	}
	return "gradesReturned"
}

func (p *Payee) explain(e *rule.Explanation, on civil.Date) {
	e.Given("establishment", p != nil)
	if p != nil {
		e.Given("gias", int(p.Type))
		e.Uses(on, "unpaidTypes")
	}
}

func (p *Payee) explainFinance(e *rule.Explanation, on civil.Date) {
	e.Given("dfe", p.DfENumber)
	if p.DfENumber != "" {
		e.Given("finance", p.Finance)
		e.Uses(on, "financeTypes")
	}
}

func (d Decision) sentence(c Claim) string {
	switch {
	case d.Cause == Paid:
		return fmt.Sprintf("the finalised plan for %s earns £%d.%02d, the rate for that term", c.Term, d.Pence/100, d.Pence%100)
	case d.Cause == NoLongerAPlan:
		return fmt.Sprintf("the plan for %s was %s, so nothing is paid for it", c.Term, c.Stage)
	case d.Cause == YearGroupUnpaid:
		return fmt.Sprintf("the child was in year group %s on the day of the meeting, and that year group is not paid for", c.YearGroup)
	case d.Cause == PayeeUnpaid && c.Payee == nil:
		return "there is no establishment to pay"
	case d.Cause == PayeeUnpaid:
		return fmt.Sprintf("the establishment is of type %d, which is not paid", c.Payee.Type)
	case d.Cause == PayeeUnknown && c.Payee.Type == 0:
		return "the type of the establishment is not known, and nothing is paid until it is"
	case d.Cause == PayeeUnknown:
		return fmt.Sprintf("the establishment is of type %d, and the policy does not say whether that type is paid", c.Payee.Type)
	case d.Cause == NotFinalised:
		return fmt.Sprintf("the plan for %s is %s, so it is not paid for until it is finalised", c.Term, c.Stage.Words())
	case d.Cause == NotAdequate && c.Grade == 0:
		return fmt.Sprintf("the plan for %s has not been graded yet, so it is not paid for until it has an adequate grade", c.Term)
	case d.Cause == NotAdequate:
		return fmt.Sprintf("the plan for %s is graded %s, so it is not paid for until it has an adequate grade", c.Term, c.Grade)
	case d.Cause == FinanceMissing && c.Payee.DfENumber == "":
		return "the establishment has no current DfE number and is not paid until it has one"
	case d.Cause == FinanceMissing:
		return fmt.Sprintf("the establishment is of type %d, which is paid only once its finance details are known", c.Payee.Type)
	}
	return d.Sentence()
}
