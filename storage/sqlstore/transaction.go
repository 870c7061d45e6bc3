package sqlstore

import (
	"cmp"
	"context"
	"math/rand/v2"
	"time"

	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore/internal/fault"
	"virtualschool.example/storage/sqlstore/internal/statement"
)

// View calls fn with a view of the store as it was when fn first read from it. It waits
// for a connection for at most Options.Wait and then returns storage.ErrContention, so
// that a View within a View cannot wait for ever for the pool's only connection.
func (s *Store) View(ctx context.Context, fn func(storage.Reader) error) error {
	return s.read(ctx, "view", func(c *session) error { return fn(&reader{c, statement.Plan}) })
}

// Update calls fn with a transaction. On SQLite the writers of one store take turns; on
// PostgreSQL the writers of one plan do, from the moment they read the plan. An Update
// inside another Update waits in vain if the outer one holds what it needs, and returns
// storage.ErrContention.
func (s *Store) Update(ctx context.Context, fn func(storage.Tx) error) error {
	return s.write(ctx, "update", func(c *session) error {
		t := &tx{reader: reader{c, statement.LockPlan}}
		if err := fn(t); err != nil {
			return err
		}
		return t.flush(ctx)
	})
}

// read calls fn with a transaction that only reads.
func (s *Store) read(ctx context.Context, op string, fn func(*session) error) error {
	if s.host != nil {
		return s.readJoined(ctx, op, fn)
	}
	if err := s.ready(ctx); err != nil {
		return err
	}
	wait, cancel := context.WithTimeout(ctx, s.wait)
	defer cancel()
	c, err := s.begin(wait, &s.traits.reading)
	if err != nil && wait.Err() != nil {
		return waited(ctx, op)
	}
	if err != nil {
		return fault.Error(op, err)
	}
	defer c.rollback()
	defer c.over.Store(true)
	if err := c.checkSchema(ctx); err != nil {
		return err
	}
	return fn(c)
}

// write calls fn with a transaction and commits the transaction. If the database could
// not serialize it with others, write tries again until the store's wait is over.
func (s *Store) write(ctx context.Context, op string, fn func(*session) error) error {
	if s.host != nil {
		return s.writeJoined(ctx, op, fn)
	}
	if err := s.ready(ctx); err != nil {
		return err
	}
	wait, cancel := context.WithTimeout(ctx, s.wait)
	defer cancel()
	if s.traits.turns {
		select {
		case s.writer <- struct{}{}:
		case <-wait.Done():
			return waited(ctx, op)
		}
		defer func() { <-s.writer }()
	}
	for try := 0; ; try++ {
		err, again := s.attempt(ctx, wait, op, fn)
		if !again || try == tries || !pause(wait, try) {
			return err
		}
	}
}

// tries is the largest number of times that a transaction is tried again.
const tries = 20

// waited returns the error for a wait that is over: the context's error if the caller's
// context has ended, and otherwise storage.ErrContention.
func waited(ctx context.Context, op string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return &storage.Error{Op: op, Err: storage.ErrContention}
}

// pause waits for a short random time, longer with each try. It returns false if the wait
// is over meanwhile.
func pause(wait context.Context, try int) bool {
	longest := 2 * time.Millisecond << min(try, 6)
	timer := time.NewTimer(rand.N(longest))
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-wait.Done():
		return false
	}
}

// attempt calls fn with one transaction, and reports whether to try again.
func (s *Store) attempt(ctx, wait context.Context, op string, fn func(*session) error) (err error, again bool) {
	c, err := s.begin(wait, nil)
	if err != nil {
		if wait.Err() != nil {
			return waited(ctx, op), false
		}
		kind, _ := fault.Of(err)
		return fault.Error(op, err), kind == fault.Busy
	}
	done := false
	defer func() {
		if !done { // something failed, or fn panicked or ended the goroutine
			c.over.Store(true)
			c.rollback()
		}
	}()
	c.deadline, _ = wait.Deadline()
	if err := c.decide(ctx, fn); err != nil {
		return err, c.kind == fault.Busy
	}
	done = true
	if err := c.commit(); err != nil {
		return err, c.kind == fault.Busy
	}
	return nil, false
}

// decide calls fn. It returns nil if the transaction is to be committed.
func (c *session) decide(ctx context.Context, fn func(*session) error) error {
	if err := c.store.engine.checkWriting(ctx, c); err != nil {
		return err
	}
	err := fn(c)
	c.over.Store(true)
	return cmp.Or(err, c.broken, ctx.Err())
}

func (c *session) checkSchema(ctx context.Context) error {
	var version int64
	if _, err := c.row(ctx, "schema", statement.Schema, []any{&version}); err != nil {
		return err
	}
	return checkSchema(version)
}

func unsafe(setting string) error {
	return &storage.Error{Op: "settings", State: setting, Err: storage.ErrUnsafe}
}
