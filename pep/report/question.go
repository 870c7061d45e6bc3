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

// Question says what a report is about.
type Question struct {
	Policy *pep.Policy // the policy that applies to every child
	Terms  []term.Term // one or more terms that have begun by On
	On     civil.Date  // the as-at day; the dossiers must be as at the end of this day

	// Measures asks for the measures as well. They need the Courses of every dossier.
	Measures bool

	// Review returns the day of a child's statutory review in a term, or the zero Date
	// for a child without a review. If the function is nil, the report leaves out
	// ReadyForReview.
	Review func(record.ChildID, term.Term) civil.Date
}

// check returns a *rule.Invalid for each member that is not valid.
func (q *Question) check() error {
	if err := errors.Join(
		rule.Need(q.Policy != nil, "policy", "a policy"),
		rule.Need(!q.On.IsZero(), "on", "the as-at day of the report"),
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

// fits returns a *rule.Invalid if a dossier does not fit the question.
func (q *Question) fits(d *pep.Dossier) error {
	return errors.Join(
		rule.Need(d.On.IsZero() || d.On == q.On, "on", "the report's as-at day, in every dossier"),
		rule.Need(!q.Measures || len(d.Courses) == len(d.Plans), "courses", "the course of every plan, because the report makes measures"),
	)
}

// day returns the day that decides a child's school and year group for a term: the day of
// the report or, for a term that is over, the term's last day.
func (q *Question) day(t term.Term) civil.Date {
	if last := q.Policy.Calendar().Last(t); q.On.After(last) {
		return last
	}
	return q.On
}
