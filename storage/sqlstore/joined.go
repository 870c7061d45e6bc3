package sqlstore

import (
	"cmp"
	"context"
	"database/sql"

	"virtualschool.example/pep/rule"
	"virtualschool.example/storage/sqlstore/internal/fault"
	"virtualschool.example/storage/sqlstore/internal/statement"
)

// host is whoever began a transaction that a store has joined.
type host struct{ tx *sql.Tx }

// In returns the store within a transaction that the host began, in the
// store's database, on this or any other handle. What it writes is committed
// or rolled back with the host's own rows, by the host: Update calls its
// function once, inside a savepoint, and where the function fails it undoes
// what the function wrote and leaves what was there before. View reads in the
// same transaction. The package comment has a table of what else differs.
//
// After an error that is not the function's own the host rolls its transaction
// back. Where nothing else would keep half of an Update from being committed,
// because the database has ended the transaction by itself or does not undo
// what was written, the store ends it: to the host, its Commit included, it is
// then sql.ErrTxDone, and to the store, as after the host's own end,
// storage.ErrClosed.
//
// Text that was cleared or destroyed leaves SQLite's files after the host's
// commit, by Erase or the next write of the store's own.
//
// Nothing is prepared for a transaction of another handle, nor before the first
// View or Update of the store's own: it runs somewhat slower.
func (s *Store) In(tx *sql.Tx) *Store {
	in := *s
	in.host = &host{tx}
	return &in
}

// Erase empties the write-ahead log of an SQLite database, so that what was
// overwritten, cleared or destroyed is in none of its files any more. After a
// transaction of its own that clears or destroys something the store does so
// itself, and after its first one, because the program before it may have died in
// between; the day's work does so each day, which removes overwritten answers too. A
// host calls Erase once it has committed a transaction that the store had joined;
// within that transaction Erase leaves it to a later write. A reader or writer that
// stands in the way is storage.ErrContention, and it is done after a later write. On
// PostgreSQL there is nothing to do.
func (s *Store) Erase(ctx context.Context) error {
	if s.host != nil {
		s.erasing.Store(true)
		return nil
	}
	if err := s.ready(ctx); err != nil {
		return err
	}
	return s.ask(ctx, "erase", func(ctx context.Context) error { return s.engine.empty(ctx, s, s.db) })
}

// readJoined calls fn within the host's transaction.
func (s *Store) readJoined(ctx context.Context, op string, fn func(*session) error) error {
	return s.join(ctx, op, func(c *session) error {
		if err := c.checkSchema(ctx); err != nil {
			return err
		}
		if err := c.checkUnprepared(ctx); err != nil {
			return err
		}
		return fn(c)
	})
}

// writeJoined calls fn once within the host's transaction, and undoes what it
// did where it fails.
func (s *Store) writeJoined(ctx context.Context, op string, fn func(*session) error) error {
	return s.join(ctx, op, func(c *session) error {
		place := s.savepoint()
		if err := c.move(ctx, place.Set()); err != nil {
			return cmp.Or(ctx.Err(), fault.Error(op, err))
		}
		kept := false
		defer func() {
			if !kept { // it failed, or fn panicked or ended the goroutine
				c.over.Store(true)
				c.undo(ctx, place)
			}
		}()
		err := c.decide(ctx, func(c *session) error {
			if err := c.checkUnprepared(ctx); err != nil {
				return err
			}
			return fn(c)
		})
		if err != nil {
			return err
		}
		if err := c.move(context.WithoutCancel(ctx), place.Leave()); err != nil {
			return fault.Error(op, err)
		}
		kept = true
		if c.erases {
			s.erasing.Store(true)
		}
		return nil
	})
}

// join calls fn with a session within the host's transaction.
func (s *Store) join(ctx context.Context, op string, fn func(*session) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if s.host.tx == nil {
		return &rule.Invalid{Member: "tx", Want: "a transaction of the store's database"}
	}
	c := &session{store: s, tx: s.host.tx, shared: true}
	defer c.part()
	if err := c.lane.do(ctx, callOf(func() error { return c.prepare(ctx) })); err != nil {
		return fault.Error(op, err)
	}
	if s.traits.ends {
		if err := s.engine.checkInside(ctx, c); err != nil {
			return err
		}
	}
	return fn(c)
}

// prepare takes the statements as they are prepared for the transaction. There
// are none before the store's first use, nor for another handle than the
// transaction's. It asks by a statement that no schema can fail.
func (c *session) prepare(ctx context.Context) error {
	p := c.store.prepared.Load()
	if p != nil && c.tx.StmtContext(ctx, (*p)[statement.Erasing]).Close() == nil {
		c.prepared = p
	}
	return nil
}

// part leaves the host's transaction. Where the driver has not returned, nothing
// more can be done in that.
func (c *session) part() {
	c.over.Store(true)
	c.lane.close()
	if c.lane.left {
		c.end()
	}
}

// checkUnprepared refuses a database that the store has not looked at yet.
func (c *session) checkUnprepared(ctx context.Context) error {
	if c.prepared != nil {
		return nil
	}
	return c.lane.do(ctx, callOf(func() error { return c.store.engine.checkStore(c.reach(ctx), c.tx, c.store) }))
}

// savepoint returns a place that none of this store's others masks.
func (s *Store) savepoint() statement.Savepoint { return statement.SavepointOf(s.marks.Add(1)) }

// move sets, leaves or goes back to a savepoint, within Options.Answer.
func (c *session) move(ctx context.Context, text string) error {
	ctx, cancel := context.WithTimeout(ctx, c.store.answer)
	defer cancel()
	return c.lane.do(ctx, callOf(func() error {
		_, err := c.tx.ExecContext(ctx, text)
		return err
	}))
}

// undo undoes what followed a savepoint, which the caller's cancelling does not
// reach. Where that fails it ends the host's transaction, which undoes it as well.
func (c *session) undo(ctx context.Context, place statement.Savepoint) {
	ctx = context.WithoutCancel(ctx)
	if err := c.move(ctx, place.Undo()); err != nil {
		c.end()
		return
	}
	_ = c.move(ctx, place.Leave())
}

// end ends the transaction, where nothing else is left: whatever the database
// did of it, nobody can commit it any more, nor wait for it.
func (c *session) end() {
	answer := c.store.answer
	if c.lane.left {
		answer = 0
	}
	ctx, cancel := context.WithTimeout(context.Background(), answer)
	defer cancel()
	_ = apart(ctx, c.tx.Rollback)
}
