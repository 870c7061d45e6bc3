package sqlstore_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/stdlib"
	"modernc.org/sqlite"

	"virtualschool.example/storage/sqlstore"
)

// errLost is the error of a lost connection. It does not say what happened.
var errLost = errors.New("connection lost while passing Ada Lovelace on")

// engine is a kind of database that can be made to fail: its driver, and its error for a
// transaction that conflicts with an earlier one.
type engine struct {
	dialect sqlstore.Dialect
	driver  driver.Driver
	busy    error
}

var (
	sqliteEngine   = engine{sqlstore.SQLite, &sqlite.Driver{}, busy{errors.New("database is locked")}}
	postgresEngine = engine{sqlstore.Postgres, stdlib.GetDefaultDriver(), unserializable{errors.New("could not serialize access")}}
)

type busy struct{ error }

func (busy) Code() int { return 5 }

type unserializable struct{ error }

func (unserializable) SQLState() string { return "40001" }

// mode is how a call to the database goes wrong.
type mode uint8

const (
	before  mode = 1 + iota // the call fails, and nothing is done
	after                   // the call is done, and then it fails
	cancels                 // the caller's context ends, and then the call is done
	badConn                 // the driver says that the connection is bad
	ends                    // the call is done, and then the caller's context ends
	stalls                  // the call does not return before its context ends
	ignores                 // the call does not return, even after its context ends, until it is released
	freezes                 // the network no longer answers
)

func (m mode) String() string {
	return [...]string{"", "before", "after", "cancel", "bad connection", "end", "stall", "stall that ignores its context", "frozen network"}[m]
}

// faults makes calls to a database go wrong, and counts the calls.
type faults struct {
	mu      sync.Mutex
	calls   int
	at      int // the number of the call that goes wrong, from 1; 0 if no call does
	mode    mode
	cancel  func()        // called when a call goes wrong, unless the mode is before, after or badConn
	release chan struct{} // closed to let a stalled call go on
	commits int           // the number of commits still to fail as busy
	doubt   *bool
	hit     string
	hitAt   time.Time
	begun   int  // the number of the first call that began a transaction
	early   bool // whether a call went wrong before the first commit
	ending  bool // whether a commit was called, or its equivalent in the host's transaction
}

func (f *faults) set(at int, m mode, cancel func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls, f.at, f.mode, f.cancel, f.hit, f.early, f.ending, f.begun = 0, at, m, cancel, "", false, false, 0
}

// state returns how many calls there were, and which one went wrong.
func (f *faults) state() (int, string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.calls, f.hit
}

// since returns how long ago a call went wrong, or 0 if none did.
func (f *faults) since() time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.hit == "" {
		return 0
	}
	return time.Since(f.hitAt)
}

// now counts a call and returns the mode in which it must go wrong, or 0 if it is to be left
// alone.
func (f *faults) now(what string) mode {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls++
	if what == "begin" && f.begun == 0 {
		f.begun = f.calls
	}
	f.ending = f.ending || what == "commit" || strings.HasPrefix(what, "RELEASE ")
	if f.calls != f.at {
		return 0
	}
	f.hit, f.hitAt, f.early = what, time.Now(), !f.ending
	if f.mode >= cancels && f.mode != badConn && f.mode != ends {
		f.cancel()
	}
	return f.mode
}

// call makes a call, and makes it go wrong if its turn has come.
func (f *faults) call(ctx context.Context, what string, do func() error) error {
	switch f.now(what) {
	case ends:
		defer f.cancel()
	case stalls:
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-f.release:
		}
	case ignores:
		<-f.release
	case before:
		return errLost
	case badConn:
		return driver.ErrBadConn
	case after:
		if err := do(); err != nil {
			return err
		}
		return errLost
	}
	return do()
}

// Contend makes a given number of commits, starting with the next, fail as if another
// transaction had conflicted.
func (f *faults) Contend(times int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.commits = times
}

// Doubt loses the answer to the next commit. The argument says whether that commit is done.
func (f *faults) Doubt(done bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.doubt = &done
}

// commit commits, or makes the commit go wrong.
func (f *faults) commit(ctx context.Context, real driver.Tx, busy error) error {
	f.mu.Lock()
	contended, doubt := f.commits > 0, f.doubt
	f.doubt = nil
	if contended {
		f.commits--
	}
	f.mu.Unlock()
	switch {
	case contended:
		return errors.Join(real.Rollback(), busy)
	case doubt != nil && *doubt:
		return errors.Join(real.Commit(), errLost)
	case doubt != nil:
		return errors.Join(real.Rollback(), errLost)
	}
	return f.call(ctx, "commit", real.Commit)
}

// faulty returns a database whose calls pass through f, which can make them go wrong.
func (e engine) faulty(dsn string, f *faults) *sql.DB {
	return sql.OpenDB(connector{e, f, func(ctx context.Context) (driver.Conn, error) {
		if of, ok := e.driver.(driver.DriverContext); ok {
			c, err := of.OpenConnector(dsn)
			if err != nil {
				return nil, err
			}
			return c.Connect(ctx)
		}
		return e.driver.Open(dsn)
	}})
}

type connector struct {
	engine
	f    *faults
	open func(context.Context) (driver.Conn, error)
}

func (c connector) Driver() driver.Driver { return c.driver }

func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	var real driver.Conn
	err := c.f.call(ctx, "connect", func() (err error) {
		real, err = c.open(ctx)
		return err
	})
	if err != nil {
		if real != nil {
			_ = real.Close()
		}
		return nil, err
	}
	return &conn{real.(realConn), c.f, c.busy}, nil
}

type realConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.SessionResetter
}

type conn struct {
	realConn
	f    *faults
	busy error
}

func (c *conn) IsValid() bool {
	v, ok := c.realConn.(driver.Validator)
	return !ok || v.IsValid()
}

func (c *conn) CheckNamedValue(v *driver.NamedValue) error {
	if checker, ok := c.realConn.(driver.NamedValueChecker); ok {
		return checker.CheckNamedValue(v)
	}
	return driver.ErrSkip
}

func (c *conn) BeginTx(ctx context.Context, o driver.TxOptions) (tx driver.Tx, err error) {
	err = c.f.call(ctx, "begin", func() error {
		tx, err = c.realConn.BeginTx(ctx, o)
		return err
	})
	if err != nil {
		return nil, err
	}
	return txn{tx, ctx, c.f, c.busy}, nil
}

func (c *conn) PrepareContext(ctx context.Context, text string) (s driver.Stmt, err error) {
	err = c.f.call(ctx, "prepare "+text, func() error {
		s, err = c.realConn.PrepareContext(ctx, text)
		return err
	})
	if err != nil {
		return nil, err
	}
	return &stmt{s.(realStmt), c.f, text}, nil
}

func (c *conn) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (r driver.Result, err error) {
	err = c.f.call(ctx, text, func() error {
		r, err = c.realConn.ExecContext(ctx, text, args)
		return err
	})
	return r, err
}

func (c *conn) QueryContext(ctx context.Context, text string, args []driver.NamedValue) (r driver.Rows, err error) {
	return queried(ctx, c.f, text, func() (driver.Rows, error) { return c.realConn.QueryContext(ctx, text, args) })
}

type realStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

type stmt struct {
	realStmt
	f    *faults
	text string
}

func (s *stmt) ExecContext(ctx context.Context, args []driver.NamedValue) (r driver.Result, err error) {
	err = s.f.call(ctx, s.text, func() error {
		r, err = s.realStmt.ExecContext(ctx, args)
		return err
	})
	return r, err
}

func (s *stmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	return queried(ctx, s.f, s.text, func() (driver.Rows, error) { return s.realStmt.QueryContext(ctx, args) })
}

// queried returns the rows of a query. If the call fails after the query was run, queried
// closes the rows instead.
func queried(ctx context.Context, f *faults, text string, do func() (driver.Rows, error)) (r driver.Rows, err error) {
	err = f.call(ctx, text, func() error {
		r, err = do()
		return err
	})
	if err != nil && r != nil {
		_ = r.Close()
		r = nil
	}
	return r, err
}

type txn struct {
	driver.Tx
	ctx  context.Context // the context with which the transaction was begun
	f    *faults
	busy error
}

func (t txn) Commit() error { return t.f.commit(t.ctx, t.Tx, t.busy) }

func (t txn) Rollback() error { return t.f.call(t.ctx, "rollback", t.Tx.Rollback) }
