package oracle_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/corpora/internal/oracle"
	"virtualschool.example/pep/goldentest"
)

const cases = "../../cases"

func TestTheGeneratedCorpusIsWhatTheOracleSays(t *testing.T) {
	t.Parallel()
	files := oracle.Corpora()
	for name, want := range files {
		goldentest.Require(t, filepath.Join(cases, name), want)
	}
	names, err := filepath.Glob(filepath.Join(cases, "generated_*"))
	require.NoError(t, err)
	require.Len(t, names, len(files), "a generated file that the oracle does not know")
}
