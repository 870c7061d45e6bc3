package sqlstore_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/storage/sqlstore/migrate"
	"virtualschool.example/storage/sqlstore/pgtest"
)

// TestTheServersLogHoldsNoParameters uses the settings of the package comment. It writes
// answers while the server logs every statement, and makes one statement fail.
func TestTheServersLogHoldsNoParameters(t *testing.T) {
	t.Parallel()
	const secret = "canary-5e17"
	logs := func(settings ...pgtest.Option) (traces, statements int) {
		db := pgtest.Start(t, pgtest.Config{}).Open(t, append(settings, pgtest.Set("log_min_duration_statement", "0"))...)
		require.NoError(t, migrate.Up(nowhere, db, sqlstore.Postgres))
		s := postgresEngine.over(t, db, "lancashire")
		require.NoError(t, save(s, delegated(t, newChild(), secret)))
		_, err := db.Exec("INSERT INTO pep_text (authority, plan, event, text) VALUES ($1, gen_random_uuid(), gen_random_uuid(), $2)", secret, nil)
		require.Error(t, err)
		var folder string
		require.NoError(t, db.QueryRow("SHOW data_directory").Scan(&folder))
		log, err := os.ReadFile(filepath.Join(filepath.Dir(folder), "log"))
		require.NoError(t, err)
		return strings.Count(string(log), secret), strings.Count(string(log), "INSERT INTO pep_event")
	}
	traces, statements := logs()
	require.NotZero(t, traces, "without the settings the log must hold parameters")
	require.NotZero(t, statements)
	traces, statements = logs(pgtest.Set("log_statement", "none"), pgtest.Set("log_parameter_max_length", "0"),
		pgtest.Set("log_parameter_max_length_on_error", "0"), pgtest.Set("log_error_verbosity", "terse"))
	require.Zero(t, traces)
	require.NotZero(t, statements, "the log must hold the texts of statements")
}
