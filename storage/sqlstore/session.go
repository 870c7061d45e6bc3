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

// session is a transaction in progress: the store's own, on its own connection, or one
// that the host began.
type session struct {
	store     *Store
	conn      *sql.Conn // nil in the host's transaction
	tx        *sql.Tx
	ctx       context.Context    // the transaction's context; nil in the host's transaction
	cancel    context.CancelFunc // cancels ctx
	lane      lane               // the lane that makes the calls to the driver
	prepared  *prepared          // nil if statements run unprepared
	broken    error              // the error after which nothing more is done
	kind      fault.Kind
	committed atomic.Bool
	over      atomic.Bool // whether the function that received the session has returned
	unseen    bool        // whether the settings are still unchecked; the first statement will check them
	erases    bool        // whether the transaction clears text, which must then leave SQLite's files
	shared    bool        // whether the host runs statements in the transaction too
	deadline  time.Time   // the instant after which the transaction no longer waits for locks
}

// begin begins a transaction. ctx limits the wait for a connection and for BEGIN; only
// commit or rollback ends the transaction itself.
func (s *Store) begin(ctx context.Context, o *sql.TxOptions) (*session, error) {
	inner, cancel := context.WithCancel(context.WithoutCancel(ctx))
	c := &session{store: s, ctx: inner, cancel: cancel, prepared: s.prepared.Load()}
	c.lane.last = c.abandoned
	stop := context.AfterFunc(ctx, cancel)
	err := c.lane.do(inner, callOf(func() error {
		conn, err := s.db.Conn(inner)
		if err != nil {
			return err
		}
		tx, err := conn.BeginTx(inner, o)
		if err != nil {
			discard(conn)
			return err
		}
		c.conn, c.tx = conn, tx
		return nil
	}))
	if stop() && err == nil {
		return c, nil
	}
	if err == nil { // the context ended just after the transaction began
		c.rollback()
		return nil, ctx.Err()
	}
	c.lane.close()
	cancel()
	return nil, err
}

// abandoned throws away the connection of a session whose driver did not return in time.
func (c *session) abandoned() {
	if c.conn != nil {
		_ = c.tx.Rollback()
		discard(c.conn)
	}
}

// discard throws a connection away. The connection may have an open transaction, so it
// must not go back to the pool.
func discard(conn *sql.Conn) {
	_ = conn.Raw(func(any) error { return driver.ErrBadConn })
	_ = conn.Close()
}

// finish makes the call that ends the transaction, and ends the session. The call may
// take up to Options.Answer, even if the caller's context has ended.
func (c *session) finish(end func() error) error {
	deadline := time.AfterFunc(c.store.answer, c.cancel)
	err := c.lane.do(c.ctx, callOf(end))
	deadline.Stop()
	c.lane.close()
	c.cancel()
	return err
}

// commit commits, and gives the connection back or throws it away.
func (c *session) commit() error {
	err := c.finish(func() error {
		if err := c.tx.Commit(); err != nil {
			discard(c.conn)
			return err
		}
		c.committed.Store(true)
		if s := c.store; c.erases || s.erasing.Load() && s.db.Stats().InUse <= 1 {
			_ = s.engine.empty(c.ctx, s, c.conn) // if a reader prevents it, a later write does it
		}
		return c.conn.Close()
	})
	if err == nil || c.committed.Load() {
		return nil
	}
	return c.uncommitted(err)
}

// rollback undoes the transaction and gives the connection back. If that fails, it throws
// the connection away, which also undoes the transaction.
func (c *session) rollback() {
	_ = c.finish(func() error {
		if err := c.tx.Rollback(); err != nil {
			discard(c.conn)
			return err
		}
		return c.conn.Close()
	})
}

// uncommitted returns the error for a failed commit. It is storage.ErrOutcomeUnknown
// unless the database says that nothing was done.
func (c *session) uncommitted(err error) error {
	kind, code := fault.Of(err)
	c.kind = kind
	switch kind {
	case fault.Busy, fault.Unique, fault.Check, fault.Failed:
		return fault.Error("commit", err)
	}
	return &storage.Error{Op: "commit", State: code, Err: storage.ErrOutcomeUnknown}
}

// usable returns an error if nothing more can be done in the transaction, or if ctx has
// ended.
func (c *session) usable(ctx context.Context) error {
	if c.over.Load() {
		return storage.ErrClosed
	}
	if c.broken != nil {
		return c.broken
	}
	return ctx.Err()
}

// fail returns a statement's error in the form in which it leaves the adapter. Unless the
// error left the transaction as it was, nothing more is done in the transaction.
func (c *session) fail(op string, err error) error {
	if already := (*storage.Error)(nil); errors.As(err, &already) {
		return err // a damaged row; the transaction can go on
	}
	kind, _ := fault.Of(err)
	out := fault.Error(op, err)
	if kind != fault.Unique || !c.store.traits.survives {
		c.broken, c.kind = out, kind
	}
	return out
}

// breaks records an error after which nothing more is done in the transaction, for example
// because half of something was written, and returns the error.
func (c *session) breaks(err error) error {
	if err != nil {
		c.broken = err
	}
	return err
}

// reach returns the context for a statement that writes or looks up a single row. On
// SQLite the end of the caller's context does not interrupt such a statement. A statement
// that lists rows runs with the caller's own context.
func (c *session) reach(ctx context.Context) context.Context {
	if c.store.traits.detached {
		return context.WithoutCancel(ctx)
	}
	return ctx
}

// exec runs a statement that returns no rows, and returns how many rows it changed.
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
	q := &question{c, c.reach(ctx), id, args, nil, 0}
	if err := c.lane.do(ctx, q); err != nil {
		return 0, c.fail(op, err)
	}
	return q.n, nil
}

// writable returns an error if the transaction cannot run a statement that writes.
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

// row runs a statement that returns at most one row, and reports whether it returned one.
func (c *session) row(ctx context.Context, op string, id statement.ID, into []any, args ...any) (bool, error) {
	if err := c.usable(ctx); err != nil {
		return false, err
	}
	if first := firsts[id]; c.unseen && first != "" {
		return c.first(ctx, op, first, into, args)
	}
	found := false
	err := c.find(ctx, op, id, func(scan scanner) error {
		found = true
		return scan(into...)
	}, args...)
	return found, err
}

// scanner reads the current row.
type scanner func(into ...any) error

// rows runs a statement and calls the given function for every row. If that function
// returns an error, rows stops and returns the error as fail does.
func (c *session) rows(ctx context.Context, op string, id statement.ID, each func(scanner) error, args ...any) error {
	return c.read(ctx, ctx, op, id, each, args)
}

// find does what rows does, for a statement that writes or looks up a single row.
func (c *session) find(ctx context.Context, op string, id statement.ID, each func(scanner) error, args ...any) error {
	return c.read(ctx, c.reach(ctx), op, id, each, args)
}

func (c *session) read(ctx, reach context.Context, op string, id statement.ID, each func(scanner) error, args []any) error {
	if err := c.usable(ctx); err != nil {
		return err
	}
	if err := c.look(ctx); err != nil {
		return err
	}
	return c.fetch(ctx, reach, op, id, each, args)
}

// fetch runs a statement and calls the given function for every row. The driver receives
// the second context; fetch waits for the driver only until the first context ends.
func (c *session) fetch(ctx, reach context.Context, op string, id statement.ID, each func(scanner) error, args []any) error {
	if err := c.lane.do(ctx, &question{c, reach, id, args, each, 0}); err != nil {
		return c.fail(op, err)
	}
	return nil
}

// question is a statement on its way to the driver.
type question struct {
	*session
	ctx  context.Context
	id   statement.ID
	args []any
	each func(scanner) error // nil for a statement that returns no rows
	n    int64               // the number of rows that such a statement changed
}

func (q *question) make() error {
	if q.each == nil {
		return q.exec()
	}
	rows, err := q.query(q.ctx, q.id, q.args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for scan := rows.Scan; rows.Next(); {
		if err := q.lane.take(q.each, scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (q *question) exec() error {
	result, err := q.run(q.ctx, q.id, q.args...)
	if err == nil {
		q.n, err = result.RowsAffected()
	}
	return err
}
