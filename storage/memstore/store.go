package memstore

import (
	"context"
	"sync/atomic"

	"virtualschool.example/storage"
)

// Store keeps plans, a register, a book, payments, an audit trail, alerts and an
// outbox in memory. It implements storage.Plans and storage.Outbox, and its Readers
// and Txs implement every role that they can have. It is safe for concurrent use.
type Store struct {
	committed atomic.Pointer[state]
	writer    chan struct{} // holds one token during a write
	oldest    *epoch        // the earliest epoch that a View may still read; only the writer uses it
	closed    atomic.Bool
}

var (
	_ storage.Plans      = (*Store)(nil)
	_ storage.Outbox     = (*Store)(nil)
	_ storage.Register   = (*reader)(nil)
	_ storage.Registrar  = (*tx)(nil)
	_ storage.Book       = (*reader)(nil)
	_ storage.Bookkeeper = (*tx)(nil)
	_ storage.Payments   = (*reader)(nil)
	_ storage.Payer      = (*tx)(nil)
	_ storage.Audit      = (*reader)(nil)
	_ storage.Auditor    = (*tx)(nil)
	_ storage.Blobs      = (*Blobs)(nil)

	_ storage.Batch        = (*reader)(nil)
	_ storage.Directory    = (*reader)(nil)
	_ storage.Alerts       = (*reader)(nil)
	_ storage.Acknowledger = (*tx)(nil)
)

// New returns an empty store.
func New() *Store {
	now := &epoch{}
	s := &Store{writer: make(chan struct{}, 1), oldest: now}
	s.committed.Store(&state{epoch: now, plans: &cells{at: map[id]*cell{}}})
	return s
}

// Close closes the store. Every later call returns storage.ErrClosed; calls that
// have begun finish normally. Close returns nil.
func (s *Store) Close() error {
	s.closed.Store(true)
	return nil
}

// View calls fn with the store as it is now. It never waits.
func (s *Store) View(ctx context.Context, fn func(storage.Reader) error) error {
	if err := s.usable(ctx); err != nil {
		return err
	}
	r := &reader{state: s.read()}
	defer r.state.leave()
	defer r.over.Store(true)
	return fn(r)
}

// Update calls fn exactly once, as soon as no other Update is running. An Update
// inside another Update's function waits until ctx ends.
func (s *Store) Update(ctx context.Context, fn func(storage.Tx) error) error {
	return s.write(ctx, func(next *state) error {
		t := &tx{reader: reader{state: next, writes: true}}
		defer t.over.Store(true)
		return fn(t)
	})
}

// write calls fn with a copy of the store, and commits the copy if fn returns nil
// and ctx has not ended.
func (s *Store) write(ctx context.Context, fn func(*state) error) error {
	if err := s.usable(ctx); err != nil {
		return err
	}
	select {
	case s.writer <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-s.writer }()
	next, done := s.begin(), false
	defer func() {
		if !done {
			next.rollBack()
		}
	}()
	if err := fn(next); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	s.commit(next)
	done = true
	return nil
}

func (s *Store) usable(ctx context.Context) error {
	if s.closed.Load() {
		return storage.ErrClosed
	}
	return ctx.Err()
}
