package journey_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/storage/internal/journey"
)

func TestAJourneyReachesEveryStage(t *testing.T) {
	t.Parallel()
	for stage := range pep.AllStages() {
		t.Run(stage.String(), func(t *testing.T) {
			t.Parallel()
			require.Equal(t, stage, journey.New(t, "a").To(stage).Plan.Stage())
		})
	}
}

func TestEqualNamesGiveEqualPlans(t *testing.T) {
	t.Parallel()
	a, b := journey.New(t, "a").To(pep.Finalised), journey.New(t, "a").To(pep.Finalised)
	require.Equal(t, a.Plan.Pending(), b.Plan.Pending())
	require.NotEqual(t, a.Plan.ID(), journey.New(t, "b").Plan.ID())
}
