package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/storage/storagetest"
	"virtualschool.example/term/civil"
)

const story = `1. A child is entered in the office's own table and her plan is started, in one transaction.
   children 1, tasks 0; the plan: draft, version 1, meeting on 2026-01-14
2. The meeting is put off and a task is written, but the office rolls back: neither has happened.
   children 1, tasks 0; the plan: draft, version 1, meeting on 2026-01-14
3. Her social worker tries to finalise the plan. The rules refuse it, but the office's task is kept.
   the rules refuse: workflow: finalise on 6f1c2b34-0000-4000-8000-000000000002: FINAL-1: a social worker cannot finalise a plan; business support can; reassign the plan to business support. FINAL-2: nobody can finalise the plan while it is a draft with the social worker; that is possible only while the plan is being checked by business support
   children 1, tasks 1; the plan: draft, version 1, meeting on 2026-01-14
4. The meeting is put off and a task is written, and the office commits: both have happened.
   children 1, tasks 2; the plan: draft, version 2, meeting on 2026-01-21
`

func ran(t *testing.T, args ...string) (out, errs string, code int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = run(t.Context(), args, &stdout, &stderr)
	return stdout.String(), stderr.String(), code
}

func TestTheStory(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	out, errs, code := ran(t)
	require.Empty(t, errs)
	require.Equal(t, done, code)
	require.Equal(t, story, out)
	left, err := os.ReadDir(os.TempDir())
	require.NoError(t, err)
	require.Empty(t, left, "the temporary folder must be removed")
}

func TestASecondRunOnAFileChangesNothingAndSaysSo(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "office.db")
	out, _, code := ran(t, file)
	require.Equal(t, done, code)
	require.Equal(t, story, out)
	for range 2 {
		out, errs, code := ran(t, file)
		require.Empty(t, errs)
		require.Equal(t, done, code)
		require.Equal(t, "The story has already been played on this file. Nothing is done again.\n"+
			"   children 1, tasks 2; the plan: draft, version 2, meeting on 2026-01-21\n", out)
	}
}

func TestWrongArgumentsPrintTheUsage(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"a.db", "b.db"}, {"-help"}, {""}} {
		out, errs, code := ran(t, args...)
		require.Equal(t, unusable, code)
		require.Empty(t, out)
		require.Equal(t, "usage: ownstore [FILE]\n", errs)
	}
}

func TestAFileThatIsNotADatabaseFails(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "letter.txt")
	require.NoError(t, os.WriteFile(file, []byte(strings.Repeat("Dear Ada, ", 1000)), 0o600))
	out, errs, code := ran(t, file)
	require.Equal(t, failed, code)
	require.Empty(t, out)
	require.NotEmpty(t, errs)
}

// opened returns the system with a new file.
func opened(t testing.TB) *office {
	t.Helper()
	db, err := sql.Open("sqlite", sqlstore.SQLite.DSN(filepath.Join(t.TempDir(), "office.db")))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	db.SetMaxOpenConns(1)
	require.NoError(t, migrated(t.Context(), db))
	require.NoError(t, migrated(t.Context(), db), "a second call must run no migration again")
	o, err := newOffice(db, &bytes.Buffer{})
	require.NoError(t, err)
	return o
}

// TestAStepIsDoneCompletelyOrNotAtAll requires that, whatever goes wrong in the middle of
// a step, neither the office's row nor the plan's is stored.
func TestAStepIsDoneCompletelyOrNotAtAll(t *testing.T) {
	t.Parallel()
	lost := errors.New("the power is cut")
	s := scenes()[0]
	for name, c := range map[string]struct {
		own  write
		end  func(*sql.Tx) error
		want error
	}{
		"the office's write fails":              {func(context.Context, *sql.Tx) error { return lost }, s.end, lost},
		"the office cannot end its transaction": {s.own, func(*sql.Tx) error { return lost }, lost},
		"the child is not entered":              {task("no child"), s.end, storage.ErrNotFound},
		"the office's commit fails":             {s.own, func(tx *sql.Tx) error { return errors.Join(tx.Rollback(), lost) }, lost},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := opened(t)
			require.ErrorIs(t, o.step(t.Context(), s.do, c.own, c.end), c.want)
			var rows int
			require.NoError(t, o.db.QueryRow("SELECT (SELECT count(*) FROM child) + (SELECT count(*) FROM task) + "+
				"(SELECT count(*) FROM pep_plan) + (SELECT count(*) FROM pep_command)").Scan(&rows))
			require.Zero(t, rows)
			require.NoError(t, o.step(t.Context(), s.do, s.own, s.end), "the step must succeed when it is repeated")
		})
	}
}

// TestTheRegisterIsTheOfficesOwnTable proves that the office's own table meets the
// contract for a register. The table keeps a child's name, birth date, first day of care and
// social worker.
func TestTheRegisterIsTheOfficesOwnTable(t *testing.T) {
	t.Parallel()
	since := civil.MustParse("2025-11-03")
	storagetest.ReadRegister(t, func(t testing.TB, h *storagetest.Holdings, prove func(storage.Register)) {
		o := opened(t)
		h.Establishments, h.Contributors = nil, nil
		for i, c := range h.Children {
			kept := record.Child{ID: c.ID, Name: c.Name, Born: c.Born, Worker: c.Worker}
			kept.Care.Episodes = []record.Episode{{Span: record.Span{From: since}}}
			h.Children[i] = kept
			_, err := o.db.Exec("INSERT INTO child VALUES (?, ?, ?, ?, ?)", c.ID.String(),
				c.Name.Reveal(private.Storing), c.Born.Reveal(private.Storing).String(), since.String(), c.Worker.String())
			require.NoError(t, err)
		}
		require.NoError(t, o.store.View(t.Context(), func(r storage.Reader) error {
			prove(register{r})
			return nil
		}))
	})
}

func TestOneConnectionIsEnough(t *testing.T) {
	t.Parallel()
	o := opened(t)
	first := scenes()[0]
	require.NoError(t, o.step(t.Context(), first.do, first.own, first.end))
	_, err := o.plans.Look(t.Context(), worker, plan)
	require.NoError(t, err)
}

// TestOnlyTheNeededLibrariesAreLinked checks that the program links its own driver, but
// no driver for another database, and no library for migrations, tests or flags.
func TestOnlyTheNeededLibrariesAreLinked(t *testing.T) {
	t.Parallel()
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	require.NoError(t, err)
	require.Contains(t, string(out), "modernc.org/sqlite\n")
	for _, other := range []string{"pgx", "goose", "testify", "kong"} {
		require.NotContains(t, string(out), other)
	}
}
