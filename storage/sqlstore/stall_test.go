package sqlstore_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/storage/sqlstore/migrate"
	"virtualschool.example/storage/sqlstore/pgtest"
)

const (
	// bound is the caller's deadline, counted from the moment the driver stalls.
	// The store's Options.Answer or Options.Wait has the same length.
	bound = 300 * time.Millisecond
	// allowance is how much longer than bound a call may take to return.
	allowance = time.Second
)

// TestAStallAtAnyCallBlocksNobody makes every call to the driver stall. It checks the time at
// which the caller returns, and then every row and the pool.
func TestAStallAtAnyCallBlocksNobody(t *testing.T) {
	t.Parallel()
	var all sweep
	for _, sc := range stallable(t) {
		template := prepared(t, sc)
		all.add(t, sc, sqliteEngine, []mode{stalls, ignores}, func(t *testing.T) stage {
			path := copied(t, template)
			return stage{sqlstore.SQLite.DSN(path), "lancashire", func(t *testing.T) string { return rowsOf(t, path) }}
		})
	}
	all.run(t)
}

func TestAStallAtAnyCallToPostgreSQLBlocksNobody(t *testing.T) {
	t.Parallel()
	dsn := pgtest.DSN(t)
	db, err := sql.Open("pgx", dsn)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	require.NoError(t, migrate.Up(nowhere, db, sqlstore.Postgres))
	var all sweep
	for _, sc := range stallable(t) {
		all.add(t, sc, postgresEngine, []mode{stalls, ignores, freezes}, func(t *testing.T) stage {
			authority := uuid.NewString()
			if len(sc.before) > 0 {
				require.NoError(t, save(postgresEngine.over(t, db, authority), played(t, sc.before)))
			}
			return stage{dsn, authority, func(t *testing.T) string {
				return rowsIn(t, db, " WHERE authority = '"+authority+"' ORDER BY 2, 3, 4")
			}}
		})
	}
	all.run(t)
}

// TestAStallAtBeginEndsAfterWait covers a stall at BEGIN or at the connection, with a context
// that never ends.
func TestAStallAtBeginEndsAfterWait(t *testing.T) {
	t.Parallel()
	for _, e := range []engine{sqliteEngine, postgresEngine} {
		dsn := ""
		if e.dialect == sqlstore.SQLite {
			dsn = sqlstore.SQLite.DSN(copied(t, template(t)))
		} else {
			dsn = migrated(t, pgtest.DSN(t))
		}
		for _, m := range []mode{stalls, ignores} {
			f := &faults{release: make(chan struct{})}
			db := e.faulty(dsn, f)
			db.SetMaxOpenConns(2)
			s, err := sqlstore.New(db, sqlstore.Options{Dialect: e.dialect, Authority: "lancashire", Wait: bound})
			require.NoError(t, err)
			require.NoError(t, s.View(nowhere, nothing))
			for name, do := range map[string]func() error{
				"view":   func() error { return s.View(nowhere, nothing) },
				"update": func() error { return s.Update(nowhere, func(storage.Tx) error { return nil }) },
			} {
				f.set(1, m, func() {})
				requirePlain(t, do(), storage.ErrContention)
				require.Less(t, f.since(), bound+allowance, name)
			}
			close(f.release)
			require.Eventually(t, func() bool { return db.Stats().InUse == 0 }, 10*time.Second, time.Millisecond)
			require.NoError(t, db.Close())
		}
	}
}

// TestAStallAtTheFirstUseEndsAfterAnswer uses a context that never ends. The error says that
// the database did not answer.
func TestAStallAtTheFirstUseEndsAfterAnswer(t *testing.T) {
	t.Parallel()
	for _, e := range []engine{sqliteEngine, postgresEngine} {
		dsn := ""
		if e.dialect == sqlstore.SQLite {
			dsn = sqlstore.SQLite.DSN(copied(t, template(t)))
		} else {
			dsn = migrated(t, pgtest.DSN(t))
		}
		for at, call := range []string{"connect", "schema", "settings", "prepare"} {
			f := &faults{release: make(chan struct{})}
			db := e.faulty(dsn, f)
			s, err := sqlstore.New(db, sqlstore.Options{Dialect: e.dialect, Authority: "lancashire", Answer: bound})
			require.NoError(t, err)
			f.set(at+1, stalls, func() {})
			requirePlain(t, s.View(nowhere, nothing), storage.ErrUnavailable)
			require.Less(t, f.since(), bound+allowance, call)
			require.NoError(t, s.View(nowhere, nothing), call)
			require.NoError(t, db.Close())
		}
	}
}

// stallable returns the scenarios and three more: a View, a refusal, and the first use of a
// store.
func stallable(t *testing.T) []scenario {
	return append(scenarios(t),
		scenario{"view", withOther, func(_ *testing.T, ctx context.Context, s *sqlstore.Store) error {
			return s.View(ctx, func(r storage.Reader) error {
				for _, err := range r.History(ctx, faultPlan) {
					if err != nil {
						return err
					}
				}
				_, err := r.Plan(ctx, faultPlan)
				return err
			})
		}},
		scenario{"refusal", nil, func(t *testing.T, ctx context.Context, s *sqlstore.Store) error {
			refused := errors.New("refused")
			err := s.Update(ctx, func(tx storage.Tx) error {
				if err := tx.Save(ctx, played(t, begun)); err != nil {
					return err
				}
				return refused
			})
			if errors.Is(err, refused) {
				return nil
			}
			return err
		}},
		scenario{firstUse, nil, command(begun[0])},
	)
}

// firstUse is the name of the scenario in which a store is used for the first time.
const firstUse = "first use"

// stalling is a scenario in which one call stalls.
type stalling struct {
	scenario
	engine      engine
	hosted      bool
	at          int
	mode        mode
	fresh       func(*testing.T) stage
	first, last string
}

func (s stalling) String() string {
	where := s.name
	if s.hosted {
		where += " for a host"
	}
	return fmt.Sprintf("%s, %s, %s at call %d", s.engine.dialect, where, s.mode, s.at)
}

// sweep holds one stalling for each call that stalls.
type sweep []stalling

// add adds the stallings of one scenario. In each mode it adds one for each call that goes
// wrong in that mode.
func (all *sweep) add(t *testing.T, sc scenario, e engine, modes []mode, fresh func(*testing.T) stage) {
	hosts := []bool{false}
	switch sc.name {
	case "retract", "destroy", "view", "refusal":
		hosts = append(hosts, true)
	}
	for _, hosted := range hosts {
		s := stalling{scenario: sc, engine: e, hosted: hosted, fresh: fresh}
		st, f, made := fresh(t), &faults{}, 0
		s.first = st.rows(t)
		db := e.faulty(st.dsn, f)
		require.NoError(t, s.play(t, s.over(t, db, st), db, f, nowhere, nil, func() { made, _ = f.state() }))
		require.NoError(t, db.Close())
		s.last = st.rows(t)
		if sc.name == firstUse { // the later calls are the same as in other scenarios
			made = f.begun - 1
		}
		require.NotZero(t, made)
		for _, s.mode = range modes {
			first, apart := calls(e, s.mode)
			for s.at = first; s.at <= made; s.at += apart {
				if sc.name != firstUse || s.at < 5 || s.at%10 == 0 { // the other calls prepare statements just as these do
					*all = append(*all, s)
				}
			}
		}
	}
}

// atOnce is the number of stallings that run at the same time. A stalling mostly waits;
// before and after the stall, only two work at a time.
const atOnce = 16

func (all sweep) run(t *testing.T) {
	var longest time.Duration
	var of string
	hit := map[mode]int{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	places, work := make(chan struct{}, atOnce), make(chan struct{}, 2)
	for _, s := range all {
		places <- struct{}{}
		wg.Go(func() {
			defer func() { <-places }()
			took := s.run(t, work)
			for range 2 { // the machine may have been busy
				if took > 0 && took < bound+allowance {
					break
				}
				took = s.run(t, work)
			}
			mu.Lock()
			defer mu.Unlock()
			if took > 0 && took < bound+allowance {
				hit[s.mode]++
			} else {
				t.Errorf("%s: %v", s, took)
			}
			if took > longest {
				longest, of = took, s.String()
			}
		})
	}
	wg.Wait()
	n := 0
	for m, of := range hit {
		n += of
		t.Logf("%s: %d calls", m, of)
	}
	t.Logf("%d of %d calls stalled; the longest time to return was %v, where %v is allowed: %s", n, len(all), longest, bound+allowance, of)
}

// run makes one call stall, and returns how long the caller waited after that. While it
// waits, it lets others work.
func (s stalling) run(t *testing.T, work chan struct{}) (took time.Duration) {
	work <- struct{}{}
	defer func() { <-work }()
	st, f, e := s.fresh(t), &faults{release: make(chan struct{})}, s.engine
	thaw := func() {}
	ctx, cancel := context.WithCancel(nowhere)
	defer cancel()
	freeze := func() {}
	if s.mode == freezes {
		p := newProxy(t, st.dsn)
		e.driver, freeze, thaw = p, p.freeze, p.thaw
	}
	stall := func() {
		freeze()
		time.AfterFunc(bound, cancel)
		<-work
	}
	db := e.faulty(st.dsn, f)
	defer func() { _ = db.Close() }()
	store := s.over(t, db, st)
	var hit string
	err := s.play(t, store, db, f, ctx, stall, func() {
		took = f.since()
		_, hit = f.state()
		f.set(0, 0, nil)
		if hit != "" {
			work <- struct{}{}
		}
		close(f.release)
		if hit != "" {
			thaw()
		}
	})
	if hit == "" {
		return 0
	}
	says := fmt.Sprintf("%s: %s: %v", s, hit, err)
	require.Eventually(t, func() bool { return db.Stats().InUse == 0 }, 10*time.Second, time.Millisecond, says)
	switch got := st.rows(t); {
	case err == nil:
		require.Equal(t, s.last, got, says)
	case errors.Is(err, storage.ErrOutcomeUnknown):
		require.Contains(t, []string{s.first, s.last}, got, says)
	default:
		require.Equal(t, s.first, got, says)
	}
	require.NoError(t, s.do(t, nowhere, store), "again, after %s", says)
	require.Equal(t, s.last, st.rows(t), "again, after %s", says)
	return took
}

// over returns a store over one connection. For the first use of a store, which makes many
// calls, Options.Answer keeps its default, so that no call ends by itself.
func (s stalling) over(t *testing.T, db *sql.DB, st stage) *sqlstore.Store {
	t.Helper()
	db.SetMaxOpenConns(1)
	o := sqlstore.Options{Dialect: s.engine.dialect, Authority: st.authority}
	if s.mode != 0 && s.name != firstUse {
		o.Answer = bound
	}
	store, err := sqlstore.New(db, o)
	require.NoError(t, err)
	return store
}

// play plays the scenario, and counts calls from its first call. It calls the last argument
// as soon as the scenario is over, before a host ends its transaction.
func (s stalling) play(t *testing.T, store *sqlstore.Store, db *sql.DB, f *faults, ctx context.Context, stall, returned func()) error {
	if s.name != firstUse {
		require.Eventually(t, func() bool { return store.View(nowhere, nothing) == nil }, time.Minute, time.Millisecond)
	}
	if !s.hosted {
		f.set(s.at, s.mode, stall)
		err := s.do(t, ctx, store)
		returned()
		return err
	}
	tx, err := db.Begin()
	require.NoError(t, err)
	f.set(s.at, s.mode, stall)
	err = s.do(t, ctx, store.In(tx))
	returned()
	if err != nil {
		_ = tx.Rollback()
		return err
	}
	if tx.Commit() != nil {
		return storage.ErrOutcomeUnknown
	}
	return nil
}
