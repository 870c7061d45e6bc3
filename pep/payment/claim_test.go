package payment_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/payment"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
)

// payees lists establishment types by what the process says about paying them:
// paid, never paid, paid with finance details, and on no list.
var payees = map[string][]forms.GIAS{
	"unpaid":  {10, 11, 15, 47, 48, 18, 29, 31, 32, 39, 45, 46},
	"finance": {6, 28, 33, 34, 35, 36, 38, 40, 41, 42, 43, 44},
	"paid":    {1, 2, 3, 5, 7, 8, 12, 14},
	"unknown": {0, 4, 9, 13, 24, 25, 26, 27, 30, 37, 49, 56, 57, 58, 63, 64, 99, 255},
}

// TestPaymentOfEveryClaim tries every stage, grade, year group and type of
// payee, with and without DfE number and finance details, in terms with and
// without a rate.
func TestPaymentOfEveryClaim(t *testing.T) {
	t.Parallel()
	pence := map[string]int{
		"SPRING 2023": 0, "SUMMER 2023": 620_00, "SPRING 2025": 620_00, "SUMMER 2025": 610_00,
		"AUTUMN 2025": 550_00, "SPRING 2026": 550_00, "SUMMER 2026": 0,
	}
	for of, sum := range pence {
		for class, types := range payees {
			for _, gias := range types {
				for bits := range 4 {
					payee := &payment.Payee{Type: gias, Finance: bits&1 != 0}
					if bits&2 != 0 {
						payee.DfENumber = "888/4000"
					}
					requirePayments(t, term.MustParse(of), sum, class, payee)
				}
			}
		}
		requirePayments(t, term.MustParse(of), sum, "unpaid", nil)
	}
}

func requirePayments(t *testing.T, of term.Term, sum int, class string, payee *payment.Payee) {
	t.Helper()
	for year := forms.YearGroup(0); year <= forms.Y13; year++ {
		for stage := range pep.AllStages() {
			for grade := range pep.Green + 1 {
				c := payment.Claim{Term: of, YearGroup: year, Grade: grade, Stage: stage, Payee: payee}
				want, refused := wantPayment(c, class, sum)
				got, err := payment.Decide(pep.Lancashire(), c)
				if refused {
					require.ErrorIs(t, err, rule.PAY4)
				} else if err != nil || outcome(got) != want || got.FinancialYear != of.FinancialYear() {
					require.Failf(t, "payment", "%+v %s must be %s, got %s, %v", c, class, want, outcome(got), err)
				}
			}
		}
	}
}

func outcome(a payment.Decision) string {
	switch a.Verdict {
	case payment.Payable:
		return fmt.Sprint(a.Pence)
	case payment.Held:
		return "held " + a.Rules[0].String()
	}
	return "not payable " + a.Rules[0].String()
}

// wantPayment makes its checks in the order of the process: not payable, then
// held, then no rate.
func wantPayment(c payment.Claim, class string, sum int) (want string, refused bool) {
	switch {
	case c.Stage == pep.Cancelled || c.Stage == pep.Deleted:
		return "not payable PAY-1", false
	case c.YearGroup < forms.R || c.YearGroup > forms.Y11:
		return "not payable PAY-5", false
	case class == "unpaid":
		return "not payable PAY-7", false
	case class == "unknown":
		return "held PAY-7", false
	case c.Stage != pep.Finalised:
		return "held PAY-1", false
	case c.Grade == pep.Red:
		return "held PAY-2", false
	case c.Payee.DfENumber == "" || class == "finance" && !c.Payee.Finance:
		return "held PAY-8", false
	}
	return fmt.Sprint(sum), sum == 0
}
