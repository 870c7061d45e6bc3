package sqlstore_test

import (
	"context"
	"database/sql"
	"io"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/storage/sqlstore/migrate"
	"virtualschool.example/storage/sqlstore/pgtest"
	"virtualschool.example/storage/storagetest"
)

// failing is a store whose commits can be made to fail.
type failing struct {
	*sqlstore.Store
	*faults
	io.Closer
}

// open returns a store over a new, empty database, through a driver that can
// fail, with so many connections.
func (e engine) open(t testing.TB, dsn string, connections int) storage.Plans {
	t.Helper()
	f := &faults{}
	db := e.faulty(dsn, f)
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	require.NoError(t, migrate.Up(context.Background(), db, e.dialect))
	return failing{e.over(t, db), f, db}
}

func (e engine) over(t testing.TB, db *sql.DB) *sqlstore.Store {
	t.Helper()
	s, err := sqlstore.New(db, sqlstore.Options{Dialect: e.dialect, Authority: "lancashire"})
	require.NoError(t, err)
	return s
}

// keeps runs the contract with a pool, and with one connection.
func (e engine) keeps(t *testing.T, dsn func(testing.TB) string) {
	t.Parallel()
	for name, connections := range map[string]int{"pool": 8, "one connection": 1} {
		open := func(t testing.TB) storage.Plans { return e.open(t, dsn(t), connections) }
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			t.Run("plans", func(t *testing.T) { storagetest.Plans(t, open) })
			t.Run("register", func(t *testing.T) { storagetest.Register(t, open) })
			t.Run("outbox", func(t *testing.T) { storagetest.Outbox(t, open) })
		})
	}
}

func TestSQLiteKeepsTheContract(t *testing.T) {
	sqliteEngine.keeps(t, func(t testing.TB) string { return sqlstore.SQLite.DSN(filepath.Join(t.TempDir(), "plans.db")) })
}

func TestPostgreSQLKeepsTheContract(t *testing.T) {
	postgresEngine.keeps(t, func(t testing.TB) string { return pgtest.DSN(t) })
}

// TestPostgreSQLKeepsTheContractSerializable has every transaction be refused
// that cannot be put in a row with the others.
func TestPostgreSQLKeepsTheContractSerializable(t *testing.T) {
	postgresEngine.keeps(t, func(t testing.TB) string {
		return pgtest.DSN(t, pgtest.Set("default_transaction_isolation", "serializable"))
	})
}
