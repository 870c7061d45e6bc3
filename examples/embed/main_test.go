package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTheHostRunsAsItStands runs it on a file of its own and looks at what it says.
func TestTheHostRunsAsItStands(t *testing.T) {
	out := os.Stdout
	defer func() { os.Stdout = out }()
	r, w, err := os.Pipe()
	require.NoError(t, err)
	os.Stdout = w
	require.NoError(t, run(t.Context(), filepath.Join(t.TempDir(), "plans.db")))
	require.NoError(t, w.Close())
	said, err := io.ReadAll(r)
	require.NoError(t, err)
	for _, line := range []string{
		"FINAL-1: a social worker never finalises a plan",
		"the plan of SPRING 2026 is with the establishment and due on 2026-01-19",
		"  a retract would lose 22 boxes in 6 sections",
		"  the social worker can retract the plan",
		"in the teacher's tray: a plan that is not due yet",
		"the day's work of 2026-01-05: 1 reminded",
		"a message to the establishment: delegated",
		"a message to the establishment: reminder",
		"a child is missing a plan: the establishment has the plan and it is not yet due",
		"1 missing",
	} {
		require.Contains(t, string(said), line)
	}
}

// TestTheHostIsSmall: the README says under 200 lines.
func TestTheHostIsSmall(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("main.go")
	require.NoError(t, err)
	require.Less(t, bytes.Count(source, []byte("\n")), 200)
}
