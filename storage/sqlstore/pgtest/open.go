package pgtest

import (
	"crypto/rand"
	"database/sql"
	"os"
	"strings"
	"sync"
	"testing"
)

// Server is the environment variable with the connection string of a server
// to use, as a URL or as words such as host=db; unset for a cluster of our own.
const Server = "PEP_TEST_POSTGRES"

// Option says how a database is opened; see [Set] and [Durable].
type Option func(*choice)

type choice struct {
	durable  bool
	settings []setting
}

// Set gives every session of the database a setting from its start, such as
// default_transaction_isolation, serializable.
func Set(name, value string) Option {
	return func(c *choice) { c.settings = append(c.settings, setting{name, value}) }
}

// Durable takes the shared cluster that waits for the disk at each commit, as
// in production. A server of PEP_TEST_POSTGRES stays as it is.
func Durable() Option { return func(c *choice) { c.durable = true } }

// Open opens a new, empty database, through pgx, with no bound on its pool. It
// is closed and dropped at the end of the test.
func Open(t testing.TB, options ...Option) *sql.DB {
	t.Helper()
	return opened(t, DSN(t, options...))
}

// DSN returns the connection string of a new, empty database, which is dropped
// at the end of the test. It may have a password in it: do not print it.
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

// Schema makes an empty schema in a database of DSN and returns the connection
// string of sessions that begin in it. It is dropped with its database, and is
// made in a fraction of the time: use it where tables are all that tests must
// not share.
func Schema(t testing.TB, dsn string) string {
	t.Helper()
	name := "s" + strings.ToLower(rand.Text())
	if err := address(dsn).exec("CREATE SCHEMA " + name); err != nil {
		t.Fatalf("pgtest: a new schema: %v", err)
	}
	return address(dsn).of("", setting{"search_path", name})
}

// fresh makes a database, and has the end of the test drop it.
func fresh(t testing.TB, at address, settings []setting) string {
	t.Helper()
	name, err := at.create()
	if err != nil {
		t.Fatalf("pgtest: a new database: %v", err)
	}
	t.Cleanup(func() {
		if err := at.drop(name); err != nil {
			t.Errorf("pgtest: the database %s is left: %v", name, err)
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

// server returns the server of the environment, or the shared cluster.
func server(durable bool) (address, error) {
	if dsn := os.Getenv(Server); dsn != "" {
		return address(dsn), nil
	}
	if durable {
		return clusters.durable.address(Config{Durable: true})
	}
	return clusters.fast.address(Config{})
}

// clusters are those that the tests of this binary share, each from its first
// use to the end of the binary: there is no other place that sees both.
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
