package workflow_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/peptest"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/term"
)

var spring = []term.Term{term.MustParse("SPRING 2026")}

// dossiersOf returns the dossiers that the service gives to an actor.
func dossiersOf(t *testing.T, s *workflow.Service, by workflow.Actor, q workflow.DossierQuery) (all []pep.Dossier) {
	t.Helper()
	for d, err := range s.Dossiers(t.Context(), by, q) {
		require.NoError(t, err)
		all = append(all, d)
	}
	return all
}

// returnedLate returns a world with one plan. It was delegated on 5 January, with
// N/A in the first box of its last section, and returned on 30 January, two days
// after it was due.
func returnedLate(t *testing.T) *peptest.World {
	w := peptest.New(t)
	p := w.At(1, pep.Delegated)
	last := forms.TemplateOf(p.Type()).Len()
	section, _ := forms.TemplateOf(p.Type()).Section(last)
	do := func(a pep.Action) {
		by := peptest.Actor(pep.DesignatedTeacher)
		done, err := w.Do(t.Context(), workflow.Command{Key: storage.Key(a.Verb().String()), By: by, Plan: p.ID(), Seen: p.Version(), Do: a})
		require.NoError(t, err)
		p, err = w.Plan(t.Context(), peptest.Actor(pep.SocialWorker), done.Plan)
		require.NoError(t, err)
	}
	w.Clock.Noon(on("2026-01-30"))
	do(pep.SaveContribution{Section: last, Answers: peptest.Complete(p.Type(), last).With(section.Questions[0].ID, "n/a")})
	do(pep.SubmitContribution{})
	return w
}

func TestADossierIsAsAtTheEndOfADay(t *testing.T) {
	t.Parallel()
	w := returnedLate(t)
	office := peptest.Actor(pep.BusinessSupport)
	for _, test := range []struct {
		on   string
		want pep.Stage
	}{{"2026-01-04", pep.None}, {"2026-01-05", pep.Delegated}, {"2026-01-29", pep.Delegated}, {"2026-01-30", pep.Returned}, {"", pep.Returned}} {
		for _, courses := range []bool{false, true} {
			all := dossiersOf(t, w.Service, office, workflow.DossierQuery{Terms: spring, On: on(test.on), Courses: courses, Boxes: courses})
			require.Len(t, all, 1)
			if test.want == pep.None {
				require.Empty(t, all[0].Plans)
				continue
			}
			require.Equal(t, test.want, all[0].Plans[0].Stage, test.on)
			if !courses {
				require.Empty(t, all[0].Courses)
				continue
			}
			c := all[0].Courses[0]
			require.Equal(t, c.Outline(), all[0].Plans[0])
			if test.want == pep.Returned {
				require.Equal(t, on("2026-01-30"), c.InPlace)
				require.Equal(t, on("2026-01-30"), c.Returned)
				require.Equal(t, on("2026-01-28"), c.WasDue)
				require.Equal(t, forms.Filled(1), c.NotApplicable[forms.TemplateOf(c.Type).Len()-1])
				require.Zero(t, c.NotApplicable[0])
			}
		}
	}
}

// TestTheCourseOfOnePlanIsForThoseWhoMayReadItsHistory: the course equals the one
// in the dossier.
func TestTheCourseOfOnePlanIsForThoseWhoMayReadItsHistory(t *testing.T) {
	t.Parallel()
	w := returnedLate(t)
	want := dossiersOf(t, w.Service, peptest.Actor(pep.BusinessSupport), workflow.DossierQuery{Terms: spring, Courses: true, Boxes: true})[0].Courses[0]
	c, err := w.Course(t.Context(), peptest.Actor(pep.SocialWorker), want.ID)
	require.NoError(t, err)
	require.Equal(t, want, c)
	require.NotZero(t, c.NotApplicable)
	for _, role := range []pep.Role{pep.DesignatedTeacher, pep.PersonalAdviser} {
		_, err := w.Course(t.Context(), peptest.Actor(role), want.ID)
		require.ErrorIs(t, err, storage.ErrNotFound)
	}
	_, err = w.Course(t.Context(), peptest.Actor(pep.SocialWorker), pep.ID{})
	require.Error(t, err)
}

// TestADossierAsAtAPastDayKnowsNothingOfLaterCare: a child who came into care on 20
// February was not missing a plan on the 19th.
func TestADossierAsAtAPastDayKnowsNothingOfLaterCare(t *testing.T) {
	t.Parallel()
	w := peptest.New(t)
	child := peptest.Child(1)
	child.Care.Episodes = append(child.Care.Episodes[:0:0], record.Episode{Span: record.Span{From: on("2026-02-20")}})
	child.Education[0].From = on("2026-02-20")
	peptest.Put(t, w.Service, child)
	w.Clock.Noon(on("2026-03-20"))
	for day, want := range map[string]int{"2026-02-19": 0, "2026-02-20": 1, "": 1} {
		d := dossiersOf(t, w.Service, peptest.Actor(pep.BusinessSupport), workflow.DossierQuery{Terms: spring, On: on(day)})[0]
		require.Equal(t, []int{want, want}, []int{len(d.Child.Care.Episodes), len(d.Child.Education)}, day)
	}
	w.Clock.Noon(on("2026-02-10"))
	d := dossiersOf(t, w.Service, peptest.Actor(pep.BusinessSupport), workflow.DossierQuery{Terms: spring})[0]
	require.Len(t, d.Child.Care.Episodes, 1, "today's dossier includes care that is planned")
}

func TestDossiersAreForThoseWhoMayListMissingPlans(t *testing.T) {
	t.Parallel()
	w := returnedLate(t)
	q := workflow.DossierQuery{Terms: spring}
	require.Len(t, dossiersOf(t, w.Service, peptest.Actor(pep.SocialWorker), q), 1)
	stranger := peptest.Actor(pep.SocialWorker)
	stranger.ID = peptest.Actor(pep.PersonalAdviser).ID
	require.Empty(t, dossiersOf(t, w.Service, stranger, q))
	for _, err := range w.Dossiers(t.Context(), peptest.Actor(pep.DesignatedTeacher), q) {
		require.ErrorIs(t, err, storage.ErrNotFound)
	}
}

func TestADossierQueryIsChecked(t *testing.T) {
	t.Parallel()
	w := peptest.New(t)
	w.Child(1)
	for _, test := range []struct {
		name, want string
		q          workflow.DossierQuery
	}{
		{"no term", "terms", workflow.DossierQuery{}},
		{"the zero term", "terms", workflow.DossierQuery{Terms: []term.Term{{}}}},
		{"a day to come", "on", workflow.DossierQuery{Terms: spring, On: w.Today().AddDays(1)}},
		{"boxes without courses", "boxes", workflow.DossierQuery{Terms: spring, Boxes: true}},
	} {
		t.Run(test.name, func(t *testing.T) {
			n := 0
			for _, err := range w.Dossiers(t.Context(), peptest.Actor(pep.BusinessSupport), test.q) {
				require.Equal(t, test.want, rule.InvalidMember(err))
				n++
			}
			require.Equal(t, 1, n)
		})
	}
}

// TestALoopOverDossiersMayBeLeftEarly leaves the loop at the first child.
func TestALoopOverDossiersMayBeLeftEarly(t *testing.T) {
	t.Parallel()
	w := peptest.New(t)
	w.Child(1)
	w.Child(2)
	n := 0
	for _, err := range w.Dossiers(t.Context(), peptest.Actor(pep.BusinessSupport), workflow.DossierQuery{Terms: spring}) {
		require.NoError(t, err)
		n++
		break
	}
	require.Equal(t, 1, n)
}
