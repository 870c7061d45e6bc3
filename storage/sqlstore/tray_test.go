package sqlstore_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/peptest"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore/migrate"
)

// office returns a service over a store with a number of plans in the social worker's tray,
// half of them drafts and half returned.
func office(t testing.TB, store storage.Plans, plans int) *workflow.Service {
	t.Helper()
	clock := peptest.Clock{}
	clock.Noon(peptest.Meeting())
	s, err := workflow.New(workflow.Config{Plans: store, Relation: workflow.Registered, Now: clock.Now})
	require.NoError(t, err)
	for n := range plans {
		c := peptest.Child(n)
		peptest.Put(t, s, c)
		if n%2 == 0 {
			peptest.Bring(t, s, c.ID, peptest.Meeting(), pep.Returned)
			continue
		}
		_, err := s.Do(nowhere, workflow.Command{
			Key: storage.Key(uuid.NewString()), By: peptest.Actor(pep.SocialWorker),
			Do: pep.StartInitial{Child: c.ID, Meeting: peptest.Meeting()},
		})
		require.NoError(t, err)
	}
	return s
}

// TestATrayTakesAFixedNumberOfStatements reads a tray with the options, warnings and alerts of
// each plan. The number of statements is the same for few plans and for many.
func TestATrayTakesAFixedNumberOfStatements(t *testing.T) {
	t.Parallel()
	store, f := counted(t)
	s := office(t, store, 30)
	for _, role := range []pep.Role{pep.SocialWorker, pep.DesignatedTeacher, pep.BusinessSupport} {
		by, want := peptest.Actor(role), 0
		for try := range 2 { // on the second try every statement is prepared
			for _, limit := range []int{3, 25} {
				var page workflow.Page
				got := f.trips(t, func() (err error) {
					page, err = s.Tray(nowhere, by, workflow.TrayQuery{Limit: limit})
					return err
				})
				if role == pep.SocialWorker {
					require.Len(t, page.Views, limit)
				}
				if try > 0 && limit == 25 {
					require.Equal(t, want, got, "%s: as many as for 3 plans", role)
				}
				want = got
			}
		}
		t.Logf("%s: %d round trips", role, want)
	}
}

// BenchmarkTray reads a tray of 200 plans with the options of each, and compares this with the
// list alone, on each engine.
func BenchmarkTray(b *testing.B) {
	open := map[string]func() storage.Plans{
		"SQLite": func() storage.Plans {
			db := database(b, filepath.Join(b.TempDir(), "plans.db"))
			require.NoError(b, migrate.Up(nowhere, db, sqliteEngine.dialect))
			return sqliteEngine.over(b, db, "lancashire")
		},
		"PostgreSQL": func() storage.Plans {
			_, db := onPostgres(b)
			return postgresEngine.over(b, db, "lancashire")
		},
	}
	for _, name := range []string{"SQLite", "PostgreSQL"} {
		store := open[name]()
		s, by := office(b, store, 200), peptest.Actor(pep.SocialWorker)
		var children []record.ChildID
		for n := range 200 {
			children = append(children, peptest.Child(n).ID)
		}
		q := storage.Query{Scope: storage.Caseload(children...), Stages: []pep.Stage{pep.Draft, pep.Returned}}
		b.Run(fmt.Sprintf("%s/ours", name), func(b *testing.B) {
			for b.Loop() {
				page, err := s.Tray(nowhere, by, workflow.TrayQuery{Limit: 200})
				if err != nil || len(page.Views) != 200 {
					b.Fatal(len(page.Views), err)
				}
			}
		})
		b.Run(fmt.Sprintf("%s/floor", name), func(b *testing.B) {
			for b.Loop() {
				n := 0
				err := store.View(nowhere, func(r storage.Reader) error {
					for _, err := range r.Plans(nowhere, q) {
						if err != nil {
							return err
						}
						n++
					}
					return nil
				})
				if err != nil || n != 200 {
					b.Fatal(n, err)
				}
			}
		})
	}
}
