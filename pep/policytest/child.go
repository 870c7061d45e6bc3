package policytest

import (
	"bufio"
	"bytes"
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

// Child is a program that answers questions of the contract: JSON Lines on its
// standard input, one answer a line on its standard output, in order. It may
// be written in any language.
type Child struct {
	Command  []string      // the program and what it is started with
	Dir      string        // where it runs; "" for here
	Env      []string      // its environment; nil for that of the test
	Deadline time.Duration // how long it may take for one answer; zero is ten seconds
}

// defaultDeadline is how long a child may take where it is not said.
const defaultDeadline = 10 * time.Second

// Start starts the program and returns the Asker that asks it. It is asked one
// question after the other. When the test ends its standard input is closed
// and, where it does not end then, it is killed; so it is when an answer takes
// too long. A program that ended, or whose line is no JSON object, answers no
// more: each question then says why, with what it last said on its standard
// error.
func (c Child) Start(t testing.TB) ask.Asker {
	t.Helper()
	if len(c.Command) == 0 {
		t.Fatal("policytest: a Child needs a Command")
	}
	if c.Deadline == 0 {
		c.Deadline = defaultDeadline
	}
	p := &process{deadline: c.Deadline, lines: make(chan []byte)}
	p.cmd = exec.Command(c.Command[0], c.Command[1:]...)
	p.cmd.Dir, p.cmd.Env, p.cmd.Stderr, p.cmd.WaitDelay = c.Dir, c.Env, &p.said, c.Deadline
	in, err := p.cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatalf("policytest: %v", err)
	}
	p.in = in
	done := make(chan struct{})
	go func() { defer close(done); p.read(out) }()
	t.Cleanup(func() { p.end(done) })
	return p
}

// process is a child that runs.
type process struct {
	cmd      *exec.Cmd
	in       io.WriteCloser
	lines    chan []byte // what it answers; closed when it ends
	said     tail        // on its standard error
	deadline time.Duration
	broken   error // why it is asked no more
	once     sync.Once
	ended    error // how it failed
}

// Ask writes the question and waits for the line that answers it.
func (p *process) Ask(question []byte) ([]byte, error) {
	if p.broken != nil {
		return nil, p.broken
	}
	answer, err := p.ask(question)
	if err == nil {
		return answer, nil
	}
	if err != errEnded {
		p.kill()
	}
	ended := p.wait()
	if err == errEnded && ended != nil {
		err = fmt.Errorf("%w: %w", err, ended)
	}
	p.broken = fmt.Errorf("%w%s", err, &p.said)
	return nil, p.broken
}

var errEnded = errors.New("the program ended")

func (p *process) ask(question []byte) ([]byte, error) {
	var line bytes.Buffer
	if err := json.Compact(&line, question); err != nil {
		return nil, fmt.Errorf("the question is no JSON: %w", err)
	}
	line.WriteByte('\n')
	wrote := make(chan error, 1)
	go func() { _, err := p.in.Write(line.Bytes()); wrote <- err }()
	late := time.NewTimer(p.deadline)
	defer late.Stop()
	select {
	case answer, ok := <-p.lines:
		switch {
		case !ok:
			return nil, errEnded
		case !object(answer):
			return nil, fmt.Errorf("the program answered what is no JSON object: %q", shortened(answer))
		}
		return answer, <-wrote
	case <-late.C:
		return nil, fmt.Errorf("the program gave no answer within %v", p.deadline)
	}
}

// object reports whether a line is one JSON object.
func object(line []byte) bool {
	line = bytes.TrimSpace(line)
	return json.Valid(line) && line[0] == '{'
}

// longest is how much of a line that is no answer is shown.
const longest = 200

func shortened(line []byte) []byte {
	line = bytes.TrimSpace(line)
	return line[:min(len(line), longest)]
}

// read hands on the lines of the program until it ends.
func (p *process) read(out io.Reader) {
	defer close(p.lines)
	in := bufio.NewReader(out)
	for {
		line, err := in.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			p.lines <- line
		}
		if err != nil {
			return
		}
	}
}

// end closes the program's standard input and waits until it has ended, as
// long as it may take for an answer. What it still says is read to its end.
func (p *process) end(done <-chan struct{}) {
	p.in.Close()
	stop := time.AfterFunc(p.deadline, p.kill)
	defer stop.Stop()
	for range p.lines {
	}
	<-done
	_ = p.wait() // how it ended does not matter: every question was answered or failed
}

// wait waits until the program has ended, as long as it may take for an
// answer, and returns how it failed.
func (p *process) wait() error {
	p.once.Do(func() {
		stop := time.AfterFunc(p.deadline, p.kill)
		defer stop.Stop()
		p.ended = p.cmd.Wait()
	})
	return p.ended
}

func (p *process) kill() { _ = p.cmd.Process.Kill() } // it may have ended by itself

// tail keeps the end of what is written to it.
type tail struct {
	mu   sync.Mutex
	text []byte
}

const kept = 2000

// Write keeps the end of what was written so far.
func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.text = append(t.text, b...)
	t.text = t.text[max(0, len(t.text)-kept):]
	return len(b), nil
}

// String returns what was kept, after a colon, "" for nothing.
func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if s := strings.TrimSpace(string(t.text)); s != "" {
		return ": it said: " + s
	}
	return ""
}
