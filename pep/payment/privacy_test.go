package payment_test

import (
	"testing"

	"virtualschool.example/pep/payment"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/private/privatetest"
)

// TestNothingShowsPersonalData plants a canary in every exported type of the
// package.
func TestNothingShowsPersonalData(t *testing.T) {
	t.Parallel()
	privatetest.Package(t, payment.Claim{}, payment.Payee{}, payment.Decision{}, payment.Order{}, payment.Run{},
		payment.Line{}, payment.Exception{}, payment.PlanClaim{},
		payment.Discretion{Reason: private.NewText(privatetest.Canary)})
}
