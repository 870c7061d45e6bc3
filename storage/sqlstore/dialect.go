package sqlstore

import (
	"context"
	"database/sql"
	"embed"
	"io/fs"

	"github.com/google/uuid"

	"virtualschool.example/storage/sqlstore/internal/fault"
	"virtualschool.example/storage/sqlstore/internal/statement"
)

// Dialect is the kind of database. The zero Dialect is none.
type Dialect uint8

// The dialects, through any database/sql driver.
const (
	SQLite   Dialect = 1 + iota // SQLite 3.41 or later
	Postgres                    // PostgreSQL 13 or later
)

// SchemaVersion is the version of the schema that this package reads and
// writes: the number of the latest migration.
const SchemaVersion = 1

// dialects is how each dialect is called, written and treated.
var dialects = [...]struct {
	name       string
	statements statement.Dialect
	migrations string
	engine     engine
}{
	SQLite:   {"sqlite", statement.SQLite, "migrations/sqlite", sqlite{}},
	Postgres: {"postgres", statement.Postgres, "migrations/postgres", postgres{}},
}

// engine is in what databases differ besides the texts of their statements.
type engine interface {
	// turns reports whether the writers of one store take turns.
	turns() bool
	// reading returns how a transaction that only reads is begun.
	reading() *sql.TxOptions
	// reach returns the context of a statement that writes or finds one thing; a
	// list takes the caller's.
	reach(ctx context.Context) context.Context
	// id and text return a value as a statement takes it.
	id(id *uuid.UUID) any
	text(text string) any
	// ids returns several ids as one value.
	ids(n int, id func(int) *uuid.UUID) string
	// checkStore refuses a database before the first transaction.
	checkStore(ctx context.Context, q queryer, s *Store) error
	// checkWriting refuses to write in a transaction, checkErasing to clear
	// text in it, for what can change between transactions.
	checkWriting(ctx context.Context, c *session) error
	checkErasing(ctx context.Context, c *session) error
	// erase sees to it, after a commit, that cleared text is in no file; empty
	// does so at any time.
	erase(ctx context.Context, c *session)
	empty(ctx context.Context, s *Store) error
	// checkInside refuses a transaction that the database has ended by itself,
	// where the host may not have seen it, so that nothing is committed without
	// it.
	checkInside(ctx context.Context, c *session) error
	// survives reports whether a transaction goes on after an error.
	survives(kind fault.Kind) bool
	// locking returns the statement that reads a plan to change it.
	locking() statement.ID
	// put writes one step of a Save.
	put(ctx context.Context, t *tx, w *step) error
	// earlier returns the parameters of statement.Earlier.
	earlier(args []any) []any
}

// queryer is a database, or a transaction or connection in it.
type queryer interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// String returns the name of d, such as "sqlite", or "" for none.
func (d Dialect) String() string {
	if !d.known() {
		return ""
	}
	return dialects[d].name
}

func (d Dialect) known() bool { return d > 0 && int(d) < len(dialects) }

//go:embed migrations
var migrations embed.FS

// Migrations returns the migrations of a dialect as goose reads them, in
// order of name; none for a dialect that is none. Package migrate runs them,
// and a host may run them with a tool of its own.
func Migrations(d Dialect) fs.FS {
	if !d.known() {
		return embed.FS{}
	}
	sub, err := fs.Sub(migrations, dialects[d].migrations)
	if err != nil {
		return embed.FS{}
	}
	return sub
}
