package pep

import (
	"virtualschool.example/pep/record"
	"virtualschool.example/term/civil"
)

// FirstPlan is the deadline for the first plan of a child who is new to care. The
// zero FirstPlan means that the child is not new to care or needs no plan.
type FirstPlan struct {
	Entered    civil.Date // the first day of this period of care
	CompleteBy civil.Date // DUE-5
}

// FirstPlan returns the deadline for the first plan of a child who needs a plan on
// the given day (ELIG-8) and came into care in that day's term or in the term
// before. For a child who came into care earlier, it returns the zero FirstPlan;
// the list of missing plans covers that child (MISS-1). DUE-5 counts from the first
// day on which the child needed a plan, as it does for a missing plan (ELIG-10),
// because a child may become old enough only after coming into care. FirstPlan
// returns the errors of RequiredOn and InitialDeadlines; if InitialDeadlines fails,
// it still returns the day of entry.
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

// firstNeeded returns the first of the given days on which the child needs a plan.
// If there is no such day, it returns the day after the last of them.
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

// Has reports whether a plan counts as the child's first plan or as a later one. A
// plan counts if it was started in this period of care and either is open or has a
// finalised revision.
func (f FirstPlan) Has(s *Snapshot) bool {
	return !s.Started.Before(f.Entered) && (s.Stage.Open() || s.Final != Final{})
}
