package sqlstore

import (
	"context"
	"database/sql"
	"embed"
	"io/fs"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/storage/sqlstore/internal/statement"
)

// Dialect is the kind of database. The zero Dialect is invalid.
type Dialect uint8

// The dialects. None is tied to one database/sql driver.
const (
	SQLite   Dialect = 1 + iota // SQLite 3.41 or later
	Postgres                    // PostgreSQL 13 or later
)

// SchemaVersion is the version of the schema that this package reads and
// writes: the number of the latest migration.
const SchemaVersion = 1

// dialects holds the name, the statements, the migrations and the engine of each dialect.
var dialects = [...]struct {
	name       string
	statements statement.Dialect
	migrations string
	engine     engine
	traits     traits
}{
	SQLite: {"sqlite", statement.SQLite, "migrations/sqlite", sqlite{}, traits{
		turns: true, survives: true, detached: true, ends: true, reading: sql.TxOptions{ReadOnly: true},
	}},
	Postgres: {"postgres", statement.Postgres, "migrations/postgres", postgres{}, traits{
		reading: sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead},
	}},
}

// traits are the ways in which databases differ.
type traits struct {
	turns    bool          // whether the writers of one store take turns
	survives bool          // whether a transaction can go on after a unique key has refused a statement
	detached bool          // whether a statement that writes or looks up a single row runs to its end even if its context is cancelled
	ends     bool          // whether the database may end a transaction by itself
	reading  sql.TxOptions // the options for a read-only transaction whose statements all see the same state
}

// engine is what a store does differently on each database.
type engine interface {
	// save writes a plan with its pending events.
	save(ctx context.Context, t *tx, p *pep.PEP, events []pep.Event) error
	// id and text return values in the form that statements take.
	id(id *uuid.UUID) any
	text(text string) any
	// checkStore is called before the first transaction, and refuses an unsafe
	// database.
	checkStore(ctx context.Context, q queryer, s *Store) error
	// checkWriting refuses a transaction that must not write, and checkErasing refuses
	// one that must not clear text. They check settings that can change between
	// transactions.
	checkWriting(ctx context.Context, c *session) error
	checkErasing(ctx context.Context, c *session) error
	// checkInside refuses a transaction of the host's that has ended, so that
	// nothing is committed outside it.
	checkInside(ctx context.Context, c *session) error
	// empty makes sure, after a commit, that no file holds cleared text.
	empty(ctx context.Context, s *Store, q queryer) error
}

// queryer is a database, or a transaction or connection in it.
type queryer interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// String returns the name of d, such as "sqlite", or "" if d is invalid.
func (d Dialect) String() string {
	if !d.known() {
		return ""
	}
	return dialects[d].name
}

func (d Dialect) known() bool { return d > 0 && int(d) < len(dialects) }

//go:embed migrations
var migrations embed.FS

// Migrations returns the migrations of a dialect as files that goose reads in the order of
// their names. If d is invalid, it returns no files. Package migrate runs them, or a host
// runs them with its own tool.
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
