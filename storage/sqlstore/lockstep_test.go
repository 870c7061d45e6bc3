package sqlstore_test

import (
	"context"
	"database/sql"
	"flag"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"virtualschool.example/pep"
	"virtualschool.example/storage/internal/lockstep"
	"virtualschool.example/storage/memstore"
	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/storage/sqlstore/migrate"
)

// entrants are the stores that walk in lock-step. All others are compared with the
// first. Each walk has its own authority in a database.
var entrants = [...]struct {
	name string
	open func(testing.TB) func() lockstep.Store
}{
	{"memstore", func(testing.TB) func() lockstep.Store {
		return func() lockstep.Store { return memstore.New() }
	}},
	{"SQLite", func(t testing.TB) func() lockstep.Store {
		db := database(t, filepath.Join(t.TempDir(), "plans.db"))
		require.NoError(t, migrate.Up(context.Background(), db, sqlstore.SQLite))
		return sqliteEngine.authorities(t, db)
	}},
	{"PostgreSQL", func(t testing.TB) func() lockstep.Store {
		_, db := onPostgres(t)
		return postgresEngine.authorities(t, db)
	}},
}

// authorities returns a function that returns the store of a new authority at each call.
func (e engine) authorities(t testing.TB, db *sql.DB) func() lockstep.Store {
	n := 0
	return func() lockstep.Store {
		n++
		return e.over(t, db, "authority "+strconv.Itoa(n))
	}
}

var (
	enough = flag.Int("steps", 1000, "the least number of steps that walks in lock-step take")
	lanes  = flag.Int("lanes", 1, "the number of lanes, each over its own databases")
)

// TestStoresWalkInLockStep takes random walks through services over several stores at once,
// and requires everything that they show to be equal after each step. There is one test for
// each engine; its walk also includes the stores listed before that engine. This is a long
// run:
//
//	go test ./storage/sqlstore -run LockStep/PostgreSQL -v -timeout 0 -steps 1000000 -lanes 2 -rapid.steps 100
func TestStoresWalkInLockStep(t *testing.T) {
	t.Parallel()
	for last := 1; last < len(entrants); last++ {
		t.Run(entrants[last].name, func(t *testing.T) {
			t.Parallel()
			tallies := make([]lockstep.Tally, *lanes)
			t.Cleanup(func() { closing(t, last+1, tallies) })
			for i := range tallies {
				t.Run("lane "+strconv.Itoa(i+1), func(t *testing.T) {
					t.Parallel()
					walk(t, &tallies[i], entered(t, last+1))
				})
			}
		})
	}
}

// entered returns the stores of the first n entrants.
func entered(t *testing.T, n int) (all []lockstep.Entrant) {
	for _, e := range entrants[:n] {
		all = append(all, lockstep.Entrant{Name: e.name, New: e.open(t)})
	}
	return all
}

// walk takes walks until a lane has taken its share of the steps.
func walk(t *testing.T, tally *lockstep.Tally, all []lockstep.Entrant) {
	share := *enough / *lanes
	for tally.Steps < share {
		rapid.Check(t, func(t *rapid.T) {
			if tally.Steps < share || len(tally.Differs) > 0 {
				lockstep.Walk(t, tally, all...)
			}
		})
		t.Log(tally)
	}
}

// closing logs the sum of the lanes' tallies. The more moves they count, the more kinds of
// move it requires.
func closing(t *testing.T, stores int, tallies []lockstep.Tally) {
	var total lockstep.Tally
	for i := range tallies {
		total.Add(&tallies[i])
	}
	t.Logf("lock-step of %d stores: %s", stores, &total)
	require.GreaterOrEqual(t, 3*total.Illegal, total.Moves, "at least a third of the moves must be illegal")
	if total.Moves > 20_000 {
		for v := range pep.AllVerbs() {
			require.NotZero(t, total.Done[v], v.String())
		}
	}
	if total.Moves > 500_000 {
		for c := range lockstep.Cells() {
			require.NotZero(t, total.Cells[c], "%s by %s at %s", c.Verb, c.Role, c.Stage)
		}
	}
}
