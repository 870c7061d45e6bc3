package pgtest

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Cluster is a PostgreSQL server for one test, on a Unix socket in the cluster's
// folder. Its methods fail the test on any error.
type Cluster struct {
	config  Config
	name    string // the name of a standby, "" for a cluster that Start made
	bin     string
	folder  string // the folder of the data, the socket and the log
	account *account
	server  *supervisor
}

// Config says how a cluster is started. With the zero Config commits do not wait
// for the disk.
type Config struct {
	Durable  bool              // whether every commit waits for the disk
	Settings map[string]string // as in postgresql.conf
}

// Start starts a new cluster, which ends with the test. If the binaries are missing
// it skips the test, even if PEP_TEST_POSTGRES is set; it fails the test instead if
// PEP_TEST_REQUIRE requires postgres.
func Start(t testing.TB, c Config) *Cluster {
	t.Helper()
	started, err := launch(c)
	able(t, err)
	t.Cleanup(started.end)
	return started
}

// Open opens a new, empty database of the cluster, which is removed with the
// cluster.
func (c *Cluster) Open(t testing.TB, options ...Option) *sql.DB {
	t.Helper()
	name, err := c.address().create()
	if err != nil {
		t.Fatalf("pgtest: a new database: %v", err)
	}
	return opened(t, c.DSN(name, options...))
}

// DSN returns the connection string of a database of the cluster. The database
// "postgres" always exists. The option [Durable] has no effect here.
func (c *Cluster) DSN(database string, options ...Option) string {
	var chosen choice
	for _, o := range options {
		o(&chosen)
	}
	return c.address().of(database, chosen.settings...)
}

// address returns the address of the database postgres.
func (c *Cluster) address() address {
	return address(word("host", c.folder) + " port=5432 user=postgres dbname=postgres sslmode=disable")
}

// launch makes a cluster and starts it.
func launch(config Config) (*Cluster, error) {
	bin, err := find(folders())
	if err != nil {
		return nil, err
	}
	c := &Cluster{config: config, bin: bin}
	return c, c.settle(c.initialise)
}

// settle makes the folder, calls fill to fill it, and starts the server in it.
func (c *Cluster) settle(fill func() error) error {
	if err := c.room(); err != nil {
		return err
	}
	err := fill()
	if err == nil {
		err = c.start()
	}
	if err != nil {
		c.end()
		return errors.Join(err, os.RemoveAll(c.folder))
	}
	return nil
}

// room makes the folder. It uses /tmp if another account must reach the folder, or
// if the usual path is too long for a socket or would need quoting in a setting.
func (c *Cluster) room() (err error) {
	if c.account, err = servant(); err != nil {
		return err
	}
	in, err := filepath.EvalSymlinks(os.TempDir())
	if err != nil || c.account != nil || len(in) > 70 || strings.ContainsAny(in, `,"' \`) {
		in = "/tmp"
	}
	if c.folder, err = os.MkdirTemp(in, "pgtest-"); err != nil {
		return err
	}
	return c.account.take(c.folder)
}

// initialise makes the files of a new cluster. It uses the locale C if the system
// does not have C.UTF-8.
func (c *Cluster) initialise() error {
	with := func(locale string) error {
		return c.run("initdb", "--pgdata="+c.data(), "--no-sync", "--auth=trust",
			"--username=postgres", "--encoding=UTF8", "--locale="+locale)
	}
	err := with("C.UTF-8")
	if err != nil && with("C") == nil {
		return nil
	}
	return err
}

func (c *Cluster) data() string { return filepath.Join(c.folder, "data") }

// start starts the server on the files in the folder, and waits until it is ready.
func (c *Cluster) start() (err error) {
	arguments := []string{c.folder, filepath.Join(c.bin, "postgres"), "-D", c.data()}
	for _, s := range c.settings() {
		arguments = append(arguments, "-c", s.name+"="+s.value)
	}
	if c.server, err = supervise(c.folder, c.account, arguments); err != nil {
		return err
	}
	return c.ready()
}

// settings returns the settings for the command line. If a name appears twice, the
// later setting applies.
func (c *Cluster) settings() []setting {
	all := []setting{
		{"listen_addresses", ""},
		{"unix_socket_directories", c.folder},
		{"unix_socket_permissions", "0700"},
		{"port", "5432"},
		{"max_connections", "200"},
		{"cluster_name", c.name},
	}
	if !c.config.Durable {
		all = append(all, setting{"fsync", "off"}, setting{"full_page_writes", "off"})
	}
	for name, value := range c.config.Settings {
		all = append(all, setting{name, value})
	}
	return all
}

// ready waits until the server accepts a connection. It returns an error if the
// server ends or takes too long.
func (c *Cluster) ready() error {
	deadline := time.Now().Add(patience)
	for {
		is, err := c.address().holds("SELECT true")
		switch {
		case is:
			return nil
		case c.server.ended(20 * time.Millisecond):
			return fmt.Errorf("the server ended\n%s", c.log())
		case time.Now().After(deadline):
			return fmt.Errorf("the server did not accept a connection within %v: %w\n%s", patience, err, c.log())
		}
	}
}

// log returns the last lines of the server's log.
func (c *Cluster) log() string {
	written, _ := os.ReadFile(filepath.Join(c.folder, "log"))
	return tail(written)
}

// end ends the server, whose supervisor then removes the folder.
func (c *Cluster) end() {
	if c.server != nil {
		c.server.end()
	}
}
