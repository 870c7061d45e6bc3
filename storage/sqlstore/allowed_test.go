package sqlstore_test

import (
	"bytes"
	"database/sql"
	"errors"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/storage/sqlstore/migrate"
	"virtualschool.example/storage/sqlstore/pgtest"
	"virtualschool.example/term/civil"
)

// The sets of overrides: no override, either one, and both.
const (
	losing = 1 << iota
	keeping
	all = losing | keeping
)

// allowing returns a store with the given overrides over a database.
func allowing(t testing.TB, d sqlstore.Dialect, db *sql.DB, overrides int) *sqlstore.Store {
	t.Helper()
	var printed bytes.Buffer
	s, err := sqlstore.New(db, sqlstore.Options{
		Dialect: d, Authority: "lancashire", Warn: &printed,
		AllowLosingCommitted: overrides&losing != 0, AllowKeepingCleared: overrides&keeping != 0,
	})
	require.NoError(t, err)
	for name, override := range map[string]int{"AllowLosingCommitted": losing, "AllowKeepingCleared": keeping} {
		require.Equal(t, min(overrides&override, 1), strings.Count(printed.String(), "sqlstore: "+name+" is set: "))
	}
	return s
}

// TestUnsafeSettingsAreRefusedUnlessTheirOverrideIsSet shows that an unsafe setting is
// allowed only by the override that names its risk.
func TestUnsafeSettingsAreRefusedUnlessTheirOverrideIsSet(t *testing.T) {
	t.Parallel()
	for setting, needs := range map[string]int{
		"synchronous(NORMAL)": losing, "synchronous(OFF)": losing, "journal_mode(MEMORY)": losing,
		"secure_delete(OFF)": keeping, "secure_delete(FAST)": keeping, "journal_mode(PERSIST)": keeping,
		"journal_mode(OFF)": all + 1, // no override allows this setting
	} {
		t.Run(setting, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "plans.db")
			name, _, _ := strings.Cut(setting, "(")
			dsn := regexp.MustCompile(name+`\(\w+\)`).ReplaceAllString(sqlstore.SQLite.DSN(path), setting)
			requireAllowedBy(t, dsn, needs)
		})
	}
	t.Run("in memory", func(t *testing.T) {
		t.Parallel()
		requireAllowedBy(t, ":memory:?_pragma=secure_delete(ON)", losing)
	})
}

// requireAllowedBy requires that the store writes to a database, and clears text in it,
// only with the override that the database needs.
func requireAllowedBy(t *testing.T, dsn string, needs int) {
	t.Helper()
	db, err := sql.Open("sqlite", dsn)
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	db.SetMaxOpenConns(1)
	require.NoError(t, migrate.Up(nowhere, db, sqlstore.SQLite))
	kept := 0
	for overrides := range all + 1 {
		p := delegated(t, newChild(), "words")
		s := allowing(t, sqlstore.SQLite, db, overrides)
		if needs > all || overrides&needs == 0 {
			requirePlain(t, save(s, p), storage.ErrUnsafe)
		} else {
			require.NoError(t, save(s, p))
			requireDestroyed(t, s, p)
			kept++
		}
		require.Equal(t, kept, count(t, db, "pep_plan"))
	}
}

// requireDestroyed retracts a delegated plan and destroys the sealed copies.
func requireDestroyed(t *testing.T, s *sqlstore.Store, p *pep.PEP) {
	t.Helper()
	p = reload(t, s, p.ID())
	do(t, p, pep.SocialWorker, pep.Retract{ConfirmedWithSetting: true, Reason: private.NewText("moved")})
	require.NoError(t, save(s, p))
	require.NoError(t, s.Update(nowhere, func(tx storage.Tx) error {
		gone, err := tx.Destroy(nowhere, civil.MustParse("2030-01-01"), 1000)
		require.NotEmpty(t, gone)
		return err
	}))
}

func TestPostgreSQLWithoutSafeCommitsIsRefusedUnlessItsOverrideIsSet(t *testing.T) {
	t.Parallel()
	_, db := onPostgres(t, pgtest.Set("synchronous_commit", "off"))
	for overrides := range all + 1 {
		s, p := allowing(t, sqlstore.Postgres, db, overrides), started(t, newChild(), "2026-05-20")
		if overrides&losing == 0 {
			requireStated(t, save(s, p), storage.ErrUnsafe, "synchronous_commit=off")
			require.ErrorIs(t, read(s, p.ID()), storage.ErrNotFound, "reading is allowed")
			continue
		}
		require.NoError(t, save(s, p))
		require.NoError(t, read(s, p.ID()))
	}
	require.Equal(t, 2, count(t, db, "pep_plan"))
}

// TestALocalCommitIsRefusedIfThereMustBeStandbys needs no running standby, because a
// commit with this setting does not wait for one.
func TestALocalCommitIsRefusedIfThereMustBeStandbys(t *testing.T) {
	t.Parallel()
	c := pgtest.Start(t, pgtest.Config{})
	db := c.Open(t, pgtest.Set("synchronous_commit", "local"))
	require.NoError(t, migrate.Up(nowhere, db, sqlstore.Postgres))
	s := postgresEngine.over(t, db, "lancashire")
	require.NoError(t, save(s, started(t, newChild(), "2026-05-20")), "no standby is required yet")
	for _, statement := range []string{"ALTER SYSTEM SET synchronous_standby_names = 'one'", "SELECT pg_reload_conf()"} {
		_, err := db.Exec(statement)
		require.NoError(t, err)
	}
	refused := func() bool { return errors.Is(save(s, started(t, newChild(), "2026-05-20")), storage.ErrUnsafe) }
	require.Eventually(t, refused, time.Minute, time.Millisecond, "once the server has read its settings")
	requireStated(t, save(s, started(t, newChild(), "2026-05-20")), storage.ErrUnsafe, "synchronous_commit=local")
}

type mute struct{}

func (mute) Write([]byte) (int, error) { return 0, errors.New("Ada Lovelace") }

// New refuses an override if it cannot print the warning.
func TestAnOverridePrintsItself(t *testing.T) {
	t.Parallel()
	db := database(t, filepath.Join(t.TempDir(), "plans.db"))
	o := sqlstore.Options{Dialect: sqlstore.SQLite, Authority: "lancashire", AllowLosingCommitted: true}
	_, err := sqlstore.New(db, o)
	require.Equal(t, "warn", rule.InvalidMember(err))
	o.Warn = mute{}
	_, err = sqlstore.New(db, o)
	require.Equal(t, "warn", rule.InvalidMember(err))
	require.NotContains(t, err.Error(), "Ada")
	var printed bytes.Buffer
	o.Warn, o.AllowKeepingCleared = &printed, true
	_, err = sqlstore.New(db, o)
	require.NoError(t, err)
	require.Equal(t, "sqlstore: AllowLosingCommitted is set: a power cut, a crash or the loss of a server may lose what was committed\n"+
		"sqlstore: AllowKeepingCleared is set: what was cleared or destroyed may stay in SQLite's files\n", printed.String())
}
