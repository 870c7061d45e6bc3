// Package migrate makes and updates the tables of sqlstore with goose. It is
// apart from sqlstore so that only who imports it links goose; it imports no
// driver. A host with a migration tool of its own uses sqlstore.Migrations.
package migrate

import (
	"context"
	"database/sql"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/pressly/goose/v3"

	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/storage/sqlstore/internal/fault"
)

// table is where goose notes which migrations were run.
const table = "pep_migration"

// dialects is how goose calls each dialect.
var dialects = map[sqlstore.Dialect]goose.Dialect{
	sqlstore.SQLite:   goose.DialectSQLite3,
	sqlstore.Postgres: goose.DialectPostgres,
}

// longest is how long Up goes on while others are in its way.
const longest = 5 * time.Minute

// Up runs the migrations that were not run yet, each in a transaction of its
// own; run again it does nothing. Any number of processes may call it at once,
// on a new database or on an old one: each returns when all migrations were
// run, by whichever of them. While another holds a lock that it needs it tries
// again, until ctx ends and for five minutes at most, and returns
// storage.ErrContention then.
//
// Which migrations were run is noted in the table pep_migration, in goose's
// format. There is no way down: to go back, a host restores a backup. A
// database of a later version than this package knows is storage.ErrSchema and
// left as it is.
//
// Where a migration tool of the host's own owns the schema, the host does not
// call Up. It gives the files of [sqlstore.Migrations] to its tool, in the
// order of their names and each in one transaction; a store looks at pep_schema
// alone, in which each file notes its version.
func Up(ctx context.Context, db *sql.DB, d sqlstore.Dialect) error {
	within, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	seen := int64(unseen)
	for try := 0; ; try++ {
		found, err := up(within, db, d)
		if err == nil {
			return nil
		}
		kind, _ := fault.Of(err)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, storage.ErrSchema), rule.InvalidMember(err) != "":
			return err
		case kind != fault.Busy && found == seen, !pause(within, try):
			return fault.Error("migrate", err)
		}
		seen = found
	}
}

const (
	unread = -1 // the version that could not be read
	unseen = -2 // the version before it was first read
)

// up runs the migrations once, and returns the version that it found. Where
// another process ran one first that one fails here, and the next time up finds
// another version: a migration that was run cannot be run again.
func up(ctx context.Context, db *sql.DB, d sqlstore.Dialect) (int64, error) {
	p, err := provider(db, d)
	if err != nil {
		return unread, err
	}
	version, err := p.GetDBVersion(ctx)
	if err != nil {
		return unread, err
	}
	if version > sqlstore.SchemaVersion {
		return version, &storage.Error{Op: "migrate", Err: storage.ErrSchema}
	}
	_, err = p.Up(ctx)
	return version, err
}

// pause waits a little, longer from try to try and never the same, and
// reports whether there is time for another.
func pause(ctx context.Context, try int) bool {
	timer := time.NewTimer(rand.N(2 * time.Millisecond << min(try, 7)))
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// Version returns the number of the latest migration that was run, 0 where
// none was.
func Version(ctx context.Context, db *sql.DB, d sqlstore.Dialect) (int64, error) {
	p, err := provider(db, d)
	if err != nil {
		return 0, err
	}
	version, err := p.GetDBVersion(ctx)
	if err != nil {
		return 0, fault.Error("migrate", err)
	}
	return version, nil
}

func provider(db *sql.DB, d sqlstore.Dialect) (*goose.Provider, error) {
	if db == nil {
		return nil, &rule.Invalid{Member: "db", Want: "a database"}
	}
	dialect, ok := dialects[d]
	if !ok {
		return nil, &rule.Invalid{Member: "dialect", Want: "a dialect, such as SQLite"}
	}
	return goose.NewProvider(dialect, db, sqlstore.Migrations(d),
		goose.WithTableName(table), goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
}
