package dirblobs_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/storage"
	"virtualschool.example/storage/dirblobs"
	"virtualschool.example/storage/storagetest"
)

func TestBlobs(t *testing.T) {
	t.Parallel()
	storagetest.Blobs(t, func(t testing.TB) storage.Blobs { return open(t, filepath.Join(t.TempDir(), "files")) })
}

func open(t testing.TB, dir string) *dirblobs.Store {
	t.Helper()
	s, err := dirblobs.New(dir)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}
