package migrate_test

import (
	"context"
	"database/sql"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite"

	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/storage/sqlstore/migrate"
	"virtualschool.example/storage/sqlstore/pgtest"
)

var ctx = context.Background()

func database(t testing.TB) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", sqlstore.SQLite.DSN(filepath.Join(t.TempDir(), "plans.db")))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return db
}

func version(t testing.TB, db *sql.DB) int64 {
	t.Helper()
	v, err := migrate.Version(ctx, db, sqlstore.SQLite)
	require.NoError(t, err)
	return v
}

func TestUpMakesTheSchemaOnce(t *testing.T) {
	t.Parallel()
	db := database(t)
	require.Zero(t, version(t, db))
	for range 3 {
		require.NoError(t, migrate.Up(ctx, db, sqlstore.SQLite))
		require.EqualValues(t, sqlstore.SchemaVersion, version(t, db))
	}
	var noted int64
	require.NoError(t, db.QueryRow("SELECT version FROM pep_schema").Scan(&noted))
	require.EqualValues(t, sqlstore.SchemaVersion, noted, "a migration notes its number in the table that stores read")
}

func TestTheSchemaVersionIsTheLatestMigration(t *testing.T) {
	t.Parallel()
	for _, d := range []sqlstore.Dialect{sqlstore.SQLite, sqlstore.Postgres} {
		names, err := fs.Glob(sqlstore.Migrations(d), "*.sql")
		require.NoError(t, err)
		for i, name := range names {
			number, _, _ := strings.Cut(name, "_")
			n, err := strconv.Atoi(number)
			require.NoError(t, err)
			require.Equal(t, i+1, n, "migrations must be numbered without a gap")
		}
		require.Len(t, names, sqlstore.SchemaVersion)
	}
	none, err := fs.Glob(sqlstore.Migrations(0), "*")
	require.NoError(t, err)
	require.Empty(t, none)
}

func TestUpMakesThePostgreSQLSchemaOnceOrNotAtAll(t *testing.T) {
	t.Parallel()
	db := pgtest.Open(t)
	_, err := db.Exec("CREATE TABLE pep_contributor (the_hosts_own text)")
	require.NoError(t, err)
	err = migrate.Up(ctx, db, sqlstore.Postgres)
	var own *storage.Error
	require.ErrorAs(t, err, &own)
	require.NotContains(t, err.Error(), "pep_contributor", "a driver's words")
	var left int
	require.NoError(t, db.QueryRow("SELECT count(*) FROM pg_tables WHERE tablename = 'pep_plan'").Scan(&left))
	require.Zero(t, left)
	_, err = db.Exec("DROP TABLE pep_contributor")
	require.NoError(t, err)
	for range 3 {
		require.NoError(t, migrate.Up(ctx, db, sqlstore.Postgres))
		v, err := migrate.Version(ctx, db, sqlstore.Postgres)
		require.NoError(t, err)
		require.EqualValues(t, sqlstore.SchemaVersion, v)
	}
	_, err = db.Exec("INSERT INTO pep_migration (version_id, is_applied) VALUES (99, true)")
	require.NoError(t, err)
	require.ErrorIs(t, migrate.Up(ctx, db, sqlstore.Postgres), storage.ErrSchema)
}

func TestUpLeavesALaterSchemaAlone(t *testing.T) {
	t.Parallel()
	db := database(t)
	require.NoError(t, migrate.Up(ctx, db, sqlstore.SQLite))
	_, err := db.Exec("INSERT INTO pep_migration (version_id, is_applied) VALUES (99, 1)")
	require.NoError(t, err)
	require.ErrorIs(t, migrate.Up(ctx, db, sqlstore.SQLite), storage.ErrSchema)
	require.EqualValues(t, 99, version(t, db))
}

func TestAMigrationThatFailsLeavesNothing(t *testing.T) {
	t.Parallel()
	db := database(t)
	_, err := db.Exec("CREATE TABLE pep_contributor (the_hosts_own TEXT)")
	require.NoError(t, err)
	err = migrate.Up(ctx, db, sqlstore.SQLite)
	var own *storage.Error
	require.ErrorAs(t, err, &own)
	require.NotContains(t, err.Error(), "pep_contributor", "a driver's words")
	require.Zero(t, version(t, db))
	var tables int
	require.NoError(t, db.QueryRow("SELECT count(*) FROM sqlite_master WHERE name = 'pep_plan'").Scan(&tables))
	require.Zero(t, tables)
	_, err = db.Exec("DROP TABLE pep_contributor")
	require.NoError(t, err)
	require.NoError(t, migrate.Up(ctx, db, sqlstore.SQLite), "Up succeeds once the cause is gone")
}

func TestUpRefusesInvalidInput(t *testing.T) {
	t.Parallel()
	require.Equal(t, "db", rule.InvalidMember(migrate.Up(ctx, nil, sqlstore.SQLite)))
	_, err := migrate.Version(ctx, database(t), 0)
	require.Equal(t, "dialect", rule.InvalidMember(err))
	done, cancel := context.WithCancel(ctx)
	cancel()
	require.ErrorIs(t, migrate.Up(done, database(t), sqlstore.SQLite), context.Canceled)
}
