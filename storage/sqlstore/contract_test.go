package sqlstore_test

import (
	"context"
	"io"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/storage/sqlstore/migrate"
	"virtualschool.example/storage/storagetest"
)

// failing is a store whose commits can be made to fail.
type failing struct {
	*sqlstore.Store
	*faults
	io.Closer
}

// openFailing returns a store over a new file, through a driver that can fail,
// with so many connections.
func openFailing(t testing.TB, connections int) storage.Plans {
	t.Helper()
	f := &faults{}
	db := faulty(sqlstore.SQLite.DSN(filepath.Join(t.TempDir(), "plans.db")), f)
	db.SetMaxOpenConns(connections)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	require.NoError(t, migrate.Up(context.Background(), db, sqlstore.SQLite))
	return failing{over(t, db), f, db}
}

// TestSQLiteKeepsTheContract runs the contract with a pool, and with one connection.
func TestSQLiteKeepsTheContract(t *testing.T) {
	t.Parallel()
	for name, connections := range map[string]int{"pool": 8, "one connection": 1} {
		open := func(t testing.TB) storage.Plans { return openFailing(t, connections) }
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			t.Run("plans", func(t *testing.T) { storagetest.Plans(t, open) })
			t.Run("register", func(t *testing.T) { storagetest.Register(t, open) })
			t.Run("outbox", func(t *testing.T) { storagetest.Outbox(t, open) })
		})
	}
}
