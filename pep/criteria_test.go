package pep_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/term"
)

// These are criteria, numbered by their places in the order of the form.
const voice, transition, attendance = pep.Criterion(1), pep.Criterion(5), pep.Criterion(10)

// TestATransitionPlanIsDueBeforeAChangeOfPhase checks every year group and season
// (GRADE-8).
func TestATransitionPlanIsDueBeforeAChangeOfPhase(t *testing.T) {
	t.Parallel()
	leaving := map[string]bool{"N2": true, "Y6": true, "Y11": true}
	for y := forms.PreNursery; y <= forms.Y13; y++ {
		for _, of := range []string{"SPRING 2026", "SUMMER 2026", "AUTUMN 2026"} {
			want := leaving[y.String()] && of != "AUTUMN 2026"
			require.Equal(t, want, pep.TransitionDue(y, term.MustParse(of)), "%v %s", y, of)
			got := slices.Contains(slices.Collect(pep.Criteria(y, term.MustParse(of))), transition)
			require.Equal(t, want, got, "%v %s", y, of)
		}
	}
	require.False(t, pep.TransitionDue(forms.Y6, term.Term{}))
}

// TestWhatMakesAPlanRedAmberOrGreen checks the list on the quality assurance page
// (GRADE-8).
func TestWhatMakesAPlanRedAmberOrGreen(t *testing.T) {
	t.Parallel()
	turnsOn := func(g pep.Grade) (names []string) {
		for c := range pep.Criteria(forms.Y6, term.MustParse("SUMMER 2026")) {
			if c.Wants(g) != "" {
				names = append(names, c.String())
			}
		}
		return names
	}
	require.Equal(t, []string{"voice", "transition", "evaluation", "targets", "interventions", "funding", "attendance"}, turnsOn(pep.Red))
	require.Equal(t, []string{"voice", "attainment", "transition", "evaluation", "targets", "interventions", "funding", "attendance"}, turnsOn(pep.Amber))
	require.Equal(t, []string{"voice", "carers_input", "attainment", "needs", "transition", "evaluation", "targets", "interventions", "funding", "attendance"}, turnsOn(pep.Green))
	require.Empty(t, turnsOn(0))
	require.Empty(t, turnsOn(pep.Green+1))
}

// TestEveryCriterionRefersToQuestionsOfEveryForm exists because a plan cannot meet a
// criterion if its form has no question about it.
func TestEveryCriterionRefersToQuestionsOfEveryForm(t *testing.T) {
	t.Parallel()
	for form := range forms.AllTypes() {
		seen := map[string]bool{}
		for c := range pep.Criteria(forms.Y11, term.MustParse("SPRING 2026")) {
			questions := c.Questions(form)
			require.NotEmpty(t, questions, "%v %v", form, c)
			for _, id := range questions {
				require.False(t, seen[id], "%s: it belongs to two criteria", id)
				seen[id] = true
			}
		}
	}
	require.Equal(t, []string{"attendees", "next_meeting"}, attendance.Questions(forms.EarlyYears))
	require.Equal(t, []string{"how_heard", "enjoys", "finds_hard", "would_help", "heard_last_time", "key_person"}, voice.Questions(forms.EarlyYears))
}

func TestEveryQuestionOfACriterionIsAsked(t *testing.T) {
	t.Parallel()
	asked := map[string]bool{}
	for form := range forms.AllTypes() {
		for c := voice; c.String() != ""; c++ {
			for _, id := range c.Questions(form) {
				asked[id] = true
			}
		}
	}
	for _, id := range pep.CriteriaQuestions() {
		require.True(t, asked[id], id)
	}
}

func TestAnUnknownCriterionSaysNothing(t *testing.T) {
	t.Parallel()
	for _, c := range []pep.Criterion{0, attendance + 1} {
		require.Empty(t, c.String())
		require.Empty(t, c.Wants(pep.Red))
		require.Empty(t, c.Questions(forms.KeyStage5))
	}
	written, err := voice.MarshalText()
	require.NoError(t, err)
	require.Equal(t, "voice", string(written))
	require.Empty(t, voice.Questions(0))
	for c := range pep.Criteria(forms.Y6, term.Term{}) {
		require.Equal(t, voice, c)
		break
	}
}
