package workflow_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"virtualschool.example/delegation"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// TestTenYearsOfDays runs a loop as a host would, at three in the morning in London,
// over ten years and every change of the clocks. The children have a plan each term,
// which is delegated a week before its meeting and finalised a week after it. One
// school never returns anything. Each due reminder goes out exactly once.
func TestTenYearsOfDays(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		london, err := time.LoadLocation("Europe/London")
		require.NoError(t, err)
		first, last := on("2018-01-01"), on("2027-12-31")
		time.Sleep(time.Until(time.Date(2018, 1, 1, 3, 0, 0, 0, london)))
		w := newWorld(t, func(c *workflow.Config) { c.Now = time.Now })
		lives := w.lives(4)

		want, carried, waited, waiting := map[string]int{}, 0, 0, 0
		for day := first; !day.After(last); day = day.AddDays(1) {
			require.Equal(t, day, w.Today())
			for _, l := range lives {
				if l.live(w, day, want) {
					waiting++
				}
			}
			d, err := w.RunDay(ctx, w.Today())
			require.NoError(t, err)
			require.Empty(t, d.Failed)
			carried, waited = carried+len(d.Carried), waited+len(d.NotStarted)
			if day.Day() == 1 { // a second run has nothing to do
				again, err := w.RunDay(ctx, day)
				require.NoError(t, err)
				require.Empty(t, again.Reminded)
				require.Empty(t, again.Carried)
			}
			next := day.AddDays(1)
			time.Sleep(time.Until(time.Date(next.Year(), next.Month(), next.Day(), 3, 0, 0, 0, london)))
		}
		require.Equal(t, want, reminders(w.messages()))
		require.Len(t, want, 4*10*3)
		require.Equal(t, 10*3-1, carried, "each plan of the lazy school, carried forward once the term is over")
		require.Equal(t, waiting, waited, "a plan waits on each day from the end of one plan to the start of the next")
	})
}

// life is one child's progress through the terms.
type life struct {
	child record.ChildID
	lazy  bool // whether the child's school never returns anything
	plan  pep.ID
}

// lives returns the progress of n children through the terms. The last child is at a
// lazy school.
func (w *world) lives(n int) (all []*life) {
	w.Helper()
	for i := range n {
		c := pupils()[i].(record.Child)
		c.Born, c.Care = private.NewDate(on("2012-02-29")), record.Care{Throughout: true}
		c.Education[0].From = on("2015-09-01")
		w.put(c)
		all = append(all, &life{child: c.ID, lazy: i == n-1})
	}
	return all
}

// live takes the actions on the child's plan that fall on the given day, and reports
// whether the next plan is then waiting to be started. Each child has a meeting in
// about the eighth week of every term, on a different day from the other children.
func (l *life) live(w *world, day civil.Date, want map[string]int) (waits bool) {
	w.Helper()
	terms := term.Lancashire()
	now := terms.Of(day)
	switch day {
	case l.meetingOf(now).AddDays(-7):
		l.start(w, now)
		want[l.plan.String()+" "+l.meetingOf(now).String()] = 1
	case l.meetingOf(now).AddDays(7):
		if !l.lazy {
			w.must(contributor(teacher), l.plan, pep.SubmitContribution{})
			w.must(worker, l.plan, pep.Reassign{Comment: text(delegation.Lancashire().FormatAssignment(now, l.meetingOf(now.Next())))})
			w.must(support, l.plan, pep.Finalise{Waiver: text("Seen")})
		}
	}
	return !l.lazy && !l.plan.IsZero() && w.plan(l.plan).Stage == pep.Finalised
}

// meetingOf returns the day of the child's meeting in a term.
func (l *life) meetingOf(t term.Term) civil.Date {
	return term.Lancashire().First(t).AddDays(49 + int(l.child.UUID[15]))
}

// start starts and delegates the plan of a term. If a lazy school still has a plan,
// start deletes that one first.
func (l *life) start(w *world, t term.Term) {
	w.Helper()
	if l.lazy && !l.plan.IsZero() {
		w.must(desk, l.plan, pep.Delete{Reason: text("Stale")})
	}
	if l.lazy || l.plan.IsZero() {
		l.plan = w.must(worker, pep.ID{}, pep.StartInitial{Child: l.child, Meeting: l.meetingOf(t)})
	} else {
		l.plan = w.must(support, pep.ID{}, pep.StartSubsequent{Child: l.child})
	}
	w.fill(l.plan)
	w.must(worker, l.plan, pep.Delegate{To: teacher, All: true})
}
