package sqlstore

import (
	"cmp"
	"context"
	"database/sql"

	"virtualschool.example/pep/rule"
	"virtualschool.example/storage/sqlstore/internal/fault"
	"virtualschool.example/storage/sqlstore/internal/statement"
)

// host holds the host's transaction that a store has joined.
type host struct{ tx *sql.Tx }

// In returns the store within a transaction that the host began, in the store's database,
// through this handle or any other. The host commits or rolls back what the store writes,
// together with its own rows. Update calls its function once, inside a savepoint; if the
// function fails, Update undoes what the function wrote and leaves what was there before.
// View reads in the same transaction. A table in the package comment lists what else
// differs.
//
// After an error that is not the function's own, the host must roll its transaction back.
// If the database has ended the transaction by itself, or does not undo what was written,
// the store ends the transaction, so that half of an Update cannot be committed. Whatever
// the host then does with the transaction, even Commit, returns sql.ErrTxDone. The store
// returns storage.ErrClosed, as it does once the host has ended the transaction itself.
//
// Text that was cleared or destroyed stays in SQLite's files until, after the host's
// commit, Erase is called or the store writes in a transaction of its own.
//
// Statements run unprepared, and therefore somewhat slower, in a transaction of another
// handle, and before the store's own first View or Update.
func (s *Store) In(tx *sql.Tx) *Store {
	in := *s
	in.host = &host{tx}
	return &in
}

// Erase empties the write-ahead log of an SQLite database, so that no file of the database
// holds what was overwritten, cleared or destroyed. The store does this by itself after a
// transaction of its own that clears or destroys something, and after its first
// transaction, because an earlier program may have died before it did so. A service's
// RunDay also calls Erase, which removes overwritten answers too. A host calls Erase once
// it has committed a transaction that the store joined; inside that transaction Erase only
// leaves the work to a later write. If a reader or writer prevents it, Erase returns
// storage.ErrContention, and a later write does the work. On PostgreSQL Erase changes
// nothing.
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

// writeJoined calls fn once within the host's transaction. If fn fails, it undoes what fn
// did.
func (s *Store) writeJoined(ctx context.Context, op string, fn func(*session) error) error {
	return s.join(ctx, op, func(c *session) error {
		place := s.savepoint()
		if err := c.move(ctx, place.Set()); err != nil {
			return cmp.Or(ctx.Err(), fault.Error(op, err))
		}
		kept := false
		defer func() {
			if !kept { // something failed, or fn panicked or ended the goroutine
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

// prepare sets c.prepared if the statements can be used in the transaction. They cannot be
// used before the store's first use, or if the transaction belongs to another handle. To
// find out, prepare tries a statement that works with any schema.
func (c *session) prepare(ctx context.Context) error {
	p := c.store.prepared.Load()
	if p != nil && c.tx.StmtContext(ctx, (*p)[statement.Erasing]).Close() == nil {
		c.prepared = p
	}
	return nil
}

// part leaves the host's transaction. If the driver has not returned, part ends the
// transaction, because nothing more can be done in it.
func (c *session) part() {
	c.over.Store(true)
	c.lane.close()
	if c.lane.left {
		c.end()
	}
}

// checkUnprepared checks the database's settings if the store may not have checked them
// yet.
func (c *session) checkUnprepared(ctx context.Context) error {
	if c.prepared != nil {
		return nil
	}
	return c.lane.do(ctx, callOf(func() error { return c.store.engine.checkStore(c.reach(ctx), c.tx, c.store) }))
}

// savepoint returns a savepoint that no other savepoint of this store hides.
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

// undo undoes what followed a savepoint, even if the caller's context has ended. If that
// fails, it ends the host's transaction, which undoes it as well.
func (c *session) undo(ctx context.Context, place statement.Savepoint) {
	ctx = context.WithoutCancel(ctx)
	if err := c.move(ctx, place.Undo()); err != nil {
		c.end()
		return
	}
	_ = c.move(ctx, place.Leave())
}

// end ends the host's transaction, as the last resort: afterwards nobody can commit it or
// wait for it, whatever the database has done.
func (c *session) end() {
	answer := c.store.answer
	if c.lane.left {
		answer = 0
	}
	ctx, cancel := context.WithTimeout(context.Background(), answer)
	defer cancel()
	_ = apart(ctx, c.tx.Rollback)
}
