package policy_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/goldentest"
	"virtualschool.example/pep/policy"
)

// TestLancashireRendersToItsGoldenFile pins the policy in both directions: it renders to
// the golden file, and the golden file is read as an equal policy.
func TestLancashireRendersToItsGoldenFile(t *testing.T) {
	t.Parallel()
	rendered := policy.Render(pep.Lancashire())
	goldentest.Require(t, "testdata/lancashire.json", rendered)
	read, err := policy.Parse(rendered)
	require.NoError(t, err)
	require.Equal(t, pep.Lancashire(), read)
}
