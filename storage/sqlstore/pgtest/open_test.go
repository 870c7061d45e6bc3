package pgtest_test

import (
	"database/sql"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/storage/sqlstore/pgtest"
)

// value returns the result of a query for one value, as text.
func value(t testing.TB, db *sql.DB, query string, arguments ...any) (v string) {
	t.Helper()
	require.NoError(t, db.QueryRow(query, arguments...).Scan(&v))
	return v
}

func do(t testing.TB, db *sql.DB, statement string, arguments ...any) {
	t.Helper()
	_, err := db.Exec(statement, arguments...)
	require.NoError(t, err)
}

const tables = "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"

func TestEachDatabaseIsNewAndEmpty(t *testing.T) {
	t.Parallel()
	one := pgtest.Open(t)
	do(t, one, "CREATE TABLE plan (id int)")
	two := pgtest.Open(t)
	require.Equal(t, "1", value(t, one, tables))
	require.Equal(t, "0", value(t, two, tables))
	require.Equal(t, "UTF8", value(t, two, "SHOW server_encoding"))
}

func TestEachSchemaIsNewAndEmptyInTheSameDatabase(t *testing.T) {
	t.Parallel()
	requireApart(t, pgtest.DSN(t))
}

// requireApart requires that tables in two schemas of a database may have the same
// name, whatever characters the connection string contains.
func requireApart(t *testing.T, dsn string) {
	t.Helper()
	var databases [2]string
	for i := range databases {
		db, err := sql.Open("pgx", pgtest.Schema(t, dsn))
		require.NoError(t, err)
		do(t, db, "CREATE TABLE plan (id int)")
		databases[i] = value(t, db, "SELECT current_database()")
		require.NoError(t, db.Close())
	}
	require.Equal(t, databases[0], databases[1])
}

func TestADatabaseGoesWithItsTest(t *testing.T) {
	t.Parallel()
	var name string
	t.Run("leaves a session behind", func(t *testing.T) {
		db, err := sql.Open("pgx", pgtest.DSN(t))
		require.NoError(t, err)
		name = value(t, db, "SELECT current_database()")
	})
	require.Equal(t, "0", value(t, pgtest.Open(t), "SELECT count(*) FROM pg_database WHERE datname = $1", name))
}

func TestSettingsHoldFromTheStartOfASession(t *testing.T) {
	t.Parallel()
	db := pgtest.Open(t,
		pgtest.Set("default_transaction_isolation", "serializable"),
		pgtest.Set("application_name", `a 'b' \c &d=e`))
	require.Equal(t, "serializable", value(t, db, "SHOW transaction_isolation"))
	require.Equal(t, `a 'b' \c &d=e`, value(t, db, "SHOW application_name"))
	require.Equal(t, "read committed", value(t, pgtest.Open(t), "SHOW transaction_isolation"))
}

func TestOnlyADurableClusterWaitsForTheDisk(t *testing.T) {
	t.Setenv(pgtest.Server, "")
	for _, c := range []struct {
		name    string
		options []pgtest.Option
		want    string
	}{
		{"as it is", nil, "off"},
		{"durable", []pgtest.Option{pgtest.Durable()}, "on"},
	} {
		t.Run(c.name, func(t *testing.T) {
			db := pgtest.Open(t, c.options...)
			require.Equal(t, c.want, value(t, db, "SHOW fsync"))
			require.Equal(t, c.want, value(t, db, "SHOW full_page_writes"))
			require.Equal(t, "on", value(t, db, "SHOW synchronous_commit"))
			require.Equal(t, "", value(t, db, "SHOW listen_addresses"))
		})
	}
}

// TestTheServerOfTheEnvironmentIsUsed names a server in both forms of a connection
// string, with a role that has a password.
func TestTheServerOfTheEnvironmentIsUsed(t *testing.T) {
	c := pgtest.Start(t, pgtest.Config{})
	admin := c.Open(t)
	do(t, admin, "CREATE ROLE office LOGIN CREATEDB PASSWORD 'a b'")
	do(t, admin, "GRANT pg_read_all_settings TO office")
	do(t, admin, "GRANT CREATE ON DATABASE postgres TO office")
	socket := value(t, admin, "SHOW unix_socket_directories")
	for name, dsn := range map[string]string{
		"URL":   "postgres://office:a%20b@/postgres?sslmode=disable&host=" + socket,
		"words": "host=" + socket + " user=office password='a b' dbname=postgres sslmode=disable",
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv(pgtest.Server, dsn)
			db := pgtest.Open(t, pgtest.Set("default_transaction_isolation", "repeatable read"))
			require.Equal(t, socket, value(t, db, "SHOW unix_socket_directories"))
			require.Equal(t, "office", value(t, db, "SELECT current_user"))
			require.Equal(t, "repeatable read", value(t, db, "SHOW transaction_isolation"))
			require.NotEqual(t, "postgres", value(t, db, "SELECT current_database()"))
			requireApart(t, dsn)
			require.Equal(t, "1", value(t, admin, "SELECT count(*) FROM pg_database WHERE datname LIKE 'pep_test_%' AND pg_get_userbyid(datdba) = 'office'"))
		})
	}
	require.Equal(t, "0", value(t, admin, "SELECT count(*) FROM pg_database WHERE pg_get_userbyid(datdba) = 'office'"))
}
