package report_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/internal/fixture"
	"virtualschool.example/pep/payment"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/report"
	"virtualschool.example/pep/rule"
)

func TestTheTotalsOfARunAddUpItsLines(t *testing.T) {
	t.Parallel()
	s, err := report.SettlementOf(inventedRun())
	require.NoError(t, err)
	require.Equal(t, []report.PaidTotal{
		{Establishment: record.EstablishmentID{UUID: fixture.ID(3)}, FinancialYear: 2025, Plans: 2, Pence: 116_050},
		{Establishment: record.EstablishmentID{UUID: fixture.ID(4)}, FinancialYear: 2025, Plans: 1, Pence: 55_000},
	}, s.Totals)
	require.Equal(t, []report.UnpaidCount{{Verdict: payment.Held, Cause: payment.NotFinalised, Plans: 1}, {Verdict: payment.NotPayable, Cause: payment.PayeeUnpaid, Plans: 1}}, s.Unpaid)
}

func TestEachFinancialYearHasItsOwnTotal(t *testing.T) {
	t.Parallel()
	run := inventedRun()
	run.Lines[2].FinancialYear = 2024
	s, err := report.SettlementOf(run)
	require.NoError(t, err)
	require.Len(t, s.Totals, 3)
}

func TestARunThatDoesNotAddUpIsRefused(t *testing.T) {
	t.Parallel()
	run := inventedRun()
	run.Pence++
	s, err := report.SettlementOf(run)
	require.Equal(t, "pence", rule.InvalidMember(err))
	require.Zero(t, s)
}

func ExampleSettlementOf() {
	s, err := report.SettlementOf(inventedRun())
	fmt.Println(len(s.Lines), "plans,", s.Pence, "pence,", err)
	// Output: 3 plans, 171050 pence, <nil>
}
