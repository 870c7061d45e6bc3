package workflow_test

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/delegation"
	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/fixture"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
)

// TestAReminderGoesOutOnceOnTheDayOfTheMeeting covers REM-1, however often the day's
// work is done.
func TestAReminderGoesOutOnceOnTheDayOfTheMeeting(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.delegated(ada, "2026-01-14")
	require.Empty(t, w.day("2026-01-13").Reminded)
	require.Equal(t, []pep.ID{id}, w.day("2026-01-14").Reminded)
	require.Empty(t, w.day("2026-01-14").Reminded, "run again")
	require.Empty(t, w.day("2026-01-15").Reminded)

	messages := w.messages()
	require.Equal(t, map[string]int{id.String() + " 2026-01-14": 1}, reminders(messages))
	last := messages[len(messages)-1]
	require.Equal(t, storage.Message{
		ID: last.ID, Plan: id, Version: w.plan(id).Version, Kind: storage.Reminder,
		Child: ada, Establishment: w.plan(id).Establishment, Contributor: teacher,
		On: on("2026-01-14"), At: instant("2026-01-14T12:00:00Z"),
	}, last)
}

// TestWhoIsReminded: a reminder goes to those who have the plan now and had it on
// the day.
func TestWhoIsReminded(t *testing.T) {
	t.Parallel()
	submit := func(w *world, id pep.ID) { w.must(contributor(teacher), id, pep.SubmitContribution{}) }
	for _, c := range []struct {
		name string
		do   func(w *world) pep.ID
		want bool
	}{
		{"delegated before", func(w *world) pep.ID { return w.delegated(ada, "2026-01-14") }, true},
		{"delegated on the day", func(w *world) pep.ID {
			w.clock.noon(on("2026-01-14"))
			return w.delegated(ada, "2026-01-14")
		}, true},
		{"delegated after the day, which was missed", func(w *world) pep.ID {
			w.clock.noon(on("2026-01-15"))
			return w.delegated(ada, "2026-01-14")
		}, false},
		{"a draft", func(w *world) pep.ID { return w.fill(w.start(ada, "2026-01-14")) }, false},
		{"submitted before", func(w *world) pep.ID {
			id := w.delegated(ada, "2026-01-14")
			submit(w, id)
			return id
		}, false},
		{"submitted on the day, before the run", func(w *world) pep.ID {
			id := w.delegated(ada, "2026-01-14")
			w.clock.noon(on("2026-01-14"))
			submit(w, id)
			return id
		}, false},
		{"retracted", func(w *world) pep.ID {
			id := w.delegated(ada, "2026-01-14")
			w.must(worker, id, pep.Retract{ConfirmedWithSetting: true, Reason: text("Because")})
			return id
		}, false},
		{"the meeting moved away", func(w *world) pep.ID {
			id := w.delegated(ada, "2026-01-14")
			w.must(worker, id, pep.RescheduleMeeting{Meeting: on("2026-01-15")})
			return id
		}, false},
		{"the meeting moved here", func(w *world) pep.ID {
			id := w.delegated(ada, "2026-01-10")
			w.must(worker, id, pep.RescheduleMeeting{Meeting: on("2026-01-14")})
			return id
		}, true},
		{"ceased", func(w *world) pep.ID {
			id := w.delegated(ada, "2026-01-14")
			w.must(worker, id, pep.Cease{On: on("2026-01-05")})
			return id
		}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			id := c.do(w)
			got := w.day("2026-01-14").Reminded
			require.Equal(t, c.want, len(got) == 1 && got[0] == id)
			require.Equal(t, c.want, len(reminders(w.messages())) == 1)
		})
	}
}

// TestAMovedMeetingHasAReminderOnItsNewDayToo: there is one reminder for each plan
// and day.
func TestAMovedMeetingHasAReminderOnItsNewDayToo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.delegated(ada, "2026-01-14")
	w.day("2026-01-14")
	w.must(worker, id, pep.RescheduleMeeting{Meeting: on("2026-01-16")})
	w.day("2026-01-15")
	w.day("2026-01-16")
	require.Equal(t, map[string]int{id.String() + " 2026-01-14": 1, id.String() + " 2026-01-16": 1}, reminders(w.messages()))
}

// TestAMissedDayCanBeRunLater: the missed day's reminders bear its date.
func TestAMissedDayCanBeRunLater(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.delegated(ada, "2026-01-14")
	w.day("2026-01-16")
	require.Empty(t, reminders(w.messages()))
	require.Equal(t, []pep.ID{id}, w.day("2026-01-14").Reminded)
	require.Equal(t, map[string]int{id.String() + " 2026-01-14": 1}, reminders(w.messages()))
}

// TestAFutureDayIsNotRun: nothing is carried forward or destroyed before its day.
func TestAFutureDayIsNotRun(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.delegated(ada, "2026-01-14")
	for _, day := range []string{"", "2026-01-06"} {
		_, err := w.RunDay(ctx, on(day))
		requireKind(t, workflow.Invalid, err)
		require.Equal(t, []string{"on"}, rule.InvalidMembers(err))
	}
}

// TestTheDayBeginsAtLondonsMidnight: a reminder can be posted from the first second
// of the day and not before, even on a day when the clocks change and on the day
// after.
func TestTheDayBeginsAtLondonsMidnight(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ meeting, before, midnight string }{
		{"2026-03-29", "2026-03-28T23:59:59Z", "2026-03-29T00:00:00Z"}, // the clocks go forward
		{"2026-03-30", "2026-03-29T22:59:59Z", "2026-03-29T23:00:00Z"},
		{"2026-10-25", "2026-10-24T22:59:59Z", "2026-10-24T23:00:00Z"}, // the clocks go back
		{"2026-10-26", "2026-10-25T23:59:59Z", "2026-10-26T00:00:00Z"},
	} {
		w := newWorld(t)
		id := w.delegated(ada, c.meeting)
		w.clock.set(instant(c.before))
		d, err := w.RunDay(ctx, w.Today())
		require.NoError(t, err)
		require.Empty(t, d.Reminded, c.before)
		_, err = w.RunDay(ctx, on(c.meeting))
		requireKind(t, workflow.Invalid, err)

		w.clock.set(instant(c.midnight))
		d, err = w.RunDay(ctx, w.Today())
		require.NoError(t, err)
		require.Equal(t, []pep.ID{id}, d.Reminded, c.midnight)
	}
}

// TestTwoServicesAtOnceRemindOnce: the two services also carry each plan forward
// only once.
func TestTwoServicesAtOnceRemindOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ids := w.many(250, "2026-01-14")
	other, err := workflow.New(w.config)
	require.NoError(t, err)
	for _, day := range []string{"2026-01-14", "2026-04-20"} {
		w.clock.noon(on(day))
		days, errs := make([]workflow.DayReport, 4), make([]error, 4)
		var all sync.WaitGroup
		for i := range days {
			all.Go(func() {
				s := []*workflow.Service{w.Service, other}[i%2]
				days[i], errs[i] = s.RunDay(ctx, on(day))
			})
		}
		all.Wait()
		var done []pep.ID
		for i, d := range days {
			require.NoError(t, errs[i])
			done = append(append(done, d.Reminded...), d.Carried...)
			require.Empty(t, d.Failed)
		}
		require.Equal(t, sorted(ids), sorted(done), "each plan once, by one of the services")
	}
	require.Len(t, reminders(w.messages()), len(ids))
	for _, id := range ids {
		require.Equal(t, 1, w.plan(id).Carried)
	}
}

// many returns the delegated plans of n children, all with a meeting on one day.
func (w *world) many(n int, meeting string) (ids []pep.ID) {
	w.Helper()
	for i := range n {
		c := pupils()[0].(record.Child)
		c.ID = record.ChildID{UUID: uid(byte(i % 256))}
		c.ID.UUID[0] = 1 + byte(i/256)
		w.put(c)
		ids = append(ids, w.delegated(c.ID, meeting))
	}
	return ids
}

// TestEveryPageIsReminded: everybody is reminded, whether or not the plans fit into
// one transaction, and even if the store runs each transaction twice.
func TestEveryPageIsReminded(t *testing.T) {
	t.Parallel()
	for _, n := range []int{99, 100, 101, 200} {
		for _, repeats := range []bool{false, true} {
			w := newWorld(t)
			require.Len(t, w.many(n, "2026-01-14"), n)
			if repeats {
				w.make(func(c *workflow.Config) { c.Plans = twice{w.store} })
			}
			require.Len(t, w.day("2026-01-14").Reminded, n)
			require.Len(t, reminders(w.messages()), n)
		}
	}
}

// TestEachPlanIsRemindedByItsOwnPolicy: REM-2 reminds before the due date if the
// plan's revision says so. If two reminders fall on one day, only one is posted.
func TestEachPlanIsRemindedByItsOwnPolicy(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	old := w.delegated(ada, "2026-01-14") // due on 28 January
	two := fixture.Second(func(par *pep.Parameters) {
		par.Delegation.Reminders, _ = delegation.NewOffsets(-7, 0)
		par.Delegation.DueReminders, _ = delegation.NewOffsets(-14, -2, 1) // the first reminder is on the day of the meeting
	})
	w.make(func(c *workflow.Config) { c.Policy, c.Earlier = two, []*pep.Policy{pep.Lancashire()} })
	young := w.delegated(ben, "2026-01-14")
	want := map[string]int{old.String() + " 2026-01-14": 1}
	for _, day := range []string{"2026-01-07", "2026-01-14", "2026-01-26", "2026-01-29"} {
		want[young.String()+" "+day] = 1
	}
	for day := on("2026-01-05"); day.Before(on("2026-02-10")); day = day.AddDays(1) {
		w.day(day.String())
	}
	require.Equal(t, want, reminders(w.messages()))
}

// TestAPlanOfAnUnknownPolicyStopsNoOther: the plan is listed as failed once for each
// step.
func TestAPlanOfAnUnknownPolicyStopsNoOther(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	old := w.delegated(ada, "2026-01-14")
	two := fixture.Second(func(par *pep.Parameters) {
		par.Delegation.DueReminders, _ = delegation.NewOffsets(-14)
	})
	w.make(func(c *workflow.Config) { c.Policy = two })
	young := w.delegated(ben, "2026-01-14")

	d := w.day("2026-01-14")
	require.Equal(t, []pep.ID{young}, d.Reminded)
	require.Equal(t, []string{"remind " + old.String()}, failures(d), "listed once, although two queries find it")
	d = w.day("2026-04-20")
	require.Equal(t, []pep.ID{young}, d.Carried)
	require.Equal(t, []string{"carry_forward " + old.String()}, failures(d))
	require.ErrorIs(t, d.Failed[0], workflow.ErrNoPolicy)
}

// failures returns the step and the plan of each failure.
func failures(d workflow.DayReport) (all []string) {
	for _, e := range d.Failed {
		all = append(all, e.Op+" "+e.Plan.String())
	}
	return all
}
