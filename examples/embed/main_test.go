package main

import (
	"io"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTheHostRunsUnchanged runs the host twice on one file and checks what it prints.
func TestTheHostRunsUnchanged(t *testing.T) {
	t.Chdir(t.TempDir())
	out := os.Stdout
	defer func() { os.Stdout = out }()
	for range 2 {
		r, w, err := os.Pipe()
		require.NoError(t, err)
		os.Stdout = w
		main()
		require.NoError(t, w.Close())
		said, err := io.ReadAll(r)
		require.NoError(t, err)
		for _, line := range []string{
			"FINAL-1: a social worker cannot finalise a plan; business support can",
			" is with the establishment and due on ",
			"the social worker can retract the plan",
			"reminders posted: 1",
			"a message: delegated",
			"a message: reminder",
		} {
			require.Contains(t, string(said), line)
		}
	}
}
