package report_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/peptest"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/report"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// reported returns the summary, with measures, of a report on one child for some terms.
func reported(t *testing.T, d pep.Dossier, on string, terms ...string) report.Summary {
	t.Helper()
	q := report.Question{Policy: lancashire, On: civil.MustParse(on), Measures: true}
	for _, name := range terms {
		q.Terms = append(q.Terms, term.MustParse(name))
	}
	r, err := report.New(q)
	require.NoError(t, err)
	require.NoError(t, r.Count(yields(d)))
	return r.Summary()
}

// TestATermConcernsNobodyBornAfterIt also requires that a term still in progress concerns
// nobody born after the day of the report.
func TestATermConcernsNobodyBornAfterIt(t *testing.T) {
	t.Parallel()
	baby := peptest.Child(1)
	baby.Born, baby.Care = private.NewDate(civil.MustParse("2026-02-20")), record.Care{Throughout: true}
	for _, test := range []struct {
		name, on string
		want     []int // the number of children counted in each of the two terms
	}{
		{"born after the first term", "2026-03-31", []int{0, 1}},
		{"born after the day of the report", "2026-02-19", []int{0, 0}},
		{"born on the day of the report", "2026-02-20", []int{0, 1}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := reported(t, pep.Dossier{Child: baby}, test.on, "AUTUMN 2025", "SPRING 2026")
			require.Zero(t, s.Failed)
			require.Equal(t, test.want, []int{s.Terms[0].Children, s.Terms[1].Children})
		})
	}
}

// A register keeps records for decades, so it has adults who left care. A report leaves
// them out. It lists somebody in care with an adult's birth date as a failure, because the
// date must be a mistake (AGE-3).
func TestAnAdultWhoLeftCareIsNotAFailure(t *testing.T) {
	t.Parallel()
	adult := peptest.Child(1)
	adult.Born = private.NewDate(civil.MustParse("1990-05-01"))
	adult.Care = record.Care{Episodes: []record.Episode{{Span: record.Span{From: civil.MustParse("2000-01-01"), To: civil.MustParse("2008-05-01")}}}}
	s := reported(t, pep.Dossier{Child: adult}, "2026-03-31", "SPRING 2026", "AUTUMN 2025")
	require.Zero(t, s.Failed)
	require.Zero(t, s.Terms[0].Children)
	adult.Care.Episodes[0].To = civil.Date{}
	require.Equal(t, 1, reported(t, pep.Dossier{Child: adult}, "2026-03-31", "SPRING 2026").Failed)
}

// TestAnUndecidedChildIsListedOnceAndCountedNowhere asks about two terms.
func TestAnUndecidedChildIsListedOnceAndCountedNowhere(t *testing.T) {
	t.Parallel()
	strange := peptest.Child(2)
	strange.Care.Episodes[0].Authority = "Nowhere?"
	s := reported(t, pep.Dossier{Child: strange}, "2026-03-31", "AUTUMN 2025", "SPRING 2026")
	require.Equal(t, 1, s.Failed)
	require.Len(t, s.Failures, 1)
	require.Zero(t, s.Terms[0].Children+s.Terms[1].Children)
}

func TestADossierThatDoesNotFitTheQuestionIsRefused(t *testing.T) {
	t.Parallel()
	plan := peptest.New(t).At(1, pep.Finalised).Snapshot()
	for _, test := range []struct {
		name, want string
		d          pep.Dossier
	}{
		{"as at another day", "on", pep.Dossier{Child: peptest.Child(1), On: civil.MustParse("2026-03-30")}},
		{"without courses", "courses", pep.Dossier{Child: peptest.Child(1), Plans: []pep.Outline{plan.Outline()}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := reported(t, test.d, "2026-03-31", "SPRING 2026")
			require.Equal(t, 1, s.Failed)
			require.Equal(t, test.want, rule.InvalidMember(s.Failures[0].Err))
			require.Zero(t, s.Terms[0].Children)
		})
	}
}

// TestADamagedRecordDoesNotEndAReport uses a record so damaged that the store cannot say
// whose it is.
func TestADamagedRecordDoesNotEndAReport(t *testing.T) {
	t.Parallel()
	r, err := report.New(report.Question{Policy: lancashire, On: civil.MustParse("2026-03-31"), Terms: []term.Term{spring}})
	require.NoError(t, err)
	require.NoError(t, r.Count(func(yield func(pep.Dossier, error) bool) {
		_ = yield(pep.Dossier{Child: peptest.Child(1)}, nil) && yield(pep.Dossier{}, &storage.Error{Op: "children", Err: storage.ErrDamaged})
	}))
	s := r.Summary()
	require.Equal(t, []int{1, 1}, []int{s.Failed, s.Terms[0].Children})
	require.True(t, s.Failures[0].Child.IsZero())
}
