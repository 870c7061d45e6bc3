package goldentest_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/goldentest"
)

// recorder is a testing.TB that records whether the test failed.
type recorder struct {
	testing.TB
	failed bool
}

func (r *recorder) Helper()               {}
func (r *recorder) Errorf(string, ...any) { r.failed = true }
func (r *recorder) FailNow()              {}

func fails(t *testing.T, path, produced string) bool {
	r := &recorder{TB: t}
	goldentest.Require(r, path, produced)
	return r.failed
}

// TestAGoldenFileIsWrittenOnlyOnRequest sets the flag, and therefore does not run in
// parallel.
func TestAGoldenFileIsWrittenOnlyOnRequest(t *testing.T) {
	path := filepath.Join(t.TempDir(), "testdata", "page.txt")
	require.True(t, fails(t, path, "one"), "there is no file")
	require.NoFileExists(t, path)

	require.NoError(t, flag.Set("update", "true"))
	require.False(t, fails(t, path, "one"))
	require.NoError(t, flag.Set("update", "false"))

	require.False(t, fails(t, path, "one"))
	require.True(t, fails(t, path, "two"))
	kept, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "one", string(kept))
}
