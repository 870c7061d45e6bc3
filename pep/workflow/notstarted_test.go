package workflow_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
)

// TestAFinalisedPlanIsListedUntilTheNextIsStarted covers FINAL-3.
func TestAFinalisedPlanIsListedUntilTheNextIsStarted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.finalised(ada, "2026-01-14", "SPRING—06/05/2026")
	want := []workflow.Next{{After: id, Child: ada, Meeting: on("2026-05-06")}}
	require.Equal(t, want, w.day("2026-01-05").NotStarted, "at once")
	require.Equal(t, want, w.day("2027-03-31").NotStarted, "for a year")
	require.Empty(t, w.day("2027-04-01").NotStarted, "the missing plans are another list")
}

func TestWhoseNextPlanIsListed(t *testing.T) {
	t.Parallel()
	finalised := func(w *world) pep.ID { return w.finalised(ada, "2026-01-14", "SPRING—06/05/2026") }
	next := func(w *world) pep.ID {
		finalised(w)
		return w.must(support, pep.ID{}, pep.StartSubsequent{Child: ada})
	}
	leave := func(day string) func(*record.Child) {
		return func(c *record.Child) { c.Care.Episodes[0].To = on(day) }
	}
	for _, c := range []struct {
		name string
		do   func(w *world)
		want int
	}{
		{"not started", func(w *world) { finalised(w) }, 1},
		{"not finalised", func(w *world) { w.checking(ada, "2026-01-14", "SPRING—06/05/2026") }, 0},
		{"started", func(w *world) { next(w) }, 0},
		{"started and finalised", func(w *world) {
			id := w.fill(next(w))
			w.must(worker, id, pep.Delegate{To: teacher, All: true})
			w.must(contributor(teacher), id, pep.SubmitContribution{})
			w.must(worker, id, pep.Reassign{Comment: text("SUMMER—10/11/2026")})
			w.must(support, id, pep.Finalise{Waiver: text("Because")})
		}, 1}, // the later plan is listed
		{"started and deleted", func(w *world) { w.must(desk, next(w), pep.Delete{Reason: text("Because")}) }, 1},
		{"started and ceased by mistake", func(w *world) { w.must(worker, next(w), pep.Cease{On: on("2026-01-05")}) }, 1},
		{"started and ceased, care being throughout", func(w *world) {
			w.must(worker, next(w), pep.Cease{On: on("2026-01-05")})
			w.change(ada, func(c *record.Child) { c.Care = record.Care{Throughout: true} })
		}, 0},
		{"revised", func(w *world) { w.must(support, finalised(w), pep.Revise{Reason: text("Because")}) }, 0},
		{"revised and ceased by mistake", func(w *world) {
			id := w.must(support, finalised(w), pep.Revise{Reason: text("Because")})
			w.must(worker, id, pep.Cease{On: on("2026-01-05")})
		}, 1},
		{"reopened and ceased", func(w *world) {
			id := w.must(desk, finalised(w), pep.Reopen{Reason: text("Because")})
			w.must(worker, id, pep.Cease{On: on("2026-01-05")})
		}, 0},
		{"ceased before, then back in care", func(w *world) {
			w.must(worker, w.start(ada, "2026-01-10"), pep.Cease{On: on("2025-12-01")})
			w.change(ada, func(c *record.Child) {
				c.Care.Episodes = append(c.Care.Episodes, record.Episode{Span: record.Span{From: on("2026-01-01")}})
			})
			finalised(w)
		}, 1},
		{"another child's plan", func(w *world) {
			finalised(w)
			w.start(ben, "2026-01-14")
		}, 1},
		{"N/A after the last term", func(w *world) {
			w.change(ada, func(c *record.Child) { c.Born = private.NewDate(on("2008-02-01")) })
			w.finalised(ada, "2026-01-14", "SPRING—N/A")
		}, 0},
		{"past the last term", func(w *world) {
			finalised(w)
			w.change(ada, func(c *record.Child) { c.Born = private.NewDate(on("2008-02-01")) })
		}, 0},
		{"not looked after any more", func(w *world) {
			finalised(w)
			w.change(ada, leave("2026-01-20"))
		}, 0},
		{"leaves in the next term, looked after today", func(w *world) {
			finalised(w)
			w.change(ada, leave("2026-05-20"))
		}, 1},
		{"not today, but again from the next term", func(w *world) {
			finalised(w)
			w.change(ada, leave("2026-01-20"))
			w.change(ada, func(c *record.Child) {
				c.Care.Episodes = append(c.Care.Episodes, record.Episode{Span: record.Span{From: on("2026-04-10")}})
			})
		}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			c.do(w)
			d := w.day("2026-02-01")
			require.Len(t, d.NotStarted, c.want)
			require.Empty(t, d.Failed)
		})
	}
}

// TestAChildWhoIsNotOnRecordIsListedAsFailed: a child whose record is damaged is
// listed as failed too. The other children are listed as usual.
func TestAChildWhoIsNotOnRecordIsListedAsFailed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.finalised(ada, "2026-01-14", "SPRING—06/05/2026")
	second := w.finalised(ben, "2026-01-14", "SPRING—06/05/2026")
	w.make(func(c *workflow.Config) { c.Register = onlyBen(w) })
	d := w.day("2026-01-05")
	require.Equal(t, []string{"list_not_started " + first.String()}, failures(d))
	require.ErrorContains(t, d.Failed[0], "child")
	require.Equal(t, second, d.NotStarted[0].After)

	w.make(func(c *workflow.Config) {
		c.Register = func(r storage.Reader) storage.Register { return spoiled{onlyBen(w)(r)} }
	})
	d = w.day("2026-01-05")
	require.Equal(t, []string{"list_not_started " + first.String()}, failures(d))
	requireKind(t, workflow.Damaged, d.Failed[0])
	require.Equal(t, second, d.NotStarted[0].After)

	w.make(func(c *workflow.Config) { c.Register, c.Plans = nil, bare{w.store} })
	require.Len(t, w.day("2026-01-05").NotStarted, 2, "without a register, both count as in need of a plan")
	revised := w.must(support, first, pep.Revise{Reason: text("Because")})
	w.must(worker, revised, pep.Cease{On: on("2026-01-05")})
	require.Len(t, w.day("2026-01-05").NotStarted, 1, "except for the child whose plan was ceased")
}

// spoiled is a register in which Ada's record is damaged.
type spoiled struct{ storage.Register }

func (s spoiled) Child(ctx context.Context, id record.ChildID) (record.Child, error) {
	if id == ada {
		return record.Child{}, &storage.Error{Op: "child", Err: storage.ErrDamaged}
	}
	return s.Register.Child(ctx, id)
}

// TestTheListTakesFewQueries: one query reads the plans of a hundred children.
func TestTheListTakesFewQueries(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, id := range w.many(101, "2026-01-14") {
		w.must(contributor(teacher), id, pep.SubmitContribution{})
		w.must(worker, id, sample(pep.VerbReassign))
		w.must(support, id, pep.Finalise{Waiver: text("Because")})
	}
	s, counts := w.spied()
	d, err := s.RunDay(ctx, w.Today())
	require.NoError(t, err)
	require.Len(t, d.NotStarted, 101)
	require.Equal(t, 1+1+1+1+2+3, counts["Plans"], "care, reminders, carrying forward, finalised plans, two for two hundred children, open plans")
}
