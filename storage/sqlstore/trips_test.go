package sqlstore_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/storage/sqlstore/migrate"
	"virtualschool.example/storage/sqlstore/pgtest"
	"virtualschool.example/term/civil"
)

// counted returns a store on PostgreSQL with one connection, and a counter of the calls to its
// driver. Once the statements are prepared, each call is a round trip.
func counted(t *testing.T) (*sqlstore.Store, *faults) {
	t.Helper()
	f := &faults{}
	db := postgresEngine.faulty(pgtest.DSN(t), f)
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	require.NoError(t, migrate.Up(nowhere, db, sqlstore.Postgres))
	return postgresEngine.over(t, db, "lancashire"), f
}

// trips returns the number of round trips that the function do takes.
func (f *faults) trips(t *testing.T, do func() error) int {
	t.Helper()
	f.set(0, 0, nil)
	require.NoError(t, do())
	n, _ := f.state()
	return n
}

// TestAStepOnPostgreSQLTakesFourTrips checks that loading, changing and saving a plan takes
// four round trips: begin, lock and read the plan, write the step, commit. Only a retract takes
// one more, which seals.
func TestAStepOnPostgreSQLTakesFourTrips(t *testing.T) {
	t.Parallel()
	s, f := counted(t)
	for try := range 2 { // on the second try every statement is prepared
		p := started(t, newChild(), "2026-05-20")
		require.NoError(t, save(s, p))
		for _, m := range eachContent(t) {
			want := 4
			if m.do.Verb() == pep.VerbRetract {
				want = 5 // sealing
			}
			got := f.trips(t, func() error { return takes(t, s, p.ID(), m) })
			if try > 0 {
				require.Equal(t, want, got, m.do.Verb().String())
			}
		}
	}
}

// eachContent returns moves whose events have answers, a text, a notice, or none of these.
func eachContent(t *testing.T) []move {
	to := started(t, record.ChildID{UUID: uuid.UUID{0: 1}}, "2026-05-20")
	all := []move{{pep.SocialWorker, pep.Attach{Name: private.NewText("report.pdf")}}}
	for n := range to.Blank() {
		all = append(all, move{pep.SocialWorker, pep.Answer{Section: n + 1, Answers: filled(to, n+1, "words")}})
	}
	return append(all,
		move{pep.SocialWorker, pep.Delegate{All: true, Due: civil.MustParse("2026-06-01")}},
		move{pep.SocialWorker, pep.RescheduleMeeting{Meeting: civil.MustParse("2026-05-25")}},
		retract())
}

// takes runs one transaction that loads a plan, makes a move on the plan and saves it.
func takes(t *testing.T, s *sqlstore.Store, id pep.ID, m move) error {
	return s.Update(nowhere, func(tx storage.Tx) error {
		p, err := tx.Plan(nowhere, id)
		if err != nil {
			return err
		}
		do(t, p, m.role, m.do)
		return tx.Save(nowhere, p)
	})
}

// TestACommandOnPostgreSQLTakesFiveTripsAndOneForEachFact counts the trips of a whole command:
// begin, enter the key, lock and read the plan, read each fact that the action needs, write the
// step with the command's outcome, commit. A retract takes one more, which seals.
func TestACommandOnPostgreSQLTakesFiveTripsAndOneForEachFact(t *testing.T) {
	t.Parallel()
	s, f := counted(t)
	svc, err := workflow.New(workflow.Config{Plans: s, Trusting: true, Now: func() time.Time { return lately }})
	require.NoError(t, err)
	want := map[pep.Verb]int{
		pep.VerbStartInitial: 7, // the child, the child's plans and the establishment; no plan is loaded
		pep.VerbDelegate:     8, // the child, the establishment, the contributor
		pep.VerbRetract:      6, // sealing

		pep.VerbRescheduleMeeting: 6, // the child
	}
	for try := range 2 {
		child := newChild()
		require.NoError(t, registered(s, child))
		o := storage.Outcome{}
		moves := append([]move{{pep.SocialWorker, pep.StartInitial{Child: child, Meeting: civil.MustParse("2026-05-20")}}}, eachContent(t)...)
		for _, m := range moves {
			if d, ok := m.do.(pep.Delegate); ok {
				d.To = helper.ID
				m.do = d
			}
			by := workflow.Actor{ID: record.PersonID{UUID: uuid.UUID{0: 9}}, Role: m.role}
			if m.role == pep.DesignatedTeacher {
				by.Contributor = helper.ID
			}
			c := workflow.Command{
				Key: storage.Key(uuid.NewString()), By: by,
				Plan: o.Plan, Seen: o.Version, Do: m.do,
			}
			got := f.trips(t, func() (err error) { o, err = svc.Do(nowhere, c); return err })
			if try > 0 {
				require.Equal(t, max(want[m.do.Verb()], 5), got, m.do.Verb().String())
			}
		}
	}
}

// registered enters a child, a school and a contributor.
func registered(s *sqlstore.Store, child record.ChildID) error {
	return s.Update(nowhere, func(tx storage.Tx) error {
		r := tx.(storage.Registrar)
		c := act(child, pep.SocialWorker).Facts.Child
		c.Education = []record.Education{{Span: record.Span{From: today.AddDays(-100)}, Kind: record.School, Establishment: school.ID}}
		for _, err := range []error{r.PutChild(nowhere, c), r.PutEstablishment(nowhere, school), r.PutContributor(nowhere, helper)} {
			if err != nil {
				return err
			}
		}
		return nil
	})
}
