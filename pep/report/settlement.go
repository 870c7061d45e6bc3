package report

import (
	"bytes"
	"cmp"
	"maps"
	"slices"

	"virtualschool.example/pep"
	"virtualschool.example/pep/payment"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
)

// Settlement is a payment run with its totals.
type Settlement struct {
	payment.Run
	Totals    []PaidTotal     `json:"totals"`    // one total for each establishment and financial year; the totals add up to the lines of the run
	Unpaid    []UnpaidCount   `json:"unpaid"`    // one count for each verdict and cause; the counts add up to the exceptions of the run
	Undecided []UndecidedPlan `json:"undecided"` // the plans that the caller passed to SettlementOf
}

// PaidTotal is the sum that a run pays to one establishment for one financial year (PAY-9).
type PaidTotal struct {
	Establishment record.EstablishmentID `json:"establishment"`
	FinancialYear term.FinancialYear     `json:"financialYear"`
	Plans         int                    `json:"plans"`
	Pence         int                    `json:"pence"`
}

// UnpaidCount is the number of plans that a run leaves unpaid for one cause.
type UnpaidCount struct {
	Verdict payment.Verdict `json:"verdict"`
	Cause   payment.Cause   `json:"cause"`
	Plans   int             `json:"plans"`
}

// UndecidedPlan is a plan about which a run could not decide.
type UndecidedPlan struct {
	Plan pep.ID `json:"plan"`
	Why  string `json:"why"` // the cause in words without personal data, such as workflow.KindOf(err).Words()
}

// SettlementOf adds up a run, given the plans about which the run could not decide. It
// returns a *rule.Invalid for "pence" if the lines do not add up to run.Pence.
func SettlementOf(run payment.Run, undecided ...UndecidedPlan) (Settlement, error) {
	type payee struct {
		id   record.EstablishmentID
		year term.FinancialYear
	}
	paid, pence := map[payee]PaidTotal{}, 0
	for i := range run.Lines {
		l := &run.Lines[i]
		k := payee{l.Establishment, l.FinancialYear}
		sum := paid[k]
		paid[k] = PaidTotal{k.id, k.year, sum.Plans + 1, sum.Pence + l.Pence}
		pence += l.Pence
	}
	if err := rule.Need(pence == run.Pence, "pence", "the sum of the lines"); err != nil {
		return Settlement{}, err
	}
	unpaid := map[payment.Cause]UnpaidCount{}
	for i := range run.Exceptions {
		e := &run.Exceptions[i]
		unpaid[e.Cause] = UnpaidCount{e.Verdict, e.Cause, unpaid[e.Cause].Plans + 1}
	}
	return Settlement{
		Run: run, Undecided: undecided,
		Totals: slices.SortedFunc(maps.Values(paid), func(a, b PaidTotal) int {
			return cmp.Or(bytes.Compare(a.Establishment.UUID[:], b.Establishment.UUID[:]), cmp.Compare(a.FinancialYear, b.FinancialYear))
		}),
		Unpaid: slices.SortedFunc(maps.Values(unpaid), func(a, b UnpaidCount) int {
			return cmp.Or(cmp.Compare(a.Verdict, b.Verdict), cmp.Compare(a.Cause, b.Cause))
		}),
	}, nil
}
