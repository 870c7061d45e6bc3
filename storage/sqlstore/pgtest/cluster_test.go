package pgtest

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// eventually repeats a check until it returns true or the time limit is reached (see
// patience).
func eventually(t *testing.T, what string, so func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !so(); time.Sleep(10 * time.Millisecond) {
		require.True(t, time.Now().Before(deadline), what)
	}
}

// wait repeats a query until its result is true.
func wait(t *testing.T, db *sql.DB, query string, arguments ...any) {
	t.Helper()
	eventually(t, query, func() (is bool) {
		require.NoError(t, db.QueryRow(query, arguments...).Scan(&is))
		return is
	})
}

func execute(t *testing.T, db *sql.DB, statement string) {
	t.Helper()
	_, err := db.Exec(statement)
	require.NoError(t, err)
}

// rows counts the rows of the table that the tests below write.
func rows(t *testing.T, db *sql.DB) (n int) {
	t.Helper()
	require.NoError(t, db.QueryRow("SELECT count(*) FROM plan").Scan(&n))
	return n
}

func gone(path string) bool {
	_, err := os.Stat(path)
	return os.IsNotExist(err)
}

func TestAServerIsNotRunByRoot(t *testing.T) {
	t.Parallel()
	a, err := servant()
	require.NoError(t, err)
	require.Equal(t, os.Geteuid() == 0, a != nil)
	Start(t, Config{}).await(t, "SELECT true")
}

func TestAClusterGoesWithItsTest(t *testing.T) {
	t.Parallel()
	var c *Cluster
	t.Run("leaves a session behind", func(t *testing.T) {
		c = Start(t, Config{Settings: map[string]string{"work_mem": "7MB", "max_connections": "20"}})
		c.await(t, "SELECT current_setting('work_mem') = '7MB' AND current_setting('max_connections') = '20'")
		db, err := sql.Open("pgx", c.DSN("postgres"))
		require.NoError(t, err)
		require.NoError(t, db.Ping())
		require.NotEmpty(t, c.left())
	})
	require.True(t, gone(c.folder))
	require.Empty(t, c.left())
}

func TestAServerThatDoesNotStartSaysWhy(t *testing.T) {
	t.Parallel()
	r := record(t, func(t testing.TB) { Start(t, Config{Settings: map[string]string{"max_connections": "many"}}) })
	require.Equal(t, "failed", r.ended)
	require.Contains(t, r.said, "max_connections")
	require.Contains(t, r.said, "the server ended")
}

// TestAServerEndsWithTheTestBinary runs this binary again, as a process that holds a
// cluster, its standby and the shared cluster, and ends that process in each of two
// ways.
func TestAServerEndsWithTheTestBinary(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		end  func(*os.Process) error
	}{
		{"killed", func(p *os.Process) error { return p.Kill() }},
		{"interrupted", func(p *os.Process) error { return p.Signal(os.Interrupt) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			holder, held := hold(t)
			for _, h := range held {
				require.NotEmpty(t, h.left())
			}
			require.NoError(t, c.end(holder.Process))
			require.Error(t, holder.Wait())
			for _, h := range held {
				eventually(t, "the server ends", func() bool { return len(h.left()) == 0 })
				eventually(t, "its folder goes", func() bool { return gone(h.folder) })
			}
		})
	}
}

const holding = "PGTEST_HOLD"

// hold runs TestHold in another process, and returns the clusters that it holds.
func hold(t *testing.T) (holder *exec.Cmd, held []*Cluster) {
	holder = exec.Command(os.Args[0], "-test.run=^TestHold$", "-test.v")
	holder.Env = append(os.Environ(), holding+"=1")
	open, err := holder.StdinPipe()
	require.NoError(t, err)
	t.Cleanup(func() { _ = open.Close() })
	out, err := holder.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, holder.Start())
	lines := bufio.NewScanner(out)
	for len(held) < 3 && lines.Scan() {
		if folder := ""; mentions(lines.Text(), &folder) {
			held = append(held, &Cluster{folder: folder})
		}
	}
	require.Len(t, held, 3)
	return holder, held
}

func mentions(line string, folder *string) bool {
	_, err := fmt.Sscanf(line, "holds %s", folder)
	return err == nil
}

// TestHold is not a test. TestAServerEndsWithTheTestBinary runs it.
func TestHold(t *testing.T) {
	if os.Getenv(holding) == "" {
		return
	}
	t.Setenv(Server, "")
	c := Start(t, Config{})
	DSN(t)
	for _, held := range []*Cluster{c, c.Standby(t, "one"), clusters.fast.cluster} {
		fmt.Printf("\nholds %s\n", held.folder)
	}
	_, _ = os.Stdin.Read(make([]byte, 1))
}

// TestAKilledServerIsGoneAndKeepsWhatItHadAcknowledged kills a server while it is
// working, because a busy session does not notice that its server has gone.
func TestAKilledServerIsGoneAndKeepsWhatItHadAcknowledged(t *testing.T) {
	t.Parallel()
	c := Start(t, Config{Durable: true})
	db := c.Open(t)
	execute(t, db, "CREATE TABLE plan (id int)")
	execute(t, db, "INSERT INTO plan VALUES (1)")
	busy := make(chan error)
	go func() {
		_, err := db.Exec("SELECT count(*) /* busy */ FROM (SELECT generate_series(1, 1000000000000)) s")
		busy <- err
	}()
	wait(t, db, "SELECT count(*) = 1 FROM pg_stat_activity WHERE query LIKE '%/* busy */%' AND state = 'active' AND pid <> pg_backend_pid()")
	c.Kill(t)
	require.Empty(t, c.left())
	require.Error(t, <-busy)
	require.Error(t, db.Ping())
	c.Restart(t)
	require.Equal(t, 1, rows(t, db))
	require.False(t, gone(c.folder))
}

func TestOnlyAServerThatHasEndedIsRestarted(t *testing.T) {
	t.Parallel()
	c := Start(t, Config{})
	r := record(t, func(t testing.TB) { c.Restart(t) })
	require.Equal(t, "failed", r.ended)
	c.await(t, "SELECT true")
}

func TestAStandbyReadsWhatThePrimaryWrites(t *testing.T) {
	t.Parallel()
	c := Start(t, Config{Settings: map[string]string{"synchronous_commit": "remote_apply"}})
	one, other := c.Standby(t, "one"), c.Standby(t, "other")
	c.Quorum(t, 2, one, other)
	execute(t, database(t, c), "CREATE TABLE plan (id int)")
	replica := database(t, other)
	require.Zero(t, rows(t, replica))
	_, err := replica.Exec("INSERT INTO plan VALUES (1)")
	require.ErrorContains(t, err, "25006")
	r := record(t, func(t testing.TB) { c.Standby(t, "No, one") })
	require.Equal(t, "failed", r.ended)
}

// database opens a cluster's database named postgres, which its standbys have too.
func database(t *testing.T, c *Cluster) *sql.DB {
	t.Helper()
	return opened(t, c.DSN("postgres"))
}

// TestACommitWaitsForAQuorum kills one of two standbys, and requires that a commit is
// not delayed. It then kills the other, and requires that a commit waits.
func TestACommitWaitsForAQuorum(t *testing.T) {
	t.Parallel()
	c := Start(t, Config{})
	one, other := c.Standby(t, "one"), c.Standby(t, "other")
	c.Quorum(t, 1, one, other)
	db := database(t, c)
	execute(t, db, "CREATE TABLE plan (id int)")
	one.Kill(t)
	execute(t, db, "INSERT INTO plan VALUES (1)")
	other.Kill(t)
	done := make(chan error)
	go func() {
		_, err := db.ExecContext(context.Background(), "INSERT INTO plan VALUES (2)")
		done <- err
	}()
	wait(t, db, "SELECT count(*) = 1 FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
	require.Equal(t, 1, rows(t, db))
	c.Quorum(t, 0)
	require.NoError(t, <-done)
	require.Equal(t, 2, rows(t, db))
}

func TestAPromotedStandbyHasWhatWasAcknowledgedAndTakesWrites(t *testing.T) {
	t.Parallel()
	c := Start(t, Config{})
	s := c.Standby(t, "one")
	c.Quorum(t, 1, s)
	db := database(t, c)
	execute(t, db, "CREATE TABLE plan (id int)")
	execute(t, db, "INSERT INTO plan VALUES (1)")
	c.Kill(t)
	s.Promote(t)
	promoted := database(t, s)
	require.Equal(t, 1, rows(t, promoted))
	execute(t, promoted, "INSERT INTO plan VALUES (2)")
	require.Equal(t, 2, rows(t, promoted))
	require.True(t, gone(filepath.Join(s.data(), "standby.signal")))
}

func TestTheFurthestStandbyIsFollowedByTheOther(t *testing.T) {
	t.Parallel()
	c := Start(t, Config{})
	one, other := c.Standby(t, "one"), c.Standby(t, "other")
	c.Quorum(t, 2, one, other)
	db := database(t, c)
	execute(t, db, "CREATE TABLE plan (id int)")
	other.Kill(t)
	c.Quorum(t, 1, one)
	execute(t, db, "INSERT INTO plan VALUES (1)")
	c.Kill(t)
	other.Restart(t)
	require.Same(t, one, Furthest(t, other, one))
	require.Same(t, one, Furthest(t, one, other))
	one.Promote(t)
	other.Follow(t, one)
	one.Quorum(t, 1, other)
	execute(t, database(t, one), "INSERT INTO plan VALUES (2)")
	wait(t, database(t, other), "SELECT count(*) = 2 FROM plan")
}
