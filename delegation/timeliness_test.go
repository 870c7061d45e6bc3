package delegation_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"virtualschool.example/delegation"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

func TestAFormIsOverdueFromTheDayAfterItsDueDate(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name                  string
		due, today, submitted string
		want                  string
		days, workingDays     int
	}{
		{"the day before", "2026-01-28", "2026-01-27", "", "not_due", 0, 0},
		{"the due date", "2026-01-28", "2026-01-28", "", "due_today", 0, 0},
		{"the day after", "2026-01-28", "2026-01-29", "", "overdue", 1, 1},
		{"a weekend after a Friday has no working day", "2026-01-30", "2026-02-01", "", "overdue", 2, 0},
		{"the Monday after a Friday", "2026-01-30", "2026-02-02", "", "overdue", 3, 1},
		{"over Easter", "2026-04-02", "2026-04-07", "", "overdue", 5, 1},
		{"the due date is not counted, although it is a working day", "2026-04-07", "2026-04-08", "", "overdue", 1, 1},
		{"submitted the day before", "2026-01-28", "2026-02-10", "2026-01-27", "on_time", 0, 0},
		{"submitted on the due date", "2026-01-28", "2026-02-10", "2026-01-28", "on_time", 0, 0},
		{"submitted the day after", "2026-01-28", "2026-02-10", "2026-01-29", "late", 1, 1},
		{"a late form is counted to its return, not to today", "2026-01-28", "2026-02-10", "2026-02-02", "late", 5, 3},
		{"submitted today", "2026-01-28", "2026-01-29", "2026-01-29", "late", 1, 1},
		{"submitted today, the due date", "2026-01-28", "2026-01-28", "2026-01-28", "on_time", 0, 0},
		{"submitted tomorrow is not yet submitted", "2026-01-28", "2026-01-29", "2026-01-30", "overdue", 1, 1},
		{"submitted later, not yet due", "2026-01-28", "2026-01-20", "2026-01-21", "not_due", 0, 0},
		{"up to the last day of the bank holidays", "2028-12-28", "2028-12-31", "", "overdue", 3, 1},
		{"a form that is not late needs no bank holidays", "2030-01-02", "2030-01-02", "", "due_today", 0, 0},
		{"submitted on time, and asked about beyond the bank holidays", "2028-12-20", "2030-01-02", "2028-12-20", "on_time", 0, 0},
		{"the due date may be the day before the bank holidays begin", "2018-12-31", "2019-01-02", "", "overdue", 2, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := delegation.Lancashire().Timeliness(on(c.due), on(c.today), on(c.submitted))
			require.NoError(t, err)
			require.Equal(t, c.want, got.Status.String())
			require.Equal(t, c.days, got.DaysLate)
			require.Equal(t, c.workingDays, got.WorkingDaysLate)
			require.Equal(t, rule.DUE3, got.Rules.List()[0])
		})
	}
}

func TestTimelinessBeyondTheBankHolidaysIsRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, due, today, submitted string }{
		{"overdue", "2028-12-31", "2029-01-01", ""},
		{"late", "2028-12-31", "2029-02-01", "2029-01-01"},
		{"before the bank holidays begin", "2018-12-30", "2019-01-02", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := delegation.Lancashire().Timeliness(on(c.due), on(c.today), on(c.submitted))
			require.Zero(t, got)
			requireRefused(t, err, rule.DUE7, rule.BeyondHolidays)
		})
	}
}

func TestTimelinessNeedsADueDateAndToday(t *testing.T) {
	t.Parallel()
	p := delegation.Lancashire()
	_, err := p.Timeliness(civil.Date{}, on("2026-01-28"), civil.Date{})
	require.Equal(t, "due", rule.InvalidMember(err))
	_, err = p.Timeliness(on("2026-01-28"), civil.Date{}, civil.Date{})
	require.Equal(t, "today", rule.InvalidMember(err))
	_, err = p.Timeliness(civil.Date{}, civil.Date{}, civil.Date{})
	require.ErrorContains(t, err, "due must be")
	require.ErrorContains(t, err, "today must be")
}

func TestTimelinessAgreesWithCountingOneByOne(t *testing.T) {
	t.Parallel()
	off, p := holidays(), delegation.Lancashire()
	for due := midnight(2019, time.January, 1); due.Year() < 2028; due = due.AddDate(0, 0, 1) {
		wantDays, wantWorking := 0, 0
		for today := due; wantDays < 45; today = today.AddDate(0, 0, 1) {
			got, err := p.Timeliness(dateOf(due), dateOf(today), civil.Date{})
			late, err2 := p.Timeliness(dateOf(due), dateOf(due.AddDate(1, 0, 0)), dateOf(today))
			if err != nil || err2 != nil || got.DaysLate != wantDays || got.WorkingDaysLate != wantWorking ||
				late.DaysLate != wantDays || late.WorkingDaysLate != wantWorking ||
				(got.Status == delegation.Overdue) != (wantDays > 0) || (late.Status == delegation.Late) != (wantDays > 0) {
				t.Fatalf("due %v, day %v: got %v %v and %v %v, want %d %d", due, today, got, err, late, err2, wantDays, wantWorking)
			}
			wantDays++
			if working(today.AddDate(0, 0, 1), off) {
				wantWorking++
			}
		}
	}
}
