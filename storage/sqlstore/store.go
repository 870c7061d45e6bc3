package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore/internal/fault"
	"virtualschool.example/storage/sqlstore/internal/statement"
)

// Options says how a store works. Dialect and Authority are required.
type Options struct {
	Dialect   Dialect
	Authority string // the authority that the plans belong to; the first column of every key

	// Wait is how long a writer waits for others, and how long any call waits for a
	// connection and for BEGIN, before it returns storage.ErrContention; 0 means 5
	// seconds. Answer is how long the database may take to answer COMMIT or ROLLBACK,
	// and each statement before the first transaction; 0 means 10 seconds. A call
	// returns at most Answer and a fifth of a second after the end of its context: see
	// Time in the package comment.
	Wait, Answer time.Duration

	// Each of these two lets the store work with settings that it otherwise refuses with
	// storage.ErrUnsafe. New prints a warning for each one that is set.
	AllowLosingCommitted bool      // a power cut, a crash or the loss of a server may lose what was committed
	AllowKeepingCleared  bool      // what was cleared or destroyed may stay in SQLite's files
	Warn                 io.Writer // where New prints the warnings; required if either is set
}

// Store keeps one authority's plans, register, book, payments, audit trail, alerts and
// outbox in the host's database. It implements storage.Plans and storage.Outbox, and its
// Readers and Txs implement every role that they can have. It is safe for concurrent use,
// except that a Store that In returned may be used by only one goroutine at a time, like
// its transaction.
type Store struct {
	db        *sql.DB
	engine    engine
	traits    traits
	authority string
	wait      time.Duration
	answer    time.Duration
	allowed   allowed
	texts     statement.Set
	host      *host // the host whose transaction the store has joined, or nil
	*common
}

// common is what a store shares with the stores that In made from it.
type common struct {
	preparing chan struct{} // a lock: holds one token while the statements are being prepared
	prepared  atomic.Pointer[prepared]
	writer    chan struct{} // holds one token during a write of this store
	erasing   atomic.Bool   // whether erased text may still be in the write-ahead log
	marks     atomic.Uint64 // the number of savepoints that have been set
}

// prepared holds every statement. database/sql prepares a statement again on each new
// connection, the first time that the statement is used there.
type prepared map[statement.ID]*sql.Stmt

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

	_ storage.Batch        = (*reader)(nil)
	_ storage.Directory    = (*reader)(nil)
	_ storage.Alerts       = (*reader)(nil)
	_ storage.Acknowledger = (*tx)(nil)
)

// New returns a store over a database. It does not open, close, migrate or read the
// database: if the schema is missing or a setting is unsafe, the first use of the store
// returns storage.ErrSchema or storage.ErrUnsafe. New returns a *rule.Invalid if an
// option is invalid, or if writing to Warn fails.
func New(db *sql.DB, o Options) (*Store, error) {
	if err := o.check(db); err != nil {
		return nil, err
	}
	texts, err := statement.Load(dialects[o.Dialect].statements)
	if err != nil {
		return nil, err
	}
	if o.Wait == 0 {
		o.Wait = 5 * time.Second
	}
	if o.Answer == 0 {
		o.Answer = 10 * time.Second
	}
	allowed := allowed{o.AllowLosingCommitted, o.AllowKeepingCleared}
	if err := allowed.print(o.Warn); err != nil {
		return nil, err
	}
	s := &Store{
		db: db, engine: dialects[o.Dialect].engine, traits: dialects[o.Dialect].traits,
		authority: o.Authority, wait: o.Wait, answer: o.Answer, allowed: allowed, texts: texts,
		common: &common{preparing: make(chan struct{}, 1), writer: make(chan struct{}, 1)},
	}
	s.erasing.Store(true) // an earlier program may have died before it erased
	return s, nil
}

func (o Options) check(db *sql.DB) error {
	return errors.Join(
		rule.Need(db != nil, "db", "a database"),
		rule.Need(o.Dialect.known(), "dialect", "a dialect, such as SQLite"),
		rule.Need(named(o.Authority), "authority", "the authority whose plans these are, in UTF-8 without NUL"),
		rule.Need(o.Wait >= 0, "wait", "a duration of 0 or more"),
		rule.Need(o.Answer >= 0, "answer", "a duration of 0 or more"),
		rule.Need(o.Warn != nil || !o.AllowLosingCommitted && !o.AllowKeepingCleared, "warn", "where to print what is allowed"),
	)
}

// named reports whether authority is a name that every database can store.
func named(authority string) bool {
	return authority != "" && utf8.ValidString(authority) && !strings.Contains(authority, "\x00")
}

// ready checks the schema and the settings and prepares the statements, unless that was
// done before. It takes its own connection; its callers must not hold one.
func (s *Store) ready(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if s.prepared.Load() != nil {
		return nil
	}
	select {
	case s.preparing <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-s.preparing }()
	if s.prepared.Load() != nil {
		return nil
	}
	var version int64
	if err := s.ask(ctx, "schema", func(ctx context.Context) error {
		return s.db.QueryRowContext(ctx, s.texts[statement.Schema].SQL).Scan(&version)
	}); err != nil {
		return schemaFault(err)
	}
	if err := checkSchema(version); err != nil {
		return err
	}
	if err := s.ask(ctx, "settings", func(ctx context.Context) error { return s.engine.checkStore(ctx, s.db, s) }); err != nil {
		return err
	}
	return s.prepare(ctx)
}

// ask makes a call to the driver outside a transaction. The call may take until the
// context ends, but at most Options.Answer.
func (s *Store) ask(ctx context.Context, op string, call func(context.Context) error) error {
	within, cancel := context.WithTimeout(ctx, s.answer)
	defer cancel()
	err := apart(within, func() error { return call(within) })
	if err != nil && within.Err() != nil && ctx.Err() == nil {
		return &storage.Error{Op: op, Err: storage.ErrUnavailable}
	}
	return err
}

// schemaFault returns the error for a schema version that could not be read. If
// pep_schema has no row, that is storage.ErrSchema.
func schemaFault(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return &storage.Error{Op: "schema", Err: storage.ErrSchema}
	}
	return fault.Error("schema", err)
}

func (s *Store) prepare(ctx context.Context) error {
	all := prepared{}
	for _, id := range slices.Sorted(maps.Keys(s.texts)) {
		var stmt *sql.Stmt
		err := s.ask(ctx, "prepare", func(ctx context.Context) (err error) {
			stmt, err = s.db.PrepareContext(ctx, s.texts[id].SQL)
			return err
		})
		if err != nil {
			_ = s.ask(ctx, "prepare", all.close)
			return fault.Error("prepare", err)
		}
		all[id] = stmt
	}
	s.prepared.Store(&all)
	return nil
}

func (p prepared) close(context.Context) error {
	for _, stmt := range p {
		_ = stmt.Close()
	}
	return nil
}

func checkSchema(version int64) error {
	if version != SchemaVersion {
		return &storage.Error{Op: "schema", Err: storage.ErrSchema}
	}
	return nil
}
