package story

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/storage"
	"virtualschool.example/storage/memstore"
	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/term/civil"
)

// ran runs the program and returns what it printed, and its exit code.
func ran(t *testing.T, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, errs bytes.Buffer
	code = Run(t.Context(), args, &out, &errs)
	return out.String(), errs.String(), code
}

// file returns the path of a file that does not exist yet.
func file(t *testing.T, name string) string {
	t.Helper()
	return filepath.Join(t.TempDir(), name)
}

// written writes a file with the given content and returns its path.
func written(t *testing.T, name, content string) string {
	t.Helper()
	path := file(t, name)
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	return path
}

// children returns the children that the program ships with.
func children(t *testing.T) []*Pupil {
	t.Helper()
	pupils, err := readChildren(bytes.NewReader(shipped))
	require.NoError(t, err)
	return pupils
}

// played plays the shipped children's story into a store up to a day, or the whole story if
// the day is empty. It returns the story and, separately, how things stand at the end.
func played(ctx context.Context, t *testing.T, store storage.Plans, until string) (story, standing string) {
	t.Helper()
	var day civil.Date
	if until != "" {
		day = civil.MustParse(until)
	}
	var out bytes.Buffer
	require.NoError(t, tell(ctx, store, children(t), day, &out))
	return parts(t, out.String())
}

// told plays some children's story in memory up to a day, or all of it for the zero
// Date, and returns what the program prints.
func told(t *testing.T, pupils []*Pupil, until civil.Date) string {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, tell(t.Context(), memstore.New(), pupils, until, &out))
	return out.String()
}

// parts divides what the program prints into two: the story, without its first line, and
// the summary of how things stand.
func parts(t *testing.T, out string) (story, standing string) {
	t.Helper()
	_, rest, ok := strings.Cut(out, "to the register\n")
	require.True(t, ok, out)
	story, standing, ok = strings.Cut(rest, "\nPlans on ")
	require.True(t, ok, out)
	return story, standing
}

// kept returns everything that a store keeps about plans: the state, history and answers
// of each.
func kept(t *testing.T, store storage.Plans) (all []string) {
	t.Helper()
	require.NoError(t, store.View(t.Context(), func(r storage.Reader) error {
		for plan, err := range r.Plans(t.Context(), storage.Query{Scope: storage.Everything()}) {
			require.NoError(t, err)
			all = append(all, fmt.Sprintf("%+v", plan.Snapshot()))
			for e, err := range r.History(t.Context(), plan.ID()) {
				require.NoError(t, err)
				all = append(all, fmt.Sprintf("%+v", e))
			}
			all = append(all, keptAnswers(t, r, plan)...)
		}
		return nil
	}))
	return all
}

func keptAnswers(t *testing.T, r storage.Reader, plan *pep.PEP) (all []string) {
	t.Helper()
	for section := 1; section <= 6; section++ {
		a, err := r.Answers(t.Context(), plan.ID(), section, plan.Snapshot().Revision)
		require.NoError(t, err)
		all = append(all, fmt.Sprint(a.Reveal("testing")))
	}
	for s, err := range r.Sealed(t.Context(), plan.ID()) {
		require.NoError(t, err)
		all = append(all, fmt.Sprint(s.Section, s.Until))
	}
	return all
}

// dumped returns every row of the plans' tables.
func dumped(t *testing.T, path string) (rows []string) {
	t.Helper()
	db, err := sql.Open("sqlite", sqlstore.SQLite.DSN(path))
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	for _, table := range column0(t, db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'pep\\_%' ESCAPE '\\' ORDER BY name") {
		if table != "pep_migration" { // the times of the migrations do not belong to the story
			for _, row := range column0(t, db, "SELECT quote(json_array("+quoted(t, db, table)+")) FROM "+table+" ORDER BY 1") {
				rows = append(rows, table+" "+row)
			}
		}
	}
	require.NotEmpty(t, rows)
	return rows
}

// quoted lists a table's columns, each as a SQL literal.
func quoted(t *testing.T, db *sql.DB, table string) string {
	t.Helper()
	names := column0(t, db, "SELECT name FROM pragma_table_info('"+table+"')")
	return "quote(" + strings.Join(names, "), quote(") + ")"
}

func column0(t *testing.T, db *sql.DB, query string) (values []string) {
	t.Helper()
	rows, err := db.Query(query)
	require.NoError(t, err)
	defer func() { require.NoError(t, rows.Close()) }()
	for rows.Next() {
		var v string
		require.NoError(t, rows.Scan(&v))
		values = append(values, v)
	}
	require.NoError(t, rows.Err())
	return values
}
