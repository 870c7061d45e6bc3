package sqlstore_test

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
	"virtualschool.example/storage/internal/joint"
	"virtualschool.example/storage/memstore"
	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/storage/sqlstore/migrate"
	"virtualschool.example/storage/sqlstore/pgtest"
	"virtualschool.example/storage/storagetest"
	"virtualschool.example/term/civil"
)

// within is a store that always runs within one transaction of its host's.
type within struct{ *sqlstore.Store }

func (within) Single() {}

// each is a store that joins a new transaction of its host's for each call. The host begins
// it as the store begins its own.
type each struct {
	*sqlstore.Store
	db   *sql.DB
	view sql.TxOptions
}

func (h each) View(ctx context.Context, fn func(storage.Reader) error) error {
	tx, err := h.db.BeginTx(ctx, &h.view)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	return h.In(tx).View(ctx, fn)
}

func (h each) Update(ctx context.Context, fn func(storage.Tx) error) error {
	tx, err := h.db.BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if err := h.In(tx).Update(ctx, fn); err != nil {
		return err
	}
	return tx.Commit()
}

// hostsOwn are the capabilities that a store within its host's transaction lacks.
var hostsOwn = []storagetest.Lack{
	{Of: storagetest.Contention, Why: "the host commits, and begins anew if it cannot"},
	{Of: storagetest.Doubt, Why: "the host commits, and its own Commit tells it the outcome"},
	{Of: storagetest.Closing, Why: "the host closes its database"},
}

var oneAlone = append(hostsOwn, storagetest.Lack{Of: storagetest.AtOnce, Why: "there is one transaction"})

// template makes a database with the host's table, for tests to copy, and returns its
// path.
func template(t *testing.T) string {
	path := filepath.Join(t.TempDir(), "template.db")
	db, err := sql.Open("sqlite", sqlstore.SQLite.DSN(path))
	require.NoError(t, err)
	require.NoError(t, migrate.Up(nowhere, db, sqlstore.SQLite))
	_, err = db.Exec(joint.Table)
	require.NoError(t, err)
	require.NoError(t, db.Close())
	return path
}

// copyOf returns a copy of a template.
func copyOf(t testing.TB, template string) *sql.DB {
	return database(t, copied(t, template))
}

// tables returns a host's PostgreSQL database.
func tables(t testing.TB) *sql.DB {
	t.Helper()
	db := pgtest.Open(t)
	require.NoError(t, migrate.Up(nowhere, db, sqlstore.Postgres))
	_, err := db.Exec(joint.Table)
	require.NoError(t, err)
	return db
}

func (e engine) within(t testing.TB, db *sql.DB, authority string) storage.Plans {
	t.Helper()
	tx, err := db.BeginTx(nowhere, nil)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, tx.Rollback()) })
	return within{e.over(t, db, authority).In(tx)}
}

func TestSQLiteWithinOneTransactionKeepsTheContract(t *testing.T) {
	t.Parallel()
	template := template(t)
	keeps(t, func(t testing.TB) storage.Plans {
		db := copyOf(t, template)
		db.SetMaxOpenConns(1)
		return sqliteEngine.within(t, db, "lancashire")
	}, oneAlone...)
}

func TestPostgreSQLWithinOneTransactionKeepsTheContract(t *testing.T) {
	t.Parallel()
	db := tables(t)
	keeps(t, func(t testing.TB) storage.Plans {
		return postgresEngine.within(t, db, uuid.NewString())
	}, oneAlone...)
}

func TestSQLiteWithinATransactionForEachCallKeepsTheContract(t *testing.T) {
	t.Parallel()
	template := template(t)
	keeps(t, func(t testing.TB) storage.Plans {
		db := copyOf(t, template)
		return each{over(t, db), db, sql.TxOptions{ReadOnly: true}}
	}, hostsOwn...)
}

func TestPostgreSQLWithinATransactionForEachCallKeepsTheContract(t *testing.T) {
	t.Parallel()
	db := tables(t)
	keeps(t, func(t testing.TB) storage.Plans {
		view := sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead}
		return each{postgresEngine.over(t, db, uuid.NewString()), db, view}
	}, hostsOwn...)
}

func TestSQLiteJoinsTransactions(t *testing.T) {
	t.Parallel()
	template := template(t)
	for name, prepared := range map[string]bool{"prepared": true, "as text": false} {
		t.Run(name, func(t *testing.T) {
			storagetest.Joins(t, func(t testing.TB) storagetest.Host {
				db := copyOf(t, template)
				s := over(t, db)
				if prepared {
					require.NoError(t, s.View(nowhere, nothing))
				}
				return joint.Host{Store: s, DB: db}
			})
		})
	}
}

func TestPostgreSQLJoinsTransactions(t *testing.T) {
	t.Parallel()
	for name, prepared := range map[string]bool{"prepared": true, "as text": false} {
		t.Run(name, func(t *testing.T) {
			storagetest.Joins(t, func(t testing.TB) storagetest.Host {
				db := tables(t)
				s := postgresEngine.over(t, db, "lancashire")
				if prepared {
					require.NoError(t, s.View(nowhere, nothing))
				}
				return joint.Host{Store: s, DB: db}
			})
		})
	}
}

func nothing(storage.Reader) error { return nil }

// hostOf returns a store over a new file, its host's database, and the path of the file.
func hostOf(t *testing.T) (*sqlstore.Store, *sql.DB, string) {
	path := copied(t, template(t))
	db := database(t, path)
	return over(t, db), db, path
}

// begin begins a transaction of the host's and writes the host's own row in it.
func begin(t *testing.T, db *sql.DB) *sql.Tx {
	t.Helper()
	tx, err := db.Begin()
	require.NoError(t, err)
	note(t, tx)
	return tx
}

func note(t *testing.T, tx *sql.Tx) {
	t.Helper()
	_, err := tx.Exec("INSERT INTO host_note VALUES (1)")
	require.NoError(t, err)
}

func TestANilTransactionIsRefused(t *testing.T) {
	t.Parallel()
	s, _, _ := hostOf(t)
	require.Equal(t, "tx", rule.InvalidMember(s.In(nil).View(nowhere, nothing)))
	require.Equal(t, "tx", rule.InvalidMember(save(s.In(nil), started(t, newChild(), "2026-05-20"))))
}

// A host may have several handles on one database.
func TestATransactionOfAnotherHandleIsJoined(t *testing.T) {
	t.Parallel()
	s, _, path := hostOf(t)
	require.NoError(t, s.View(nowhere, nothing))
	other := database(t, path)
	tx := begin(t, other)
	p := started(t, newChild(), "2026-05-20")
	require.NoError(t, save(s.In(tx), p))
	require.NoError(t, tx.Commit())
	require.NoError(t, read(s, p.ID()))
	require.Equal(t, 1, count(t, other, "host_note"))
}

// Joining a transaction needs no connection besides the host's.
func TestOneConnectionIsEnoughToJoin(t *testing.T) {
	t.Parallel()
	s, db, _ := hostOf(t)
	db.SetMaxOpenConns(1)
	tx := begin(t, db)
	require.NoError(t, save(s.In(tx), started(t, newChild(), "2026-05-20")))
	require.NoError(t, s.In(tx).View(nowhere, nothing))
	require.NoError(t, tx.Commit())
}

func TestUnsafeSettingsOfAHostAreRefused(t *testing.T) {
	t.Parallel()
	for _, setting := range []string{"synchronous=NORMAL", "secure_delete=OFF", "journal_mode=PERSIST"} {
		t.Run(setting, func(t *testing.T) {
			t.Parallel()
			s, db, _ := hostOf(t)
			db.SetMaxOpenConns(1)
			_, err := db.Exec("PRAGMA " + setting)
			require.NoError(t, err)
			tx := begin(t, db)
			requirePlain(t, save(s.In(tx), started(t, newChild(), "2026-05-20")), storage.ErrUnsafe)
			require.NoError(t, tx.Commit())
			require.Zero(t, count(t, db, "pep_plan"))
			require.Equal(t, 1, count(t, db, "host_note"))
		})
	}
}

func TestAJoinedStoreRefusesAnotherSchema(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]string{"newer": "UPDATE pep_schema SET version = 2", "gone": "DROP TABLE pep_schema"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, db, _ := hostOf(t)
			_, err := db.Exec(change)
			require.NoError(t, err)
			tx := begin(t, db)
			requirePlain(t, save(s.In(tx), started(t, newChild(), "2026-05-20")), storage.ErrSchema)
			requirePlain(t, s.In(tx).View(nowhere, nothing), storage.ErrSchema)
			require.NoError(t, tx.Commit())
			require.Equal(t, 1, count(t, db, "host_note"))
		})
	}
}

func TestAJoinedStoreRefusesPostgreSQLWithoutSafeCommits(t *testing.T) {
	t.Parallel()
	db := tables(t)
	s := postgresEngine.over(t, db, "lancashire")
	tx := begin(t, db)
	_, err := tx.Exec("SET LOCAL synchronous_commit = off")
	require.NoError(t, err)
	requireStated(t, save(s.In(tx), started(t, newChild(), "2026-05-20")), storage.ErrUnsafe, "synchronous_commit=off")
	require.NoError(t, tx.Commit())
	require.Equal(t, 1, count(t, db, "host_note"))
}

// The host's own limit on waiting for locks still applies after a store has joined its
// transaction.
func TestAHostsLimitOnWaitingStays(t *testing.T) {
	t.Parallel()
	db := tables(t)
	tx := begin(t, db)
	_, err := tx.Exec("SET LOCAL lock_timeout = '1234ms'")
	require.NoError(t, err)
	require.NoError(t, save(postgresEngine.over(t, db, "lancashire").In(tx), started(t, newChild(), "2026-05-20")))
	var bound string
	require.NoError(t, tx.QueryRow("SHOW lock_timeout").Scan(&bound))
	require.Equal(t, "1234ms", bound)
	require.NoError(t, tx.Rollback())
}

// If PostgreSQL has aborted the host's transaction, the store says so, and the host commits
// nothing.
func TestAnAbortedTransactionIsNotJoined(t *testing.T) {
	t.Parallel()
	db := tables(t)
	s := postgresEngine.over(t, db, "lancashire")
	tx := begin(t, db)
	_, err := tx.Exec("SELECT 1 / 0")
	require.Error(t, err)
	requireStated(t, save(s.In(tx), started(t, newChild(), "2026-05-20")), storage.ErrUnavailable, "25P02")
	requireStated(t, s.In(tx).View(nowhere, nothing), storage.ErrUnavailable, "25P02")
	require.Error(t, tx.Commit())
	require.Zero(t, count(t, db, "pep_plan")+count(t, db, "host_note"))
}

// If a statement of the host's fails inside an Update, only that Update is undone.
func TestAHostsFaultWithinAnUpdateUndoesTheUpdate(t *testing.T) {
	t.Parallel()
	db := tables(t)
	s := postgresEngine.over(t, db, "lancashire")
	tx := begin(t, db)
	err := s.In(tx).Update(nowhere, func(own storage.Tx) error {
		_, _ = tx.Exec("SELECT 1 / 0")
		_ = own.Save(nowhere, started(t, newChild(), "2026-05-20"))
		return nil
	})
	requireStated(t, err, storage.ErrUnavailable, "25P02")
	p := started(t, newChild(), "2026-05-20")
	require.NoError(t, save(s.In(tx), p))
	require.NoError(t, tx.Commit())
	require.Equal(t, 1, count(t, db, "pep_plan"))
	require.Equal(t, 1, count(t, db, "host_note"))
}

// full fills the disk, so that SQLite ends the host's transaction by itself.
func full(t *testing.T, tx *sql.Tx) {
	t.Helper()
	_, err := tx.Exec("PRAGMA max_page_count = 1")
	require.NoError(t, err)
	for err == nil {
		_, err = tx.Exec("INSERT INTO host_note VALUES (randomblob(5000))")
	}
	require.ErrorContains(t, err, "full")
	_, err = tx.Exec("PRAGMA max_page_count = 1000000")
	require.NoError(t, err)
}

// If SQLite has ended the host's transaction, the store writes nothing more, because that
// would be committed at once, and the host's Commit fails.
func TestATransactionThatSQLiteEndedIsNotJoined(t *testing.T) {
	t.Parallel()
	s, db, _ := hostOf(t)
	tx := begin(t, db)
	require.NoError(t, save(s.In(tx), started(t, newChild(), "2026-05-20")))
	full(t, tx)
	requirePlain(t, save(s.In(tx), started(t, newChild(), "2026-05-20")), storage.ErrClosed)
	requirePlain(t, s.In(tx).View(nowhere, nothing), storage.ErrClosed)
	require.ErrorIs(t, tx.Commit(), sql.ErrTxDone)
	require.Zero(t, count(t, db, "pep_plan")+count(t, db, "host_note"))
}

// If a statement of the host's ends the transaction in the middle of an Update, nothing of
// the transaction stays, even if the host goes on as if nothing had happened.
func TestSQLiteEndingATransactionWithinAnUpdateLeavesNoHalf(t *testing.T) {
	t.Parallel()
	for name, prepared := range map[string]bool{"prepared": true, "as text": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, db, _ := hostOf(t)
			if prepared {
				require.NoError(t, s.View(nowhere, nothing))
			}
			tx := begin(t, db)
			err := s.In(tx).Update(nowhere, func(own storage.Tx) error {
				require.NoError(t, own.Save(nowhere, started(t, newChild(), "2026-05-20")))
				full(t, tx)
				requirePlain(t, own.Save(nowhere, started(t, newChild(), "2026-05-20")), storage.ErrClosed)
				_, _, _ = own.Once(nowhere, "key", pep.Digest{}, lately)
				return nil
			})
			requirePlain(t, err, storage.ErrClosed)
			require.ErrorIs(t, tx.Commit(), sql.ErrTxDone)
			require.Zero(t, count(t, db, "pep_plan")+count(t, db, "pep_event")+count(t, db, "pep_command")+count(t, db, "host_note"))
		})
	}
}

// If a statement of the store's ends the transaction, nothing of the transaction stays.
func TestAFullDiskWithinAHostsTransactionLeavesNothing(t *testing.T) {
	t.Parallel()
	s, db, _ := hostOf(t)
	db.SetMaxOpenConns(1)
	_, err := db.Exec("PRAGMA max_page_count = 1")
	require.NoError(t, err)
	tx := begin(t, db)
	err = s.In(tx).Update(nowhere, func(own storage.Tx) error {
		for {
			if err := own.Save(nowhere, delegated(t, newChild(), strings.Repeat("long ", 200))); err != nil {
				_ = own.Save(nowhere, started(t, newChild(), "2026-05-20"))
				return nil
			}
		}
	})
	requirePlain(t, err, storage.ErrUnavailable)
	_, err = tx.Exec("INSERT INTO host_note VALUES (1)")
	require.ErrorIs(t, err, sql.ErrTxDone, "what the host writes next must not be committed by itself either")
	require.ErrorIs(t, tx.Commit(), sql.ErrTxDone)
	require.Zero(t, count(t, db, "pep_plan")+count(t, db, "host_note"))
	requireSound(t, db)
}

// A host must not run two Updates at once in one transaction. If it does, the store ends the
// transaction rather than lose the rows of one Update unnoticed.
func TestCrossedUpdatesAreNotCommitted(t *testing.T) {
	t.Parallel()
	s, db, _ := hostOf(t)
	tx := begin(t, db)
	inside, left := make(chan struct{}), make(chan error)
	go func() {
		left <- s.In(tx).Update(nowhere, func(own storage.Tx) error {
			close(inside)
			<-left
			return own.Save(nowhere, started(t, newChild(), "2026-05-20"))
		})
	}()
	<-inside
	first := s.In(tx).Update(nowhere, func(own storage.Tx) error {
		left <- nil
		second := <-left
		requirePlainOrNil(t, second)
		return own.Save(nowhere, started(t, newChild(), "2026-05-20"))
	})
	requirePlain(t, first, storage.ErrClosed)
	require.ErrorIs(t, tx.Commit(), sql.ErrTxDone)
	require.Zero(t, count(t, db, "pep_plan")+count(t, db, "host_note"))
}

func requirePlainOrNil(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		requirePlain(t, err, storage.ErrUnavailable)
	}
}

// The second of two transactions that lock one plan gets ErrContention after a single call
// of its function. Its host may try again; the store does not.
func TestAJoinedStoreLeavesContentionToTheHost(t *testing.T) {
	t.Parallel()
	db := tables(t)
	s := postgresEngine.over(t, db, "lancashire")
	p := started(t, newChild(), "2026-05-20")
	require.NoError(t, save(s, p))
	first, second := begin(t, db), begin(t, db)
	_, err := second.Exec("SET LOCAL lock_timeout = '20ms'")
	require.NoError(t, err)
	calls := 0
	lock := func(tx storage.Tx) error {
		calls++
		_, err := tx.Plan(nowhere, p.ID())
		return err
	}
	require.NoError(t, s.In(first).Update(nowhere, lock))
	requireStated(t, s.In(second).Update(nowhere, lock), storage.ErrContention, "55P03")
	require.Equal(t, 2, calls)
	require.NoError(t, first.Commit())
	require.NoError(t, s.In(second).Update(nowhere, lock))
	require.NoError(t, second.Commit())
}

func TestAContextThatEndsWithinAHostsTransactionUndoesOnlyTheUpdate(t *testing.T) {
	t.Parallel()
	s, db, _ := hostOf(t)
	tx := begin(t, db)
	ctx, cancel := context.WithCancel(nowhere)
	err := s.In(tx).Update(ctx, func(own storage.Tx) error {
		err := own.Save(ctx, started(t, newChild(), "2026-05-20"))
		cancel()
		return err
	})
	require.ErrorIs(t, err, context.Canceled)
	require.NoError(t, tx.Commit())
	require.Zero(t, count(t, db, "pep_plan"))
	require.Equal(t, 1, count(t, db, "host_note"))
}

// Text that a host's transaction destroyed stays in the files until, after the host's
// commit, Erase is called or a store writes in a transaction of its own.
func TestWhatAHostDestroyedLeavesTheFilesAfterItsCommit(t *testing.T) {
	t.Parallel()
	for name, later := range map[string]func(*testing.T, *sqlstore.Store, *sql.DB){
		"by the first write of another store, after a crash": func(t *testing.T, _ *sqlstore.Store, db *sql.DB) {
			require.NoError(t, save(over(t, db), started(t, newChild(), "2026-05-20")))
		},
		"by Erase": func(t *testing.T, s *sqlstore.Store, _ *sql.DB) { require.NoError(t, s.Erase(nowhere)) },
		"by the next write": func(t *testing.T, s *sqlstore.Store, _ *sql.DB) {
			require.NoError(t, save(s, started(t, newChild(), "2026-05-20")))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, db, path := hostOf(t)
			const secret = "canary-2c9d"
			p := delegated(t, newChild(), strings.Repeat(secret+" ", 100))
			tx := begin(t, db)
			require.NoError(t, save(s.In(tx), p))
			require.NoError(t, tx.Commit())
			tx = begin(t, db)
			again := reload(t, s.In(tx), p.ID())
			do(t, again, pep.SocialWorker, pep.Retract{ConfirmedWithSetting: true, Reason: private.NewText("moved")})
			require.NoError(t, save(s.In(tx), again))
			require.NoError(t, tx.Commit())
			tx = begin(t, db)
			require.NoError(t, s.In(tx).Update(nowhere, func(own storage.Tx) error {
				gone, err := own.Destroy(nowhere, civil.MustParse("2030-01-01"), 1000)
				require.Len(t, gone, 6)
				return err
			}))
			require.NotZero(t, traces(t, path, secret), "it can be rolled back")
			require.NoError(t, tx.Commit())
			require.NotZero(t, traces(t, path, secret), "before Erase a file must hold the text")
			later(t, s, db)
			require.Zero(t, traces(t, path, secret))
			requireSound(t, db)
		})
	}
}

func TestEraseReturnsContentionIfAReaderPreventsIt(t *testing.T) {
	t.Parallel()
	s, db, _ := hostOf(t)
	db.SetMaxOpenConns(2)
	for range 2 {
		_, err := db.Exec("PRAGMA busy_timeout = 20")
		require.NoError(t, err)
	}
	p := started(t, newChild(), "2026-05-20")
	require.NoError(t, save(s, p))
	require.NoError(t, s.View(nowhere, func(r storage.Reader) error {
		_, err := r.Plan(nowhere, p.ID())
		require.NoError(t, err)
		require.NoError(t, save(s, started(t, newChild(), "2026-05-20")))
		requirePlain(t, s.Erase(nowhere), storage.ErrContention)
		return nil
	}))
	require.NoError(t, s.Erase(nowhere))
}

func TestThereIsNothingToEraseOnPostgreSQL(t *testing.T) {
	t.Parallel()
	s, _ := onPostgres(t)
	require.NoError(t, s.Erase(nowhere))
}

// A host can move messages to its own queue in its own transaction.
func TestAHostTakesMessagesOverInItsTransaction(t *testing.T) {
	t.Parallel()
	s, db, _ := hostOf(t)
	require.NoError(t, save(s, delegated(t, newChild(), "words")))
	take := func(end func(*sql.Tx) error) int {
		tx := begin(t, db)
		given, err := s.In(tx).Claim(nowhere, 10, lately, lately.Add(time.Hour))
		require.NoError(t, err)
		for _, m := range given {
			require.NoError(t, s.In(tx).Delivered(nowhere, m.ID))
		}
		require.NoError(t, end(tx))
		return len(given)
	}
	require.Equal(t, 1, take((*sql.Tx).Rollback))
	require.Equal(t, 1, take((*sql.Tx).Commit), "the rollback gave the message back")
	require.Zero(t, take((*sql.Tx).Commit))
	require.Equal(t, 2, count(t, db, "host_note"))
}

// A host's own register reads what the host's transaction has written, and needs no second
// connection.
func TestAHostQueriesItsTablesInTheSameTransaction(t *testing.T) {
	t.Parallel()
	s, db, _ := hostOf(t)
	db.SetMaxOpenConns(1)
	notes := func(r storage.Reader) (n int, err error) {
		rows, err := sqlstore.Query(nowhere, r, "SELECT written FROM host_note WHERE written = ?", 1)
		if err != nil {
			return 0, err
		}
		defer func() { _ = rows.Close() }()
		for ; rows.Next(); n++ {
		}
		return n, rows.Err()
	}
	reads := func(s *sqlstore.Store, want int) {
		t.Helper()
		var kept storage.Reader
		require.NoError(t, s.View(nowhere, func(r storage.Reader) error {
			kept = r
			n, err := notes(r)
			require.Equal(t, want, n)
			return err
		}))
		_, err := notes(kept)
		require.ErrorIs(t, err, storage.ErrClosed)
		require.NoError(t, s.Update(nowhere, func(own storage.Tx) error {
			n, err := notes(own)
			require.Equal(t, want, n)
			return err
		}))
	}
	reads(s, 0)
	tx := begin(t, db)
	reads(s.In(tx), 1)
	require.NoError(t, tx.Commit())
	reads(s, 1)
	requirePlain(t, s.View(nowhere, func(r storage.Reader) error {
		_, err := sqlstore.Query(nowhere, r, "SELECT Ada FROM Lovelace")
		return err
	}), storage.ErrSchema)
	require.NoError(t, memstore.New().View(nowhere, func(r storage.Reader) error {
		_, err := notes(r)
		requirePlain(t, err, storage.ErrNoRole)
		return nil
	}))
}

// If a host's query ends a transaction of the store's own, nothing of the transaction
// stays.
func TestAQueryThatEndsATransactionLeavesNoHalf(t *testing.T) {
	t.Parallel()
	s, db, _ := hostOf(t)
	err := s.Update(nowhere, func(own storage.Tx) error {
		require.NoError(t, own.Save(nowhere, started(t, newChild(), "2026-05-20")))
		rows, err := sqlstore.Query(nowhere, own, "INSERT OR ROLLBACK INTO pep_schema SELECT * FROM pep_schema")
		if err == nil {
			for rows.Next() {
			}
			require.Error(t, errors.Join(rows.Err(), rows.Close()))
		}
		_ = own.Save(nowhere, started(t, newChild(), "2026-05-20"))
		return nil
	})
	require.Error(t, err)
	require.Zero(t, count(t, db, "pep_plan")+count(t, db, "pep_event"))
	require.NoError(t, save(s, started(t, newChild(), "2026-05-20")))
}
