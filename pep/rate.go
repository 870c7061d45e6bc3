package pep

import (
	"virtualschool.example/forms"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// Rate is what is paid for one plan, in pence (PAY-4): of the terms whose first
// day is from From up to but not including To.
type Rate struct {
	From, To civil.Date
	Pence    int
	Source   string
}

// ratesInOrder reports whether each rate follows on the one before.
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
	Pence        int             // what is paid for a plan; zero where nobody has published it (PAY-4)
	From, To     forms.YearGroup // the year groups paid for (PAY-5)
	Payee        forms.GIASSet   // the establishment types that are paid (PAY-7)
	NoPayee      forms.GIASSet   // those that are never paid; any other is held
	NeedsFinance forms.GIASSet   // those paid only with finance details (PAY-8)
	Returned     Grades          // the grades that are not adequate (PAY-2)
	UngradedPaid bool            // whether a plan that was not selected for grading is adequate (PAY-2)
}

// PaymentRules returns what the plans of a term earn: package payment decides by
// it.
func (p *Policy) PaymentRules(t term.Term) PaymentRules {
	par := p.forTerm(t)
	return PaymentRules{p.rate(t), par.PayFrom, par.PayTo, par.Payee, par.NoPayee, par.NeedsFinance, par.Returned, par.UngradedPaid}
}

// rate returns what is paid for a plan of a term, in pence; zero where nobody
// has published it (PAY-4).
func (p *Policy) rate(t term.Term) int {
	first := p.Calendar().First(t)
	for _, r := range p.par.Rates {
		if !first.Before(r.From) && first.Before(r.To) {
			return r.Pence
		}
	}
	return 0
}
