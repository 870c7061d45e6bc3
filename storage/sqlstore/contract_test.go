package sqlstore_test

import (
	"context"
	"database/sql"
	"io"
	"testing"
	"time"

	"github.com/google/uuid"
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

// open returns a store over a migrated database, through a driver that can be made to fail,
// with the given number of connections.
func (e engine) open(t testing.TB, dsn, authority string, connections int) storage.Plans {
	t.Helper()
	f, db := e.connect(t, dsn, connections)
	return failing{e.over(t, db, authority), f, db}
}

// connect returns a database that is closed at the end of the test.
func (e engine) connect(t testing.TB, dsn string, connections int) (*faults, *sql.DB) {
	t.Helper()
	f := &faults{}
	db := e.faulty(dsn, f)
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return f, db
}

// reopen returns a function that opens a store for one case of a test, under a new authority.
// No two cases use the same sql.DB at the same time, but later cases use those of earlier
// ones again, because making connections and tables takes longer than most cases.
func (e engine) reopen(t testing.TB, connections int, dsn func(testing.TB) string) storagetest.Open {
	type opened struct {
		f  *faults
		db *sql.DB
	}
	free := make(chan opened, 1000)
	return func(c testing.TB) storage.Plans {
		c.Helper()
		var o opened
		select {
		case o = <-free:
			*o.f = faults{}
		default:
			o.f, o.db = e.connect(t, dsn(c), connections)
		}
		c.Cleanup(func() {
			ctx, cancel := context.WithTimeout(nowhere, time.Second)
			defer cancel()
			if !c.Failed() && o.db.PingContext(ctx) == nil { // a case may have closed it
				free <- o
			}
		})
		return failing{e.over(c, o.db, uuid.NewString()), o.f, o.db}
	}
}

func (e engine) over(t testing.TB, db *sql.DB, authority string) *sqlstore.Store {
	t.Helper()
	s, err := sqlstore.New(db, sqlstore.Options{Dialect: e.dialect, Authority: authority})
	require.NoError(t, err)
	return s
}

func keeps(t *testing.T, open storagetest.Open, lacks ...storagetest.Lack) {
	t.Run("plans", func(t *testing.T) { storagetest.Plans(t, open, lacks...) })
	t.Run("register", func(t *testing.T) { storagetest.Register(t, open, lacks...) })
	t.Run("outbox", func(t *testing.T) { storagetest.Outbox(t, open, lacks...) })
	t.Run("book", func(t *testing.T) { storagetest.Book(t, open, lacks...) })
	t.Run("payments", func(t *testing.T) { storagetest.Payments(t, open, lacks...) })
	t.Run("audit", func(t *testing.T) { storagetest.Audit(t, open, lacks...) })
	t.Run("alerts", func(t *testing.T) { storagetest.Alerts(t, open, lacks...) })
}

// sizes are the sizes of the pools with which the contract is tested.
var sizes = map[string]int{"pool": 8, "one connection": 1}

func TestSQLiteKeepsTheContract(t *testing.T) {
	t.Parallel()
	template := template(t)
	for name, connections := range sizes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			keeps(t, func(t testing.TB) storage.Plans {
				return sqliteEngine.open(t, sqlstore.SQLite.DSN(copied(t, template)), "lancashire", connections)
			})
		})
	}
}

// TestPostgreSQLKeepsTheContract has one database for each size of pool, in which every case
// has its own authority. It tests every role with a pool. With one connection it tests plans
// alone, because every role reads and writes through the same transaction.
func TestPostgreSQLKeepsTheContract(t *testing.T) {
	t.Parallel()
	for name, connections := range sizes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dsn := migrated(t, pgtest.DSN(t))
			open := postgresEngine.reopen(t, connections, func(testing.TB) string { return dsn })
			if connections == 1 {
				storagetest.Plans(t, open)
				return
			}
			keeps(t, open)
		})
	}
}

// TestPostgreSQLKeepsTheContractSerializable has PostgreSQL refuse every transaction that it
// cannot serialize with the others. Cases that run at the same time have separate tables,
// because what one case reads from a table may conflict with what another writes.
func TestPostgreSQLKeepsTheContractSerializable(t *testing.T) {
	t.Parallel()
	dsn := pgtest.DSN(t, pgtest.Set("default_transaction_isolation", "serializable"))
	keeps(t, postgresEngine.reopen(t, sizes["pool"], func(c testing.TB) string {
		return migrated(c, pgtest.Schema(c, dsn))
	}))
}

// migrated migrates a PostgreSQL database and returns its connection string.
func migrated(t testing.TB, dsn string) string {
	t.Helper()
	db, err := sql.Open("pgx", dsn)
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	require.NoError(t, migrate.Up(nowhere, db, sqlstore.Postgres))
	return dsn
}
