package report_test

import (
	"iter"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/peptest"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/report"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// someone holds one child of a cohort and the histories of the child's plans.
type someone struct {
	record.Child
	histories [][]pep.Event
}

var (
	lancashire = pep.Lancashire()
	terms      = []term.Term{term.MustParse("AUTUMN 2025"), term.MustParse("SPRING 2026"), term.MustParse("SUMMER 2026"), term.MustParse("AUTUMN 2026")}
)

// invented returns the cohort of a seed, and its children.
func invented(t testing.TB, seed uint64, schools, children int) (*peptest.Cohort, []someone) {
	c := peptest.NewCohort(t, seed, schools)
	var all []someone
	for range children {
		s := someone{Child: c.Child()}
		for _, p := range c.Plans(s.Child, terms...) {
			s.histories = append(s.histories, p.Pending())
		}
		all = append(all, s)
	}
	return c, all
}

// dossiers returns the dossiers of a cohort as at a day. Half the filled boxes hold N/A.
func dossiers(t testing.TB, c *peptest.Cohort, all []someone, on civil.Date) iter.Seq2[pep.Dossier, error] {
	return func(yield func(pep.Dossier, error) bool) {
		for _, s := range all {
			d := pep.Dossier{Child: s.Child, Places: c.Schools()}
			for _, h := range s.histories {
				c, err := pep.CourseOf(h, on)
				require.NoError(t, err)
				if !c.ID.IsZero() {
					c.NotApplicable = half(&c.Snapshot)
					d.Courses, d.Plans = append(d.Courses, c), append(d.Plans, c.Outline())
				}
			}
			if !yield(d, nil) {
				return
			}
		}
	}
}

// half returns every filled box with an even number. The tests put N/A in these boxes.
func half(s *pep.Snapshot) (na [forms.MaxSections]forms.Filled) {
	for i, f := range s.Filled {
		na[i] = f & 0x5555_5555_5555_5555
	}
	return na
}

// reviewOn returns a day in the term for about every third child, and otherwise the zero
// Date.
func reviewOn(id record.ChildID, t term.Term) civil.Date {
	if id.UUID[0]%3 != 0 {
		return civil.Date{}
	}
	return lancashire.Calendar().First(t).AddDays(int(id.UUID[1]) / 2)
}

func question(on civil.Date) report.Question {
	q := report.Question{Policy: lancashire, On: on, Measures: true, Review: reviewOn}
	for _, t := range terms {
		if !lancashire.Calendar().First(t).After(on) {
			q.Terms = append(q.Terms, t)
		}
	}
	return q
}

// TestTheReportEqualsABruteForceRecount counts 1,000 cohorts a second time, each as at a
// random day. It counts from the histories, in loops that share no code with the report.
func TestTheReportEqualsABruteForceRecount(t *testing.T) {
	t.Parallel()
	children, figures := 0, 0
	for seed := range uint64(1000) {
		dice := rand.New(rand.NewPCG(seed, 1))
		c, all := invented(t, seed, 1+dice.IntN(6), 1+dice.IntN(40))
		q := question(civil.MustParse("2025-09-01").AddDays(dice.IntN(480)))
		r, err := report.New(q)
		require.NoError(t, err)
		require.NoError(t, r.Count(dossiers(t, c, all, q.On)))
		s := r.Summary()
		require.Zero(t, s.Failed)
		want := recount(t, c, &q, all)
		require.Equal(t, want, flat(&s), "seed %d, as at %s", seed, q.On)
		children, figures = children+len(all), figures+len(want)
	}
	t.Logf("1,000 cohorts, %d children, %d figures that are not zero: the report equals the recount", children, figures)
}

// flat returns the non-zero numbers of a summary, keyed by what they count.
func flat(s *report.Summary) counts {
	n := counts{}
	for _, t := range s.Terms {
		at := t.Term.String() + " "
		n.add(at+"children", t.Children)
		n.group(at+"all", t.Count)
		for _, r := range t.Reasons {
			n.add(at+r.Standing.String()+" "+r.Reason, r.Children)
		}
		for _, c := range t.Stages {
			n.add(at+"stage "+c.Stage.String(), c.Children)
		}
		for _, g := range t.Groups {
			n.group(at+g.By.String()+" "+g.Key, g.Count)
		}
		for _, f := range t.Figures {
			n.add(at+f.Measure.String()+" of", f.Denominator)
			n.add(at+f.Measure.String(), f.Numerator)
		}
		n.add(at+"plans covered", t.Plans)
		for _, c := range t.Coverage {
			n.add(at+"answered "+c.Item.String(), c.Answered)
			n.add(at+"n/a "+c.Item.String(), c.NotApplicable)
			n.add(at+"blank "+c.Item.String(), c.Blank)
		}
	}
	return n
}

// counts holds numbers, keyed by what they count.
type counts map[string]int

func (n counts) add(what string, by int) {
	if by != 0 {
		n[what] += by
	}
}

// of adds one to the denominator of a measure, and to its numerator if holds is true.
func (n counts) of(at string, m report.Measure, holds bool) {
	n[at+m.String()+" of"]++
	if holds {
		n[at+m.String()]++
	}
}

func (n counts) group(what string, c report.Count) {
	n.add(what+" satisfied", c.Satisfied)
	n.add(what+" excused", c.Excused)
	n.add(what+" missing", c.Missing)
	n.add(what+" needed", c.Needed)
}

// told is a plan as its history describes it at the end of a day.
type told struct {
	pep.Snapshot
	inPlace, returned, wasDue civil.Date
	gradings                  []civil.Date
}

// toldBy reads a plan from the events of its history up to a day. It returns false if
// there are no events.
func toldBy(t *testing.T, history []pep.Event, on civil.Date) (k told, ok bool) {
	var before []pep.Event
	for _, e := range history {
		if e.On.After(on) {
			break
		}
		before = append(before, e)
	}
	if len(before) == 0 {
		return k, false
	}
	p, err := pep.Fold(before)
	require.NoError(t, err)
	k.Snapshot = p.Snapshot()
	since := 0
	for i, e := range before {
		if e.To == pep.Draft {
			since = i
		}
		if e.Verb == pep.VerbAwardGrade {
			k.gradings = append(k.gradings, e.On)
		}
	}
	var due civil.Date
	for _, e := range before[since:] {
		if !e.Due.IsZero() {
			due = e.Due
		}
		switch e.To {
		case pep.Returned, pep.Checking, pep.Grading, pep.Finalised:
			if k.inPlace.IsZero() {
				k.inPlace = e.On
			}
		}
		if e.Verb == pep.VerbSubmitContribution && k.returned.IsZero() {
			k.returned, k.wasDue = e.On, due
		}
	}
	return k, true
}

// stands reports whether a plan counts: it was not deleted, and it was not cancelled before
// it was first finalised.
func (k *told) stands() bool {
	return k.Stage != pep.Deleted && (k.Stage != pep.Cancelled || k.Final != pep.Final{})
}

// stage returns the stage at which a report counts the plan.
func (k *told) stage() pep.Stage {
	if (k.Final != pep.Final{}) {
		return pep.Finalised
	}
	return k.Stage
}

// recount counts everything a second time.
func recount(t *testing.T, c *peptest.Cohort, q *report.Question, all []someone) counts {
	n := counts{}
	for _, of := range q.Terms {
		at, last := of.String()+" ", lancashire.Calendar().Last(of)
		day := q.On
		if day.After(last) {
			day = last
		}
		graded := map[record.EstablishmentID]bool{}
		for _, s := range all {
			var plans []told
			var outlines []pep.Outline
			for _, h := range s.histories {
				if k, ok := toldBy(t, h, q.On); ok {
					plans, outlines = append(plans, k), append(outlines, k.Outline())
				}
			}
			d, err := lancashire.Missing(s.Born.Reveal(private.Deciding), pep.MissingQuestion{
				Term: of, Today: q.On, Care: s.Care, Education: s.Education, Plans: outlines,
			})
			require.NoError(t, err)
			n.add(at+"children", 1)
			recountStanding(t, n, at, c, &s, d, plans, of, day)
			if d.Standing == pep.Satisfied || d.Standing == pep.MissingPlan {
				n.of(at, report.PlansInPlace, d.Standing == pep.Satisfied)
			}
			recountMeasures(n, at, q, &s, d, plans, of, day, graded)
		}
		for _, was := range graded {
			n.of(at, report.EstablishmentsGraded, was)
		}
	}
	return n
}

func recountStanding(t *testing.T, n counts, at string, c *peptest.Cohort, s *someone, d pep.MissingDecision, plans []told, of term.Term, day civil.Date) {
	if d.Standing == pep.NotNeeded {
		n.add(at+"not_required "+d.Requirement.Reason.String(), 1)
		return
	}
	n.add(at+d.Standing.String()+" "+d.Reason.String(), 1)
	stage, form, where := pep.None, forms.Type(0), record.EstablishmentID{}
	for _, e := range s.Education {
		if where.IsZero() && e.Covers(day) {
			where = e.Establishment
		}
	}
	for _, k := range plans {
		if k.Term == of && k.stands() && k.stage() > stage {
			if stage, form = k.stage(), k.Type; k.Stage > pep.Draft {
				where = k.Establishment
			}
		}
	}
	n.add(at+"stage "+stage.String(), 1)
	var school record.Establishment
	for _, e := range c.Schools() {
		if e.ID == where {
			school = e
		}
	}
	setting := lancashire.Setting(&school, day)
	area := report.OutOfArea
	switch {
	case where.IsZero():
		area, setting = report.NoEstablishment, forms.NoSetting
	case school.DfENumber == "":
		area = report.AreaUnknown
	case school.DfENumber[:3] == "888":
		area = report.InArea
	}
	year, err := forms.YearGroupAt(s.Born.Reveal(private.Deciding), day, s.Recorded())
	require.NoError(t, err)
	if form == 0 {
		form, _ = lancashire.FormType(&s.Child, day, setting)
	}
	place := ""
	if !where.IsZero() {
		place = where.String()
	}
	for _, group := range []string{"all", "worker " + s.Worker.String(), "establishment " + place, "year_group " + year.String(), "form_type " + form.String(), "area " + area.String()} {
		n.add(at+group+" "+map[pep.Standing]string{pep.Satisfied: "satisfied", pep.Excused: "excused", pep.MissingPlan: "missing"}[d.Standing], 1)
		n.add(at+group+" needed", 1)
	}
}

func recountMeasures(n counts, at string, q *report.Question, s *someone, d pep.MissingDecision, plans []told, of term.Term, day civil.Date, graded map[record.EstablishmentID]bool) {
	lately := false
	for _, k := range plans {
		for _, on := range k.gradings {
			lately = lately || q.On.Before(on.AddMonths(12))
		}
		if k.Stage == pep.Deleted {
			continue
		}
		for own := k.Term; ; own = own.Previous() {
			if own == of && (own != k.Term || k.Carried == 0) { // the plan counted for this term
				n.of(at, report.CarriedForward, own != k.Term)
			}
			if own == k.Term.Add(-k.Carried) {
				break
			}
		}
		if k.Term != of || !k.stands() {
			continue
		}
		late := k.Stage <= pep.Delegated && lancashire.CarryForward(&k.Snapshot, q.On).Stale
		n.of(at, report.StalePlans, late)
		due, on := k.wasDue, k.returned
		if on.IsZero() && k.Stage == pep.Delegated && q.On.After(k.Due) {
			due, on = k.Due, q.On
		}
		if !on.IsZero() {
			n.of(at, report.ReturnedInTime, !on.After(due))
			if on.After(due) {
				n.add(at+"days_late of", 1)
				n.add(at+"days_late", on.DaysSince(due))
			}
		}
		if k.stage() >= pep.Returned && k.stage() <= pep.Finalised {
			recountPlan(n, at, &k, graded)
		}
	}
	if d.Standing == pep.Satisfied {
		n.of(at, report.ChildrenGraded, lately)
	}
	first, err := lancashire.FirstPlan(s.Born.Reveal(private.Deciding), day, s.Care, s.Education)
	if by := first.CompleteBy; err == nil && !by.IsZero() && !by.After(q.On) && lancashire.Calendar().Of(by) == of {
		n.of(at, report.FirstPlansInTime, ready(plans, by, func(k *told) bool { return !k.Started.Before(first.Entered) }))
	}
	if review := reviewOn(s.ID, of); !review.IsZero() && !review.AddDays(-3).After(q.On) {
		n.of(at, report.ReadyForReview, ready(plans, review.AddDays(-3), func(k *told) bool { return k.Term == of }))
	}
}

func ready(plans []told, by civil.Date, meant func(*told) bool) (found bool) {
	for _, k := range plans {
		found = found || k.stands() && meant(&k) && !k.inPlace.IsZero() && !k.inPlace.After(by)
	}
	return found
}

func recountPlan(n counts, at string, k *told, graded map[record.EstablishmentID]bool) {
	n.of(at, report.PlansGraded, k.Grade != 0)
	if k.Grade != 0 {
		n.of(at, report.GradedRed, k.Grade == pep.Red)
		n.of(at, report.GradedAmber, k.Grade == pep.Amber)
		n.of(at, report.GradedGreen, k.Grade == pep.Green)
	}
	if !k.Establishment.IsZero() {
		graded[k.Establishment] = graded[k.Establishment] || k.Grade != 0
	}
	n.add(at+"plans covered", 1)
	na := half(&k.Snapshot)
	for section := range forms.TemplateOf(k.Type).Sections() {
		for box, ask := range section.Questions {
			switch ask.Statutory {
			case forms.History, forms.Arrangements, forms.Changes, forms.Leisure, forms.CarersRole:
				how := "blank "
				if na[section.Number-1].Has(box) {
					how = "n/a "
				} else if k.Filled[section.Number-1].Has(box) {
					how = "answered "
				}
				n.add(at+how+ask.Statutory.String(), 1)
			}
		}
	}
}
