package upload

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

var (
	errStopped = errors.New("upload: the scanner stopped before the end of the file")
	errPanic   = errors.New("upload: the scanner panicked")
)

// scan is a scanner at work on one file. It receives the bytes as they arrive. No
// further bytes of the file are read until the scanner has taken all that arrived.
type scan struct {
	ctx      context.Context
	stop     context.CancelCauseFunc
	w        *io.PipeWriter
	done     chan error
	slow     *time.Timer // the timer, which runs only while we wait for the scanner
	patience time.Duration
}

// start starts a scan, which ends when ctx does.
func (c Checks) start(ctx context.Context) *scan {
	r, w := io.Pipe()
	s := &scan{w: w, done: make(chan error, 1), patience: cmp.Or(c.Patience, time.Minute)}
	s.ctx, s.stop = context.WithCancelCause(ctx)
	context.AfterFunc(s.ctx, func() { w.CloseWithError(context.Cause(s.ctx)) })
	s.slow = time.AfterFunc(s.patience, func() { s.stop(context.DeadlineExceeded) })
	s.slow.Stop()
	go func() {
		err := errPanic
		defer func() {
			_ = recover()
			s.done <- err
			r.CloseWithError(cmp.Or(err, errStopped))
		}()
		err = c.Scan(s.ctx, r)
	}()
	return s
}

// add waits until the scanner has read the next bytes.
func (s *scan) add(p []byte) error {
	if len(p) == 0 { // even a write of no bytes would wait for a reader
		return nil
	}
	s.slow.Reset(s.patience)
	defer s.slow.Stop()
	if _, err := s.w.Write(p); err != nil {
		return notPassed(cmp.Or(context.Cause(s.ctx), err))
	}
	return nil
}

// finish waits for the scanner's answer.
func (s *scan) finish() error {
	s.slow.Reset(s.patience)
	defer s.slow.Stop()
	_ = s.w.Close()
	select {
	case err := <-s.done:
		return notPassed(err)
	case <-s.ctx.Done():
		return notPassed(context.Cause(s.ctx))
	}
}

func notPassed(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%w: %w", ErrNotPassed, err)
}
