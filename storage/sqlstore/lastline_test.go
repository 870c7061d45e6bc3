package sqlstore_test

import (
	"database/sql"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/storage/sqlstore/internal/fault"
)

// lastLine holds statements that the schema refuses, whoever runs them. ID stands for the
// engine's expression for a new id, and NONE for its expression for the zero id.
var lastLine = []string{
	"UPDATE pep_event SET body = '{}'",
	"DELETE FROM pep_event",
	"INSERT INTO pep_event SELECT authority, plan, version + 100, body, checksum FROM pep_event WHERE version = 1",
	"DELETE FROM pep_plan",
	"UPDATE pep_plan SET stage = 9",
	"UPDATE pep_plan SET stage = 0",
	"UPDATE pep_plan SET version = 0",
	"UPDATE pep_plan SET due = 0",
	"UPDATE pep_plan SET stage = 6, grade = 1",
	"UPDATE pep_plan SET meeting = 20261",
	"UPDATE pep_plan SET term = 20264",
	"UPDATE pep_plan SET authority = ''",
	"INSERT INTO pep_plan SELECT authority, ID, version, child, establishment, contributor, 1, term, meeting, due, grade, outline, body, checksum FROM pep_plan",
	"INSERT INTO pep_answers VALUES ('lancashire', ID, 1, 1, '{}', 0)",
	"UPDATE pep_schema SET one = 2",
	"DELETE FROM pep_schema",
}

// column is a column of a ledger, with a value that it accepts, and values that it refuses
// even if the other columns have accepted values.
type column struct {
	takes   string
	refuses []string
}

var (
	some    = column{"ID", []string{"NONE"}}
	whoever = column{"ID", nil}
	ours    = column{"'lancashire'", []string{"''"}}
)

// ledgers holds the tables whose rows stay as they were added, with their columns in order.
var ledgers = map[string][]column{
	"pep_note": {ours, some, some, some, {"0", nil}, {"'words'", []string{"''"}}},
	"pep_request": {
		ours, some, {"'delete_plan'", []string{"''"}}, some, {"0", nil}, whoever, whoever, some,
		{"'SU-1'", []string{"''"}}, {"20260520", []string{"0", "520"}}, {"'words'", []string{"''"}}, {"'{}'", nil},
		{"NULL", []string{"ID"}}, {"NULL", []string{"1"}}, {"NULL", []string{"'words'"}},
	},
	"pep_payment": {
		ours, some, {"20262", []string{"20260", "20264", "0"}}, some, {"80000", []string{"0", "-1"}},
		{"20260701", []string{"0"}}, some, {"1", []string{"0"}}, {"'payable'", []string{"''", "'not_adequate'"}},
	},
	"pep_decision": {
		ours, {"(SELECT count(*) + 1 FROM pep_decision)", []string{"0"}}, some, {"20260701", []string{"0"}}, {"1", []string{"2"}}, {"0", []string{"-1", "5"}}, whoever, {"'words'", []string{"''"}},
	},
	"pep_audit": {
		ours, some, some, whoever, {"'system'", []string{"''"}}, {"0", nil}, {"'denial'", []string{"''", "'deed'"}},
		{"'finalise'", []string{"''", "'Ada'", "'" + strings.Repeat("a", 65) + "'"}}, whoever, whoever, {"'refused'", []string{"''", "'Ada'"}}, {"''", nil},
	},
}

// insertion returns a statement that inserts a row with accepted values, except that the
// column at the given position has the given value. If the position is -1, the row has only accepted
// values.
func insertion(table string, at int, value string) string {
	var row []string
	for i, c := range ledgers[table] {
		if i == at {
			c.takes = value
		}
		row = append(row, c.takes)
	}
	return "INSERT INTO " + table + " VALUES (" + strings.Join(row, ", ") + ")"
}

// stays returns statements that the schema refuses on a ledger.
func stays(table string) (refused []string) {
	refused = []string{"UPDATE " + table + " SET authority = authority", "DELETE FROM " + table}
	for i, c := range ledgers[table] {
		for _, value := range c.refuses {
			refused = append(refused, insertion(table, i, value))
		}
	}
	return refused
}

// TestTheSchemaIsTheLastLineOfDefence shows that a constraint or a trigger refuses each
// statement, and that no row changes.
func TestTheSchemaIsTheLastLineOfDefence(t *testing.T) {
	t.Parallel()
	s, db := open(t)
	require.NoError(t, save(s, delegated(t, newChild(), "words")))
	words := strings.NewReplacer("ID", "randomblob(16)", "NONE", "zeroblob(16)")
	refused := slices.Concat(lastLine, []string{
		"REPLACE INTO pep_event SELECT authority, plan, version, '{}', checksum FROM pep_event WHERE version = 1",
		"UPDATE pep_plan SET id = x'00'",
		"UPDATE pep_plan SET body = x'00'",
	})
	for table, columns := range ledgers {
		for i, c := range columns {
			if c.takes == "ID" {
				refused = append(refused, insertion(table, i, "x'00'"))
			}
		}
	}
	before := requireRefused(t, db, words, refused)
	for _, table := range append(slices.Collect(maps.Keys(ledgers)), "pep_event") {
		_, err := db.Exec("SELECT rowid FROM " + table)
		require.Error(t, err, "%s can be replaced by its key alone", table)
	}
	for _, passedOver := range []string{
		"INSERT INTO pep_note SELECT * FROM pep_note",
		"REPLACE INTO pep_note SELECT authority, id, child, person, at + 1, text FROM pep_note",
		"REPLACE INTO pep_request SELECT authority, id, kind, person, at + 1, establishment, contributor, child, su_number, meeting, description, body, NULL, NULL, NULL FROM pep_request",
		"REPLACE INTO pep_payment SELECT authority, child, term, establishment, pence + 1, paid_on, plan, version, reason FROM pep_payment",
		"REPLACE INTO pep_decision SELECT authority, number, plan, day, held, pence, person, reason || '.' FROM pep_decision",
		"REPLACE INTO pep_audit SELECT authority, id, person, behalf, role, at + 1, what, name, plan, child, kind, rule FROM pep_audit",
	} {
		_, err := db.Exec(passedOver)
		require.NoError(t, err, passedOver)
		require.Equal(t, before, rowsIn(t, db, " ORDER BY 1, 2, 3, 4"), passedOver)
	}
}

func TestThePostgreSQLSchemaIsTheLastLineOfDefence(t *testing.T) {
	t.Parallel()
	s, db := onPostgres(t)
	require.NoError(t, save(s, delegated(t, newChild(), "words")))
	words := strings.NewReplacer("ID", "gen_random_uuid()", "NONE", "'00000000-0000-0000-0000-000000000000'")
	refused := slices.Concat(lastLine, []string{"TRUNCATE pep_event", "TRUNCATE pep_plan CASCADE", "TRUNCATE pep_schema"})
	for table := range ledgers {
		refused = append(refused, "TRUNCATE "+table, "INSERT INTO "+table+" SELECT * FROM "+table)
	}
	requireRefused(t, db, words, refused)
}

// requireRefused requires that the schema refuses the given statements and, for each
// ledger, the statements from stays(table), and that no row changes. It returns every row.
func requireRefused(t *testing.T, db *sql.DB, words *strings.Replacer, refused []string) string {
	t.Helper()
	for table := range ledgers {
		_, err := db.Exec(words.Replace(insertion(table, -1, "")))
		require.NoError(t, err, table)
		refused = append(refused, stays(table)...)
	}
	before := rowsIn(t, db, " ORDER BY 1, 2, 3, 4")
	for _, statement := range refused {
		_, err := db.Exec(words.Replace(statement))
		require.Error(t, err, statement)
		kind, _ := fault.Of(err)
		require.Contains(t, []fault.Kind{fault.Check, fault.Unique}, kind, "%s: %v", statement, err)
	}
	require.Equal(t, before, rowsIn(t, db, " ORDER BY 1, 2, 3, 4"))
	return before
}

// TestARequestTakesOneReplyWhoeverWritesIt shows that a request accepts only one change, its
// reply, and accepts that once.
func TestARequestTakesOneReplyWhoeverWritesIt(t *testing.T) {
	t.Parallel()
	words := map[string]*strings.Replacer{
		"SQLite":     strings.NewReplacer("ID", "randomblob(16)", "NONE", "zeroblob(16)"),
		"PostgreSQL": strings.NewReplacer("ID", "gen_random_uuid()", "NONE", "'00000000-0000-0000-0000-000000000000'"),
	}
	const reply = "UPDATE pep_request SET replied_by = ID, replied_at = 1, reply = 'done'"
	for name, of := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db, _ := of(t)
			for _, s := range []struct {
				text string
				done bool
			}{
				{insertion("pep_request", -1, ""), true},
				{reply + ", kind = 'technical_issue'", false},
				{reply + ", description = 'other words'", false},
				{"UPDATE pep_request SET replied_by = ID", false},
				{"UPDATE pep_request SET replied_by = ID, replied_at = 1", false},
				{"UPDATE pep_request SET replied_by = NONE, replied_at = 1, reply = ''", false},
				{reply, true},
				{reply, false},
				{"UPDATE pep_request SET replied_by = NULL, replied_at = NULL, reply = NULL", false},
				{"DELETE FROM pep_request", false},
			} {
				_, err := db.Exec(words[name].Replace(s.text))
				require.Equal(t, s.done, err == nil, "%s: %v", s.text, err)
			}
		})
	}
}
