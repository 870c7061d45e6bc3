package storagetest

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"virtualschool.example/storage"
)

// Open returns a new, empty store of one authority for one case. It registers
// with t.Cleanup whatever must be closed or removed afterwards.
type Open func(t testing.TB) storage.Plans

// row is a test case for one sentence of the contract.
type row struct {
	name  string // the number of the sentence, and a summary of it
	needs []Capability
	run   func(*env)
}

// number returns the number of the sentence, such as "P13".
func (r *row) number() string { return numberOf(r.name) }

func numberOf(name string) string {
	number, _, _ := strings.Cut(name, " ")
	return number
}

// limit is how long a case may take. A case that takes longer fails, so that a
// broken store cannot hang the test. It is far longer than any store needs.
const limit = 2 * time.Minute

// runAll runs cases as subtests, each with its own store.
func runAll(t *testing.T, open Open, rows []row, lacks []Lack) {
	t.Helper()
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			store := open(t)
			for _, c := range r.needs {
				c.demand(t, store, lacks)
			}
			report := &report{TB: t, says: sentences[r.number()]}
			report.bounded(limit, func() { r.run(newEnv(report, store, open)) })
		})
	}
	checkLacks(t, rows, lacks)
}

// report passes the failures of a case on to the test. The case runs in its own
// goroutine, so that the test can abandon a case that does not end.
type report struct {
	testing.TB
	says  string // the sentence that is logged with the first failure
	quiet bool   // whether failures are only noted, and not passed on

	mu     sync.Mutex
	failed bool
	left   bool // whether the case has ended or been abandoned, so that further failures are ignored
}

// bounded runs a case and waits until it ends, but no longer than limit.
func (r *report) bounded(limit time.Duration, run func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() {
			if p := recover(); p != nil {
				r.Errorf("panic: %v\n%s", p, stack())
			}
		}()
		run()
	}()
	select {
	case <-done:
	case <-time.After(limit):
		r.Errorf("the case did not end within %v", limit)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.left = true
}

func stack() []byte {
	buf := make([]byte, 16<<10)
	return buf[:runtime.Stack(buf, false)]
}

func (r *report) fail(message string) {
	r.TB.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.left && !r.quiet {
		if !r.failed && r.says != "" {
			message = "the contract says: " + r.says + "\n" + message
		}
		r.TB.Error(message)
	}
	r.failed = true
}

func (r *report) Error(args ...any) { r.TB.Helper(); r.fail(fmt.Sprintln(args...)) }
func (r *report) Errorf(format string, args ...any) {
	r.TB.Helper()
	r.fail(fmt.Sprintf(format, args...))
}
func (r *report) Fatal(args ...any) { r.TB.Helper(); r.Error(args...); r.FailNow() }
func (r *report) Fail()             { r.fail("failed") }

func (r *report) Fatalf(format string, args ...any) {
	r.TB.Helper()
	r.Errorf(format, args...)
	r.FailNow()
}

func (r *report) FailNow() {
	r.mu.Lock()
	r.failed = true
	r.mu.Unlock()
	runtime.Goexit()
}

func (r *report) Failed() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.failed
}

// background returns a context that expires shortly before the case's time limit.
func (r *report) background() context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), limit-limit/8)
	r.TB.Cleanup(cancel)
	return ctx
}
