package sqlstore_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite"

	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/storage/sqlstore/migrate"
)

// open returns a store over a new file, and its database.
func open(t testing.TB) (*sqlstore.Store, *sql.DB) {
	t.Helper()
	db := database(t, filepath.Join(t.TempDir(), "plans.db"))
	require.NoError(t, migrate.Up(context.Background(), db, sqlstore.SQLite))
	return over(t, db), db
}

func database(t testing.TB, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", sqlstore.SQLite.DSN(path))
	require.NoError(t, err)
	db.SetMaxOpenConns(8)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return db
}

func over(t testing.TB, db *sql.DB) *sqlstore.Store {
	t.Helper()
	s, err := sqlstore.New(db, sqlstore.Options{Dialect: sqlstore.SQLite, Authority: "lancashire"})
	require.NoError(t, err)
	return s
}
