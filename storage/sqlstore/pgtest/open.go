package pgtest

import (
	"crypto/rand"
	"database/sql"
	"os"
	"strings"
	"sync"
	"testing"
)

// Server is the environment variable that holds the connection string of the server
// to use, as a URL or as words such as host=db. If it is not set, this package
// starts a cluster.
const Server = "PEP_TEST_POSTGRES"

// Option says how a database is opened; see [Set] and [Durable].
type Option func(*choice)

type choice struct {
	durable  bool
	settings []setting
}

// Set gives every session of the database a setting from its start, for example
// Set("default_transaction_isolation", "serializable").
func Set(name, value string) Option {
	return func(c *choice) { c.settings = append(c.settings, setting{name, value}) }
}

// Durable chooses a shared cluster that waits for the disk at each commit, as in
// production. It does not change a server that PEP_TEST_POSTGRES names.
func Durable() Option { return func(c *choice) { c.durable = true } }

// Open opens a new, empty database through pgx, with no limit on its connections.
// The database is closed and dropped at the end of the test.
func Open(t testing.TB, options ...Option) *sql.DB {
	t.Helper()
	return opened(t, DSN(t, options...))
}

// DSN returns the connection string of a new, empty database, which is dropped at
// the end of the test. The string may contain a password: do not print it.
func DSN(t testing.TB, options ...Option) string {
	t.Helper()
	var c choice
	for _, o := range options {
		o(&c)
	}
	at, err := server(c.durable)
	able(t, err)
	return fresh(t, at, c.settings)
}

// Schema creates an empty schema in a database that DSN returned, and returns a
// connection string whose sessions begin in that schema. The schema is dropped with
// its database. Creating a schema is much faster than creating a database; use one
// if tests may share everything except tables.
func Schema(t testing.TB, dsn string) string {
	t.Helper()
	name := "s" + strings.ToLower(rand.Text())
	if err := address(dsn).exec("CREATE SCHEMA " + name); err != nil {
		t.Fatalf("pgtest: a new schema: %v", err)
	}
	return address(dsn).of("", setting{"search_path", name})
}

// fresh creates a database, which is dropped at the end of the test.
func fresh(t testing.TB, at address, settings []setting) string {
	t.Helper()
	name, err := at.create()
	if err != nil {
		t.Fatalf("pgtest: a new database: %v", err)
	}
	t.Cleanup(func() {
		if err := at.drop(name); err != nil {
			t.Errorf("pgtest: the database %s was not dropped: %v", name, err)
		}
	})
	return at.of(name, settings...)
}

func opened(t testing.TB, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatalf("pgtest: %v", plain(err))
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// server returns the server that the environment names, or a shared cluster.
func server(durable bool) (address, error) {
	if dsn := os.Getenv(Server); dsn != "" {
		return address(dsn), nil
	}
	if durable {
		return clusters.durable.address(Config{Durable: true})
	}
	return clusters.fast.address(Config{})
}

// clusters holds the clusters that the tests of this binary share. Each lives from
// its first use until the binary ends, so they must be in a package variable.
var clusters struct{ fast, durable shared }

type shared struct {
	once    sync.Once
	cluster *Cluster
	err     error
}

func (s *shared) address(c Config) (address, error) {
	s.once.Do(func() { s.cluster, s.err = launch(c) })
	if s.err != nil {
		return "", s.err
	}
	return s.cluster.address(), nil
}
