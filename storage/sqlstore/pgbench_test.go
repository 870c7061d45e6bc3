package sqlstore_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/storage/sqlstore/internal/statement"
	"virtualschool.example/storage/sqlstore/migrate"
	"virtualschool.example/storage/sqlstore/pgtest"
	"virtualschool.example/term/civil"
)

// BenchmarkStepOnPostgreSQL has a number of clients load plans, write a section of each and
// save them. It compares this with the same statements, prepared by hand and run through the
// same driver without decoding or deciding, and with pgbench if that is in the PATH or
// PEP_PGBENCH names it. It reports steps per second on a server that waits for its disk at
// each commit, and on one that does not.
func BenchmarkStepOnPostgreSQL(b *testing.B) {
	for _, server := range []struct {
		name    string
		options []pgtest.Option
	}{{"durable", []pgtest.Option{pgtest.Durable()}}, {"no wait for the disk", nil}} {
		for _, clients := range []int{1, 8} {
			b.Run(fmt.Sprintf("%s/%d clients", server.name, clients), func(b *testing.B) {
				benchClients(b, clients, server.options)
			})
		}
	}
}

// turn is the number of steps that each client takes in one way before the next way has its
// turn, so that other load on the machine affects all ways.
const turn = 200

func benchClients(b *testing.B, clients int, options []pgtest.Option) {
	runs := newContest(b, clients, options...).runs()
	for _, run := range runs {
		run() // prepares the statements
	}
	took := make([]time.Duration, len(runs))
	for b.Loop() {
		for r, run := range runs {
			took[r] += run()
		}
	}
	steps := float64(turn * clients * b.N)
	b.ReportMetric(steps/took[0].Seconds(), "ours/s")
	b.ReportMetric(took[1].Seconds()/took[0].Seconds(), "of-floor")
	if len(took) > 2 {
		b.ReportMetric(steps/took[2].Seconds(), "pgbench/s")
		b.ReportMetric(took[2].Seconds()/took[0].Seconds(), "of-pgbench")
		b.ReportMetric(took[2].Seconds()/took[1].Seconds(), "floor-of-pgbench")
	}
}

// TestEveryTurnOfTheContestTakesItsSteps runs the benchmark's own SQL, which must be kept in
// step with the schema and with the store's statements.
func TestEveryTurnOfTheContestTakesItsSteps(t *testing.T) {
	t.Parallel()
	for _, run := range newContest(t, 1).runs() {
		run()
	}
}

// pgbench returns the path of the program, or "" if it is not installed.
func pgbench() string {
	if path := os.Getenv("PEP_PGBENCH"); path != "" {
		return path
	}
	path, _ := exec.LookPath("pgbench")
	return path
}

// contest holds the plans of each client, and the statements that write them.
type contest struct {
	t          testing.TB
	dsn        string
	db         *sql.DB
	s          *sqlstore.Store
	clients    int
	lock, save statement.Statement
	prepared   [2]*sql.Stmt
	taken      [8]int64 // the number of steps that each client has taken by hand

	answer                        pep.Answer
	state                         pep.Snapshot
	outline, body, event, answers string
	bodySum, eventSum, answersSum int64
}

func newContest(t testing.TB, clients int, options ...pgtest.Option) *contest {
	dsn := pgtest.DSN(t, options...)
	db, err := sql.Open("pgx", dsn)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	db.SetMaxIdleConns(clients)
	require.NoError(t, migrate.Up(nowhere, db, sqlstore.Postgres))
	s := postgresEngine.over(t, db, "lancashire")
	set, err := statement.Load(statement.Postgres)
	require.NoError(t, err)
	c := &contest{t: t, dsn: dsn, db: db, s: s, clients: clients, lock: set[statement.LockPlanFirst], save: set[statement.SaveStep]}
	ctx := context.Background()
	require.NoError(t, s.Update(ctx, func(tx storage.Tx) error {
		for n := range 3 * clients * perClient {
			p := pep.New(pep.ID{UUID: numbered(n)})
			start := pep.StartInitial{Meeting: civil.MustParse("2026-05-20")}
			if err := p.Do(act(newChild(), pep.SocialWorker), start); err != nil {
				return err
			}
			if err := tx.Save(ctx, p); err != nil {
				return err
			}
		}
		return nil
	}))
	_, err = db.Exec("ANALYZE")
	require.NoError(t, err)
	c.copied(pep.ID{UUID: numbered(0)})
	for i, text := range []string{c.lock.SQL, c.save.SQL} {
		c.prepared[i], err = db.Prepare(text)
		require.NoError(t, err)
		t.Cleanup(func() { _ = c.prepared[i].Close() })
	}
	return c
}

// runs returns functions that each take one turn: with the store, with the statements run by
// hand and, if it is installed, with pgbench.
func (c *contest) runs() []func() time.Duration {
	runs := []func() time.Duration{
		func() time.Duration { return c.all(c.ours) },
		func() time.Duration { return c.all(c.byHand) },
	}
	if bin := pgbench(); bin != "" {
		script := c.script()
		runs = append(runs, func() time.Duration { return c.pgbench(bin, script) })
	}
	return runs
}

// copied has the store take a step, and keeps the rows that the store wrote. The ways that
// take the step without the store write copies of these rows. They do not compute new
// checksums, because nobody reads their rows through the store.
func (c *contest) copied(id pep.ID) {
	c.answer = section(loaded(c.t, c.s, id))
	require.NoError(c.t, c.ours(0, 0))
	c.state = loaded(c.t, c.s, id).Snapshot()
	row := c.db.QueryRow(`SELECT p.outline, p.body, p.checksum, e.body, e.checksum, a.answers, a.checksum FROM pep_plan p
		JOIN pep_event e ON e.plan = p.id AND e.version = p.version JOIN pep_answers a ON a.plan = p.id AND a.section = 3 WHERE p.id = $1`, id.UUID)
	require.NoError(c.t, row.Scan(&c.outline, &c.body, &c.bodySum, &c.event, &c.eventSum, &c.answers, &c.answersSum))
}

// perClient is the number of plans that each client has. No client waits for another's plan.
const perClient = 25

// numbered returns the id of the nth plan.
func numbered(n int) uuid.UUID {
	return uuid.MustParse(fmt.Sprintf("00000000-0000-4000-8000-%012d", firstPlan+n))
}

// firstPlan is large enough for every plan's number to have twelve digits.
const firstPlan = 100_000_000_000

// plan returns the plan on which a client takes its nth step. The plan is in the given third
// of all plans.
func (c *contest) plan(third, client, n int) pep.ID {
	return pep.ID{UUID: numbered((third*c.clients+client)*perClient + n%perClient)}
}

// all lets every client take its turn, and returns how long that took.
func (c *contest) all(step func(client, n int) error) time.Duration {
	from := time.Now()
	var wg sync.WaitGroup
	for client := range c.clients {
		wg.Go(func() {
			for n := range turn {
				if err := step(client, n); err != nil {
					c.t.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	return time.Since(from)
}

func (c *contest) ours(client, n int) error {
	ctx := context.Background()
	return c.s.Update(ctx, func(tx storage.Tx) error {
		p, err := tx.Plan(ctx, c.plan(0, client, n))
		if err != nil {
			return err
		}
		if err := p.Do(act(p.Child(), pep.SocialWorker), c.answer); err != nil {
			return err
		}
		return tx.Save(ctx, p)
	})
}

// byHand takes a step. All its values, except the versions, were encoded beforehand.
func (c *contest) byHand(client, n int) error {
	tx, err := c.db.Begin()
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	id := c.plan(1, client, n)
	var version int64
	var only, commits, standbys, bound string
	var found bool
	var read []byte
	var sum sql.NullInt64
	row := tx.Stmt(c.prepared[0]).QueryRow("5000ms", "lancashire", id.UUID)
	if err := row.Scan(&version, &only, &commits, &standbys, &bound, &found, &read, &sum); err != nil {
		return err
	}
	stored := 1 + c.taken[client]/perClient
	result, err := tx.Stmt(c.prepared[1]).Exec(c.saving(id.UUID, stored+1, stored)...)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n != 1 {
		return fmt.Errorf("%d rows: %w", n, err)
	}
	c.taken[client]++
	return tx.Commit()
}

// saving returns the parameters of statement.SaveStep for a step that writes answers.
func (c *contest) saving(id, next, stored any) []any {
	s := &c.state
	args := []any{
		next, s.Establishment.UUID.String(), s.Contributor.UUID.String(), int64(s.Stage), int64(20262), int64(20260520), int64(0), int64(0), c.outline, c.body, c.bodySum,
		"lancashire", id, stored, int64(3), int64(1), c.answers, c.answersSum,
	}
	args = append(args, make([]any, len(c.save.Params)-len(args)-3)...) // no text, no notice, no outcome
	return append(args, next, c.event, c.eventSum)
}

// text is SQL that stands for a value in a script of pgbench.
type text string

// script writes a script in which pgbench runs the two statements of byHand on plans of its
// own, and returns the script's path. pgbench reads the version from a column, and not from
// the plan.
func (c *contest) script() string {
	id := text(fmt.Sprintf("CAST('%s' || CAST(:plan AS text) AS uuid)", numbered(0).String()[:24]))
	lock := inlined(c.lock.SQL, []any{"5000ms", "lancashire", id})
	for _, change := range [][2]string{
		{"p.body IS NOT NULL, p.body", "p.body IS NOT NULL AS found, p.body AS body, p.version AS stored"},
		{"SELECT body, checksum FROM", "SELECT body, checksum, version FROM"},
	} {
		require.Contains(c.t, lock, change[0])
		lock = strings.Replace(lock, change[0], change[1], 1)
	}
	save := inlined(c.save.SQL, c.saving(id, text("CAST(:stored AS bigint) + 1"), text("CAST(:stored AS bigint)")))
	each := c.clients * perClient
	path := filepath.Join(c.t.TempDir(), "step.sql")
	require.NoError(c.t, os.WriteFile(path, fmt.Appendf(nil, "\\set plan random(%d, %d)\nBEGIN;\n%s \\gset\n%s;\nCOMMIT;\n",
		firstPlan+2*each, firstPlan+3*each-1, lock, save), 0o600))
	return path
}

var placeholder = regexp.MustCompile(`\$\d+`)

// inlined returns a statement with its parameters inserted. It puts a space after each colon
// in a text, because pgbench reads a colon before a letter as a variable.
func inlined(sql string, args []any) string {
	return placeholder.ReplaceAllStringFunc(sql, func(at string) string {
		n, _ := strconv.Atoi(at[1:])
		switch v := args[n-1].(type) {
		case nil:
			return "NULL"
		case text:
			return string(v)
		case string:
			return "'" + strings.ReplaceAll(strings.ReplaceAll(v, "'", "''"), ":", ": ") + "'"
		default:
			return fmt.Sprint(v)
		}
	})
}

var throughput = regexp.MustCompile(`tps = ([0-9.]+) \(without`)

// pgbench runs the program for one turn, and returns how long the turn took without the time
// to connect.
func (c *contest) pgbench(bin, script string) time.Duration {
	out, err := exec.Command(bin, "--no-vacuum", "--protocol=prepared", "--client="+strconv.Itoa(c.clients), "--jobs="+strconv.Itoa(min(c.clients, 2)),
		"--transactions="+strconv.Itoa(turn), "--file="+script, c.dsn).CombinedOutput()
	require.NoError(c.t, err, string(out))
	found := throughput.FindSubmatch(out)
	require.NotNil(c.t, found, string(out))
	rate, err := strconv.ParseFloat(string(found[1]), 64)
	require.NoError(c.t, err)
	return time.Duration(float64(turn*c.clients) / rate * float64(time.Second))
}
