package payment_test

import (
	"fmt"

	"github.com/google/uuid"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/payment"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// One plan is paid, at the rate of its own term. Another plan of the same child
// and term is an exception with its reason.
func ExampleSettle() {
	school := &payment.Payee{Type: forms.CommunitySchool, DfENumber: "888/4000"}
	first := payment.PlanClaim{
		Claim: payment.Claim{Term: term.MustParse("SUMMER 2025"), YearGroup: forms.Y7, Stage: pep.Finalised, Payee: school},
		Plan:  pep.ID{UUID: uuid.UUID{1}}, FinalisedOn: civil.MustParse("2025-06-20"),
	}
	second := first
	second.Plan, second.FinalisedOn = pep.ID{UUID: uuid.UUID{2}}, civil.MustParse("2025-09-02")

	run, err := payment.Settle(pep.Lancashire(), payment.Order{
		Term: term.MustParse("AUTUMN 2025"), On: civil.MustParse("2025-12-01"),
		Claims: []payment.PlanClaim{second, first},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, line := range run.Lines {
		fmt.Println(line.Term, line.Pence, line.FinancialYear)
	}
	for _, e := range run.Exceptions {
		fmt.Println(e.Rules[0], e.Cause.Words())
	}
	// Output:
	// SUMMER 2025 61000 2025/26
	// PAY-3 another of the child's plans was paid for the term
}
