package notify_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/notify"
)

// TestAFolderHoldsOneFileForEachEMail sends each e-mail twice.
func TestAFolderHoldsOneFileForEachEMail(t *testing.T) {
	t.Parallel()
	folder := notify.Folder(filepath.Join(t.TempDir(), "notices", "january"))
	emails, err := office.Emails(message("graded"), details())
	require.NoError(t, err)
	for range 2 {
		for _, e := range emails {
			require.NoError(t, folder.Send(t.Context(), e))
		}
	}
	files, err := os.ReadDir(string(folder))
	require.NoError(t, err)
	require.Len(t, files, 2)
	for i := range emails {
		file := filepath.Join(string(folder), emails[i].ID().String()+".eml")
		content, err := os.ReadFile(file)
		require.NoError(t, err)
		require.Equal(t, written(t, &emails[i]), string(content))
		info, err := os.Stat(file)
		require.NoError(t, err)
		require.EqualValues(t, 0o600, info.Mode().Perm())
	}
}

func TestAFolderThatCannotBeMadeIsAnError(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	emails, err := office.Emails(message("returned"), details())
	require.NoError(t, err)
	require.Error(t, notify.Folder(file).Send(t.Context(), emails[0]))
}
