package pep

import (
	"virtualschool.example/forms"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// Rate is what is paid for one plan, in pence (PAY-4). It applies to each term
// that begins on or after From and before To.
type Rate struct {
	From, To civil.Date
	Pence    int
	Source   string
}

// ratesInOrder reports whether the rates are valid and each begins on the day on
// which the one before ends.
func ratesInOrder(rates []Rate) bool {
	for i, r := range rates {
		if r.Pence <= 0 || r.From.IsZero() || !r.From.Before(r.To) || i > 0 && rates[i-1].To != r.From {
			return false
		}
	}
	return true
}

// PaymentRules are the parameters that decide what the plans of one term earn.
type PaymentRules struct {
	Pence        int             // what is paid for a plan; zero if no rate is published (PAY-4)
	From, To     forms.YearGroup // the first and the last year group that is paid for (PAY-5)
	Payee        forms.GIASSet   // the establishment types that are paid (PAY-7)
	NoPayee      forms.GIASSet   // the establishment types that are never paid; the payment of any other type is held (PAY-7)
	NeedsFinance forms.GIASSet   // the establishment types that are paid only with finance details (PAY-8)
	Returned     Grades          // the grades that are not adequate (PAY-2)
	UngradedPaid bool            // whether a plan that was not selected for grading is adequate (PAY-2)
}

// PaymentRules returns the parameters from which package payment decides what
// the plans of a term earn.
func (p *Policy) PaymentRules(t term.Term) PaymentRules {
	par := p.forTerm(t)
	return PaymentRules{p.rate(t), par.PayFrom, par.PayTo, par.Payee, par.NoPayee, par.NeedsFinance, par.Returned, par.UngradedPaid}
}

// rate returns what is paid for a plan of a term, in pence, or zero if no rate is
// published (PAY-4).
func (p *Policy) rate(t term.Term) int {
	first := p.Calendar().First(t)
	for _, r := range p.par.Rates {
		if !first.Before(r.From) && first.Before(r.To) {
			return r.Pence
		}
	}
	return 0
}
