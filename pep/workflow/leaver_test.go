package workflow_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/fixture"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
)

// ceasing makes the day's work cease plans.
func ceasing(c *workflow.Config) { c.CeaseEnded = true }

// TestAPlanWhoseChildLeftIsListedOrCeased covers CHG-4.
func TestAPlanWhoseChildLeftIsListedOrCeased(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.delegated(ada, "2026-01-14")
	w.delegated(ben, "2026-01-14")
	w.change(ada, leave("2026-01-12"))
	left := []workflow.Task{{Plan: id, Child: ada, Stage: pep.Delegated, On: on("2026-01-12"), Role: pep.SocialWorker}}

	require.Empty(t, w.day("2026-01-11").CareEnded, "the last day in care")
	d := w.day("2026-01-12")
	require.Equal(t, left, d.CareEnded)
	require.Empty(t, d.Ceased)
	w.make(ceasing)
	w.clock.noon(on("2026-01-14"))
	d = w.day("2026-01-14")
	require.Empty(t, d.CareEnded)
	require.Equal(t, []workflow.Task{{Plan: id, Child: ada, Stage: pep.Cancelled, On: on("2026-01-12")}}, d.Ceased)
	require.NotContains(t, d.Reminded, id, "nobody is reminded of it")
	require.Len(t, d.Reminded, 1)
	require.Len(t, d.Meetings, 1)
	require.Empty(t, d.Failed)

	p := w.plan(id)
	require.Equal(t, on("2026-01-12"), p.CeasedOn)
	last := w.history(id)[p.Version-1]
	require.Equal(t, pep.VerbCease, last.Verb)
	require.Equal(t, system.ID, last.By)
	require.Equal(t, pep.System, last.Role)
	require.Equal(t, on("2026-01-14"), last.On)
	d = w.day("2026-01-14")
	require.Empty(t, d.Ceased, "run again")
	require.Empty(t, d.CareEnded)
}

// TestWhichPlansAreCeased: the recorded episodes decide, and CHG-4 refuses a day
// that is too long ago.
func TestWhichPlansAreCeased(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name                 string
		care                 []record.Episode // nil means throughout
		ceased, left, failed int
	}{
		{"left a year ago", []record.Episode{{Span: record.Span{From: on("2015-01-01"), To: on("2025-01-20")}}}, 1, 0, 0},
		{"left a day more than a year ago", []record.Episode{{Span: record.Span{From: on("2015-01-01"), To: on("2025-01-19")}}}, 0, 1, 0},
		{"leaves tomorrow", []record.Episode{{Span: record.Span{From: on("2015-01-01"), To: on("2026-01-21")}}}, 0, 0, 0},
		{"back in care", []record.Episode{{Span: record.Span{From: on("2015-01-01"), To: on("2026-01-10")}}, {Span: record.Span{From: on("2026-01-20")}}}, 0, 0, 0},
		{"throughout", nil, 0, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, ceasing)
			id := w.start(ada, "2026-01-30")
			w.change(ada, func(child *record.Child) { child.Care = record.Care{Throughout: c.care == nil, Episodes: c.care} })
			d := w.day("2026-01-20")
			require.Len(t, d.Ceased, c.ceased)
			require.Len(t, d.CareEnded, c.left)
			require.Len(t, d.Failed, c.failed)
			require.Equal(t, c.ceased == 0, w.plan(id).Stage.Open())
		})
	}
}

// TestAPlanThatCannotBeCeasedStopsNoOther: the plan is listed, and is ceased the
// next day.
func TestAPlanThatCannotBeCeasedStopsNoOther(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		err  error
	}{
		{"a conflict", storage.ErrConflict},
		{"the store gave up", storage.ErrContention},
		{"it is not known", storage.ErrOutcomeUnknown},
		{"anything", errors.New("anything")},
	} {
		w := newWorld(t, ceasing)
		first, second := w.start(ada, "2026-01-14"), w.start(ben, "2026-01-14")
		w.change(ada, leave("2026-01-05"))
		w.change(ben, leave("2026-01-05"))
		saves := 0
		d, err := w.In(spy{w.store, func(name string) error {
			if name == "Save" {
				saves++
			}
			if name == "Save" && saves == 1 {
				return c.err
			}
			return nil
		}}).RunDay(ctx, w.Today())
		require.NoError(t, err, c.name)
		require.Equal(t, []string{"list_care_ended " + first.String()}, failures(d))
		require.Equal(t, first, d.CareEnded[0].Plan)
		require.Len(t, d.CareEnded, 1)
		require.Equal(t, second, d.Ceased[0].Plan)
		require.Len(t, d.Ceased, 1)
		require.Equal(t, first, w.day("2026-01-06").Ceased[0].Plan)
	}
}

// TestAPlanThatChangedMeanwhileIsNotCeased: the plan changes after the run has
// listed it and before the run would cease it.
func TestAPlanThatChangedMeanwhileIsNotCeased(t *testing.T) {
	t.Parallel()
	for _, meanwhile := range []struct {
		name string
		do   func(*world, pep.ID)
		want pep.Stage
	}{
		{"deleted", func(w *world, id pep.ID) { w.must(desk, id, pep.Delete{Reason: text("Because")}) }, pep.Deleted},
		{"the register corrected", func(w *world, _ pep.ID) { w.change(ada, leave("")) }, pep.Draft},
	} {
		w := newWorld(t, ceasing)
		id := w.start(ada, "2026-01-14")
		w.change(ada, leave("2026-01-05"))
		first := true
		d, err := w.In(spy{w.store, func(name string) error {
			if name == "Update" && first {
				first = false
				meanwhile.do(w, id)
			}
			return nil
		}}).RunDay(ctx, w.Today())
		require.NoError(t, err)
		require.Empty(t, d.Ceased, meanwhile.name)
		require.Empty(t, d.CareEnded, meanwhile.name)
		require.Empty(t, d.Failed, meanwhile.name)
		require.Equal(t, meanwhile.want, w.plan(id).Stage)
	}
}

// TestAChildWhoCannotBeReadIsListedAsFailed: the child is not on record, or the
// record names an invalid authority. A plan of an unknown revision is not ceased.
func TestAChildWhoCannotBeReadIsListedAsFailed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.start(ada, "2026-01-14")
	w.change(ada, leave("2026-01-05"))
	want := []string{"list_care_ended " + id.String()}

	d, err := w.In(miscast{w.store}).RunDay(ctx, w.Today())
	require.NoError(t, err)
	require.Equal(t, want, failures(d)[:1])
	w.make(ceasing, func(c *workflow.Config) { c.Policy = fixture.Second() })
	d = w.day("2026-01-05")
	require.Equal(t, want, failures(d))
	require.ErrorIs(t, d.Failed[0], workflow.ErrNoPolicy)
	require.Len(t, d.CareEnded, 1)
	w.make(func(c *workflow.Config) { c.Register = onlyBen(w) })
	d = w.day("2026-01-05")
	require.Equal(t, want, failures(d))
	require.ErrorIs(t, d.Failed[0], storage.ErrNotFound)
	require.True(t, w.plan(id).Stage.Open())
}
