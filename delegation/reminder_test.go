package delegation_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"virtualschool.example/delegation"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// reminded sets the days on which reminders go out.
func reminded(meeting, due []int) func(*delegation.Rules) {
	return func(p *delegation.Rules) {
		p.Reminders, _ = delegation.NewOffsets(meeting...)
		p.DueReminders, _ = delegation.NewOffsets(due...)
	}
}

func TestReminderGoesOutOnTheDayOfTheMeeting(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name                                          string
		policy                                        func(*delegation.Rules)
		delegated, meeting, due, submitted, retracted string
		want                                          []civil.Date
	}{
		{"delegated before", plain, "2026-01-06", "2026-01-14", "2026-01-28", "", "", days("2026-01-14")},
		{"delegated on the day", plain, "2026-01-14", "2026-01-14", "", "", "", days("2026-01-14")},
		{"delegated the day after", plain, "2026-01-15", "2026-01-14", "", "", "", days()},
		{"not delegated", plain, "", "2026-01-14", "", "", "", days()},
		{"no meeting", plain, "2026-01-06", "", "", "", "", days()},
		{"submitted the day before", plain, "2026-01-06", "2026-01-14", "", "2026-01-13", "", days()},
		{"submitted on the day, which is decided at its start", plain, "2026-01-06", "2026-01-14", "", "2026-01-14", "", days("2026-01-14")},
		{"retracted the day before", plain, "2026-01-06", "2026-01-14", "", "", "2026-01-13", days()},
		{"retracted on the day", plain, "2026-01-06", "2026-01-14", "", "", "2026-01-14", days("2026-01-14")},
		{"no reminders", reminded(nil, nil), "2026-01-06", "2026-01-14", "2026-01-28", "", "", days()},
		{"before and after the meeting, in order", reminded([]int{7, -7, 0}, nil), "2026-01-06", "2026-01-14", "", "", "", days("2026-01-07", "2026-01-14", "2026-01-21")},
		{"one of them before delegation, one after return", reminded([]int{7, -7, 0}, nil), "2026-01-08", "2026-01-14", "", "2026-01-20", "", days("2026-01-14")},
		{"REM-2 two days before the due date too", reminded([]int{0}, []int{-2}), "2026-01-06", "2026-01-14", "2026-01-28", "", "", days("2026-01-14", "2026-01-26")},
		{"REM-2 submitted in between", reminded([]int{0}, []int{-2}), "2026-01-06", "2026-01-14", "2026-01-28", "2026-01-25", "", days("2026-01-14")},
		{"REM-2 the same day is reminded once", reminded([]int{0}, []int{-14}), "2026-01-06", "2026-01-14", "2026-01-28", "", "", days("2026-01-14")},
		{"REM-2 the due date is not known", reminded([]int{0}, []int{-2}), "2026-01-06", "2026-01-14", "", "", "", days("2026-01-14")},
		{"REM-2 a due date before the meeting stays in order", reminded([]int{0}, []int{-1}), "2026-01-06", "2026-01-14", "2026-01-10", "", "", days("2026-01-09", "2026-01-14")},
		{"no reminder after the last day of the calendar", reminded([]int{7}, nil), "2026-01-06", "9999-12-31", "", "", "", days()},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := with(c.policy).RemindersOn(delegation.Dates{
				Meeting: on(c.meeting), Delegated: on(c.delegated), Due: on(c.due), Submitted: on(c.submitted), Retracted: on(c.retracted)})
			require.Equal(t, c.want, got)
		})
	}
}

func TestRemindOnAgreesWithRemindersOn(t *testing.T) {
	t.Parallel()
	p := with(reminded([]int{-3, 0, 2}, []int{-2, 1}))
	around := func(n int) civil.Date {
		if n < 0 {
			return civil.Date{}
		}
		return on("2026-03-28").AddDays(n)
	}
	meeting := around(4)
	for _, delegated := range []int{-1, 0, 4, 5, 9} {
		for _, due := range []int{-1, 2, 6, 18} {
			for submitted := -1; submitted < 20; submitted++ {
				for _, retracted := range []int{-1, 3, 17} {
					d := delegation.Dates{Meeting: meeting, Delegated: around(delegated), Due: around(due), Submitted: around(submitted), Retracted: around(retracted)}
					requireReminders(t, p, d)
				}
			}
		}
	}
	require.False(t, p.RemindOn(civil.Date{}, delegation.Dates{Delegated: meeting}))
}

// requireReminders calls RemindOn for each day, and requires it to agree with
// RemindersOn.
func requireReminders(t *testing.T, p delegation.Rules, d delegation.Dates) {
	t.Helper()
	got := []civil.Date{}
	for day := midnight(2026, time.March, 1); day.Month() < time.May; day = day.AddDate(0, 0, 1) {
		if p.RemindOn(dateOf(day), d) {
			got = append(got, dateOf(day))
		}
	}
	require.Equal(t, p.RemindersOn(d), got)
}

func TestOffsetsAreASet(t *testing.T) {
	t.Parallel()
	o, err := delegation.NewOffsets(3, -31, 0, 31, 3)
	require.NoError(t, err)
	require.Equal(t, []int{-31, 0, 3, 31}, o.List())
	for n := -100; n <= 100; n++ {
		require.Equal(t, n == -31 || n == 0 || n == 3 || n == 31, o.Has(n), n)
	}
	require.Equal(t, []int{0}, delegation.OnTheDay.List())
	for _, n := range []int{-32, 32, 1 << 40} {
		o, err := delegation.NewOffsets(0, n)
		require.Equal(t, "reminderOffsets", rule.InvalidMember(err))
		require.Zero(t, o)
	}
}
