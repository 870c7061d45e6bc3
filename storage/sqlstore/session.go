package sqlstore

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"sync/atomic"
	"time"

	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore/internal/fault"
	"virtualschool.example/storage/sqlstore/internal/statement"
)

// session is one transaction under way: on a connection of its own, or
// within one of the host's.
type session struct {
	store    *Store
	conn     *sql.Conn // nil within the host's
	tx       *sql.Tx
	cancel   context.CancelFunc // of the transaction; nil within the host's
	prepared *prepared          // nil where their texts are run
	broken   error              // the fault after which nothing more is done
	kind     fault.Kind
	over     atomic.Bool // the function it was given to has returned
	unseen   bool        // whether the settings are yet to be looked at, with the first statement
	erases   bool        // whether it clears text that is to leave the file
	shared   bool        // the host runs statements in it too
	deadline time.Time   // how long it may wait for locks
}

// begin begins a transaction. The context bounds the wait for a connection;
// the transaction itself ends only by commit or rollback.
func (s *Store) begin(ctx context.Context, o *sql.TxOptions) (*session, error) {
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	inner, cancel := context.WithCancel(context.WithoutCancel(ctx))
	tx, err := conn.BeginTx(inner, o)
	if err != nil {
		cancel()
		discard(conn)
		return nil, err
	}
	return &session{store: s, conn: conn, tx: tx, cancel: cancel, prepared: s.prepared.Load()}, nil
}

// discard throws a connection away: it may have a transaction open, and must
// not go back to the pool.
func discard(conn *sql.Conn) {
	_ = conn.Raw(func(any) error { return driver.ErrBadConn })
	_ = conn.Close()
}

// patience is how long a commit may take before it is given up as unknown.
const patience = 10 * time.Second

// commit commits under a deadline of its own, which the caller's cancelling
// does not reach.
func (c *session) commit() error {
	deadline := time.AfterFunc(patience, c.cancel)
	err := c.tx.Commit()
	deadline.Stop()
	if err != nil {
		discard(c.conn)
		c.cancel()
		return c.uncommitted(err)
	}
	return nil
}

// uncommitted returns what a failed commit means: nothing was done where the
// database says so, else nobody knows.
func (c *session) uncommitted(err error) error {
	kind, code := fault.Of(err)
	c.kind = kind
	switch kind {
	case fault.Busy, fault.Unique, fault.Check, fault.Failed:
		return fault.Error("commit", err)
	}
	return &storage.Error{Op: "commit", State: code, Err: storage.ErrOutcomeUnknown}
}

// rollback undoes the transaction and gives the connection back; where that
// fails it throws the connection away, which undoes it as well.
func (c *session) rollback() {
	err := c.tx.Rollback()
	c.cancel()
	if err != nil {
		discard(c.conn)
		return
	}
	_ = c.conn.Close()
}

// release gives the connection back after a commit.
func (c *session) release() {
	c.cancel()
	_ = c.conn.Close()
}

// usable returns why nothing more can be done.
func (c *session) usable(ctx context.Context) error {
	if c.over.Load() {
		return storage.ErrClosed
	}
	if c.broken != nil {
		return c.broken
	}
	return ctx.Err()
}

// fail returns a statement's error as it leaves the adapter. After one that
// does not leave the transaction as it was, nothing more is done in it.
func (c *session) fail(op string, err error) error {
	if already := (*storage.Error)(nil); errors.As(err, &already) {
		return err // a damaged row, which closes what it describes alone
	}
	kind, _ := fault.Of(err)
	out := fault.Error(op, err)
	if kind != fault.Unique || !c.store.traits.survives {
		c.broken, c.kind = out, kind
	}
	return out
}

// breaks notes an error after which nothing more is done in the transaction,
// because half of something may have been written, and returns it.
func (c *session) breaks(err error) error {
	if err != nil {
		c.broken = err
	}
	return err
}

// reach returns the context of a statement that writes or finds one thing. A
// list takes the caller's.
func (c *session) reach(ctx context.Context) context.Context {
	if c.store.traits.detached {
		return context.WithoutCancel(ctx)
	}
	return ctx
}

// exec runs a statement that returns no rows, and returns how many it changed.
func (c *session) exec(ctx context.Context, op string, id statement.ID, args ...any) (int64, error) {
	if err := c.usable(ctx); err != nil {
		return 0, err
	}
	if first := firsts[id]; c.unseen && first != "" {
		done, err := c.first(ctx, op, first, nil, args)
		return flag(done), err
	}
	if err := c.writable(ctx); err != nil {
		return 0, err
	}
	result, err := c.run(c.reach(ctx), id, args...)
	if err != nil {
		return 0, c.fail(op, err)
	}
	n, err := result.RowsAffected()
	if err != nil {
		return 0, c.fail(op, err)
	}
	return n, nil
}

// writable returns why a statement that writes cannot be run.
func (c *session) writable(ctx context.Context) error {
	if err := c.look(ctx); err != nil || !c.shared {
		return err
	}
	return c.store.engine.checkInside(ctx, c)
}

// run runs a statement that returns no rows.
func (c *session) run(ctx context.Context, id statement.ID, args ...any) (sql.Result, error) {
	if c.prepared == nil {
		return c.tx.ExecContext(ctx, c.store.texts[id].SQL, args...)
	}
	return c.tx.StmtContext(ctx, (*c.prepared)[id]).ExecContext(ctx, args...)
}

// query runs a statement that returns rows.
func (c *session) query(ctx context.Context, id statement.ID, args ...any) (*sql.Rows, error) {
	if c.prepared == nil {
		return c.tx.QueryContext(ctx, c.store.texts[id].SQL, args...)
	}
	return c.tx.StmtContext(ctx, (*c.prepared)[id]).QueryContext(ctx, args...)
}

// row runs a statement that returns one row, and reports whether it did.
func (c *session) row(ctx context.Context, op string, id statement.ID, into []any, args ...any) (bool, error) {
	if err := c.usable(ctx); err != nil {
		return false, err
	}
	if first := firsts[id]; c.unseen && first != "" {
		return c.first(ctx, op, first, into, args)
	}
	found := false
	err := c.rows(c.reach(ctx), op, id, func(scan scanner) error {
		found = true
		return scan(into...)
	}, args...)
	return found, err
}

// scanner reads the present row.
type scanner func(into ...any) error

// rows runs a statement and calls each with every row that it returns. An
// error of each ends it and is returned as a fault.
func (c *session) rows(ctx context.Context, op string, id statement.ID, each func(scanner) error, args ...any) error {
	if err := c.usable(ctx); err != nil {
		return err
	}
	if err := c.look(ctx); err != nil {
		return err
	}
	return c.fetch(ctx, op, id, each, args...)
}

func (c *session) fetch(ctx context.Context, op string, id statement.ID, each func(scanner) error, args ...any) error {
	rows, err := c.query(ctx, id, args...)
	if err != nil {
		return c.fail(op, err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := each(rows.Scan); err != nil {
			return c.fail(op, err)
		}
	}
	if err := rows.Err(); err != nil {
		return c.fail(op, err)
	}
	return nil
}
