package sqlstore_test

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/peptest"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/report"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/storage/sqlstore/internal/body"
	"virtualschool.example/storage/sqlstore/migrate"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

var (
	missingChildren = flag.Int("missing", 10_000, "how many children BenchmarkMissing has in its register")
	missingFile     = flag.String("missingdb", "", "the SQLite file in which BenchmarkMissing keeps its database; by default it is thrown away")
)

// The terms that BenchmarkMissing reports on, and the day of the report.
var (
	missingTerms = []term.Term{term.MustParse("AUTUMN 2025"), term.MustParse("SPRING 2026"), term.MustParse("SUMMER 2026")}
	missingDay   = civil.MustParse("2026-08-31")
)

// BenchmarkMissing reports on the missing plans of three terms in one pass. It compares this
// with the best single statement, which counts, term by term, the children of the right age
// without a plan, and knows nothing of nursery, care, carried plans, excuses or reasons. The
// two run in turns. The benchmark reports the time of each, the ratio of their processor
// times, and the peak memory use.
//
//	go test ./storage/sqlstore -run '^$' -bench Missing -benchtime 3x -missing 1000000
func BenchmarkMissing(b *testing.B) {
	s, db := missingStore(b)
	service, err := workflow.New(workflow.Config{Plans: s, Trusting: true, Now: func() time.Time {
		return time.Date(missingDay.Year(), missingDay.Month(), missingDay.Day(), 12, 0, 0, 0, time.UTC)
	}})
	require.NoError(b, err)
	var took, cpu [2]time.Duration
	var found report.Summary
	var counted []int
	for b.Loop() {
		for i, do := range [...]func(){func() { counted = missingBySQL(b, db) }, func() { found = missingByReport(b, service) }} {
			began, used := time.Now(), cpuTime(b)
			do()
			took[i], cpu[i] = took[i]+time.Since(began), cpu[i]+cpuTime(b)-used
		}
	}
	for i, t := range found.Terms {
		b.Logf("%s: %d children, %d need a plan, %d missing, %d excused; the statement counts %d", t.Term, t.Children, t.Needed, t.Missing, t.Excused, counted[i])
	}
	require.Zero(b, found.Failed)
	n := float64(b.N)
	b.ReportMetric(took[0].Seconds()/n, "s/statement")
	b.ReportMetric(took[1].Seconds()/n, "s/report")
	b.ReportMetric(cpu[1].Seconds()/cpu[0].Seconds(), "report/statement")
	var u syscall.Rusage
	require.NoError(b, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	b.ReportMetric(float64(u.Maxrss)/1024, "peak-MB")
}

// cpuTime returns the processor time of this process.
func cpuTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	require.NoError(b, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func missingByReport(b *testing.B, s *workflow.Service) report.Summary {
	r, err := report.New(report.Question{Policy: pep.Lancashire(), Terms: missingTerms, On: missingDay})
	require.NoError(b, err)
	require.NoError(b, r.Count(s.Dossiers(nowhere, peptest.Actor(pep.BusinessSupport), workflow.DossierQuery{Terms: missingTerms})))
	return r.Summary()
}

// missingBySQL counts the missing plans in SQL. Of the statements that were tried, this one
// was the fastest. It has its own index.
func missingBySQL(b *testing.B, db *sql.DB) []int {
	var parts []string
	var args []any
	for _, t := range missingTerms {
		ages := pep.Lancashire().Cohort(t)
		parts = append(parts, `SELECT count(*) FROM (
			SELECT id FROM pep_child WHERE authority = ? AND born BETWEEN ? AND ?
			EXCEPT SELECT child FROM pep_plan WHERE authority = ? AND term = ? AND stage BETWEEN 3 AND 6)`)
		args = append(args, "lancashire", number(ages.Earliest), number(ages.Always), "lancashire", t.Year()*10+int(t.Season()))
	}
	rows, err := db.Query(strings.Join(parts, " UNION ALL "), args...)
	require.NoError(b, err)
	defer rows.Close()
	var found []int
	for rows.Next() {
		var n int
		require.NoError(b, rows.Scan(&n))
		found = append(found, n)
	}
	require.NoError(b, rows.Err())
	return found
}

// missingStore returns a store with children and up to three plans for each.
func missingStore(b *testing.B) (storage.Plans, *sql.DB) {
	path := *missingFile
	if path == "" {
		path = filepath.Join(b.TempDir(), "missing.db")
	}
	_, err := os.Stat(path)
	db, openErr := sql.Open("sqlite", sqlstore.SQLite.DSN(path))
	require.NoError(b, openErr)
	b.Cleanup(func() { require.NoError(b, db.Close()) })
	require.NoError(b, migrate.Up(nowhere, db, sqlstore.SQLite))
	s := sqliteEngine.over(b, db, "lancashire")
	if !errors.Is(err, fs.ErrNotExist) {
		return s, db
	}
	_, err = db.Exec("CREATE INDEX bench_plan ON pep_plan (authority, term, child, stage)")
	require.NoError(b, err)
	dice, states := rand.New(rand.NewPCG(1, 2)), sampleStates(b)
	for first := 0; first < *missingChildren; first += 5000 {
		var some []record.Child
		require.NoError(b, s.Update(nowhere, func(tx storage.Tx) error {
			some = nil
			to, err := storage.RegistrarOf(tx)
			for n := first; n < min(first+5000, *missingChildren) && err == nil; n++ {
				some = append(some, sampleChild(dice))
				err = to.PutChild(nowhere, some[len(some)-1])
			}
			return err
		}))
		insertStates(b, db, dice, some, states)
	}
	_, err = db.Exec("ANALYZE")
	require.NoError(b, err)
	return s, db
}

// sampleChild returns a child of a random age, in care since a random day.
func sampleChild(dice *rand.Rand) record.Child {
	c := peptest.Child(1)
	c.ID, c.Born = record.ChildID{UUID: drawn(dice)}, private.NewDate(civil.MustParse("2007-09-01").AddDays(dice.IntN(17*365)))
	c.Name, c.SUNumber = private.NewText("Invented"), private.NewText(fmt.Sprint(dice.IntN(1e6)))
	c.Care.Episodes[0].From = civil.MustParse("2019-01-01").AddDays(dice.IntN(2200))
	return c
}

func drawn(dice *rand.Rand) (id uuid.UUID) {
	binary.BigEndian.PutUint64(id[:], dice.Uint64())
	binary.BigEndian.PutUint64(id[8:], dice.Uint64())
	return id
}

// sampleStates returns plans at four stages.
func sampleStates(b *testing.B) (all []pep.Snapshot) {
	w := peptest.New(b)
	for i, stage := range []pep.Stage{pep.Draft, pep.Delegated, pep.Returned, pep.Finalised} {
		all = append(all, w.At(i+1, stage).Snapshot())
	}
	return all
}

// insertStates writes the rows of plans by hand, without their history, which no list reads.
// It writes a finalised plan for each term, but leaves out one in twenty; of the last term's
// plans, one in ten is at each of the earlier stages.
func insertStates(b *testing.B, db *sql.DB, dice *rand.Rand, children []record.Child, states []pep.Snapshot) {
	tx, err := db.BeginTx(context.Background(), nil)
	require.NoError(b, err)
	insert, err := tx.Prepare(`INSERT INTO pep_plan (authority, id, version, child, establishment, contributor, stage, term, meeting, due, grade, outline, body, checksum)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	require.NoError(b, err)
	for _, c := range children {
		for i, t := range missingTerms {
			s := states[3]
			if i == 2 {
				s = states[min(3, dice.IntN(10))]
			}
			if dice.IntN(20) == 0 {
				continue
			}
			s.ID, s.Child, s.Term, s.Meeting = pep.ID{UUID: drawn(dice)}, c.ID, t, pep.Lancashire().Calendar().First(t).AddDays(14)
			outline, text := s.Outline(), body.OfSnapshot(&s)
			_, err := insert.Exec("lancashire", s.ID.UUID[:], s.Version, s.Child.UUID[:], s.Establishment.UUID[:], s.Contributor.UUID[:], int(s.Stage),
				t.Year()*10+int(t.Season()), number(s.Meeting), number(s.Due), int(s.Grade), body.OfOutline(s.Child.UUID, &outline), text, sumOf(text))
			require.NoError(b, err)
		}
	}
	require.NoError(b, tx.Commit())
}
