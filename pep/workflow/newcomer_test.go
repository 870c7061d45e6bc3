package workflow_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
)

// TestAChildNewToCareIsListedUntilThereIsAPlan covers DUE-5.
func TestAChildNewToCareIsListedUntilThereIsAPlan(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	eve, fay := child(5, "2026-01-12"), child(6, "2026-01-09")
	w.put(eve, fay)
	item := func(c record.Child, due string) workflow.Task {
		return workflow.Task{Child: c.ID, On: on(due), Role: pep.SocialWorker}
	}
	require.Empty(t, w.day("2026-01-08").NewToCare)
	require.Equal(t, []workflow.Task{item(fay, "2026-02-06")}, w.day("2026-01-11").NewToCare)
	both := []workflow.Task{item(fay, "2026-02-06"), item(eve, "2026-02-09")}
	require.Equal(t, both, w.day("2026-01-12").NewToCare, "sorted by day")
	require.Equal(t, both, w.day("2026-04-30").NewToCare, "still listed when late, and in the next term")
	id := w.start(eve.ID, "2026-05-05")
	require.Equal(t, both[:1], w.day("2026-05-01").NewToCare)
	w.must(desk, id, pep.Delete{Reason: text("Because")})
	require.Equal(t, both, w.day("2026-05-02").NewToCare)
	require.Equal(t, both, w.day("2026-08-31").NewToCare)
	require.Empty(t, w.day("2026-09-01").NewToCare, "the missing plans are another list")
}

// TestWhoIsListedAsNewToCare: a child is listed if the rules say that they need a
// plan and they do not have one.
func TestWhoIsListedAsNewToCare(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		do   func(w *world, eve record.Child)
		want int
	}{
		{"nothing happened", func(*world, record.Child) {}, 1},
		{"finalised", func(w *world, eve record.Child) { w.finalised(eve.ID, "2026-01-14", "SPRING—06/05/2026") }, 0},
		{"finalised, and the next one deleted", func(w *world, eve record.Child) {
			w.finalised(eve.ID, "2026-01-14", "SPRING—06/05/2026")
			w.must(desk, w.must(support, pep.ID{}, pep.StartSubsequent{Child: eve.ID}), pep.Delete{Reason: text("Because")})
		}, 0},
		{"ceased by mistake", func(w *world, eve record.Child) {
			w.must(worker, w.start(eve.ID, "2026-01-14"), pep.Cease{On: on("2026-01-05")})
		}, 1},
		{"finalised, and a later revision ceased", func(w *world, eve record.Child) {
			id := w.must(support, w.finalised(eve.ID, "2026-01-14", "SPRING—06/05/2026"), pep.Revise{Reason: text("Because")})
			w.must(worker, id, pep.Cease{On: on("2026-01-05")})
		}, 0},
		{"left again", func(w *world, eve record.Child) { w.change(eve.ID, leave("2026-01-20")) }, 0},
		{"a plan of an earlier period of care", func(w *world, eve record.Child) {
			w.finalised(eve.ID, "2026-01-14", "SPRING—06/05/2026")
			w.change(eve.ID, leave("2026-01-06"))
			w.change(eve.ID, func(c *record.Child) {
				c.Care.Episodes = append(c.Care.Episodes, record.Episode{Span: record.Span{From: on("2026-01-15")}})
			})
		}, 1},
		{"too young", func(w *world, eve record.Child) {
			w.change(eve.ID, func(c *record.Child) { c.Born = private.NewDate(on("2025-02-01")) })
		}, 0},
		{"in care throughout", func(w *world, eve record.Child) {
			w.change(eve.ID, func(c *record.Child) { c.Care = record.Care{Throughout: true} })
		}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			eve := child(5, "2026-01-02")
			w.put(eve)
			c.do(w, eve)
			d := w.day("2026-01-21")
			require.Len(t, d.NewToCare, c.want)
			require.Empty(t, d.Failed)
		})
	}
}

// TestNewToCareAtEveryAge: the youngest and the oldest children of a term are found
// by their birth dates.
func TestNewToCareAtEveryAge(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for n, born := range []string{
		"2023-12-31", "2024-01-01", "2024-03-31", "2024-04-01", // two years old by the end of the term
		"2022-03-31", "2022-04-01", // four
		"2007-12-31", "2008-01-01", // eighteen in the previous term, and in this one
	} {
		c := child(byte(50+n), "2026-01-02")
		c.Born = private.NewDate(on(born))
		c.Education = []record.Education{{Span: record.Span{From: on("2025-09-01")}, Kind: record.Nursery}}
		w.put(c)
	}
	var listed []byte
	for _, i := range w.day("2026-03-31").NewToCare {
		listed = append(listed, i.Child.UUID[15])
	}
	slices.Sort(listed)
	require.Equal(t, []byte{50, 51, 52, 54, 55, 57}, listed)
}

// TestAChildNewToCareWhoCannotBeJudgedFailsAlone: the other children are listed.
func TestAChildNewToCareWhoCannotBeJudgedFailsAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.put(child(5, "2026-01-02"), child(6, "2026-01-02"))
	d, err := w.In(miscast{w.store}).RunDay(ctx, w.Today())
	require.NoError(t, err)
	require.Empty(t, d.NewToCare)
	require.Len(t, d.Failed, 6, "every child of the register, each with its own error")
	for _, e := range d.Failed {
		require.Equal(t, "list_new_to_care", e.Op)
		require.Equal(t, []string{"authority"}, rule.InvalidMembers(e))
	}
	require.ErrorContains(t, d.Failed[5], "child "+uid(6).String())

	w.clock.noon(on("2028-12-18"))
	w.put(child(7, "2028-12-18"))
	require.Equal(t, []workflow.Task{{Child: record.ChildID{UUID: uid(7)}, Role: pep.SocialWorker}}, w.day("2028-12-18").NewToCare,
		"DUE-7: the day by which it must be complete is unknown")
}

// TestNewcomersTakeFewQueries: one query reads the plans of a hundred children, even
// if the store runs each transaction twice.
func TestNewcomersTakeFewQueries(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for n := range 101 {
		c := child(byte(n), "2026-01-02")
		c.ID.UUID[0] = 1
		w.put(c)
	}
	count := 0
	s := w.In(twice{spy{w.store, func(name string) error {
		if name == "Children" {
			count++
		}
		return nil
	}}})
	d, err := s.RunDay(ctx, w.Today())
	require.NoError(t, err)
	require.Len(t, d.NewToCare, 101)
	require.Equal(t, 2, count)
	one, counts := w.spied()
	_, err = one.RunDay(ctx, w.Today())
	require.NoError(t, err)
	require.Equal(t, 1+1+1+1+2+3, counts["Plans"], "two queries for two hundred children")
}

// TestWithoutARegisterNobodyIsNewToCareAndNobodyLeft: the rest of the day's work is
// done.
func TestWithoutARegisterNobodyIsNewToCareAndNobodyLeft(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.put(child(5, "2026-01-02"))
	id := w.delegated(ada, "2026-01-14")
	w.change(ada, leave("2026-01-10"))
	w.make(func(c *workflow.Config) {
		c.Plans, c.CeaseEnded = bare{w.store}, true
		c.Register = func(storage.Reader) storage.Register { return nil }
	})
	d := w.day("2026-01-14")
	require.Empty(t, d.NewToCare)
	require.Empty(t, d.CareEnded)
	require.Equal(t, []pep.ID{id}, d.Reminded)
	require.Equal(t, pep.Delegated, w.plan(id).Stage)
}
