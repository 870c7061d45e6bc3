package pgtest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Standby starts a standby that streams from the cluster and has the cluster's
// settings. The name must consist of the letters a to z and _, and must be unique
// among the cluster's standbys.
func (c *Cluster) Standby(t testing.TB, name string) *Cluster {
	t.Helper()
	if name == "" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz_") != "" {
		t.Fatalf("pgtest: the name of a standby must consist of the letters a to z and _")
	}
	s := &Cluster{config: c.config, bin: c.bin, name: name}
	if err := s.settle(func() error { return s.copyOf(c) }); err != nil {
		t.Fatalf("pgtest: a standby: %v", err)
	}
	t.Cleanup(s.end)
	c.awaitStreaming(t, name)
	return s
}

// copyOf copies the files of a running cluster, and adds what a standby needs.
func (c *Cluster) copyOf(primary *Cluster) error {
	return c.run("pg_basebackup", "--pgdata="+c.data(), "--dbname="+string(primary.address()),
		"--checkpoint=fast", "--wal-method=stream", "--write-recovery-conf",
		"--create-slot", "--slot="+c.name, "--no-sync")
}

// Quorum makes every commit wait for any n of the standbys, and returns when n of
// them are streaming. If n is 0, commits wait for no standby. Call Quorum after the
// last Standby, because a standby copies the setting and keeps it when promoted.
func (c *Cluster) Quorum(t testing.TB, n int, standbys ...*Cluster) {
	t.Helper()
	var names []string
	for _, s := range standbys {
		names = append(names, s.name)
	}
	value := ""
	if n > 0 {
		value = "ANY " + strconv.Itoa(n) + " (" + strings.Join(names, ", ") + ")"
	}
	c.must(t, "ALTER SYSTEM SET synchronous_standby_names = '"+value+"'")
	c.must(t, "SELECT pg_reload_conf()")
	c.await(t, "SELECT current_setting('synchronous_standby_names') = $1", value)
	c.await(t, "SELECT count(*) >= $1 FROM pg_stat_replication WHERE sync_state = 'quorum'", n)
}

// Promote makes a standby a primary, and returns when it accepts writes.
func (c *Cluster) Promote(t testing.TB) {
	t.Helper()
	c.await(t, "SELECT pg_promote(true, $1)", int(patience.Seconds()))
	c.await(t, "SELECT NOT pg_is_in_recovery()")
}

// Follow makes a standby stream from another primary, and returns once it is
// streaming. The standby must not be ahead of that primary.
func (c *Cluster) Follow(t testing.TB, primary *Cluster) {
	t.Helper()
	primary.must(t, "SELECT pg_create_physical_replication_slot('"+c.name+"', true)")
	c.must(t, "ALTER SYSTEM SET primary_conninfo = '"+strings.ReplaceAll(string(primary.address()), "'", "''")+"'")
	c.must(t, "SELECT pg_reload_conf()")
	primary.awaitStreaming(t, c.name)
}

// awaitStreaming waits until the standby with that name is streaming.
func (c *Cluster) awaitStreaming(t testing.TB, name string) {
	t.Helper()
	c.await(t, "SELECT count(*) = 1 FROM pg_stat_replication WHERE application_name = $1 AND state = 'streaming'", name)
}

// Furthest returns the standby that has received the most of the primary's log.
func Furthest(t testing.TB, standbys ...*Cluster) *Cluster {
	t.Helper()
	var furthest *Cluster
	var most int64
	for _, s := range standbys {
		at, err := s.address().number("SELECT pg_wal_lsn_diff(coalesce(greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()), '0/0'), '0/0')::bigint")
		if err != nil {
			t.Fatalf("pgtest: %v", err)
		}
		if furthest == nil || at > most {
			furthest, most = s, at
		}
	}
	return furthest
}

// Kill ends the server and all its sessions by SIGKILL, and returns when they are
// gone. The files stay as they are, for Restart.
func (c *Cluster) Kill(t testing.TB) {
	t.Helper()
	if err := c.server.tell("KILL"); err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	if !c.server.ended(patience) {
		t.Fatalf("pgtest: the server has not ended after %v", patience)
	}
	if err := c.sweep(); err != nil {
		t.Fatalf("pgtest: %v", err)
	}
}

// Restart starts a killed server again, on the files that it left.
func (c *Cluster) Restart(t testing.TB) {
	t.Helper()
	if !c.server.ended(time.Second) {
		t.Fatalf("pgtest: the server is still running")
	}
	if err := c.server.tell("KEEP"); err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	c.server.end()
	if err := c.start(); err != nil {
		t.Fatalf("pgtest: %v", err)
	}
}

// sweep kills the processes that a killed server leaves behind, if the system has
// /proc. Otherwise they end by themselves when they finish their work.
func (c *Cluster) sweep() error {
	deadline := time.Now().Add(patience)
	for left := c.left(); len(left) > 0; left = c.left() {
		for _, pid := range left {
			if err := killed(pid); err != nil {
				return err
			}
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("%d sessions have not ended after %v", len(left), patience)
		}
		time.Sleep(time.Millisecond)
	}
	return nil
}

func killed(pid int) error {
	process, err := os.FindProcess(pid)
	if err == nil {
		err = process.Kill()
	}
	if errors.Is(err, os.ErrProcessDone) {
		return nil
	}
	return err
}

// left returns the server's processes. These are the processes that have the data
// folder as their working folder.
func (c *Cluster) left() (pids []int) {
	links, _ := filepath.Glob("/proc/[0-9]*/cwd")
	for _, link := range links {
		if at, err := os.Readlink(link); err == nil && at == c.data() {
			pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(link)))
			pids = append(pids, pid)
		}
	}
	return slices.Clip(pids)
}

// must executes a statement; an error fails the test.
func (c *Cluster) must(t testing.TB, statement string) {
	t.Helper()
	if err := c.address().exec(statement); err != nil {
		t.Fatalf("pgtest: %v", err)
	}
}

// await repeats a query until its result is true or the time limit is reached (see
// patience).
func (c *Cluster) await(t testing.TB, query string, arguments ...any) {
	t.Helper()
	deadline := time.Now().Add(patience)
	for {
		is, err := c.address().holds(query, arguments...)
		if is {
			return
		}
		if err != nil || time.Now().After(deadline) {
			t.Fatalf("pgtest: the condition did not become true: %s: %v", query, err)
		}
		if c.server.ended(10 * time.Millisecond) {
			t.Fatalf("pgtest: the server ended\n%s", c.log())
		}
	}
}
