package pep_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
)

func TestParseReadsBackTheSwitchesOfThePolicy(t *testing.T) {
	t.Parallel()
	for _, b := range []pep.LowerBound{pep.BirthdayTerm, pep.TermAfterBirthday} {
		read, err := pep.ParseLowerBound(b.String())
		require.NoError(t, err)
		require.Equal(t, b, read)
	}
	for _, s := range []pep.Sampling{pep.PerEstablishmentPerTerm, pep.PerChild, pep.EveryPlan} {
		read, err := pep.ParseSampling(s.String())
		require.NoError(t, err)
		require.Equal(t, s, read)
	}
	_, err := pep.ParseLowerBound("")
	requireInvalid(t, "lowerBound", err)
	_, err = pep.ParseSampling("none")
	requireInvalid(t, "sampling", err)
}

// TestTrayOfEveryStage checks that a plan lies in the tray of the person who
// has to act on it.
func TestTrayOfEveryStage(t *testing.T) {
	t.Parallel()
	for stage, want := range map[pep.Stage]string{
		pep.None: "", pep.Draft: "social_worker", pep.Delegated: "establishment", pep.Returned: "social_worker",
		pep.Checking: "business_support", pep.Grading: "virtual_school_consultants",
		pep.Finalised: "", pep.Cancelled: "", pep.Deleted: "", pep.Deleted + 1: "", 255: "",
	} {
		require.Equal(t, want, stage.Tray().String(), stage)
		require.Equal(t, want != "", stage.Open(), stage)
	}
}

func TestASetOfGradesStartsWithTheWorst(t *testing.T) {
	t.Parallel()
	require.Equal(t, []pep.Grade{pep.Red, pep.Green}, slices.Collect(pep.Grades(1<<pep.Red|1<<pep.Green).All()))
}

func TestAnIterationMayStopEarly(t *testing.T) {
	t.Parallel()
	for range pep.AllStages() {
		break
	}
	for role := range (pep.Roles(1<<pep.SocialWorker | 1<<pep.System)).All() {
		require.Equal(t, pep.SocialWorker, role)
		break
	}
	for row := range pep.Workflow() {
		require.Equal(t, pep.VerbStartInitial, row.Verb)
		break
	}
	p := run(t, atSchool(), started()...)
	require.Equal(t, planID, p.ID())
	require.Equal(t, childID, p.Child())
}
