package workflow_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/fixture"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/term/civil"
)

// done says which of the days from first to last the store remembers as done, with
// one letter for each: D if it was done, - if not.
func (w *world) done(first, last string) string {
	w.Helper()
	var all strings.Builder
	require.NoError(w, w.store.View(ctx, func(r storage.Reader) error {
		for day := on(first); !day.After(on(last)); day = day.AddDays(1) {
			o, err := r.Outcome(ctx, storage.Key("workflow.RunDay/"+day.String()))
			if errors.Is(err, storage.ErrNotFound) {
				all.WriteByte('-')
				continue
			}
			require.NoError(w, err)
			require.Zero(w, o)
			all.WriteByte('D')
		}
		return nil
	}))
	return all.String()
}

// days returns the text forms of some days.
func days(list []civil.Date) (all []string) {
	for _, day := range list {
		all = append(all, day.String())
	}
	return all
}

// TestAMissedDayIsMadeUp: the missed day's reminders bear its date, and every plan
// that was due to be carried forward on that day is carried forward.
func TestAMissedDayIsMadeUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.delegated(ada, "2026-03-25") // due on 8 April
	d := w.day("2026-03-23")
	require.Empty(t, d.MadeUp, "the very first run does only its own day")
	require.Equal(t, "--D", w.done("2026-03-21", "2026-03-23"))

	d = w.day("2026-03-27")
	require.Equal(t, []string{"2026-03-24", "2026-03-25", "2026-03-26"}, days(d.MadeUp))
	require.Equal(t, []pep.ID{id}, d.Reminded)
	require.Equal(t, map[string]int{id.String() + " 2026-03-25": 1}, reminders(w.messages()))
	require.Equal(t, "DDDDD", w.done("2026-03-23", "2026-03-27"))
	require.Empty(t, w.day("2026-03-27").MadeUp, "run again")

	d = w.day("2026-04-12")
	require.Len(t, d.MadeUp, 15)
	require.Equal(t, []pep.ID{id}, d.Carried)
	require.Equal(t, on("2026-04-09"), w.history(id)[w.plan(id).Version-1].On)
	d = w.day("2026-04-10")
	require.Equal(t, on("2026-04-10"), d.On, "a day that was done is done again if somebody asks for it")
	require.Empty(t, d.MadeUp)
	require.Empty(t, d.Carried)
}

// TestWhoIsRemindedOnADayThatIsMadeUp: a reminder goes to those who had the plan on
// that day and still have it.
func TestWhoIsRemindedOnADayThatIsMadeUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.day("2026-01-13")
	kept := w.delegated(ada, "2026-01-14")
	back := w.delegated(ben, "2026-01-14")
	w.clock.noon(on("2026-01-15"))
	w.must(contributor(teacher), back, pep.SubmitContribution{})
	w.delegated(cem, "2026-01-14") // after the day that is made up
	require.Equal(t, []pep.ID{kept}, w.day("2026-01-15").Reminded)
}

// TestHowFarARunLooksBack: a run looks back 31 days, but not before the first day
// that was done.
func TestHowFarARunLooksBack(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		done []string // in this order
		day  string
		want int
	}{
		{"nothing was done", nil, "2026-03-31", 0},
		{"yesterday was done", []string{"2026-03-30"}, "2026-03-31", 0},
		{"the day before yesterday was done", []string{"2026-03-29"}, "2026-03-31", 1},
		{"the 31st day before was done", []string{"2026-02-28"}, "2026-03-31", 30},
		{"the 32nd day before was done", []string{"2026-02-27"}, "2026-03-31", 0},
		{"all that was missed since", []string{"2026-03-29", "2026-03-20"}, "2026-03-31", 9},
		{"a later day was done", []string{"2026-04-05"}, "2026-03-31", 0},
	} {
		w := newWorld(t)
		for _, day := range c.done {
			w.clock.noon(on(day))
			d, err := w.RunDay(ctx, on(day))
			require.NoError(t, err)
			require.Empty(t, d.MadeUp)
		}
		w.clock.noon(on("2026-04-05"))
		d, err := w.RunDay(ctx, on(c.day))
		require.NoError(t, err)
		require.Len(t, d.MadeUp, c.want, c.name)
	}
}

// TestADayOnWhichSomethingFailed: if a step or a reminder fails, the next run makes
// up the day. A plan that fails in any other step is tried again as part of a later
// run's own day.
func TestADayOnWhichSomethingFailed(t *testing.T) {
	t.Parallel()
	lost := &storage.Error{Op: "call", Err: storage.ErrUnavailable}
	for _, c := range []struct {
		name, day string
		run       func(w *world, ids []pep.ID) (workflow.DayReport, error)
		done      string // what world.done returns after this run, for the day before, the day itself and the day after
		then      string // what world.done returns for the same days after the next run
	}{
		{"nothing", "2026-01-14", func(w *world, _ []pep.ID) (workflow.DayReport, error) { return w.RunDay(ctx, w.Today()) }, "DD-", "DDD"},
		{"a step", "2026-01-14", func(w *world, _ []pep.ID) (workflow.DayReport, error) {
			return w.In(spy{w.store, func(name string) error {
				if name == "Destroy" {
					return lost
				}
				return nil
			}}).RunDay(ctx, w.Today())
		}, "D--", "DDD"},
		{"a reminder", "2026-01-14", func(w *world, _ []pep.ID) (workflow.DayReport, error) {
			s, err := workflow.New(workflow.Config{Plans: w.store, Trusting: true, Policy: fixture.Second(), Now: w.clock.now})
			require.NoError(w, err)
			return s.RunDay(ctx, w.Today())
		}, "D--", "DDD"},
		{"a plan to be carried", "2026-04-20", func(w *world, ids []pep.ID) (workflow.DayReport, error) {
			return w.In(stubborn{w.store, ids[0], storage.ErrConflict}).RunDay(ctx, w.Today())
		}, "DD-", "DDD"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			ids := []pep.ID{w.delegated(ada, "2026-01-14"), w.delegated(ben, "2026-01-14")}
			before, next := on(c.day).AddDays(-1), on(c.day).AddDays(1)
			if c.day == "2026-01-14" {
				w.day(before.String())
			} else {
				w.clock.noon(before)
				_, err := w.In(stubborn{w.store, ids[0], lost}).RunDay(ctx, before)
				require.NoError(t, err)
			}
			w.clock.noon(on(c.day))
			d, _ := c.run(w, ids)
			require.Empty(t, d.MadeUp)
			require.Equal(t, c.done, w.done(before.String(), next.String()))
			last := w.day(next.String())
			require.Empty(t, last.Failed)
			require.Equal(t, c.then, w.done(before.String(), next.String()))
			if c.day == "2026-01-14" {
				require.Len(t, reminders(w.messages()), len(ids))
			} else {
				require.Equal(t, ids[:1], last.Carried)
			}
		})
	}
}

// TestAReminderThatFailsOnADayThatIsMadeUpIsTriedAgain: every run tries the reminder
// again until its day is too long ago.
func TestAReminderThatFailsOnADayThatIsMadeUpIsTriedAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.day("2026-01-13")
	id := w.delegated(ada, "2026-01-14")
	w.make(func(c *workflow.Config) { c.Policy = fixture.Second() })
	for _, day := range []string{"2026-01-15", "2026-01-16", "2026-02-13"} {
		d := w.day(day)
		require.Contains(t, failures(d), "make_up "+id.String(), day)
		require.ErrorIs(t, d.Failed[0], workflow.ErrNoPolicy)
		require.Equal(t, "-D", w.done("2026-01-14", "2026-01-15"), day)
	}
	require.NotContains(t, failures(w.day("2026-02-15")), "make_up "+id.String())
	require.Empty(t, reminders(w.messages()), "the reminder was never sent")
}

// TestADayThatFailsDoesNotStopTheOthers: the run makes up the other days and does
// its own.
func TestADayThatFailsDoesNotStopTheOthers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.day("2026-01-12")
	w.delegated(ada, "2026-01-13")
	second := w.delegated(ben, "2026-01-14")
	today := w.delegated(cem, "2026-01-15")
	w.clock.noon(on("2026-01-15"))
	first := true
	d, err := w.In(spy{w.store, func(name string) error {
		if name == "Post" && first {
			first = false
			return &storage.Error{Op: "post", Err: storage.ErrUnavailable}
		}
		return nil
	}}).RunDay(ctx, w.Today())
	require.ErrorIs(t, err, storage.ErrUnavailable)
	require.ErrorContains(t, err, "make_up")
	require.Equal(t, []pep.ID{second, today}, d.Reminded)
	require.Equal(t, []string{"2026-01-14"}, days(d.MadeUp))
	require.Equal(t, "D-D-", w.done("2026-01-12", "2026-01-15"))
	require.Len(t, w.day("2026-01-16").Reminded, 1)
	require.Equal(t, "DDDDD", w.done("2026-01-12", "2026-01-16"))
}

// TestSeveralProgramsAtOnceMakeUpADayOnce: the programs also cease each plan only
// once.
func TestSeveralProgramsAtOnceMakeUpADayOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, ceasing)
	w.day("2026-01-12")
	ids := w.many(150, "2026-01-14")
	left := w.start(ada, "2026-01-30")
	w.change(ada, leave("2026-01-05"))
	w.clock.noon(on("2026-01-16"))
	reports, errs := make([]workflow.DayReport, 4), make([]error, 4)
	var all sync.WaitGroup
	for i := range reports {
		all.Go(func() { reports[i], errs[i] = w.RunDay(ctx, on("2026-01-16")) })
	}
	all.Wait()
	var reminded []pep.ID
	var ceased []workflow.Task
	for i, d := range reports {
		require.NoError(t, errs[i])
		require.Empty(t, d.Failed)
		reminded, ceased = append(reminded, d.Reminded...), append(ceased, d.Ceased...)
	}
	require.Equal(t, sorted(ids), sorted(reminded))
	require.Len(t, ceased, 1)
	require.Equal(t, left, ceased[0].Plan)
	require.Equal(t, "DDDDD", w.done("2026-01-12", "2026-01-16"))
}

// TestTheStoreRemembersTheDays: a program does not make up for a day whose work another
// program has done.
func TestTheStoreRemembersTheDays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.day("2026-01-12")
	w.day("2026-01-13")
	other, err := workflow.New(w.config)
	require.NoError(t, err)
	w.clock.noon(on("2026-01-15"))
	d, err := other.RunDay(ctx, w.Today())
	require.NoError(t, err)
	require.Equal(t, []string{"2026-01-14"}, days(d.MadeUp))
	require.Empty(t, w.day("2026-01-15").MadeUp)
}
