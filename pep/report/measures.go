package report

import (
	"errors"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// reviewNotice is the number of days before a statutory review by which the reviewing
// officer needs the plan.
const reviewNotice = 3

// of adds one to the denominator of a measure, and to its numerator if holds is true.
func (t *tally) of(m Measure, holds bool) {
	t.figures[m].Denominator++
	if holds {
		t.figures[m].Numerator++
	}
}

// measure adds a child and the child's plans to the measures of a term.
func (r *Report) measure(d *pep.Dossier, of *decided) {
	t, standing, first := of.tally, of.line.Standing, of.first
	if standing == pep.Satisfied || standing == pep.MissingPlan {
		t.of(PlansInPlace, standing == pep.Satisfied)
	}
	if standing == pep.Satisfied {
		t.of(ChildrenGraded, r.gradedLately(d))
	}
	for i := range d.Courses {
		if c := &d.Courses[i]; c.Stage != pep.Deleted {
			r.plan(t, c)
		}
	}
	r.review(t, d)
	if !first.CompleteBy.IsZero() {
		t.of(FirstPlansInTime, inPlaceBy(d, first.CompleteBy, func(c *pep.Course) bool { return !c.Started.Before(first.Entered) }))
	}
}

// plan adds one plan to the measures of a term.
func (r *Report) plan(t *tally, c *pep.Course) {
	outline := c.Outline()
	if c.Term.Add(-c.Carried) == t.term || outline.LeftBehind(t.term) {
		t.of(CarriedForward, outline.LeftBehind(t.term))
	}
	if c.Term != t.term || !counts(&outline) {
		return
	}
	t.of(StalePlans, c.Stage <= pep.Delegated && r.q.Policy.CarryForward(&c.Snapshot, r.q.On).Stale)
	r.returned(t, c)
	if !reached(&outline).ReturnedOrLater() {
		return
	}
	t.of(PlansGraded, c.Grade != 0)
	if c.Grade != 0 {
		for i, g := range [...]pep.Grade{pep.Red, pep.Amber, pep.Green} {
			t.of(GradedRed+Measure(i), c.Grade == g)
		}
	}
	if !c.Establishment.IsZero() {
		t.graded[c.Establishment] = t.graded[c.Establishment] || c.Grade != 0
	}
	t.coverage.add(c, r.boxes(c.Type))
	t.plans++
}

// returned adds a plan to the measures of returns. Only the plan's first return counts
// (DUE-3). A plan that was never returned is skipped, unless it is delegated and overdue.
func (r *Report) returned(t *tally, c *pep.Course) {
	due, on := c.WasDue, c.Returned
	if on.IsZero() {
		if c.Stage != pep.Delegated || !r.q.On.After(c.Due) {
			return
		}
		due, on = c.Due, r.q.On
	}
	t.of(ReturnedInTime, !on.After(due))
	if on.After(due) {
		t.figures[DaysLate].Denominator++
		t.figures[DaysLate].Numerator += on.DaysSince(due)
	}
}

// gradedLately reports whether a plan of the child was graded within the sampling
// months before the report (GRADE-2).
func (r *Report) gradedLately(d *pep.Dossier) bool {
	for i := range d.Courses {
		for _, g := range d.Courses[i].Gradings {
			if r.q.On.Before(g.On.AddMonths(r.months)) {
				return true
			}
		}
	}
	return false
}

// firstPlan returns the first plan of a child new to care, if its deadline fell in the term
// and has passed (DUE-5). Otherwise it returns the zero FirstPlan. A deadline beyond the
// published bank holidays is unknown and has not passed (DUE-7).
func (r *Report) firstPlan(t term.Term, d *pep.Dossier) (pep.FirstPlan, error) {
	p := r.q.Policy
	if !r.q.Measures {
		return pep.FirstPlan{}, nil
	}
	first, err := p.FirstPlan(d.Child.Born.Reveal(private.Deciding), r.q.day(t), d.Child.Care, d.Child.Education)
	if errors.Is(err, rule.DUE7) || err == nil && (first.CompleteBy.After(r.q.On) || !p.Calendar().Contains(t, first.CompleteBy)) {
		return pep.FirstPlan{}, nil
	}
	return first, err
}

// review adds a child to the measure of plans that were ready for a review.
func (r *Report) review(t *tally, d *pep.Dossier) {
	if r.q.Review == nil {
		return
	}
	by := r.q.Review(d.Child.ID, t.term)
	if by.IsZero() || by.AddDays(-reviewNotice).After(r.q.On) {
		return
	}
	t.of(ReadyForReview, inPlaceBy(d, by.AddDays(-reviewNotice), func(c *pep.Course) bool { return c.Term == t.term }))
}

// inPlaceBy reports whether a plan was in place by a day. It considers only the plans for
// which the given function returns true.
func inPlaceBy(d *pep.Dossier, day civil.Date, meant func(*pep.Course) bool) bool {
	for i := range d.Courses {
		c := &d.Courses[i]
		outline := c.Outline()
		if counts(&outline) && !c.InPlace.IsZero() && !c.InPlace.After(day) && meant(c) {
			return true
		}
	}
	return false
}
