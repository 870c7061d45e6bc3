package sqlstore_test

import (
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/storage/sqlstore/migrate"
	"virtualschool.example/storage/sqlstore/pgtest"
)

// onPostgres returns a store over a new database, and the database.
func onPostgres(t testing.TB, options ...pgtest.Option) (*sqlstore.Store, *sql.DB) {
	t.Helper()
	db := pgtest.Open(t, options...)
	db.SetMaxOpenConns(8)
	db.SetMaxIdleConns(8)
	require.NoError(t, migrate.Up(nowhere, db, sqlstore.Postgres))
	return postgresEngine.over(t, db, "lancashire"), db
}

// requireStated requires an *Error with a sentinel and a state.
func requireStated(t *testing.T, err, sentinel error, state string) {
	t.Helper()
	requirePlain(t, err, sentinel)
	var own *storage.Error
	require.ErrorAs(t, err, &own)
	require.Equal(t, state, own.State)
}

func TestAReadOnlyPostgreSQLCanOnlyBeRead(t *testing.T) {
	t.Parallel()
	s, db := onPostgres(t)
	p := started(t, newChild(), "2026-05-20")
	require.NoError(t, save(s, p))
	only := func(setting string) {
		_, err := db.Exec("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = " + setting + "', current_database()); END $$")
		require.NoError(t, err)
		db.SetMaxIdleConns(0) // only new sessions take the settings
		db.SetMaxIdleConns(8)
	}
	only("on")
	require.NoError(t, read(s, p.ID()))
	requireStated(t, save(s, started(t, newChild(), "2026-05-20")), storage.ErrUnavailable, "25006")
	_, err := db.Exec("BEGIN READ WRITE; DO $$ BEGIN EXECUTE format('ALTER DATABASE %I RESET ALL', current_database()); END $$; COMMIT")
	require.NoError(t, err)
	db.SetMaxIdleConns(0)
	require.NoError(t, save(s, started(t, newChild(), "2026-05-20")), "once it takes writes again")
}

func TestPostgreSQLOfAnotherSchemaIsRefused(t *testing.T) {
	t.Parallel()
	requireAnotherSchemaRefused(t, postgresEngine, func(t testing.TB) (*sqlstore.Store, *sql.DB) { return onPostgres(t) })
}

// TestPostgreSQLWritersOfOnePlanTakeTurns has writers of several stores change one plan, under
// two levels of isolation. Every change that was acknowledged is there exactly once, and no
// writer gets an error other than ErrContention.
func TestPostgreSQLWritersOfOnePlanTakeTurns(t *testing.T) {
	t.Parallel()
	for _, isolation := range []string{"read committed", "serializable"} {
		t.Run(isolation, func(t *testing.T) {
			t.Parallel()
			first, db := onPostgres(t, pgtest.Set("default_transaction_isolation", isolation))
			p := started(t, newChild(), "2026-05-20")
			require.NoError(t, save(first, p))
			var done atomic.Int64
			var wg sync.WaitGroup
			for worker := range 6 {
				s := postgresEngine.over(t, db, "lancashire")
				wg.Go(func() {
					for i := range 10 {
						switch err := attach(s, p.ID(), fmt.Sprint(worker, i)); {
						case err == nil:
							done.Add(1)
						case !errors.Is(err, storage.ErrContention):
							t.Error(err)
						}
					}
				})
			}
			wg.Wait()
			require.EqualValues(t, 1+done.Load(), reload(t, first, p.ID()).Version())
			require.EqualValues(t, 1+done.Load(), count(t, db, "pep_event"))
			require.GreaterOrEqual(t, done.Load(), int64(30))
		})
	}
}

// TestPostgreSQLResolvesADeadlock has two writers lock two plans crosswise.
func TestPostgreSQLResolvesADeadlock(t *testing.T) {
	t.Parallel()
	s, _ := onPostgres(t)
	a, b := started(t, newChild(), "2026-05-20"), started(t, newChild(), "2026-05-20")
	require.NoError(t, errors.Join(save(s, a), save(s, b)))
	var meet, wg sync.WaitGroup
	meet.Add(2)
	tries := atomic.Int64{}
	cross := func(first, second pep.ID) {
		once := sync.OnceFunc(func() { meet.Done(); meet.Wait() })
		require.NoError(t, s.Update(nowhere, func(tx storage.Tx) error {
			tries.Add(1)
			if _, err := tx.Plan(nowhere, first); err != nil {
				return err
			}
			once()
			_, err := tx.Plan(nowhere, second)
			return err
		}))
	}
	wg.Go(func() { cross(a.ID(), b.ID()) })
	wg.Go(func() { cross(b.ID(), a.ID()) })
	wg.Wait()
	require.GreaterOrEqual(t, tries.Load(), int64(3), "one of them was run again")
}

// An Update inside another one waits for the outer one's lock only until Options.Wait is
// over.
func TestAnUpdateInsideAnotherOnPostgreSQL(t *testing.T) {
	t.Parallel()
	s, db := onPostgres(t)
	p := started(t, newChild(), "2026-05-20")
	require.NoError(t, save(s, p))
	short, err := sqlstore.New(db, sqlstore.Options{Dialect: sqlstore.Postgres, Authority: "lancashire", Wait: 50 * time.Millisecond})
	require.NoError(t, err)
	require.NoError(t, s.Update(nowhere, func(tx storage.Tx) error {
		_, err := tx.Plan(nowhere, p.ID())
		require.NoError(t, err)
		requireStated(t, attach(short, p.ID(), "report.pdf"), storage.ErrContention, "55P03")
		return save(short, started(t, newChild(), "2026-05-20")) // another plan is not blocked
	}))
}

// TestPostgreSQLClaimsSideBySide runs several claims at once. No message is claimed twice, and
// each plan's messages are claimed in order.
func TestPostgreSQLClaimsSideBySide(t *testing.T) {
	t.Parallel()
	s, _ := onPostgres(t)
	const plans, each = 8, 6
	require.NoError(t, s.Update(nowhere, func(tx storage.Tx) error {
		for n := range plans * each {
			m := storage.Message{
				ID: uuid.New(), Plan: pep.ID{UUID: uuid.UUID{0: byte(1 + n%plans)}}, Version: int64(1 + n/plans),
				Kind: storage.Reminder, On: today, At: lately.Add(-time.Duration(n) * time.Minute),
			}
			if _, err := tx.Post(nowhere, m); err != nil {
				return err
			}
		}
		return nil
	}))
	var mu sync.Mutex
	last, given := map[pep.ID]int64{}, map[uuid.UUID]int{}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 60 {
				claimed, err := s.Claim(nowhere, 3, lately, lately.Add(time.Hour))
				if err != nil && !errors.Is(err, storage.ErrContention) {
					t.Error(err)
				}
				for _, m := range claimed {
					mu.Lock()
					given[m.ID]++
					if m.Version <= last[m.Plan] {
						t.Errorf("version %d after %d", m.Version, last[m.Plan])
					}
					last[m.Plan] = m.Version
					mu.Unlock()
					if err := s.Delivered(nowhere, m.ID); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	wg.Wait()
	require.Len(t, given, plans*each)
	for _, n := range given {
		require.Equal(t, 1, n)
	}
}

// TestALostServerIsUnavailableAndUsableAgain kills the server under a store.
func TestALostServerIsUnavailableAndUsableAgain(t *testing.T) {
	t.Parallel()
	c := pgtest.Start(t, pgtest.Config{Durable: true})
	db := c.Open(t)
	db.SetMaxIdleConns(8)
	require.NoError(t, migrate.Up(nowhere, db, sqlstore.Postgres))
	s := postgresEngine.over(t, db, "lancashire")
	p := started(t, newChild(), "2026-05-20")
	require.NoError(t, save(s, p))
	requirePlain(t, s.Update(nowhere, func(tx storage.Tx) error {
		c.Kill(t)
		return tx.Save(nowhere, started(t, newChild(), "2026-05-20"))
	}), storage.ErrUnavailable)
	requirePlain(t, read(s, p.ID()), storage.ErrUnavailable)
	c.Restart(t)
	require.Eventually(t, func() bool { return read(s, p.ID()) == nil }, 10*time.Second, time.Millisecond)
	require.NoError(t, save(s, started(t, newChild(), "2026-05-20")))
	require.Equal(t, 2, count(t, db, "pep_plan"))
}

// A standby is read-only.
func TestAStandbyCanOnlyBeRead(t *testing.T) {
	t.Parallel()
	c := pgtest.Start(t, pgtest.Config{})
	primary, err := sql.Open("pgx", c.DSN("postgres"))
	require.NoError(t, err)
	defer func() { require.NoError(t, primary.Close()) }()
	require.NoError(t, migrate.Up(nowhere, primary, sqlstore.Postgres))
	p := started(t, newChild(), "2026-05-20")
	require.NoError(t, save(postgresEngine.over(t, primary, "lancashire"), p))
	standby := c.Standby(t, "second")
	db, err := sql.Open("pgx", standby.DSN("postgres"))
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	s := postgresEngine.over(t, db, "lancashire")
	require.NoError(t, read(s, p.ID()))
	requireStated(t, save(s, started(t, newChild(), "2026-05-20")), storage.ErrUnavailable, "25006")
	standby.Promote(t)
	require.NoError(t, save(s, started(t, newChild(), "2026-05-20")))
}

// TestACommitThatTheServerCancelsIsUnknown shows that the store does not say, after SQLSTATE
// 57014, that nothing was done: a commit that is cancelled while it waits for a standby has
// been done.
func TestACommitThatTheServerCancelsIsUnknown(t *testing.T) {
	t.Parallel()
	s, db := onPostgres(t)
	for _, text := range []string{
		"CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(60); RETURN NULL; END'",
		"CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON pep_plan DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION slow()",
	} {
		_, err := db.Exec(text)
		require.NoError(t, err)
	}
	saved := make(chan error, 1)
	go func() { saved <- save(s, started(t, newChild(), "2026-05-20")) }()
	require.Eventually(t, func() bool {
		var cancelled bool
		err := db.QueryRow("SELECT coalesce(bool_or(pg_cancel_backend(pid)), false) FROM pg_stat_activity WHERE query = 'commit' AND state = 'active' AND datname = current_database()").Scan(&cancelled)
		return err == nil && cancelled
	}, 10*time.Second, time.Millisecond)
	requireStated(t, <-saved, storage.ErrOutcomeUnknown, "57014")
}
