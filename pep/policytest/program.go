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

// Program answers questions of the contract: it reads one question a line on its
// standard input and writes one answer a line on its standard output, in order.
// It may be written in any language.
type Program struct {
	Command  []string      // the program and what it is started with
	Dir      string        // where it runs; "" for here
	Env      []string      // its environment; nil for that of the test
	Deadline time.Duration // how long it may take for one answer; zero is ten seconds
}

// defaultDeadline is how long a program without a Deadline may take for an answer.
const defaultDeadline = 10 * time.Second

// Start starts the program and returns the Asker that asks it, one question
// after the other. When the test ends, Start's cleanup closes the program's
// standard input, and kills the program if it does not end then. A program whose
// answer takes longer than Deadline is killed too. A program that ended, or that
// wrote a line that is not a JSON object, is asked nothing more: the error of
// each further question says why, with what the program last wrote on its
// standard error.
func (p Program) Start(t testing.TB) ask.Asker {
	t.Helper()
	if len(p.Command) == 0 {
		t.Fatal("policytest: a Program must have a Command")
	}
	if p.Deadline == 0 {
		p.Deadline = defaultDeadline
	}
	r := &running{deadline: p.Deadline, lines: make(chan []byte)}
	r.cmd = exec.Command(p.Command[0], p.Command[1:]...)
	r.cmd.Dir, r.cmd.Env, r.cmd.Stderr, r.cmd.WaitDelay = p.Dir, p.Env, &r.said, p.Deadline
	in, err := r.cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := r.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.cmd.Start(); err != nil {
		t.Fatalf("policytest: %v", err)
	}
	r.in = in
	done := make(chan struct{})
	go func() { defer close(done); r.read(out) }()
	t.Cleanup(func() { r.end(done) })
	return r
}

// running is a Program that was started.
type running struct {
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
func (r *running) Ask(question []byte) ([]byte, error) {
	if r.broken != nil {
		return nil, r.broken
	}
	answer, err := r.ask(question)
	if err == nil {
		return answer, nil
	}
	if err != errEnded {
		r.kill()
	}
	ended := r.wait()
	if err == errEnded && ended != nil {
		err = fmt.Errorf("%w: %w", err, ended)
	}
	r.broken = fmt.Errorf("%w%s", err, &r.said)
	return nil, r.broken
}

var errEnded = errors.New("the program ended")

func (r *running) ask(question []byte) ([]byte, error) {
	var line bytes.Buffer
	if err := json.Compact(&line, question); err != nil {
		return nil, fmt.Errorf("the question is not JSON: %w", err)
	}
	line.WriteByte('\n')
	wrote := make(chan error, 1)
	go func() { _, err := r.in.Write(line.Bytes()); wrote <- err }()
	late := time.NewTimer(r.deadline)
	defer late.Stop()
	select {
	case answer, ok := <-r.lines:
		switch {
		case !ok:
			return nil, errEnded
		case !object(answer):
			return nil, fmt.Errorf("the program answered with a line that is not a JSON object: %q", shortened(answer))
		}
		return answer, <-wrote
	case <-late.C:
		return nil, fmt.Errorf("the program gave no answer within %v", r.deadline)
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
func (r *running) read(out io.Reader) {
	defer close(r.lines)
	in := bufio.NewReader(out)
	for {
		line, err := in.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			r.lines <- line
		}
		if err != nil {
			return
		}
	}
}

// end closes the program's standard input and waits until it has ended, as
// long as it may take for an answer. What it still says is read to its end.
func (r *running) end(done <-chan struct{}) {
	r.in.Close()
	stop := time.AfterFunc(r.deadline, r.kill)
	defer stop.Stop()
	for range r.lines {
	}
	<-done
	_ = r.wait() // how it ended does not matter: every question was answered or failed
}

// wait waits until the program has ended, as long as it may take for an
// answer, and returns how it failed.
func (r *running) wait() error {
	r.once.Do(func() {
		stop := time.AfterFunc(r.deadline, r.kill)
		defer stop.Stop()
		r.ended = r.cmd.Wait()
	})
	return r.ended
}

func (r *running) kill() { _ = r.cmd.Process.Kill() } // it may have ended by itself

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
