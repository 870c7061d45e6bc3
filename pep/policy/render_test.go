package policy_test

import (
	"flag"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/policy"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const golden = "testdata/lancashire.json"

// TestLancashireIsItsDocument pins the policy both ways: it renders to the
// golden file, and the golden file is read as an equal policy.
func TestLancashireIsItsDocument(t *testing.T) {
	t.Parallel()
	rendered := policy.Render(pep.Lancashire())
	if *update {
		require.NoError(t, os.WriteFile(golden, rendered, 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), string(rendered), "rewrite it with: go test ./pep/policy -update")
	read, err := policy.Parse(want)
	require.NoError(t, err)
	require.Equal(t, pep.Lancashire(), read)
}
