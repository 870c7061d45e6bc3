package memstore

import (
	"context"
	"sync/atomic"

	"virtualschool.example/storage"
)

// Store keeps plans, a register, a book, payments, an audit trail, alerts and an
// outbox in memory. It is a storage.Plans and a storage.Outbox; its Readers and Txs
// have every role that a Reader or Tx can have. It is safe for concurrent use.
type Store struct {
	committed atomic.Pointer[state]
	writer    chan struct{} // holds one token while somebody writes
	oldest    *epoch        // the earliest at which a view may read; the writer's
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

// Close ends the store: everything asked of it from then on is
// storage.ErrClosed. What is under way ends as it would have.
func (s *Store) Close() error {
	s.closed.Store(true)
	return nil
}

// View calls fn with the store as it is now. It waits for nobody.
func (s *Store) View(ctx context.Context, fn func(storage.Reader) error) error {
	if err := s.usable(ctx); err != nil {
		return err
	}
	r := &reader{state: s.read()}
	defer r.state.leave()
	defer r.over.Store(true)
	return fn(r)
}

// Update calls fn, once, when no other Update is under way. An Update inside
// another one waits for it until ctx ends.
func (s *Store) Update(ctx context.Context, fn func(storage.Tx) error) error {
	return s.write(ctx, func(next *state) error {
		t := &tx{reader: reader{state: next, writes: true}}
		defer t.over.Store(true)
		return fn(t)
	})
}

// write commits what fn makes of a copy of the store, where fn returns nil and
// ctx has not ended.
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
