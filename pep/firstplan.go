package pep

import (
	"virtualschool.example/pep/record"
	"virtualschool.example/term/civil"
)

// FirstPlan says by when the first plan of a child new to care is complete. The
// zero FirstPlan is of a child who is not new to care or needs no plan.
type FirstPlan struct {
	Entered    civil.Date // the first day of this period of care
	CompleteBy civil.Date // DUE-5
}

// FirstPlan returns by when the first plan is complete of a child who needs one on
// a day (ELIG-8) and came into care in the day's term or in the one before it: an
// earlier child is a matter of the missing plans (MISS-1). DUE-5 counts from the
// first day on which the child needed a plan, as it does for a missing one
// (ELIG-10): a child may become old enough after coming into care. It refuses what
// RequiredOn and InitialDeadlines refuse; with a refusal of InitialDeadlines comes
// the day of entry.
func (p *Policy) FirstPlan(born, on civil.Date, care record.Care, education []record.Education) (FirstPlan, error) {
	needed, err := p.RequiredOn(born, on, care, education)
	if err != nil || !needed.Required {
		return FirstPlan{}, err
	}
	entered, terms := p.EnteredCare(care, on), p.Calendar()
	if entered.IsZero() || entered.Before(terms.First(terms.Of(on).Previous())) {
		return FirstPlan{}, nil
	}
	from := p.firstNeeded(born, record.Span{From: entered, To: on.AddDays(1)}, care, education)
	due, err := p.InitialDeadlines(from, false)
	return FirstPlan{Entered: entered, CompleteBy: due.CompleteBy}, err
}

// firstNeeded returns the first of the days on which the child needs a plan, or
// the day after them.
func (p *Policy) firstNeeded(born civil.Date, days record.Span, care record.Care, education []record.Education) civil.Date {
	terms := p.Calendar()
	for t := terms.Of(days.From); terms.First(t).Before(days.To); t = t.Next() {
		par := p.forTerm(t)
		some := days.Within(par.days(t))
		if first := par.firstNeeded(born, some, care, education); first.Before(some.To) {
			return first
		}
	}
	return days.To
}

// Has reports whether a plan is the first plan or one after it: it was started in
// this period of care, and is open or was finalised.
func (f FirstPlan) Has(s *Snapshot) bool {
	return !s.Started.Before(f.Entered) && (s.Stage.Open() || s.Final != Final{})
}
