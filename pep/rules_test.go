package pep_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/fixture"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

func TestInitialDeadlines(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, entered      string
		emergency          bool
		complete, initiate string
	}{
		{"DUE-5 over Easter", "2026-03-20", false, "2026-04-21", ""},
		{"DUE-5 entered on Good Friday", "2026-04-03", false, "2026-05-05", ""},
		{"DUE-5 over the new year", "2026-12-18", false, "2027-01-20", ""},
		{"DUE-6 placed on 24 December", "2025-12-24", true, "2026-01-26", "2026-01-12"},
		{"DUE-6 no emergency", "2025-12-24", false, "2026-01-26", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := pep.Lancashire().InitialDeadlines(on(c.entered), c.emergency)
			require.NoError(t, err)
			require.Equal(t, pep.Deadlines{CompleteBy: on(c.complete), InitiateBy: on(c.initiate)}, got)
		})
	}
	_, err := pep.Lancashire().InitialDeadlines(on("2028-12-18"), true)
	requireRefused(t, rule.DUE7, err)
}

func TestThePolicySetsTheDeadlines(t *testing.T) {
	t.Parallel()
	p := fixture.Policy(func(par *pep.Parameters) { par.InitialDeadline.WorkingDays, par.EmergencyDeadline.WorkingDays = 10, 1 })
	got, err := p.InitialDeadlines(on("2026-03-20"), true)
	require.NoError(t, err)
	require.Equal(t, pep.Deadlines{CompleteBy: on("2026-04-07"), InitiateBy: on("2026-03-23")}, got)
}

func TestGradingOfEverySampling(t *testing.T) {
	t.Parallel()
	spring := term.New(term.Spring, 2026)
	other := record.ChildID{UUID: uid(50)}
	graded := func(where record.EstablishmentID, of term.Term, child record.ChildID, day string, g pep.Grade) pep.Graded {
		return pep.Graded{Establishment: where, Term: of, Grade: g, Child: child, On: on(day)}
	}
	for _, c := range []struct {
		name     string
		sampling pep.Sampling
		where    record.EstablishmentID
		meeting  string
		history  []pep.Graded
		want     pep.GradingReason
	}{
		{"GRADE-1 the first of the term", pep.PerEstablishmentPerTerm, schoolID, "2026-01-14", nil, pep.FirstOfTerm},
		{"GRADE-1 another child's was graded", pep.PerEstablishmentPerTerm, schoolID, "2026-01-14", []pep.Graded{graded(schoolID, spring, other, "2026-01-20", pep.Green)}, pep.EstablishmentGraded},
		{"GRADE-1 another establishment's was", pep.PerEstablishmentPerTerm, schoolID, "2026-01-14", []pep.Graded{graded(otherID, spring, other, "2026-01-20", pep.Green)}, pep.FirstOfTerm},
		{"GRADE-7 graded in this term for the last", pep.PerEstablishmentPerTerm, schoolID, "2026-01-14", []pep.Graded{graded(schoolID, spring.Previous(), other, "2026-01-20", pep.Green)}, pep.FirstOfTerm},
		{"GRADE-7 graded after the term for it", pep.PerEstablishmentPerTerm, schoolID, "2026-01-14", []pep.Graded{graded(schoolID, spring, other, "2026-04-09", pep.Green)}, pep.EstablishmentGraded},
		{"GRADE-5 another child's red counts", pep.PerEstablishmentPerTerm, schoolID, "2026-01-14", []pep.Graded{graded(schoolID, spring, other, "2026-01-20", pep.Red)}, pep.EstablishmentGraded},
		{"GRADE-5 the child's own red", pep.PerEstablishmentPerTerm, schoolID, "2026-01-14", []pep.Graded{graded(schoolID, spring, childID, "2026-01-20", pep.Red)}, pep.LatestIsRed},
		{"GRADE-5 red and then green", pep.PerEstablishmentPerTerm, schoolID, "2026-01-14", []pep.Graded{graded(schoolID, spring, childID, "2026-01-22", pep.Green), graded(schoolID, spring, childID, "2026-01-20", pep.Red)}, pep.EstablishmentGraded},
		{"GRADE-5 green and then red", pep.PerEstablishmentPerTerm, schoolID, "2026-01-14", []pep.Graded{graded(schoolID, spring, childID, "2026-01-22", pep.Red), graded(schoolID, spring, childID, "2026-01-20", pep.Green)}, pep.LatestIsRed},
		{"GRADE-5 red last term", pep.PerEstablishmentPerTerm, schoolID, "2026-01-14", []pep.Graded{graded(schoolID, spring.Previous(), childID, "2025-12-20", pep.Red)}, pep.FirstOfTerm},
		{"GRADE-6 no establishment", pep.PerEstablishmentPerTerm, record.EstablishmentID{}, "2026-01-14", []pep.Graded{graded(record.EstablishmentID{}, spring, other, "2026-01-20", pep.Green)}, pep.NoEstablishment},
		{"GRADE-2 never graded", pep.PerChild, schoolID, "2026-11-10", []pep.Graded{graded(schoolID, spring, other, "2026-11-01", pep.Green)}, pep.ChildDue},
		{"GRADE-2 a day short of 12 months", pep.PerChild, schoolID, "2026-11-09", []pep.Graded{graded(otherID, spring, childID, "2025-11-10", pep.Green)}, pep.ChildGraded},
		{"GRADE-2 12 months", pep.PerChild, schoolID, "2026-11-10", []pep.Graded{graded(otherID, spring, childID, "2025-11-10", pep.Green)}, pep.ChildDue},
		{"GRADE-2 no establishment", pep.PerChild, record.EstablishmentID{}, "2026-11-09", []pep.Graded{graded(otherID, spring, childID, "2025-11-10", pep.Green)}, pep.NoEstablishment},
		{"GRADE-2 red this term", pep.PerChild, schoolID, "2026-01-14", []pep.Graded{graded(otherID, spring, childID, "2026-01-10", pep.Red)}, pep.LatestIsRed},
		{"all", pep.EveryPlan, schoolID, "2026-01-14", []pep.Graded{graded(schoolID, spring, childID, "2026-01-10", pep.Green)}, pep.AllGraded},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := fixture.Policy(func(par *pep.Parameters) { par.Sampling = c.sampling })
			got, err := p.Grading(pep.GradingQuestion{Establishment: c.where, Term: spring, Child: childID, Meeting: on(c.meeting)}, c.history)
			require.NoError(t, err)
			require.Equal(t, c.want.String(), got.Reason.String())
			no := c.want == pep.EstablishmentGraded || c.want == pep.ChildGraded
			require.Equal(t, !no, got.Required)
			require.NotEmpty(t, got.Sentence())
			require.NotEmpty(t, got.Rules.List())
		})
	}
}

func TestGradingPerChildNeedsChildAndMeeting(t *testing.T) {
	t.Parallel()
	p := fixture.Policy(func(par *pep.Parameters) { par.Sampling = pep.PerChild })
	_, err := p.Grading(pep.GradingQuestion{Establishment: schoolID, Meeting: on("2026-01-14")}, nil)
	requireInvalid(t, "child", err)
	_, err = p.Grading(pep.GradingQuestion{Establishment: schoolID, Child: childID}, nil)
	requireInvalid(t, "meeting", err)
	_, err = pep.Lancashire().Grading(pep.GradingQuestion{Establishment: schoolID}, nil)
	require.NoError(t, err)
}

func TestHowLongRecordsAreKept(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, born, died, want string }{
		{"RET-1 75 years from birth", "2010-06-01", "", "2085-06-01"},
		{"RET-1 born on 29 February", "2008-02-29", "", "2083-03-01"},
		{"RET-1 died at 15", "2010-06-01", "2026-03-10", "2041-03-10"},
		{"RET-1 died the day before turning 18", "2010-06-01", "2028-05-31", "2043-05-31"},
		{"RET-1 died on turning 18", "2010-06-01", "2028-06-01", "2085-06-01"},
		{"RET-1 died on 29 February", "2010-06-01", "2024-02-29", "2039-03-01"},
		{"RET-1 died on the day of birth", "2010-06-01", "2010-06-01", "2025-06-01"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := pep.Lancashire().KeepUntil(on(c.born), on(c.died))
			require.NoError(t, err)
			require.Equal(t, c.want, got.String())
		})
	}
	_, err := pep.Lancashire().KeepUntil(on("2010-06-01"), on("2010-05-31"))
	requireInvalid(t, "died", err)
	_, err = pep.Lancashire().KeepUntil(civil.Date{}, civil.Date{})
	requireInvalid(t, "born", err)
}
