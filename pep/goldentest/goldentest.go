// Package goldentest holds what a program produces against golden files: files
// under version control that say what it must produce. Only tests import it.
package goldentest

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Require requires that the file at path holds what was produced. Under
// go test -update it first writes the file, and the folder of the file.
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
