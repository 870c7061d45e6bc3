package sqlstore_test

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/storage/sqlstore/migrate"
	"virtualschool.example/storage/sqlstore/pgtest"
	"virtualschool.example/term/civil"
)

var (
	faultPlan  = pep.ID{UUID: uuid.UUID{0: 1}}
	faultChild = record.ChildID{UUID: uuid.UUID{0: 2}}
)

var nth = flag.Int("nth", 4, "every nth call to PostgreSQL goes wrong or stalls in each way; 1 means every call")

// calls returns the first call that goes wrong in the mode m, and the distance to the next
// such call. On SQLite every call goes wrong in every mode. On PostgreSQL, where a call
// takes longer, only every nth call goes wrong in a mode, and the first one depends on the
// mode.
func calls(e engine, m mode) (first, apart int) {
	if e.dialect == sqlstore.SQLite {
		return 1, 1
	}
	return 1 + int(m)%*nth, *nth
}

// scenario is a transaction that changes something, with the moves that come before it.
type scenario struct {
	name   string
	before []move
	do     func(t *testing.T, ctx context.Context, s *sqlstore.Store) error
}

// move is an action that a role takes.
type move struct {
	role pep.Role
	do   pep.Action
}

var (
	begun     = []move{{pep.SocialWorker, pep.StartInitial{Meeting: civil.MustParse("2026-05-20")}}}
	withOther = append(begun, move{pep.SocialWorker, fillAll{}}, move{pep.SocialWorker, pep.Delegate{All: true, Due: civil.MustParse("2026-06-01")}})
	retracted = append(withOther, retract())
)

func retract() move {
	return move{pep.SocialWorker, pep.Retract{ConfirmedWithSetting: true, Reason: private.NewText("moved")}}
}

// fillAll stands for answers to every section.
type fillAll struct{ pep.Action }

// played returns the plan after the given moves. The plan has never been saved.
func played(t testing.TB, moves []move) *pep.PEP {
	t.Helper()
	p := pep.New(faultPlan)
	require.NoError(t, p.Do(act(faultChild, moves[0].role), moves[0].do))
	for _, m := range moves[1:] {
		m.apply(t, p)
	}
	return p
}

// apply makes a move on a plan.
func (s move) apply(t testing.TB, p *pep.PEP) {
	t.Helper()
	if _, all := s.do.(fillAll); !all {
		do(t, p, s.role, s.do)
		return
	}
	for n := range p.Blank() {
		do(t, p, s.role, pep.Answer{Section: n + 1, Answers: filled(p, n+1, "words")})
	}
}

// once returns a function that enters a key and, if the key is new, does its work in the
// same transaction.
func once(do func(context.Context, storage.Tx) error) func(*testing.T, context.Context, *sqlstore.Store) error {
	return func(_ *testing.T, ctx context.Context, s *sqlstore.Store) error {
		return s.Update(ctx, func(tx storage.Tx) error {
			_, done, err := tx.Once(ctx, "key", pep.Digest{7}, lately)
			if err != nil || done {
				return err
			}
			return do(ctx, tx)
		})
	}
}

// command returns a function that makes a move as a service does.
func command(next move) func(*testing.T, context.Context, *sqlstore.Store) error {
	return once(func(ctx context.Context, tx storage.Tx) error {
		p, err := tx.Plan(ctx, faultPlan)
		if errors.Is(err, storage.ErrNotFound) {
			p, err = pep.New(faultPlan), nil
		}
		if err != nil {
			return err
		}
		by := act(faultChild, next.role)
		if err := p.Do(by, next.do); err != nil {
			return err
		}
		if err := tx.Record(ctx, "key", storage.Outcome{Plan: p.ID(), Version: p.Version()}); err != nil {
			return err
		}
		return tx.Save(ctx, p)
	})
}

func scenarios(t testing.TB) []scenario {
	saved := pep.SaveContribution{Section: 3, Answers: filled(played(t, begun), 3, "more")}
	return []scenario{
		{"start", nil, command(begun[0])},
		{"attach", begun, command(move{pep.SocialWorker, pep.Attach{Name: private.NewText("report.pdf")}})},
		{"reschedule", begun, command(move{pep.SocialWorker, pep.RescheduleMeeting{Meeting: civil.MustParse("2026-05-21")}})},
		{"save contribution", withOther, command(move{pep.DesignatedTeacher, saved})},
		{"submit", withOther, command(move{pep.DesignatedTeacher, pep.SubmitContribution{}})},
		{"retract", withOther, command(retract())},
		{"restore", retracted, command(move{pep.ServiceDesk, pep.RestoreSections{Reason: private.NewText("a mistake")}})},
		{"destroy", retracted, func(_ *testing.T, ctx context.Context, s *sqlstore.Store) error {
			return s.Update(ctx, func(tx storage.Tx) error {
				_, err := tx.Destroy(ctx, civil.MustParse("2030-01-01"), 100)
				return err
			})
		}},
		{"register", nil, func(_ *testing.T, ctx context.Context, s *sqlstore.Store) error {
			return s.Update(ctx, func(tx storage.Tx) error {
				r := tx.(storage.Registrar)
				return errors.Join(r.PutChild(ctx, act(faultChild, pep.SocialWorker).Facts.Child),
					r.PutEstablishment(ctx, school), r.PutContributor(ctx, helper))
			})
		}},
		{"ledgers", nil, once(enter)},
		{"claim", withOther, func(_ *testing.T, ctx context.Context, s *sqlstore.Store) error {
			_, err := s.Claim(ctx, 10, lately, lately.Add(time.Hour))
			return err
		}},
		{"deliver", withOther, onMessage((*sqlstore.Store).Delivered)},
		{"set aside", withOther, onMessage(func(s *sqlstore.Store, ctx context.Context, ids ...uuid.UUID) error { return s.SetAside(ctx, ids[0]) })},
	}
}

// onMessage returns a function that acts on the message of a plan's last event.
func onMessage(do func(*sqlstore.Store, context.Context, ...uuid.UUID) error) func(*testing.T, context.Context, *sqlstore.Store) error {
	return func(t *testing.T, ctx context.Context, s *sqlstore.Store) error {
		events := played(t, withOther).Pending()
		for m := range storage.MessagesOf(&events[len(events)-1]) {
			return do(s, ctx, m.ID)
		}
		return errors.New("the event gives no notice")
	}
}

// manners returns the ways in which a scenario is played. The scenarios that retract and
// destroy are also played in a host's transaction.
func (sc scenario) manners() []manner {
	if sc.name == "retract" || sc.name == "destroy" {
		return []manner{alone, hosted}
	}
	return []manner{alone}
}

// stage is where a scenario is played: a database, an authority in it, and a function that
// returns the authority's rows.
type stage struct {
	dsn, authority string
	rows           func(*testing.T) string
}

// TestAFaultAtAnyCallLeavesTheStateBeforeOrAfter makes every call to the database go wrong,
// in every mode except the stalls, and looks at every row afterwards.
func TestAFaultAtAnyCallLeavesTheStateBeforeOrAfter(t *testing.T) {
	t.Parallel()
	for _, sc := range scenarios(t) {
		t.Run(sc.name, func(t *testing.T) {
			t.Parallel()
			template := prepared(t, sc)
			for _, by := range sc.manners() {
				faultsEverywhere(t, sc, by, sqliteEngine, func(t *testing.T) stage {
					path := copied(t, template)
					return stage{sqlstore.SQLite.DSN(path), "lancashire", func(t *testing.T) string { return rowsOf(t, path) }}
				})
			}
		})
	}
}

// TestAFaultAtAnyCallToPostgreSQL makes calls to PostgreSQL go wrong, in every mode except
// the stalls, and looks at every row afterwards. Each run has its own authority. With -nth 1
// every call goes wrong in each of these modes.
func TestAFaultAtAnyCallToPostgreSQL(t *testing.T) {
	t.Parallel()
	dsn := pgtest.DSN(t)
	db, err := sql.Open("pgx", dsn)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	require.NoError(t, migrate.Up(nowhere, db, sqlstore.Postgres))
	for _, sc := range scenarios(t) {
		t.Run(sc.name, func(t *testing.T) {
			t.Parallel()
			for _, by := range sc.manners() {
				faultsEverywhere(t, sc, by, postgresEngine, func(t *testing.T) stage {
					authority := uuid.NewString()
					if len(sc.before) > 0 {
						require.NoError(t, save(postgresEngine.over(t, db, authority), played(t, sc.before)))
					}
					return stage{dsn, authority, func(t *testing.T) string {
						return rowsIn(t, db, " WHERE authority = '"+authority+"' ORDER BY 2, 3, 4")
					}}
				})
			}
		})
	}
}

// manner is a way of playing a scenario: in a transaction of the store's own, or in one of
// its host's.
type manner func(t *testing.T, ctx context.Context, db *sql.DB, s *sqlstore.Store, sc scenario) error

func alone(t *testing.T, ctx context.Context, _ *sql.DB, s *sqlstore.Store, sc scenario) error {
	return sc.do(t, ctx, s)
}

// hosted plays a scenario in a host's transaction. The host commits, even if the store
// returns an error.
func hosted(t *testing.T, ctx context.Context, db *sql.DB, s *sqlstore.Store, sc scenario) error {
	tx, err := db.Begin()
	if err != nil {
		thrownAway(db)
		return storage.ErrUnavailable
	}
	err = sc.do(t, ctx, s.In(tx))
	if failed := tx.Commit(); failed != nil {
		thrownAway(db)
		if err == nil {
			return storage.ErrOutcomeUnknown
		}
	}
	return err
}

// thrownAway closes the idle connections, with whatever is open on them.
func thrownAway(db *sql.DB) {
	db.SetMaxIdleConns(0)
	db.SetMaxIdleConns(1)
}

func faultsEverywhere(t *testing.T, sc scenario, by manner, e engine, fresh func(*testing.T) stage) {
	st := fresh(t)
	first := st.rows(t)
	db := e.faulty(st.dsn, &faults{})
	require.NoError(t, by(t, nowhere, db, e.over(t, db, st.authority), sc))
	require.NoError(t, db.Close())
	last := st.rows(t)
	require.NotEqual(t, first, last)
	for _, m := range []mode{before, after, cancels, badConn, ends} {
		at, apart := calls(e, m)
		for ; oneFault(t, sc, by, e, fresh(t), at, m, first, last); at += apart {
		}
		require.Greater(t, at, 3, "%s: calls that went wrong", m)
	}
}

// prepared returns the path of a database in the state in which a scenario begins.
func prepared(t *testing.T, sc scenario) string {
	path := filepath.Join(t.TempDir(), "template.db")
	db, err := sql.Open("sqlite", sqlstore.SQLite.DSN(path))
	require.NoError(t, err)
	require.NoError(t, migrate.Up(nowhere, db, sqlstore.SQLite))
	if len(sc.before) > 0 {
		require.NoError(t, save(over(t, db), played(t, sc.before)))
	}
	require.NoError(t, db.Close())
	return path
}

func copied(t testing.TB, path string) string {
	to := filepath.Join(t.TempDir(), "copy.db")
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(to, b, 0o600))
	return to
}

// oneFault runs a scenario in which one call goes wrong, and reports whether there was such
// a call.
func oneFault(t *testing.T, sc scenario, by manner, e engine, st stage, at int, m mode, first, last string) bool {
	f := &faults{}
	db := e.faulty(st.dsn, f)
	db.SetMaxOpenConns(1)
	defer func() { require.NoError(t, db.Close()) }()
	s := e.over(t, db, st.authority)
	require.NoError(t, s.View(nowhere, func(storage.Reader) error { return nil }), "the statements must be prepared before calls are counted")
	ctx, cancel := context.WithTimeout(nowhere, time.Minute)
	defer cancel()
	f.set(at, m, cancel)
	err := by(t, ctx, db, s, sc)
	_, hit := f.state()
	early := f.early
	f.set(0, 0, nil)
	got := st.rows(t)
	says := fmt.Sprintf("%s, %s at call %d: %s: %v", sc.name, m, at, hit, err)
	if early && (m == cancels || m == ends) {
		require.ErrorIs(t, err, context.Canceled, says)
	}
	switch {
	case err == nil:
		require.Equal(t, last, got, says)
	case errors.Is(err, storage.ErrOutcomeUnknown):
		require.Contains(t, []string{first, last}, got, says)
	default:
		require.Equal(t, first, got, says)
	}
	if err != nil {
		require.NotErrorIs(t, err, errLost, says)
		require.NotContains(t, err.Error(), "Ada", says)
	}
	require.Zero(t, db.Stats().InUse, says)
	require.NoError(t, by(t, nowhere, db, s, sc), "again, after %s", says)
	require.Equal(t, last, st.rows(t), "again, after %s", says)
	return hit != ""
}

// rowsOf returns every row of every table of a database.
func rowsOf(t *testing.T, path string) string {
	t.Helper()
	db, err := sql.Open("sqlite", sqlstore.SQLite.DSN(path))
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	requireSound(t, db)
	return rowsIn(t, db, " ORDER BY 1, 2, 3, 4")
}

// rowsIn returns the rows of every table, without the authority. The last argument is an
// SQL clause that selects and orders the rows.
func rowsIn(t *testing.T, db *sql.DB, which string) string {
	t.Helper()
	var b strings.Builder
	for _, table := range []string{
		"pep_plan", "pep_event", "pep_answers", "pep_text", "pep_sealed", "pep_command", "pep_outbox",
		"pep_child", "pep_establishment", "pep_contributor", "pep_note", "pep_request", "pep_payment", "pep_decision", "pep_audit",
	} {
		rows, err := db.Query("SELECT * FROM " + table + which)
		require.NoError(t, err)
		columns, err := rows.Columns()
		require.NoError(t, err)
		for rows.Next() {
			row := make([]any, len(columns))
			into := make([]any, len(columns))
			for i := range row {
				into[i] = &row[i]
			}
			require.NoError(t, rows.Scan(into...))
			fmt.Fprintf(&b, "%s %v\n", table, row[1:])
		}
		require.NoError(t, rows.Close())
	}
	return b.String()
}
