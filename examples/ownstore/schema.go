package main

import (
	"context"
	"database/sql"
	"io/fs"

	"virtualschool.example/storage/sqlstore"
)

// own creates the tables that the system had before it kept plans.
const own = `
CREATE TABLE IF NOT EXISTS child (
	id                 TEXT PRIMARY KEY,
	name               TEXT NOT NULL,
	born               TEXT NOT NULL,
	looked_after_since TEXT NOT NULL,
	social_worker      TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS task (
	what TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS migration (
	name TEXT PRIMARY KEY
);`

// migrated creates the system's own tables and runs each migration of the plans'
// tables once. Package sqlstore/migrate runs the migrations with goose. A system
// with its own way of migrating, such as this one, reads the same files and does not
// link goose.
func migrated(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(ctx, own); err != nil {
		return err
	}
	files := sqlstore.Migrations(sqlstore.SQLite)
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := migrate(ctx, tx, files, name); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// migrate runs a migration unless it was run before.
func migrate(ctx context.Context, tx *sql.Tx, files fs.FS, name string) error {
	noted, err := tx.ExecContext(ctx, "INSERT INTO migration VALUES (?) ON CONFLICT DO NOTHING", name)
	if err != nil {
		return err
	}
	if n, err := noted.RowsAffected(); err != nil || n == 0 {
		return err
	}
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, string(text))
	return err
}
