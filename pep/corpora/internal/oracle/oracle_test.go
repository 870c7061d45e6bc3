package oracle_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/corpora/internal/oracle"
)

var update = flag.Bool("update", false, "write the files of the corpus anew")

const corpus = "../../cases"

func TestTheGeneratedCorpusIsWhatTheOracleSays(t *testing.T) {
	t.Parallel()
	files := oracle.Corpora()
	for name, want := range files {
		path := filepath.Join(corpus, name)
		if *update {
			require.NoError(t, os.WriteFile(path, want, 0o644))
		}
		got, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, string(want), string(got), "renew it with -update")
	}
	names, err := filepath.Glob(filepath.Join(corpus, "generated_*"))
	require.NoError(t, err)
	require.Len(t, names, len(files), "a generated file that the oracle does not know")
}
