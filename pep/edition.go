package pep

import (
	"errors"
	"slices"

	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// Edition is the parameters of a policy from a given day until its next edition
// begins.
type Edition struct {
	From       civil.Date // the first day; zero for the policy's first edition, which has no beginning
	Parameters Parameters
}

// Editions returns a copy of the policy's editions, in order. NewPolicy makes an
// equal policy from them.
func (p *Policy) Editions() []Edition {
	editions := append([]Edition{{Parameters: p.par}}, p.later...)
	for i := range editions {
		editions[i].Parameters = editions[i].Parameters.clone()
	}
	return editions
}

// on returns the parameters that apply on a day. For the zero Date it returns
// the first edition's parameters.
func (p *Policy) on(day civil.Date) *Parameters {
	for i := len(p.later) - 1; i >= 0; i-- {
		if !day.Before(p.later[i].From) {
			return &p.later[i].Parameters
		}
	}
	return &p.par
}

// forTerm returns the parameters that apply on the first day of a term.
func (p *Policy) forTerm(t term.Term) *Parameters {
	if len(p.later) == 0 {
		return &p.par
	}
	return p.on(p.Calendar().First(t))
}

// inTermOf returns the parameters that apply on the first day of the term in which
// the day falls.
func (p *Policy) inTermOf(day civil.Date) *Parameters {
	if len(p.later) == 0 {
		return &p.par
	}
	return p.forTerm(p.Calendar().Of(day))
}

// latest returns the parameters of the last edition.
func (p *Policy) latest() *Parameters {
	if len(p.later) == 0 {
		return &p.par
	}
	return &p.later[len(p.later)-1].Parameters
}

// checkEditions returns every fault in the editions that follow par.
func (par *Parameters) checkEditions(later []Edition) error {
	var errs []error
	from := civil.Date{}
	for i := range later {
		e := &later[i]
		errs = append(errs,
			rule.Need(e.From.After(from), "from", "a day after the start of the previous edition"),
			e.Parameters.check(), par.checkThroughout(&e.Parameters))
		from = e.From
	}
	return errors.Join(errs...)
}

// checkThroughout returns a fault for each parameter that must be the same in
// every edition but differs between par and other.
func (par *Parameters) checkThroughout(other *Parameters) error {
	const want = "the same in every edition"
	return errors.Join(
		rule.Need(par.Name == other.Name, "name", want),
		rule.Need(par.Council.Equal(&other.Council) && slices.Equal(par.Council.Names, other.Council.Names), "council", want),
		rule.Need(par.Revision == other.Revision, "revision", want),
		rule.Need(par.Delegation.Terms == other.Delegation.Terms, "terms", want),
		rule.Need(par.Delegation.Workdays == other.Delegation.Workdays, "bankHolidays", want),
		rule.Need(slices.Equal(par.Rates, other.Rates), "rates", want),
	)
}
