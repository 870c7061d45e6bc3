package main

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// conversation is one run of the command "policycheck ask".
type conversation struct {
	in   io.WriteCloser
	out  io.ReadCloser
	errs *bytes.Buffer
	exit chan int // receives the exit code when the program ends
}

// hosts holds the ways to start "policycheck ask": as a program, and as a module in
// several hosts.
var hosts = map[string]func(*testing.T) *conversation{
	"a program": func(t *testing.T) *conversation {
		cmd := exec.Command(os.Args[0], "ask")
		cmd.Env = append(os.Environ(), playsProgram+"=1")
		return start(t, cmd)
	},
	"Node": func(t *testing.T) *conversation {
		node, err := exec.LookPath("node")
		if err != nil {
			t.Skip("node is not installed")
		}
		file, err := built()
		require.NoError(t, err)
		return start(t, exec.Command(node, "--no-warnings", "wasi.mjs", file, "ask"))
	},
	"wazero": func(t *testing.T) *conversation {
		return instance(t, func(in io.Reader) io.Reader { return in })
	},
	"a host that does not wait": func(t *testing.T) *conversation {
		return instance(t, func(in io.Reader) io.Reader { return &hasty{in: in} })
	},
}

// start starts a program.
func start(t *testing.T, cmd *exec.Cmd) *conversation {
	t.Helper()
	in, err := cmd.StdinPipe()
	require.NoError(t, err)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	c := &conversation{in, out, new(bytes.Buffer), make(chan int, 1)}
	cmd.Stderr = c.errs
	require.NoError(t, cmd.Start())
	go func() { _ = cmd.Wait(); c.exit <- cmd.ProcessState.ExitCode() }()
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	return c
}

// instance starts the module in this process.
func instance(t *testing.T, stdin func(io.Reader) io.Reader) *conversation {
	t.Helper()
	m := compile(t)
	in, question, err := os.Pipe()
	require.NoError(t, err)
	answer, out, err := os.Pipe()
	require.NoError(t, err)
	c := &conversation{question, answer, new(bytes.Buffer), make(chan int, 1)}
	var ended sync.WaitGroup
	ended.Go(func() {
		defer in.Close()
		defer out.Close()
		c.exit <- m.run(t, stdin(in), out, c.errs, "ask")
	})
	t.Cleanup(func() { question.Close(); answer.Close(); ended.Wait() })
	return c
}

// hasty is the input of a host that does not block. Every other read returns
// nothing, and the rest return at most one byte.
type hasty struct {
	in    io.Reader
	ready bool
}

func (h *hasty) Read(b []byte) (int, error) {
	if h.ready = !h.ready; h.ready {
		return 0, syscall.EAGAIN
	}
	return h.in.Read(b[:1])
}

// patience is how long a test waits before it fails.
const patience = time.Minute

// said reads one answer.
func (c *conversation) said(t *testing.T, out *bufio.Reader) string {
	t.Helper()
	answer := make(chan string, 1)
	go func() { line, _ := out.ReadString('\n'); answer <- line }()
	select {
	case line := <-answer:
		return line
	case <-time.After(patience):
		t.Fatal("no answer came")
		return ""
	}
}

// ended waits until the program has ended, and returns its exit code.
func (c *conversation) ended(t *testing.T) int {
	t.Helper()
	select {
	case code := <-c.exit:
		return code
	case <-time.After(patience):
		t.Fatal("the program did not end")
		return 0
	}
}

const (
	oneQuestion     = `{"ask": "term.of", "given": {"date": "2026-03-31"}}` + "\n"
	anotherQuestion = `{"ask": "term.of", "given": {"date": "2026-04-01"}}` + "\n"
	oneAnswer       = `"term":"SPRING 2026"`
	anotherAnswer   = `"term":"SUMMER 2026"`
)

// TestAskConverses checks that each answer comes as soon as its question is written, even
// if nothing more follows.
func TestAskConverses(t *testing.T) {
	t.Parallel()
	half := len(oneQuestion) / 2
	tests := map[string][]struct{ write, answer string }{
		"a pause":          {{oneQuestion, oneAnswer}, {"", ""}, {anotherQuestion, anotherAnswer}},
		"a slow writer":    append(letters(oneQuestion, oneAnswer), letters(anotherQuestion, anotherAnswer)...),
		"half a line":      {{oneQuestion + anotherQuestion[:half], oneAnswer}, {anotherQuestion[half:], anotherAnswer}},
		"two lines a half": {{oneQuestion + anotherQuestion + oneQuestion[:half], oneAnswer}, {"", anotherAnswer}, {oneQuestion[half:], oneAnswer}},
	}
	for where, start := range hosts {
		t.Run(where, func(t *testing.T) {
			t.Parallel()
			for name, turns := range tests {
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					c := start(t)
					out := bufio.NewReader(c.out)
					for _, turn := range turns {
						_, err := io.WriteString(c.in, turn.write)
						require.NoError(t, err)
						if turn.answer != "" {
							require.Contains(t, c.said(t, out), turn.answer)
						} else {
							time.Sleep(5 * time.Millisecond) // the program waits for more
						}
					}
					c.in.Close()
					require.Equal(t, passed, c.ended(t))
					require.Empty(t, c.errs.String())
				})
			}
		})
	}
}

// letters returns turns that write a question one byte at a time.
func letters(question, answer string) (turns []struct{ write, answer string }) {
	for _, b := range strings.Split(question, "") {
		turns = append(turns, struct{ write, answer string }{write: b})
	}
	turns[len(turns)-1].answer = answer
	return turns
}

// TestAskEndsWithoutATraceWhenNobodyReads allows for wazero, which reports a closed output
// to the module only as an I/O error.
func TestAskEndsWithoutATraceWhenNobodyReads(t *testing.T) {
	t.Parallel()
	for where, start := range hosts {
		t.Run(where, func(t *testing.T) {
			t.Parallel()
			c := start(t)
			_, err := io.WriteString(c.in, oneQuestion)
			require.NoError(t, err)
			require.Contains(t, c.said(t, bufio.NewReader(c.out)), oneAnswer)
			c.out.Close()
			_, err = io.WriteString(c.in, anotherQuestion)
			require.NoError(t, err)
			code, errs := c.ended(t), strings.TrimPrefix(c.errs.String(), "policycheck: I/O error\n")
			require.Empty(t, errs)
			if where == "a program" && runtime.GOOS != "windows" {
				require.Equal(t, -1, code, "SIGPIPE ends it")
			} else {
				require.Equal(t, unusable, code)
			}
		})
	}
}
