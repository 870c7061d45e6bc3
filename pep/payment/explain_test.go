package payment_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/fixture"
	"virtualschool.example/pep/payment"
	"virtualschool.example/pep/rule"
)

// An explanation names every fact that was looked at, up to the one that decided.
func TestADecisionExplainsItself(t *testing.T) {
	t.Parallel()
	const (
		payee    = "term stage yearGroup establishment gias"
		known    = "paidYears unpaidTypes paidTypes"
		graded   = payee + " grade"
		ungraded = known + " ungradedPaid"
	)
	policy := fixture.Policy(func(p *pep.Parameters) { p.UngradedPaid = false })
	type change = func(*payment.Claim)
	for _, test := range []struct {
		cause                   payment.Cause
		change                  change
		sentence, facts, params string
	}{
		{payment.Paid, func(c *payment.Claim) { c.Grade = pep.Green },
			"the finalised plan for SPRING 2026 earns £550.00, the rate for that term",
			graded + " dfe finance", known + " gradesReturned financeTypes rates"},
		{payment.NoLongerAPlan, func(c *payment.Claim) { c.Stage = pep.Deleted },
			"the plan for SPRING 2026 was deleted, so nothing is paid for it", "term stage", ""},
		{payment.YearGroupUnpaid, func(c *payment.Claim) { c.YearGroup = forms.Y12 },
			"the child was in year group Y12 on the day of the meeting, and that year group is not paid for", "term stage yearGroup", "paidYears"},
		{payment.PayeeUnpaid, func(c *payment.Claim) { c.Payee = nil },
			"there is no establishment to pay", "term stage yearGroup establishment", "paidYears"},
		{payment.PayeeUnpaid, func(c *payment.Claim) { c.Payee.Type = forms.Independent },
			"the establishment is of type 11, which is not paid", payee, "paidYears unpaidTypes"},
		{payment.PayeeUnknown, func(c *payment.Claim) { c.Payee.Type = 0 },
			"the type of the establishment is not known, and nothing is paid until it is", payee, known},
		{payment.PayeeUnknown, func(c *payment.Claim) { c.Payee.Type = 99 },
			"the establishment is of type 99, and the policy does not say whether that type is paid", payee, known},
		{payment.NotFinalised, func(c *payment.Claim) { c.Stage = pep.Checking },
			"the plan for SPRING 2026 is being checked by business support, so it is not paid for until it is finalised", payee, known},
		{payment.NotAdequate, func(*payment.Claim) {},
			"the plan for SPRING 2026 has not been graded yet, so it is not paid for until it has an adequate grade", graded, ungraded},
		{payment.NotAdequate, func(c *payment.Claim) { c.Grade = pep.Red },
			"the plan for SPRING 2026 is graded red, so it is not paid for until it has an adequate grade", graded, known + " gradesReturned"},
		{payment.FinanceMissing, func(c *payment.Claim) { c.Grade, c.Payee.DfENumber = pep.Green, "" },
			"the establishment has no current DfE number and is not paid until it has one", graded + " dfe", known + " gradesReturned"},
		{payment.FinanceMissing, func(c *payment.Claim) { c.Grade, c.Payee.Type = pep.Green, forms.AcademyConverter },
			"the establishment is of type 34, which is paid only once its finance details are known",
			graded + " dfe finance", known + " gradesReturned financeTypes"},
	} {
		c := claim(1, "SPRING 2026").Claim
		test.change(&c)
		d, err := payment.Decide(policy, c)
		require.NoError(t, err)
		require.Equal(t, test.cause, d.Cause, test.sentence)
		e := d.Explain(policy, c)
		requireExplained(t, test.sentence, test.facts, test.params, e)
		if len(e.Facts) > 3 {
			require.Equal(t, rule.Fact{Name: "establishment", Value: c.Payee != nil}, e.Facts[3], test.sentence)
		}
	}

	unpublished := claim(1, "SPRING 2023").Claim
	unpublished.Grade = pep.Green
	refused, err := payment.Decide(policy, unpublished)
	require.ErrorIs(t, err, rule.PAY4)
	requireExplained(t, "", graded+" dfe finance", known+" gradesReturned financeTypes rates", refused.Explain(policy, unpublished))
}

// requireExplained requires a sentence, the names of the facts and the names of
// the parameters.
func requireExplained(t *testing.T, sentence, facts, params string, e rule.Explanation) {
	t.Helper()
	require.Equal(t, sentence, e.Sentence)
	var given, used []string
	for _, f := range e.Facts {
		given = append(given, f.Name)
	}
	for _, p := range e.Parameters {
		used = append(used, p.Parameter)
	}
	require.Equal(t, facts, strings.Join(given, " "), sentence)
	require.Equal(t, params, strings.Join(used, " "), sentence)
}
