package sqlstore

import (
	"context"
	"database/sql/driver"
	"sync"
	"time"
)

// grace is how long a driver may take to return after the context of a call has ended.
const grace = 100 * time.Millisecond

// lane makes calls to the driver, one after another, on its own goroutine. If the driver
// does not return, it holds up that goroutine and not the caller, who leaves the call
// behind. The first call starts the goroutine, and close ends it.
type lane struct {
	turn  sync.Mutex // held during a call
	calls chan call
	done  chan answer
	last  func() // unless nil, a function to call when a call that was left behind has returned

	row  sync.Mutex // held while a row is taken
	left bool       // whether a call was left behind
}

// call is a call to the driver.
type call interface{ make() error }

type callOf func() error

func (c callOf) make() error { return c() }

// answer is the result of a call.
type answer struct {
	err      error
	panicked any
}

// do makes a call and returns its error. If the context ends before the call has
// returned, do waits a little longer, and then leaves the call behind and returns the
// context's error. A call whose context cannot end is made directly.
func (l *lane) do(ctx context.Context, c call) error {
	if ctx.Done() == nil {
		return c.make()
	}
	l.turn.Lock()
	defer l.turn.Unlock()
	if l.left {
		return driver.ErrBadConn
	}
	if l.calls == nil {
		l.calls, l.done = make(chan call), make(chan answer, 1)
		go l.work()
	}
	l.calls <- c
	select {
	case a := <-l.done:
		return a.given()
	case <-ctx.Done():
	}
	late := time.NewTimer(grace)
	defer late.Stop()
	select {
	case a := <-l.done:
		return a.given()
	case <-late.C:
	}
	l.leave()
	return ctx.Err()
}

// apart makes a call on a new lane.
func apart(ctx context.Context, do func() error) error {
	var l lane
	defer l.close()
	return l.do(ctx, callOf(do))
}

// given returns the error of a call, or panics if the call panicked.
func (a answer) given() error {
	if a.panicked != nil {
		panic(a.panicked)
	}
	return a.err
}

// leave leaves a call behind. take then refuses every further row of the call.
func (l *lane) leave() {
	l.row.Lock()
	defer l.row.Unlock()
	l.left = true
	close(l.calls)
}

// take calls the given function with a row, unless the call was left behind.
func (l *lane) take(each func(scanner) error, row scanner) error {
	l.row.Lock()
	defer l.row.Unlock()
	if l.left {
		return driver.ErrBadConn
	}
	return each(row)
}

// close ends the goroutine.
func (l *lane) close() {
	if l.calls != nil && !l.left {
		close(l.calls)
	}
}

func (l *lane) work() {
	for c := range l.calls {
		l.done <- made(c)
	}
	if l.left && l.last != nil {
		l.last()
	}
}

func made(c call) (a answer) {
	defer func() { a.panicked = recover() }()
	a.err = c.make()
	return a
}
