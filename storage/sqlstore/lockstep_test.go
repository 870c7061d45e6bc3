package sqlstore_test

import (
	"context"
	"database/sql"
	"flag"
	"math"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"virtualschool.example/pep"
	"virtualschool.example/storage/internal/lockstep"
	"virtualschool.example/storage/memstore"
	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/storage/sqlstore/migrate"
)

// entrants are the stores that walk in lock-step. The first is what the others
// are held to. Each of its walks is an authority's in one database.
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

// authorities returns the store of another authority at each call.
func (e engine) authorities(t testing.TB, db *sql.DB) func() lockstep.Store {
	n := 0
	return func() lockstep.Store {
		n++
		return e.over(t, db, "authority "+strconv.Itoa(n))
	}
}

// TestStoresWalkInLockStep takes random walks through services over several
// stores at once, up to each engine, and requires everything that can be seen
// of them to be equal after each step. A long run, with its closing line:
//
//	go test ./storage/sqlstore -run LockStep/PostgreSQL -v -timeout 0 -rapid.checks=1000 -rapid.steps=100
func TestStoresWalkInLockStep(t *testing.T) {
	t.Parallel()
	for last := 1; last < len(entrants); last++ {
		t.Run(entrants[last].name, func(t *testing.T) {
			t.Parallel()
			all := make([]lockstep.Entrant, last+1)
			for i, e := range entrants[:last+1] {
				all[i] = lockstep.Entrant{Name: e.name, New: e.open(t)}
			}
			walk(t, all)
		})
	}
}

func walk(t *testing.T, all []lockstep.Entrant) {
	var tally lockstep.Tally
	defer func() { t.Logf("lock-step of %d stores: %s", len(all), &tally) }()
	enough := steps()
	rapid.Check(t, func(t *rapid.T) {
		if tally.Steps < enough || len(tally.Differs) > 0 {
			lockstep.Walk(t, &tally, all...)
		}
	})
	require.GreaterOrEqual(t, 3*tally.Illegal, tally.Moves, "a third of the moves is illegal")
	if tally.Moves > 20_000 {
		for v := range pep.AllVerbs() {
			require.NotZero(t, tally.Done[v], v.String())
		}
	}
}

// steps is how many are enough: those of a brief run where no length is given.
func steps() int {
	enough := 1000
	flag.Visit(func(f *flag.Flag) {
		if strings.HasPrefix(f.Name, "rapid.") {
			enough = math.MaxInt
		}
	})
	return enough
}
