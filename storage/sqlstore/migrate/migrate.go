// Package migrate makes and updates the tables of sqlstore with goose. It is
// apart from sqlstore so that only who imports it links goose; it imports no
// driver. A host with a migration tool of its own uses sqlstore.Migrations.
package migrate

import (
	"context"
	"database/sql"

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

// Up runs the migrations that were not run yet, each in a transaction of its
// own; run again it does nothing. A database of a later version than this
// package knows is storage.ErrSchema and left as it is.
func Up(ctx context.Context, db *sql.DB, d sqlstore.Dialect) error {
	p, err := provider(db, d)
	if err != nil {
		return err
	}
	version, err := p.GetDBVersion(ctx)
	if err != nil {
		return fault.Error("migrate", err)
	}
	if version > sqlstore.SchemaVersion {
		return &storage.Error{Op: "migrate", Err: storage.ErrSchema}
	}
	if _, err := p.Up(ctx); err != nil {
		return fault.Error("migrate", err)
	}
	return nil
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
