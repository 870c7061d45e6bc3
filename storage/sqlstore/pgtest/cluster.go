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

// Cluster is a server of one test's own, on a Unix socket in its folder. Its
// methods fail the test for every error.
type Cluster struct {
	config  Config
	name    string // as a standby; "" for one that was started
	bin     string
	folder  string // of the data, the socket and the log
	account *account
	server  *supervisor
}

// Config says how a cluster is started. The zero Config does not wait for the
// disk.
type Config struct {
	Durable  bool              // every commit waits for the disk
	Settings map[string]string // as in postgresql.conf
}

// Start starts a new cluster, which ends with the test. Without binaries it
// skips the test, with PEP_TEST_POSTGRES too.
func Start(t testing.TB, c Config) *Cluster {
	t.Helper()
	started, err := launch(c)
	able(t, err)
	t.Cleanup(started.end)
	return started
}

// Open opens a new, empty database of the cluster. It goes with the cluster.
func (c *Cluster) Open(t testing.TB, options ...Option) *sql.DB {
	t.Helper()
	name, err := c.address().create()
	if err != nil {
		t.Fatalf("pgtest: a new database: %v", err)
	}
	return opened(t, c.DSN(name, options...))
}

// DSN returns the connection string of a database of the cluster: "postgres"
// is always there. [Durable] does nothing here.
func (c *Cluster) DSN(database string, options ...Option) string {
	var chosen choice
	for _, o := range options {
		o(&chosen)
	}
	return c.address().of(database, chosen.settings...)
}

// address is that of the database postgres.
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

// settle makes the folder, has it filled, and starts the server in it.
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

// room makes the folder. It is in /tmp where another account must reach it, or
// the path is too long for a socket or has what a setting would need quoted.
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

// initialise makes the files of a new cluster, of the locale C where the
// system has no C.UTF-8.
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

// start starts the server on the files that are there, and waits for it.
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

// settings are those of the command line; the later of two holds.
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

// ready waits until the server takes a connection, or has ended.
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
			return fmt.Errorf("the server is not there after %v: %w\n%s", patience, err, c.log())
		}
	}
}

// log returns the end of what the server has written.
func (c *Cluster) log() string {
	written, _ := os.ReadFile(filepath.Join(c.folder, "log"))
	return tail(written)
}

// end ends the server and removes the folder.
func (c *Cluster) end() {
	if c.server != nil {
		c.server.end()
	}
}
