package browser

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// council is worktray on one SQLite file, which is kept from day to day.
type council struct {
	program, file string
}

// newCouncil builds worktray.
func newCouncil(t *testing.T) council {
	t.Helper()
	dir := t.TempDir()
	c := council{filepath.Join(dir, "worktray"), filepath.Join(dir, "council.db")}
	build := exec.CommandContext(t.Context(), "go", "build", "-o", c.program, "./examples/worktray")
	build.Dir = filepath.Join("..", "..")
	out, err := build.CombinedOutput()
	require.NoError(t, err, "%s", out)
	return c
}

// morning opens the council on the morning of a day and returns its address. The council
// closes at the end of the test t.
func (c council) morning(t *testing.T, day string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), c.program, "-db", c.file, "-as-of", day, "-addr", "127.0.0.1:0")
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.Stderr = &logged{t}
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	go io.Copy(io.Discard, out)
	_, address, found := strings.Cut(strings.TrimSpace(line), "http://")
	require.True(t, found, line)
	return "http://" + address
}

// logged fails a test if the program logs a warning or an error, or answers a request with
// a server error.
type logged struct{ t *testing.T }

func (l *logged) Write(b []byte) (int, error) {
	if line := string(b); !strings.Contains(line, "level=INFO") || strings.Contains(line, "status=5") {
		l.t.Errorf("worktray reports: %s", line)
	}
	return len(b), nil
}
