package sqlstore_test

import (
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/storage/sqlstore/migrate"
	"virtualschool.example/storage/sqlstore/pgtest"
)

var (
	failover = flag.Bool("failover", false, "run TestFailOver")
	rounds   = flag.Int("rounds", 3, "how many primaries TestFailOver kills")
	under    = flag.Int("load", 2000, "how many commands are acknowledged before TestFailOver kills a primary")
)

// workers is the number of workers that give commands at the same time.
const workers = 8

// TestAServerKilledUnderLoadKeepsWhatItHadAcknowledged kills a server and starts it again,
// twice. The store recovers by itself.
func TestAServerKilledUnderLoadKeepsWhatItHadAcknowledged(t *testing.T) {
	t.Parallel()
	c := pgtest.Start(t, pgtest.Config{Durable: true})
	db := pool(t, c)
	require.NoError(t, migrate.Up(nowhere, db, sqlstore.Postgres))
	l := newLoad(t, db, workers)
	for range 2 {
		l.more(150)
		c.Kill(t)
		c.Restart(t)
	}
	l.more(150)
	came := l.reckon()
	t.Log(came)
	requireWhole(t, came)
}

// requireWhole requires that no acknowledged command was lost, that no command was done
// twice, and that every command that the store reported as failed was indeed not done.
func requireWhole(t *testing.T, c reckoning) {
	t.Helper()
	require.Zero(t, c.Lost, "acknowledged, but lost")
	require.Zero(t, c.Twice, "done twice")
	require.Zero(t, c.Belied, "reported as failed, but done")
	require.NotZero(t, c.Done+c.Undone+c.Failed, "no command was interrupted")
}

// pool opens a cluster's database named postgres, which its standbys have too.
func pool(t *testing.T, c *pgtest.Cluster) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", c.DSN("postgres"))
	require.NoError(t, err)
	t.Cleanup(func() { _ = db.Close() })
	db.SetMaxOpenConns(workers)
	db.SetMaxIdleConns(workers)
	return db
}

// TestACommandGivenAgainWaitsForTheStandbys cuts off a commit that waits for a standby, so
// that the commit is only on the server. If the command is given again, the store does not
// report it as done until the standby has that commit.
func TestACommandGivenAgainWaitsForTheStandbys(t *testing.T) {
	t.Parallel()
	c := pgtest.Start(t, pgtest.Config{})
	standby := c.Standby(t, "one")
	c.Quorum(t, 1, standby)
	db, watch := pool(t, c), pool(t, c)
	require.NoError(t, migrate.Up(nowhere, db, sqlstore.Postgres))
	s, p := postgresEngine.over(t, db, "lancashire"), started(t, newChild(), "2026-05-20")
	command := func() error {
		return s.Update(nowhere, func(tx storage.Tx) error {
			if _, done, err := tx.Once(nowhere, "key", pep.Digest{1}, lately); done || err != nil {
				return err
			}
			return errors.Join(tx.Save(nowhere, p), tx.Record(nowhere, "key", storage.Outcome{Plan: p.ID()}))
		})
	}
	standby.Kill(t)
	for range 2 {
		came := make(chan error, 1)
		go func() { came <- command() }()
		cutOff(t, watch, 1)
		requirePlain(t, <-came, storage.ErrOutcomeUnknown)
		require.NoError(t, read(s, p.ID()), "the plan is on the server")
	}
	standby.Restart(t)
	require.NoError(t, command())
}

// awaitWaiting waits until at least n commits are waiting for standbys.
func awaitWaiting(t *testing.T, db *sql.DB, n int) {
	t.Helper()
	require.Eventually(t, func() bool {
		waits := 0
		err := db.QueryRow("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'").Scan(&waits)
		return err == nil && waits >= n
	}, time.Minute, time.Millisecond)
}

// cutOff waits until at least n commits are waiting for standbys, and then ends their
// sessions. A network failure, or a store that stops waiting, would do the same.
func cutOff(t *testing.T, db *sql.DB, n int) {
	t.Helper()
	awaitWaiting(t, db, n)
	_, err := db.Exec("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
	require.NoError(t, err)
}

// TestFailOver kills a primary under load, lets the standby that is furthest ahead take its
// place, and counts what became of all commands. It runs only with its flag:
//
//	go test ./storage/sqlstore -run FailOver -v -timeout 0 -failover -rounds 3 -load 2000
//
// For the last two rows of its table, the standbys are cut off before the primary dies.
// With a quorum, the commits then wait until they are cut off too, and are not
// acknowledged; without a quorum, acknowledged work is lost.
func TestFailOver(t *testing.T) {
	if !*failover {
		t.Skip("it takes minutes: -failover runs it")
	}
	var table table
	n := newNodes(t, 1)
	for round := range *rounds {
		n.load.more(*under)
		n.primary.Kill(t)
		n.replace()
		n.load.more(*under / 10)
		table.row(fmt.Sprintf("kill %d", round+1), n.load.longest())
	}
	whole := n.load.reckon()
	table.total("quorum of 1 of 2", whole)
	cut := isolated(t, 1)
	table.total("quorum, standbys cut off", cut)
	weak := isolated(t, 0)
	table.total("no quorum, standbys cut off", weak)
	t.Logf("\n%s\nfail-over of %d primaries: %s", &table, *rounds, whole)
	requireWhole(t, whole)
	requireWhole(t, cut)
	require.NotZero(t, weak.Lost, "without standbys to wait for, work must be lost, or the count does not see it")
}

// isolated kills a primary whose standbys were cut off from it.
func isolated(t *testing.T, quorum int) reckoning {
	n := newNodes(t, quorum)
	n.load.more(100)
	for _, s := range n.standbys {
		s.Kill(t)
	}
	if quorum == 0 {
		n.load.more(100)
	} else {
		watch := pool(t, n.primary)
		cutOff(t, watch, workers)
		awaitWaiting(t, watch, workers)
	}
	n.primary.Kill(t)
	for _, s := range n.standbys {
		s.Restart(t)
	}
	n.replace()
	n.load.more(100)
	return n.load.reckon()
}

// nodes are a primary and two standbys, and the load on them.
type nodes struct {
	t        *testing.T
	quorum   int // the number of standbys that a commit waits for
	primary  *pgtest.Cluster
	standbys []*pgtest.Cluster
	made     int
	db       *sql.DB
	load     *load
}

func newNodes(t *testing.T, quorum int) *nodes {
	t.Helper()
	n := &nodes{t: t, quorum: quorum, primary: pgtest.Start(t, pgtest.Config{Durable: true})}
	n.db = pool(t, n.primary)
	require.NoError(t, migrate.Up(nowhere, n.db, sqlstore.Postgres))
	n.stand()
	n.stand()
	n.primary.Quorum(t, quorum, n.standbys...)
	n.load = newLoad(t, n.db, workers)
	return n
}

// stand makes a new standby of the primary.
func (n *nodes) stand() {
	n.standbys = append(n.standbys, n.primary.Standby(n.t, "node_"+string(rune('a'+n.made))))
	n.made++
}

// replace promotes the standby that is furthest ahead, and lets the other standby follow the
// new primary. Then the workers use the new primary, and a new standby is made under load.
func (n *nodes) replace() {
	next := pgtest.Furthest(n.t, n.standbys...)
	other := n.standbys[0]
	if other == next {
		other = n.standbys[1]
	}
	next.Promote(n.t)
	other.Follow(n.t, next)
	n.primary, n.standbys = next, []*pgtest.Cluster{other}
	next.Quorum(n.t, n.quorum, other)
	n.db = pool(n.t, next)
	n.load.on(n.db)
	n.stand()
	next.Quorum(n.t, n.quorum, n.standbys...)
}

// table is the table that the test prints at the end.
type table struct{ rows []string }

func (t *table) row(what string, gap time.Duration) {
	t.rows = append(t.rows, fmt.Sprintf("%s\t\t\t\t\t\t%d ms", what, gap.Milliseconds()))
}

func (t *table) total(what string, c reckoning) {
	t.rows = append(t.rows, fmt.Sprintf("%s\t%d\t%d\t%d\t%d done, %d not\t%d\t", what, c.Acknowledged, c.Lost, c.Twice, c.Done, c.Undone, c.Failed))
}

func (t *table) String() string {
	var out strings.Builder
	w := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(w, "\tacknowledged\tlost\ttwice\tunknown\tfailed\tgap")
	for _, row := range t.rows {
		_, _ = fmt.Fprintln(w, row)
	}
	_ = w.Flush()
	return out.String()
}
