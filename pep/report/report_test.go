package report_test

import (
	"errors"
	"iter"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/peptest"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/private/privatetest"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/report"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

func TestAQuestionIsChecked(t *testing.T) {
	t.Parallel()
	on, spring := civil.MustParse("2026-03-31"), term.MustParse("SPRING 2026")
	for _, test := range []struct {
		name, want string
		q          report.Question
	}{
		{"no policy", "policy", report.Question{On: on, Terms: []term.Term{spring}}},
		{"no day", "on", report.Question{Policy: lancashire, Terms: []term.Term{spring}}},
		{"no term", "terms", report.Question{Policy: lancashire, On: on}},
		{"the zero term", "terms", report.Question{Policy: lancashire, On: on, Terms: []term.Term{{}}}},
		{"a term twice", "terms", report.Question{Policy: lancashire, On: on, Terms: []term.Term{spring, spring}}},
		{"a term that begins the next day", "terms", report.Question{Policy: lancashire, On: on, Terms: []term.Term{spring.Next()}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := report.New(test.q)
			require.Equal(t, test.want, rule.InvalidMember(err))
		})
	}
	_, err := report.New(report.Question{Policy: lancashire, On: on.AddDays(1), Terms: []term.Term{spring.Next()}})
	require.NoError(t, err)
}

// yields iterates over dossiers. A dossier without a birth date comes with
// errLost.
func yields(all ...pep.Dossier) iter.Seq2[pep.Dossier, error] {
	return func(yield func(pep.Dossier, error) bool) {
		for _, d := range all {
			var err error
			if d.Child.Born.IsZero() {
				err = errLost
			}
			if !yield(d, err) {
				return
			}
		}
	}
}

var errLost = errors.New("the connection is lost")

// TestAnUndecidedChildIsListedAndTheOthersAreCounted uses one child with a
// damaged record and one with an unknown authority.
func TestAnUndecidedChildIsListedAndTheOthersAreCounted(t *testing.T) {
	t.Parallel()
	good, strange := peptest.Child(1), peptest.Child(2)
	strange.Care.Episodes[0].Authority = "Nowhere?"
	damaged := record.Child{ID: peptest.Child(3).ID}
	q := report.Question{Policy: lancashire, On: civil.MustParse("2026-03-01"), Terms: []term.Term{term.MustParse("SPRING 2026")}}
	r, err := report.New(q)
	require.NoError(t, err)
	lines := 0
	for line, err := range r.Lines(yields(pep.Dossier{Child: strange}, pep.Dossier{Child: damaged}, pep.Dossier{Child: good})) {
		require.Equal(t, line.Child.ID == good.ID, err == nil)
		lines++
	}
	require.Equal(t, 3, lines)
	s := r.Summary()
	require.Equal(t, 2, s.Failed)
	require.Equal(t, []record.ChildID{strange.ID, damaged.ID}, []record.ChildID{s.Failures[0].Child, s.Failures[1].Child})
	require.Equal(t, 1, s.Terms[0].Children)

	again, err := report.New(q)
	require.NoError(t, err)
	require.NoError(t, again.Count(yields(pep.Dossier{Child: damaged}, pep.Dossier{Child: good})))
	require.ErrorIs(t, again.Count(yields(pep.Dossier{})), errLost)
	for range 200 {
		require.NoError(t, again.Count(yields(pep.Dossier{Child: damaged})))
	}
	require.Equal(t, 202, again.Summary().Failed)
	require.Len(t, again.Summary().Failures, 100)
}

func TestALoopOverLinesMayBeLeftEarly(t *testing.T) {
	t.Parallel()
	r, err := report.New(report.Question{Policy: lancashire, On: civil.MustParse("2026-03-01"), Terms: []term.Term{term.MustParse("SPRING 2026")}})
	require.NoError(t, err)
	for _, d := range []pep.Dossier{{Child: peptest.Child(1)}, {}} {
		n := 0
		for range r.Lines(yields(d, d, d)) {
			n++
			break
		}
		require.Equal(t, 1, n)
	}
}

func TestCoverageOfOnePlanCountsAnsweredNotApplicableAndBlankBoxes(t *testing.T) {
	t.Parallel()
	w := peptest.New(t)
	c := pep.Course{Snapshot: w.At(1, pep.Finalised).Snapshot()}
	all := report.CoverageOf(&c)
	require.Len(t, all, 5)
	for _, item := range all {
		require.Positive(t, item.Answered)
		require.Zero(t, item.Blank+item.NotApplicable)
	}
	answered := all[0].Answered
	c.NotApplicable = c.Filled
	require.Equal(t, answered, report.CoverageOf(&c)[0].NotApplicable)
	c.Filled, c.NotApplicable = pep.Course{}.Filled, pep.Course{}.NotApplicable
	require.Equal(t, answered, report.CoverageOf(&c)[0].Blank)
	require.Zero(t, report.CoverageOf(&pep.Course{})[0].Blank, "a plan that does not exist has no boxes")
}

// A child without a plan for the term may have a plan that was started and then carried
// forward out of the term.
func TestNoPlanForTheTermIsNotCalledNotStarted(t *testing.T) {
	t.Parallel()
	for stage := range pep.AllStages() {
		require.Equal(t, stage.Words(), report.StageCount{Stage: stage}.Words())
	}
	require.Equal(t, "no plan for the term", report.StageCount{}.Words())
}

// TestNoTypeOfThePackageShowsPrivateText sweeps every exported type.
func TestNoTypeOfThePackageShowsPrivateText(t *testing.T) {
	t.Parallel()
	child := peptest.Child(1)
	child.Name = private.NewText(privatetest.Canary)
	r, err := report.New(report.Question{Policy: lancashire, On: civil.MustParse("2026-03-01"), Terms: []term.Term{term.MustParse("SPRING 2026")}})
	require.NoError(t, err)
	privatetest.Package(t, report.Question{}, *r, report.Line{Child: child}, report.Failure{}, report.Summary{}, report.TermSummary{},
		report.Group{}, report.Count{}, report.ReasonCount{}, report.StageCount{}, report.Figure{}, report.ItemCoverage{},
		report.CSV{}, report.LineTable{}, report.JSONLines{}, report.Settlement{}, report.PaidTotal{}, report.UnpaidCount{}, report.UndecidedPlan{})
}
