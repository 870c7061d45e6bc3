package report

import (
	"errors"
	"slices"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// Question is what a report is about.
type Question struct {
	Policy *pep.Policy // by which every child is judged
	Terms  []term.Term // one or more, each of which has begun by On
	On     civil.Date  // the day as at which the report is made; the dossiers are those of its end

	// Measures says that the report makes the measures too. They need the Courses of
	// every dossier.
	Measures bool

	// Review returns the day of a child's statutory review in a term, and the zero Date
	// where there is none. Where the function is nil, the report does not say which
	// plans were ready for a review.
	Review func(record.ChildID, term.Term) civil.Date
}

// check returns a *rule.Invalid for each member that cannot be.
func (q *Question) check() error {
	if err := errors.Join(
		rule.Need(q.Policy != nil, "policy", "a policy"),
		rule.Need(!q.On.IsZero(), "on", "the day as at which the report is made"),
		rule.Need(len(q.Terms) > 0, "terms", "one term or more, such as SPRING 2026"),
	); err != nil {
		return err
	}
	for i, t := range q.Terms {
		if t.IsZero() || slices.Contains(q.Terms[:i], t) || q.Policy.Calendar().First(t).After(q.On) {
			return &rule.Invalid{Member: "terms", Want: "terms that have begun by " + q.On.String() + ", each once"}
		}
	}
	return nil
}

// fits returns a *rule.Invalid where a dossier is not what the question needs.
func (q *Question) fits(d *pep.Dossier) error {
	return errors.Join(
		rule.Need(d.On.IsZero() || d.On == q.On, "on", "the day of the report, as at which the dossiers are"),
		rule.Need(!q.Measures || len(d.Courses) == len(d.Plans), "courses", "those of all plans, where the report makes measures"),
	)
}

// day returns the day of a term on which a child's school and year group are looked
// at: the day of the report or, of a term that is over, its last day.
func (q *Question) day(t term.Term) civil.Date {
	if last := q.Policy.Calendar().Last(t); q.On.After(last) {
		return last
	}
	return q.On
}
