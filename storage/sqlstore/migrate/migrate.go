// Package migrate creates and updates the tables of sqlstore with goose:
//
//	err := migrate.Up(ctx, db, sqlstore.SQLite)
//
// Its errors are those of package storage, such as storage.ErrSchema if the database is newer
// than this package, and storage.ErrContention if others hold the database's locks for too
// long. The package is separate from sqlstore so that only a program that imports it links
// goose, and it imports no driver. A host with its own migration tool uses sqlstore.Migrations.
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

// table is the table in which goose notes which migrations have been run.
const table = "pep_migration"

// dialects holds goose's name for each dialect.
var dialects = map[sqlstore.Dialect]goose.Dialect{
	sqlstore.SQLite:   goose.DialectSQLite3,
	sqlstore.Postgres: goose.DialectPostgres,
}

// longest is the time for which Up keeps trying while others hold a lock that it needs.
const longest = 5 * time.Minute

// Up runs the migrations that have not been run yet, each in its own transaction. If all have
// been run, Up does nothing. Any number of processes may call Up at once, on a new database or
// on an old one: each call returns once all migrations have been run, by whichever process.
// While another process holds a lock that Up needs, Up tries again until ctx ends, but for at
// most five minutes; then it returns storage.ErrContention.
//
// Up records each completed migration in the table pep_migration, in goose's format.
// Migrations cannot be undone: to go back, a host restores a backup. If the database has a
// later version than this package knows, Up returns storage.ErrSchema and leaves the database
// unchanged.
//
// A host that owns the schema with its own migration tool does not call Up. It gives
// the files of [sqlstore.Migrations] to its tool, in the order of their names and each
// in one transaction. A store looks only at pep_schema, in which each file notes its
// version.
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
	unread = -1 // the version could not be read
	unseen = -2 // the version has not been read yet
)

// up tries once to run the migrations, and returns the version that it found. If another
// process has run a migration first, that migration fails here, because it cannot be run again;
// the next call of up then finds a later version.
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

// pause waits for a short random time, longer with each try. It returns false if ctx
// ends meanwhile.
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

// Version returns the number of the latest migration that has been run, or 0 if none has.
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
