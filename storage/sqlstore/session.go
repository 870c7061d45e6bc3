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
	store     *Store
	conn      *sql.Conn // nil within the host's
	tx        *sql.Tx
	ctx       context.Context    // of the transaction; nil within the host's
	cancel    context.CancelFunc // of ctx
	lane      lane               // on which the driver is called
	prepared  *prepared          // nil where their texts are run
	broken    error              // the fault after which nothing more is done
	kind      fault.Kind
	committed atomic.Bool
	over      atomic.Bool // the function it was given to has returned
	unseen    bool        // whether the settings are yet to be looked at, with the first statement
	erases    bool        // whether it clears text that is to leave the file
	shared    bool        // the host runs statements in it too
	deadline  time.Time   // how long it may wait for locks
}

// begin begins a transaction. The context bounds the wait for a connection and
// for BEGIN; the transaction itself ends only by commit or rollback.
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
	if err == nil { // the context ended just when the transaction had begun
		c.rollback()
		return nil, ctx.Err()
	}
	c.lane.close()
	cancel()
	return nil, err
}

// abandoned throws away the connection of a session that was left behind.
func (c *session) abandoned() {
	if c.conn != nil {
		_ = c.tx.Rollback()
		discard(c.conn)
	}
}

// discard throws a connection away: it may have a transaction open, and must
// not go back to the pool.
func discard(conn *sql.Conn) {
	_ = conn.Raw(func(any) error { return driver.ErrBadConn })
	_ = conn.Close()
}

// finish makes the call that ends the transaction, and ends the session. The
// call has Options.Answer, whatever becomes of the caller's context.
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
			_ = s.engine.empty(c.ctx, s, c.conn) // where a reader stands in the way, after a later write
		}
		return c.conn.Close()
	})
	if err == nil || c.committed.Load() {
		return nil
	}
	return c.uncommitted(err)
}

// rollback undoes the transaction and gives the connection back; where that
// fails it throws the connection away, which undoes it as well.
func (c *session) rollback() {
	_ = c.finish(func() error {
		if err := c.tx.Rollback(); err != nil {
			discard(c.conn)
			return err
		}
		return c.conn.Close()
	})
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
	q := &question{c, c.reach(ctx), id, args, nil, 0}
	if err := c.lane.do(ctx, q); err != nil {
		return 0, c.fail(op, err)
	}
	return q.n, nil
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
	err := c.find(ctx, op, id, func(scan scanner) error {
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
	return c.read(ctx, ctx, op, id, each, args)
}

// find is rows for a statement that writes or finds one thing.
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

// fetch gives the driver one context and waits for it until the end of another.
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
	n    int64               // how many rows such a one changed
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
