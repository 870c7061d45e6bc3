package example_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/examples/internal/example"
)

func TestFlagsMayHaveOneDashOrTwo(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"-count", "3"}, {"--count", "3"}, {"-count=3"}} {
		var o struct{ Count int }
		require.NoError(t, example.Parse(&o, "it", "It counts.", args, io.Discard))
		require.Equal(t, 3, o.Count)
	}
	var o struct{ Count int }
	var out strings.Builder
	require.ErrorIs(t, example.Parse(&o, "it", "It counts.", []string{"-help"}, &out), example.ErrHelp)
	require.Contains(t, out.String(), "It counts.")
	require.Error(t, example.Parse(&o, "it", "It counts.", []string{"-other"}, io.Discard))
}

func TestOnlyTheOwnerCanReadAFile(t *testing.T) {
	t.Parallel()
	name, broken := filepath.Join(t.TempDir(), "file"), errors.New("broken")
	require.NoError(t, example.WriteFile(name, func(w io.Writer) error { _, err := io.WriteString(w, "text"); return err }))
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	require.Equal(t, "text", string(text))
	info, err := os.Stat(name)
	require.NoError(t, err)
	require.Zero(t, info.Mode().Perm()&0o077)
	require.ErrorIs(t, example.WriteFile(name, func(io.Writer) error { return broken }), broken)
	require.Error(t, example.WriteFile(filepath.Join(name, "below"), func(io.Writer) error { return nil }))
}
