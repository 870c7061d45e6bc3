package migrate_test

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/stretchr/testify/require"

	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/storage/sqlstore/migrate"
	"virtualschool.example/storage/sqlstore/pgtest"
)

var (
	rounds = flag.Int("rounds", 5, "on how many databases TestManyMayMigrateAtOnce migrates")
	starts = flag.Int("starts", 8, "how many migrations start at once on each database")
)

// engine is a kind of database: its dialect, its driver, and a function that returns
// the DSN of a new database.
type engine struct {
	dialect sqlstore.Dialect
	driver  string
	fresh   func() string
}

// TestManyMayMigrateAtOnce starts many migrations at once, on a new database and on
// databases of each earlier version. One migration in four runs in a process of its
// own; the others use separate pools.
func TestManyMayMigrateAtOnce(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	n := 0
	requireAtOnce(t, engine{sqlstore.SQLite, "sqlite", func() string {
		n++
		return sqlstore.SQLite.DSN(filepath.Join(folder, fmt.Sprint(n, ".db")))
	}})
}

func TestManyMayMigratePostgreSQLAtOnce(t *testing.T) {
	t.Parallel()
	dsn := pgtest.DSN(t)
	requireAtOnce(t, engine{sqlstore.Postgres, "pgx", func() string { return pgtest.Schema(t, dsn) }})
}

func requireAtOnce(t *testing.T, e engine) {
	t.Helper()
	var longest time.Duration
	done := 0
	for round := range *rounds {
		dsn := e.fresh()
		from := int64(round % sqlstore.SchemaVersion)
		e.until(t, dsn, from)
		at := time.Now().Add(500 * time.Millisecond)
		var wg sync.WaitGroup
		failed := make([]error, *starts)
		took := make([]time.Duration, *starts)
		for i := range *starts {
			wg.Go(func() {
				if i%4 == 0 {
					failed[i] = e.process(dsn, at)
				} else {
					failed[i] = e.up(dsn, at)
				}
				took[i] = time.Since(at)
			})
		}
		wg.Wait()
		for i, err := range failed {
			require.NoError(t, err, "round %d, start %d, from version %d", round, i, from)
			longest = max(longest, took[i])
			done++
		}
		e.requireOnce(t, dsn)
	}
	t.Logf("%d starts, 0 failed; the longest took %v", done, longest)
}

// until brings a new database to an earlier version.
func (e engine) until(t *testing.T, dsn string, version int64) {
	t.Helper()
	if version == 0 {
		return
	}
	db, err := sql.Open(e.driver, dsn)
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	dialect := map[sqlstore.Dialect]goose.Dialect{sqlstore.SQLite: goose.DialectSQLite3, sqlstore.Postgres: goose.DialectPostgres}[e.dialect]
	p, err := goose.NewProvider(dialect, db, sqlstore.Migrations(e.dialect), goose.WithTableName("pep_migration"), goose.WithDisableGlobalRegistry(true))
	require.NoError(t, err)
	_, err = p.UpTo(ctx, version)
	require.NoError(t, err)
}

// up waits until a given instant and then migrates through its own pool.
func (e engine) up(dsn string, at time.Time) error {
	db, err := sql.Open(e.driver, dsn)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	time.Sleep(time.Until(at))
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	return migrate.Up(ctx, db, e.dialect)
}

// The environment variables that turn TestAProcess into one of many processes.
const (
	processDriver = "MIGRATE_DRIVER"
	processDSN    = "MIGRATE_DSN"
	processAt     = "MIGRATE_AT"
)

// process migrates in a separate process.
func (e engine) process(dsn string, at time.Time) error {
	alone := exec.Command(os.Args[0], "-test.run=^TestAProcess$")
	alone.Env = append(os.Environ(), processDriver+"="+e.driver, processDSN+"="+dsn, processAt+"="+at.Format(time.RFC3339Nano))
	out, err := alone.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
}

// TestAProcess is not a test: TestManyMayMigrateAtOnce runs it in processes of its own.
func TestAProcess(t *testing.T) {
	e := engine{dialect: sqlstore.SQLite, driver: os.Getenv(processDriver)}
	switch e.driver {
	case "":
		return
	case "pgx":
		e.dialect = sqlstore.Postgres
	}
	at, err := time.Parse(time.RFC3339Nano, os.Getenv(processAt))
	require.NoError(t, err)
	require.NoError(t, e.up(os.Getenv(processDSN), at))
}

// requireOnce requires that every migration was run exactly once.
func (e engine) requireOnce(t *testing.T, dsn string) {
	t.Helper()
	db, err := sql.Open(e.driver, dsn)
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	var noted int64
	require.NoError(t, db.QueryRow("SELECT version FROM pep_schema").Scan(&noted))
	require.EqualValues(t, sqlstore.SchemaVersion, noted)
	var applied int64
	require.NoError(t, db.QueryRow("SELECT count(*) FROM pep_migration WHERE version_id > 0").Scan(&applied))
	require.EqualValues(t, sqlstore.SchemaVersion, applied)
}

// TestAMigrationThatWasRunCannotBeRunAgain shows that running a migration a second
// time fails; that is how a process learns that another has run it first.
func TestAMigrationThatWasRunCannotBeRunAgain(t *testing.T) {
	t.Parallel()
	folder, dsn := t.TempDir(), ""
	for _, e := range []engine{
		{sqlstore.SQLite, "sqlite", func() string { return sqlstore.SQLite.DSN(filepath.Join(folder, "plans.db")) }},
		{sqlstore.Postgres, "pgx", func() string { return pgtest.DSN(t) }},
	} {
		dsn = e.fresh()
		db, err := sql.Open(e.driver, dsn)
		require.NoError(t, err)
		for version := range int64(sqlstore.SchemaVersion) {
			e.until(t, dsn, version+1)
			_, err = db.Exec(fmt.Sprintf("DELETE FROM pep_migration WHERE version_id = %d", version+1))
			require.NoError(t, err)
			require.Error(t, migrate.Up(ctx, db, e.dialect), "%s, migration %d", e.dialect, version+1)
			_, err = db.Exec(fmt.Sprintf("INSERT INTO pep_migration (version_id, is_applied) VALUES (%d, true)", version+1))
			require.NoError(t, err)
		}
		require.NoError(t, migrate.Up(ctx, db, e.dialect))
		require.NoError(t, db.Close())
	}
}
