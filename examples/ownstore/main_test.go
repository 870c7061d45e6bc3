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
	"virtualschool.example/term/civil"
)

const story = `1. A child is entered in the office's own table and her plan is started, in one transaction.
   children 1, tasks 0; the plan: draft, version 1, meeting on 2026-01-14
2. The meeting is put off and a task written, and the office rolls back: neither has happened.
   children 1, tasks 0; the plan: draft, version 1, meeting on 2026-01-14
3. Her social worker tries to finalise. The rules refuse it; the office's task stays.
   the plan says no: workflow: finalise on 6f1c2b34-0000-4000-8000-000000000002: FINAL-1: a social worker never finalises a plan; FINAL-2: this is not done at this stage of the plan
   children 1, tasks 1; the plan: draft, version 1, meeting on 2026-01-14
4. The meeting is put off for good, and the task with it.
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
	require.Empty(t, left, "the temporary folder is removed")
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
		require.Equal(t, "This file was played on before. Nothing is done again.\n"+
			"   children 1, tasks 2; the plan: draft, version 2, meeting on 2026-01-21\n", out)
	}
}

func TestArgumentsThatAreNoneAreUnusable(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"a.db", "b.db"}, {"-help"}, {""}} {
		out, errs, code := ran(t, args...)
		require.Equal(t, unusable, code)
		require.Empty(t, out)
		require.Equal(t, "usage: ownstore [FILE]\n", errs)
	}
}

func TestAFileThatIsNoDatabaseFails(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "letter.txt")
	require.NoError(t, os.WriteFile(file, []byte(strings.Repeat("Dear Ada, ", 1000)), 0o600))
	out, errs, code := ran(t, file)
	require.Equal(t, failed, code)
	require.Empty(t, out)
	require.NotEmpty(t, errs)
}

// opened returns the system over a new file.
func opened(t *testing.T) *office {
	t.Helper()
	db, err := sql.Open("sqlite", sqlstore.SQLite.DSN(filepath.Join(t.TempDir(), "office.db")))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	db.SetMaxOpenConns(1)
	require.NoError(t, migrated(t.Context(), db))
	require.NoError(t, migrated(t.Context(), db), "each migration once")
	o, err := newOffice(db, &bytes.Buffer{})
	require.NoError(t, err)
	return o
}

// Whatever goes wrong in the middle of a step, the office's row and the plan's
// are both there or neither is.
func TestAStepIsDoneWhollyOrNotAtAll(t *testing.T) {
	t.Parallel()
	lost := errors.New("the power is cut")
	s := scenes()[0]
	for name, c := range map[string]struct {
		own  write
		end  func(*sql.Tx) error
		want error
	}{
		"the office's write fails":  {func(context.Context, *sql.Tx) error { return lost }, s.end, lost},
		"the office does not end":   {s.own, func(*sql.Tx) error { return lost }, lost},
		"the child is not entered":  {task("no child"), s.end, storage.ErrNotFound},
		"the office's commit fails": {s.own, func(tx *sql.Tx) error { return errors.Join(tx.Rollback(), lost) }, lost},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := opened(t)
			require.ErrorIs(t, o.step(t.Context(), s.do, c.own, c.end), c.want)
			var rows int
			require.NoError(t, o.db.QueryRow("SELECT (SELECT count(*) FROM child) + (SELECT count(*) FROM task) + "+
				"(SELECT count(*) FROM pep_plan) + (SELECT count(*) FROM pep_command)").Scan(&rows))
			require.Zero(t, rows)
			require.NoError(t, o.step(t.Context(), s.do, s.own, s.end), "and it can be done again")
		})
	}
}

func TestTheRegisterIsTheOfficesOwnTable(t *testing.T) {
	t.Parallel()
	o := opened(t)
	ctx := t.Context()
	first := scenes()[0]
	require.NoError(t, o.step(ctx, first.do, first.own, first.end))
	require.NoError(t, o.store.View(ctx, func(r storage.Reader) error {
		g := register{r}
		c, err := g.Child(ctx, ada)
		require.NoError(t, err)
		require.Equal(t, civil.MustParse("2014-05-20"), c.Born.Reveal(private.Deciding))
		_, err = g.Child(ctx, record.ChildID{UUID: plan.UUID})
		require.ErrorIs(t, err, storage.ErrNotFound)
		for name, c := range map[string]struct {
			born  record.Span
			after record.ChildID
			want  int
		}{
			"all":              {want: 1},
			"born on a day":    {born: record.Span{From: civil.MustParse("2014-05-20"), To: civil.MustParse("2014-05-21")}, want: 1},
			"born on another":  {born: record.Span{From: civil.MustParse("2014-05-21")}},
			"after the last":   {after: ada},
			"after one before": {after: record.ChildID{}, want: 1},
		} {
			n := 0
			for _, err := range g.Children(ctx, c.born, c.after) {
				require.NoError(t, err)
				n++
			}
			require.Equal(t, c.want, n, name)
		}
		return nil
	}))
	_, err := o.plans.Look(ctx, worker, plan)
	require.NoError(t, err, "the one connection is enough")
}

// The program links its own driver and nothing for other databases.
func TestNothingIsLinkedThatIsNotNeeded(t *testing.T) {
	t.Parallel()
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	require.NoError(t, err)
	require.Contains(t, string(out), "modernc.org/sqlite\n")
	for _, other := range []string{"pgx", "goose", "testify", "kong"} {
		require.NotContains(t, string(out), other)
	}
}
