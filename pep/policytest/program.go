package policytest

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"virtualschool.example/pep/ask"
)

// Program is a program, in any language, that answers questions of the JSON
// contract. It must read one question per line on its standard input and write
// one answer per line, in the same order, on its standard output.
type Program struct {
	Command  []string      // the program and its arguments
	Dir      string        // the folder in which it runs; "" for the current one
	Env      []string      // its environment; nil for the environment of the test
	Deadline time.Duration // the time limit for one answer; zero for ten seconds
}

// defaultDeadline is used if a Program has no Deadline.
const defaultDeadline = 10 * time.Second

// Start opens a Conversation with the program, and closes it when the test
// ends. If the program cannot be started, the test fails.
func (p Program) Start(t testing.TB) ask.Asker {
	t.Helper()
	c, err := p.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// Open starts the program. The caller must close the Conversation. Open returns
// an error if the program has no Command or cannot be started.
func (p Program) Open() (*Conversation, error) {
	if len(p.Command) == 0 {
		return nil, errors.New("policytest: a Program must have a Command")
	}
	c := &Conversation{deadline: cmp.Or(p.Deadline, defaultDeadline), lines: make(chan []byte)}
	c.cmd = exec.Command(p.Command[0], p.Command[1:]...)
	c.cmd.Dir, c.cmd.Env, c.cmd.Stderr, c.cmd.WaitDelay = p.Dir, p.Env, &c.said, c.deadline
	in, err := c.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := c.cmd.Start(); err != nil {
		return nil, fmt.Errorf("policytest: %w", err)
	}
	c.in = in
	go c.read(out)
	return c, nil
}

// Conversation is a Program that has been started. It asks the program one question at a
// time. If an answer takes longer than Deadline, it kills the program. It asks
// nothing more once the program has ended, been killed, or written a line that is
// not a JSON object.
type Conversation struct {
	cmd      *exec.Cmd
	in       io.WriteCloser
	lines    chan []byte // the lines that the program writes; closed when the program ends
	said     tail        // the end of what the program wrote to its standard error
	deadline time.Duration
	broken   bool // whether the program has failed; it is then asked nothing more
	once     sync.Once
	ended    error // how the program failed
}

// ErrNotAsked is the error for every question that follows the first failure of the
// program.
var ErrNotAsked = errors.New("the program was not asked, because it had already failed")

// Ask writes the question and waits for the line that answers it. If there is
// no answer, the error says why, and quotes what the program last wrote on its
// standard error.
func (c *Conversation) Ask(question []byte) ([]byte, error) {
	if c.broken {
		return nil, ErrNotAsked
	}
	answer, err := c.ask(question)
	if err == nil {
		return answer, nil
	}
	if err != errEnded {
		c.kill()
	}
	ended := c.wait()
	if err == errEnded && ended != nil {
		err = fmt.Errorf("%w: %w", err, ended)
	}
	c.broken = true
	return nil, fmt.Errorf("%w%s", err, &c.said)
}

var errEnded = errors.New("the program ended")

func (c *Conversation) ask(question []byte) ([]byte, error) {
	var line bytes.Buffer
	if err := json.Compact(&line, question); err != nil {
		return nil, fmt.Errorf("the question is not JSON: %w", err)
	}
	line.WriteByte('\n')
	wrote := make(chan error, 1)
	go func() { _, err := c.in.Write(line.Bytes()); wrote <- err }()
	late := time.NewTimer(c.deadline)
	defer late.Stop()
	select {
	case answer, ok := <-c.lines:
		switch {
		case !ok:
			return nil, errEnded
		case !object(answer):
			return nil, fmt.Errorf("the program answered with a line that is not a JSON object: %q", shortened(answer))
		}
		return answer, <-wrote
	case <-late.C:
		return nil, fmt.Errorf("the program gave no answer within %v", c.deadline)
	}
}

// object reports whether a line is one JSON object.
func object(line []byte) bool {
	line = bytes.TrimSpace(line)
	return json.Valid(line) && line[0] == '{'
}

// longest is the maximum number of bytes that an error quotes from a line that is not
// an answer.
const longest = 200

func shortened(line []byte) []byte {
	line = bytes.TrimSpace(line)
	return line[:min(len(line), longest)]
}

// read passes on the lines that the program writes, until the program ends.
func (c *Conversation) read(out io.Reader) {
	defer close(c.lines)
	in := bufio.NewReader(out)
	for {
		line, err := in.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			c.lines <- line
		}
		if err != nil {
			return
		}
	}
}

// Close closes the program's standard input, reads what the program still writes,
// and waits until the program ends. If that takes longer than Deadline, Close kills
// the program.
func (c *Conversation) Close() {
	c.in.Close()
	stop := time.AfterFunc(c.deadline, c.kill)
	defer stop.Stop()
	for range c.lines {
	}
	_ = c.wait() // the result does not matter: every question was answered or failed
}

// wait waits for the program to end, and kills it after Deadline. It returns the
// program's failure, or nil if the program succeeded.
func (c *Conversation) wait() error {
	c.once.Do(func() {
		stop := time.AfterFunc(c.deadline, c.kill)
		defer stop.Stop()
		c.ended = c.cmd.Wait()
	})
	return c.ended
}

func (c *Conversation) kill() { _ = c.cmd.Process.Kill() } // an error means that the program has already ended

// tail keeps the end of everything written to it.
type tail struct {
	mu   sync.Mutex
	text []byte
}

const kept = 2000

// Write keeps the end of everything written so far.
func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.text = append(t.text, b...)
	t.text = t.text[max(0, len(t.text)-kept):]
	return len(b), nil
}

// String returns the kept text after a colon, or "" if no text was kept.
func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if s := strings.TrimSpace(string(t.text)); s != "" {
		return ": it said: " + s
	}
	return ""
}
