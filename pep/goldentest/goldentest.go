// Package goldentest compares what a program produces with golden files: files under
// version control that hold what it must produce. Only tests import it.
//
//	goldentest.Require(t, "testdata/page.html", page)
//
// Run go test with -update to write the golden files anew.
package goldentest

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Require fails the test unless the file at path holds what was produced. If go test
// runs with -update, Require first writes the file and, if necessary, its folder.
func Require[T ~string | ~[]byte](t testing.TB, path string, produced T) {
	t.Helper()
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(produced), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), string(produced), "if %s is out of date, write it anew with go test -update", path)
}
