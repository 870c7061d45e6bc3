package sqlstore_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/storage/sqlstore/migrate"
	"virtualschool.example/term/civil"
)

var nowhere = context.Background()

func save(s *sqlstore.Store, p *pep.PEP) error {
	return s.Update(nowhere, func(tx storage.Tx) error { return tx.Save(nowhere, p) })
}

func read(s *sqlstore.Store, id pep.ID) error {
	return s.View(nowhere, func(r storage.Reader) error {
		_, err := r.Plan(nowhere, id)
		return err
	})
}

// requirePlain requires a sentinel in an *Error that neither holds nor unwraps to anything
// from the driver.
func requirePlain(t *testing.T, err, sentinel error) {
	t.Helper()
	require.ErrorIs(t, err, sentinel)
	var own *storage.Error
	require.ErrorAs(t, err, &own)
	var coded interface{ Code() int }
	require.False(t, errors.As(err, &coded), "a driver's error")
	require.NotContains(t, err.Error(), "/", "a path")
	require.NotContains(t, err.Error(), "SQL")
}

func TestNewRefusesInvalidOptions(t *testing.T) {
	t.Parallel()
	_, err := sqlstore.New(nil, sqlstore.Options{Wait: -1, Answer: -1, AllowKeepingCleared: true})
	for _, member := range []string{"db", "dialect", "authority", "wait", "answer", "warn"} {
		require.ErrorContains(t, err, member)
	}
	require.NotEmpty(t, rule.InvalidMember(err))
	for _, unknown := range []sqlstore.Dialect{0, sqlstore.Postgres + 1} {
		_, err := sqlstore.New(nil, sqlstore.Options{Dialect: unknown})
		require.ErrorContains(t, err, "dialect")
		require.Empty(t, unknown.String())
	}
	require.Equal(t, "sqlite", sqlstore.SQLite.String())
}

func TestANewStoreTouchesNothing(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "plans.db")
	over(t, database(t, path))
	_, err := os.Stat(path)
	require.ErrorIs(t, err, os.ErrNotExist)
}

func TestAFileThatIsNotADatabaseIsUnavailable(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "letter.txt")
	require.NoError(t, os.WriteFile(path, []byte(strings.Repeat("Dear Ada Lovelace, ", 100)), 0o600))
	db := database(t, path)
	requirePlain(t, read(over(t, db), pep.ID{}), storage.ErrUnavailable)
	requirePlain(t, save(over(t, db), started(t, newChild(), "2026-05-20")), storage.ErrUnavailable)
	requirePlain(t, migrate.Up(nowhere, db, sqlstore.SQLite), storage.ErrUnavailable)
	_, err := migrate.Version(nowhere, db, sqlstore.SQLite)
	requirePlain(t, err, storage.ErrUnavailable)
}

func TestAReadOnlyDatabaseCanOnlyBeRead(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "plans.db")
	db := database(t, path)
	require.NoError(t, migrate.Up(nowhere, db, sqlstore.SQLite))
	p := started(t, newChild(), "2026-05-20")
	require.NoError(t, save(over(t, db), p))
	only, err := sql.Open("sqlite", sqlstore.SQLite.DSN(path)+"&mode=ro")
	require.NoError(t, err)
	defer func() { require.NoError(t, only.Close()) }()
	s := over(t, only)
	require.NoError(t, read(s, p.ID()))
	requirePlain(t, save(s, started(t, newChild(), "2026-05-20")), storage.ErrUnavailable)
	require.NoError(t, read(s, p.ID()), "it can still be read")
}

func TestAnotherSchemaIsRefused(t *testing.T) {
	t.Parallel()
	requireAnotherSchemaRefused(t, sqliteEngine, open)
}

// requireAnotherSchemaRefused changes the schema under a store that has been used before,
// and under one that has not.
func requireAnotherSchemaRefused(t *testing.T, e engine, open func(testing.TB) (*sqlstore.Store, *sql.DB)) {
	t.Helper()
	for name, change := range map[string]string{
		"newer": "UPDATE pep_schema SET version = 2",
		"older": "UPDATE pep_schema SET version = 0",
		"gone":  "DROP TABLE pep_schema",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			used, db := open(t)
			p := started(t, newChild(), "2026-05-20")
			require.NoError(t, save(used, p))
			_, err := db.Exec(change)
			require.NoError(t, err)
			for _, s := range []*sqlstore.Store{used, e.over(t, db, "lancashire")} {
				requirePlain(t, read(s, p.ID()), storage.ErrSchema)
				requirePlain(t, save(s, started(t, newChild(), "2026-05-20")), storage.ErrSchema)
			}
			require.Equal(t, 1, count(t, db, "pep_plan"), "nothing was written")
		})
	}
}

func TestADatabaseWithoutSchemaIsRefused(t *testing.T) {
	t.Parallel()
	db := database(t, filepath.Join(t.TempDir(), "plans.db"))
	s := over(t, db)
	requirePlain(t, read(s, pep.ID{}), storage.ErrSchema)
	requirePlain(t, save(s, started(t, newChild(), "2026-05-20")), storage.ErrSchema)
	require.NoError(t, migrate.Up(nowhere, db, sqlstore.SQLite))
	require.NoError(t, save(s, started(t, newChild(), "2026-05-20")), "the store finds the schema once it exists")
}

func count(t testing.TB, db *sql.DB, table string) (n int) {
	t.Helper()
	require.NoError(t, db.QueryRow("SELECT count(*) FROM "+table).Scan(&n))
	return n
}

// The store notices if a connection becomes unsafe after the store has used it.
func TestUnsafeSettingsAreNoticedInEachTransaction(t *testing.T) {
	t.Parallel()
	s, db := open(t)
	db.SetMaxOpenConns(1)
	p := delegated(t, newChild(), "words")
	require.NoError(t, save(s, p))
	set := func(pragma string) {
		_, err := db.Exec("PRAGMA " + pragma)
		require.NoError(t, err)
	}
	set("synchronous=NORMAL")
	requirePlain(t, save(s, started(t, newChild(), "2026-05-20")), storage.ErrUnsafe)
	set("synchronous=FULL")
	require.NoError(t, save(s, started(t, newChild(), "2026-05-20")))
	set("secure_delete=OFF")
	again := reload(t, s, p.ID())
	do(t, again, pep.SocialWorker, pep.Retract{ConfirmedWithSetting: true, Reason: private.NewText("moved")})
	swallowed := s.Update(nowhere, func(tx storage.Tx) error {
		_ = tx.Save(nowhere, again) // this Save writes only half of the retract
		return nil
	})
	requirePlain(t, swallowed, storage.ErrUnsafe)
	require.Equal(t, p.Snapshot(), reload(t, s, p.ID()).Snapshot())
	requirePlain(t, s.Update(nowhere, func(tx storage.Tx) error {
		_, err := tx.Destroy(nowhere, today, 1)
		return err
	}), storage.ErrUnsafe)
}

func reload(t testing.TB, s *sqlstore.Store, id pep.ID) (p *pep.PEP) {
	t.Helper()
	require.NoError(t, s.View(nowhere, func(r storage.Reader) (err error) {
		p, err = r.Plan(nowhere, id)
		return err
	}))
	return p
}

func TestAFullDiskLosesNothingAndRecoversOnceThereIsSpace(t *testing.T) {
	t.Parallel()
	s, db := open(t)
	db.SetMaxOpenConns(1)
	require.NoError(t, save(s, started(t, newChild(), "2026-05-20")))
	for range 20 {
		_, err := db.Exec("PRAGMA max_page_count = 1")
		require.NoError(t, err)
		var failed error
		before := 0
		for failed == nil {
			before = count(t, db, "pep_plan")
			failed = save(s, delegated(t, newChild(), strings.Repeat("long ", 200)))
		}
		requirePlain(t, failed, storage.ErrUnavailable)
		require.Equal(t, before, count(t, db, "pep_plan"))
		_, err = db.Exec("PRAGMA max_page_count = 1000000")
		require.NoError(t, err)
		require.NoError(t, save(s, delegated(t, newChild(), strings.Repeat("long ", 200))))
	}
	requireSound(t, db)
}

// requireSound requires that the database's own integrity check finds no fault.
func requireSound(t testing.TB, db *sql.DB) {
	t.Helper()
	var ok string
	require.NoError(t, db.QueryRow("PRAGMA integrity_check").Scan(&ok))
	require.Equal(t, "ok", ok)
	rows, err := db.Query("PRAGMA foreign_key_check")
	require.NoError(t, err)
	require.False(t, rows.Next())
	require.NoError(t, rows.Close())
}

// A list yields an error that names the damaged plan, and then goes on to the next plan.
func TestOnlyTheDamagedPlanCannotBeRead(t *testing.T) {
	t.Parallel()
	s, db := open(t)
	good, bad := started(t, newChild(), "2026-05-20"), started(t, newChild(), "2026-05-19")
	require.NoError(t, save(s, good))
	require.NoError(t, save(s, bad))
	id := bad.ID()
	var others string
	require.NoError(t, db.QueryRow("SELECT body FROM pep_plan WHERE meeting = 20260520").Scan(&others))
	for _, body := range []string{"", "{}", `{"format":99}`, `Ada Lovelace`, others} {
		_, err := db.Exec("UPDATE pep_plan SET body = ? WHERE id = ?", body, id.UUID[:])
		require.NoError(t, err)
		err = read(s, id)
		requirePlain(t, err, storage.ErrDamaged)
		require.NotContains(t, err.Error(), "Ada")
		require.NoError(t, read(s, good.ID()))
		n := 0
		require.NoError(t, s.View(nowhere, func(r storage.Reader) error {
			for p, err := range r.Plans(nowhere, storage.Query{Scope: storage.Everything()}) {
				if n++; n == 2 {
					require.NoError(t, err)
					require.Equal(t, good.ID(), p.ID())
					continue
				}
				requirePlain(t, err, storage.ErrDamaged)
				var damaged *storage.Error
				require.ErrorAs(t, err, &damaged)
				require.Equal(t, id, damaged.Plan)
			}
			return read(s, good.ID())
		}))
		require.Equal(t, 2, n)
	}
}

// traces returns how often a text occurs in the files of a database.
func traces(t testing.TB, path, text string) (n int) {
	t.Helper()
	files, err := filepath.Glob(path + "*")
	require.NoError(t, err)
	for _, f := range files {
		b, err := os.ReadFile(f)
		require.NoError(t, err)
		n += strings.Count(string(b), text)
	}
	return n
}

func TestADestroyedCopyLeavesEveryFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "plans.db")
	db := database(t, path)
	require.NoError(t, migrate.Up(nowhere, db, sqlstore.SQLite))
	s := over(t, db)
	const secret = "canary-7f3a"
	for i := range 30 {
		p := delegated(t, newChild(), strings.Repeat(secret+" ", 1+40*(i%5)))
		require.NoError(t, save(s, p))
		p = reload(t, s, p.ID())
		do(t, p, pep.SocialWorker, pep.Retract{ConfirmedWithSetting: true, Reason: private.NewText("moved")})
		require.NoError(t, save(s, p))
	}
	require.NotZero(t, traces(t, path, secret), "sealed copies can be restored")
	require.NoError(t, s.Update(nowhere, func(tx storage.Tx) error {
		gone, err := tx.Destroy(nowhere, civil.MustParse("2030-01-01"), 1000)
		require.Len(t, gone, 30*6)
		return err
	}))
	require.Zero(t, traces(t, path, secret))
	requireSound(t, db)
}

func TestOverwrittenAnswersLeaveEveryFileAfterErase(t *testing.T) {
	t.Parallel()
	s, _, path := hostOf(t)
	const secret = "canary-51e0"
	p := started(t, newChild(), "2026-05-20")
	for _, text := range []string{secret, "other"} {
		do(t, p, pep.SocialWorker, pep.Answer{Section: 1, Answers: filled(p, 1, text)})
		require.NoError(t, save(s, p))
		p = reload(t, s, p.ID())
	}
	require.NotZero(t, traces(t, path, secret), "before Erase a file must hold the text")
	require.NoError(t, s.Erase(nowhere))
	require.Zero(t, traces(t, path, secret))
}

// If a reader prevents the store from emptying the log, a later write does it.
func TestErasingHappensLaterIfAReaderPreventsIt(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "plans.db")
	db := database(t, path)
	require.NoError(t, migrate.Up(nowhere, db, sqlstore.SQLite))
	s := over(t, db)
	const secret = "canary-8b1c"
	p := delegated(t, newChild(), secret)
	do(t, p, pep.SocialWorker, pep.Retract{ConfirmedWithSetting: true, Reason: private.NewText("moved")})
	require.NoError(t, save(s, p))
	require.NoError(t, s.View(nowhere, func(r storage.Reader) error {
		require.NoError(t, s.Update(nowhere, func(tx storage.Tx) error {
			_, err := tx.Destroy(nowhere, civil.MustParse("2030-01-01"), 1000)
			return err
		}))
		require.NotZero(t, traces(t, path, secret))
		return nil
	}))
	require.NoError(t, save(s, started(t, newChild(), "2026-05-20")))
	require.Zero(t, traces(t, path, secret))
}

func TestAuthoritiesDoNotSeeEachOther(t *testing.T) {
	t.Parallel()
	s, db := open(t)
	other, err := sqlstore.New(db, sqlstore.Options{Dialect: sqlstore.SQLite, Authority: "cumbria"})
	require.NoError(t, err)
	p := delegated(t, newChild(), "words")
	require.NoError(t, save(s, p))
	require.ErrorIs(t, read(other, p.ID()), storage.ErrNotFound)
	require.NoError(t, save(other, p), "the same id and child are free for another authority")
	again := reload(t, s, p.ID())
	do(t, again, pep.SocialWorker, pep.Retract{ConfirmedWithSetting: true, Reason: private.NewText("moved")})
	require.NoError(t, save(s, again))
	require.Equal(t, p.Snapshot(), reload(t, other, p.ID()).Snapshot())
	require.NoError(t, other.View(nowhere, func(r storage.Reader) error {
		for range r.Sealed(nowhere, p.ID()) {
			t.Error("a sealed copy of another authority")
		}
		n := 0
		for range r.History(nowhere, p.ID()) {
			n++
		}
		require.Equal(t, int(p.Version()), n)
		return nil
	}))
	m, err := other.Claim(nowhere, 10, lately, lately.Add(time.Hour))
	require.NoError(t, err)
	require.Len(t, m, 1)
}

func TestAnyPathIsADSN(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"plain.db", "with space.db", "per%cent.db", "que?ry.db", "ha#sh.db", "a&b=c.db", "Łukasz.db"} {
		path := filepath.Join(t.TempDir(), name)
		db := database(t, path)
		require.NoError(t, migrate.Up(nowhere, db, sqlstore.SQLite), name)
		require.FileExists(t, path)
		require.NoError(t, save(over(t, db), started(t, newChild(), "2026-05-20")), name)
	}
	for _, slashes := range []string{"/", "//", "///"} {
		path := slashes + filepath.Join(t.TempDir(), "slashes.db")
		db := database(t, path)
		require.NoError(t, migrate.Up(nowhere, db, sqlstore.SQLite), path)
		require.FileExists(t, path)
	}
}

// A call that waits for another call's first use of the database waits only until its own
// context ends.
func TestWaitingForAnothersFirstUseEndsWithTheContext(t *testing.T) {
	t.Parallel()
	s, db := open(t)
	db.SetMaxOpenConns(1)
	held, err := db.Conn(nowhere)
	require.NoError(t, err)
	first := make(chan error)
	go func() { first <- s.View(nowhere, nothing) }()
	for db.Stats().WaitCount == 0 { // let the first View begin to wait for the connection
		runtime.Gosched()
	}
	ctx, cancel := context.WithTimeout(nowhere, time.Millisecond)
	defer cancel()
	require.Equal(t, context.DeadlineExceeded, s.View(ctx, nothing))
	require.NoError(t, held.Close())
	require.NoError(t, <-first)
}

func TestAnUpdateInsideAnotherEndsWithContention(t *testing.T) {
	t.Parallel()
	_, db := open(t)
	s, err := sqlstore.New(db, sqlstore.Options{Dialect: sqlstore.SQLite, Authority: "lancashire", Wait: 20 * time.Millisecond})
	require.NoError(t, err)
	nothing := func(storage.Tx) error { return nil }
	requirePlain(t, s.Update(nowhere, func(storage.Tx) error { return s.Update(nowhere, nothing) }), storage.ErrContention)
	other, err := sqlstore.New(db, sqlstore.Options{Dialect: sqlstore.SQLite, Authority: "lancashire", Wait: 20 * time.Millisecond})
	require.NoError(t, err)
	requirePlain(t, s.Update(nowhere, func(storage.Tx) error { return other.Update(nowhere, nothing) }), storage.ErrContention)
	db.SetMaxOpenConns(1)
	requirePlain(t, s.View(nowhere, func(storage.Reader) error { return s.Update(nowhere, nothing) }), storage.ErrContention)
}

// TestADamagedRowOfTheRegisterIsNotRead covers a changed value, and a row that holds
// another row's content.
func TestADamagedRowOfTheRegisterIsNotRead(t *testing.T) {
	t.Parallel()
	s, db := open(t)
	child := act(newChild(), pep.SocialWorker).Facts.Child
	other := child
	other.ID = newChild()
	require.NoError(t, s.Update(nowhere, func(tx storage.Tx) error {
		r := tx.(storage.Registrar)
		return errors.Join(r.PutChild(nowhere, child), r.PutChild(nowhere, other), r.PutEstablishment(nowhere, school), r.PutContributor(nowhere, helper))
	}))
	reads := map[string]func(storage.Register) error{
		"child":         func(r storage.Register) error { _, err := r.Child(nowhere, child.ID); return err },
		"establishment": func(r storage.Register) error { _, err := r.Establishment(nowhere, school.ID); return err },
		"contributor":   func(r storage.Register) error { _, err := r.Contributor(nowhere, helper.ID); return err },
	}
	requireRead := func(what string, want error) {
		for name, of := range reads {
			err := s.View(nowhere, func(r storage.Reader) error { return of(r.(storage.Register)) })
			if name != what || want == nil {
				require.NoError(t, err, name)
			} else {
				requirePlain(t, err, want)
			}
		}
	}
	requireRead("", nil)
	for what, change := range map[string]string{
		"child":         "UPDATE pep_child SET body = (SELECT body FROM pep_child WHERE id = ?2), checksum = (SELECT checksum FROM pep_child WHERE id = ?2) WHERE id = ?1",
		"establishment": "UPDATE pep_establishment SET name = 'Another' WHERE id = ?1",
		"contributor":   "UPDATE pep_contributor SET email = 'another@example.org' WHERE id = ?1",
	} {
		id := map[string]uuid.UUID{"child": child.ID.UUID, "establishment": school.ID.UUID, "contributor": helper.ID.UUID}[what]
		tx, err := db.Begin()
		require.NoError(t, err)
		_, err = tx.Exec(change, id[:], other.ID.UUID[:])
		require.NoError(t, err, what)
		require.NoError(t, tx.Commit())
		requireRead(what, storage.ErrDamaged)
		require.NoError(t, s.Update(nowhere, func(tx storage.Tx) error {
			r := tx.(storage.Registrar)
			return errors.Join(r.PutChild(nowhere, child), r.PutEstablishment(nowhere, school), r.PutContributor(nowhere, helper))
		}))
	}
}
