package delegation_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"virtualschool.example/delegation"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

func TestAFormIsDueTwoWeeksAfterItsMeetingOrDelegation(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name               string
		policy             func(*delegation.Rules)
		meeting, delegated string
		want               string
		outOfTerm          bool
		rules              []rule.ID
	}{
		{"DUE-1 two weeks", plain, "2026-01-14", "", "2026-01-28", false, []rule.ID{rule.DUE1}},
		{"DUE-1 ten working days without a holiday are the same day", workingDays, "2026-01-14", "", "2026-01-28", false, []rule.ID{rule.DUE1, rule.DUE7}},
		{"DUE-1 two weeks over Easter", plain, "2026-03-25", "", "2026-04-08", false, []rule.ID{rule.DUE1}},
		{"DUE-1 ten working days over Easter", workingDays, "2026-03-25", "", "2026-04-10", false, []rule.ID{rule.DUE1, rule.DUE7}},
		{"DUE-1 two weeks over Christmas", plain, "2026-12-16", "", "2026-12-30", false, []rule.ID{rule.DUE1}},
		{"DUE-1 ten working days over Christmas", workingDays, "2026-12-16", "", "2027-01-04", false, []rule.ID{rule.DUE1, rule.DUE7}},
		{"DUE-1 over a leap day", plain, "2028-02-16", "", "2028-03-01", false, []rule.ID{rule.DUE1}},
		{"DELEG-4 delegated before the meeting, even in an earlier term", plain, "2026-09-10", "2026-07-20", "2026-09-24", false, []rule.ID{rule.DUE1}},
		{"DUE-2 a bank holiday is left alone", plain, "2026-05-11", "", "2026-05-25", false, []rule.ID{rule.DUE1}},
		{"DUE-2 a Saturday is left alone", plain, "2026-05-16", "", "2026-05-30", false, []rule.ID{rule.DUE1}},
		{"DUE-2 rolled off a bank holiday", rolled, "2026-05-11", "", "2026-05-26", false, []rule.ID{rule.DUE1, rule.DUE2, rule.DUE7}},
		{"DUE-2 rolled off a Saturday", rolled, "2026-05-16", "", "2026-06-01", false, []rule.ID{rule.DUE1, rule.DUE2, rule.DUE7}},
		{"DUE-2 a working day is not rolled", rolled, "2026-01-14", "", "2026-01-28", false, []rule.ID{rule.DUE1, rule.DUE2, rule.DUE7}},
		{"DUE-4b delegated on the due date", plain, "2026-07-10", "2026-07-24", "2026-07-24", false, []rule.ID{rule.DUE1}},
		{"DUE-4b delegated the day after the due date", plain, "2026-07-10", "2026-07-25", "2026-08-08", false, []rule.ID{rule.DUE4b, rule.DUE1}},
		{"DUE-4b delegated in August", plain, "2026-07-10", "2026-08-06", "2026-08-20", false, []rule.ID{rule.DUE4b, rule.DUE1}},
		{"DUE-4b uses the return period", workingDays, "2026-04-13", "2026-05-01", "2026-05-18", false, []rule.ID{rule.DUE4b, rule.DUE1, rule.DUE7}},
		{"OOT-1 delegated on the last day of the term", plain, "2026-03-27", "2026-03-31", "2026-04-10", false, []rule.ID{rule.DUE1}},
		{"OOT-1 delegated on the first day of the next term", plain, "2026-03-27", "2026-04-01", "2026-04-15", true, []rule.ID{rule.DUE4, rule.OOT1}},
		{"DUE-4 delegated after the term of its meeting", plain, "2026-03-27", "2026-04-05", "2026-04-19", true, []rule.ID{rule.DUE4, rule.OOT1}},
		{"DUE-4 across the year end", plain, "2026-12-31", "2027-01-01", "2027-01-15", true, []rule.ID{rule.DUE4, rule.OOT1}},
		{"DUE-4 does not use the return period", workingDays, "2026-03-27", "2026-04-05", "2026-04-19", true, []rule.ID{rule.DUE4, rule.OOT1}},
		{"DUE-4 in August for a meeting in March", plain, "2026-03-27", "2026-08-06", "2026-08-20", true, []rule.ID{rule.DUE4, rule.OOT1}},
		{"DUE-4 needs no bank holidays for a period in calendar days", workingDays, "2028-12-01", "2029-01-02", "2029-01-16", true, []rule.ID{rule.DUE4, rule.OOT1}},
		{"DUE-7 the last due date within the bank holidays", workingDays, "2028-12-13", "", "2028-12-29", false, []rule.ID{rule.DUE1, rule.DUE7}},
		{"the last possible due date", plain, "9999-12-17", "", "9999-12-31", false, []rule.ID{rule.DUE1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			due, err := with(c.policy).Due(on(c.meeting), on(c.delegated))
			require.NoError(t, err)
			require.Equal(t, c.want, due.On.String())
			require.Equal(t, c.outOfTerm, due.OutOfTerm)
			require.Equal(t, c.rules, due.Rules.List())
		})
	}
}

func TestDueIsNotGuessed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name               string
		policy             func(*delegation.Rules)
		meeting, delegated string
		invalid            string
	}{
		{"no meeting", plain, "", "2026-01-14", "meeting"},
		{"a due date after the year 9999", plain, "9999-12-18", "", "meeting"},
		{"a rolled due date after the year 9999", rolled, "9999-12-18", "", "meeting"},
		{"out of term and due after the year 9999", plain, "9999-08-01", "9999-12-20", "delegated"},
		{"DUE-7 beyond the bank holidays", workingDays, "2028-12-14", "", ""},
		{"DUE-7 before the bank holidays", workingDays, "2018-12-30", "", ""},
		{"DUE-7 rolled onto a day beyond the bank holidays", rolled, "2028-12-17", "", ""},
		{"DUE-7 rolled from a day beyond the bank holidays", rolled, "2028-12-25", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			due, err := with(c.policy).Due(on(c.meeting), on(c.delegated))
			require.Zero(t, due)
			require.Equal(t, c.invalid, rule.InvalidMember(err))
			if c.invalid == "" {
				requireRefused(t, err, rule.DUE7, rule.BeyondHolidays)
			}
		})
	}
}

// delegationOffsets holds the numbers of days from a meeting to its form's
// delegation. A test tries each of them with every meeting day of 111 years.
var delegationOffsets = [...]int{-400, -122, -31, -14, -1, 0, 1, 7, 13, 14, 15, 16, 27, 28, 29, 60, 89, 92, 121, 153, 250, 366}

func TestDueAgreesWithTheOracleOnEveryMeetingDay(t *testing.T) {
	t.Parallel()
	p := delegation.Lancashire()
	for day := midnight(1990, time.January, 1); day.Year() <= 2100; day = day.AddDate(0, 0, 1) {
		requireDue(t, p, day, time.Time{})
		for _, n := range delegationOffsets {
			requireDue(t, p, day, day.AddDate(0, 0, n))
		}
	}
}

func requireDue(t *testing.T, p delegation.Rules, meeting, delegated time.Time) {
	due, err := p.Due(dateOf(meeting), dateOf(delegated))
	want, outOfTerm := oracleDue(meeting, delegated)
	if err != nil || due.On != dateOf(want) || due.OutOfTerm != outOfTerm {
		t.Fatalf("meeting %v delegated %v: got %v %v, want %v %v", meeting, delegated, due, err, want, outOfTerm)
	}
}

// oracleDue applies the rules in their written order, using time.Time.
func oracleDue(meeting, delegated time.Time) (due time.Time, outOfTerm bool) {
	const week = 7
	if !delegated.IsZero() && delegated.After(termEnd(termNumber(meeting))) {
		return delegated.AddDate(0, 0, 2*week), true
	}
	due = meeting.AddDate(0, 0, 2*week)
	if !delegated.IsZero() && delegated.After(due) {
		due = delegated.AddDate(0, 0, 2*week)
	}
	return due, false
}

func TestDueInWorkingDaysAgreesWithCountingOneByOne(t *testing.T) {
	t.Parallel()
	off, p := holidays(), with(workingDays)
	for day := midnight(2018, time.December, 31); day.Before(midnight(2028, time.December, 14)); day = day.AddDate(0, 0, 1) {
		want := day
		for left := 10; left > 0; {
			if want = want.AddDate(0, 0, 1); working(want, off) {
				left--
			}
		}
		due, err := p.Due(dateOf(day), civil.Date{})
		if err != nil || due.On != dateOf(want) {
			t.Fatalf("meeting %v: got %v %v, want %v", day, due.On, err, want)
		}
	}
}

func TestADefaultDueDateIsNeverPast(t *testing.T) {
	t.Parallel()
	for _, change := range []func(*delegation.Rules){plain, workingDays, rolled} {
		p := with(change)
		for day := midnight(2020, time.January, 1); day.Year() < 2027; day = day.AddDate(0, 0, 3) {
			for n := -20; n < 300; n += 7 {
				delegated := dateOf(day.AddDate(0, 0, n))
				due, err := p.Due(dateOf(day), delegated)
				if err != nil || due.On.Before(delegated) || due.On.Before(dateOf(day)) && !due.OutOfTerm {
					t.Fatalf("meeting %v delegated %v: %v %v", day, delegated, due, err)
				}
			}
		}
	}
}

func TestOutOfTermFollowsThePolicysTerms(t *testing.T) {
	t.Parallel()
	kent, err := term.NewCalendar(
		term.MonthDay{Month: time.January, Day: 1}, term.MonthDay{Month: time.May, Day: 1}, term.MonthDay{Month: time.September, Day: 1})
	require.NoError(t, err)
	p := with(func(p *delegation.Rules) { p.Terms = kent })
	due, err := p.Due(on("2026-03-27"), on("2026-04-05"))
	require.NoError(t, err)
	require.False(t, due.OutOfTerm)
	require.Equal(t, "2026-04-10", due.On.String())
}

func TestAFormDelegatedAgainHasTheLaterDueDate(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name                 string
		policy               func(*delegation.Rules)
		had, delegated, want string
	}{
		{"two weeks from delegating again", plain, "2026-01-28", "2026-02-02", "2026-02-16"},
		{"the same day either way", plain, "2026-02-16", "2026-02-02", "2026-02-16"},
		{"the earlier due date is later than the new one", plain, "2026-02-17", "2026-02-02", "2026-02-17"},
		{"ten working days", workingDays, "2026-01-28", "2026-03-25", "2026-04-10"},
		{"it had no due date", plain, "", "2026-02-02", "2026-02-16"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			due, err := with(c.policy).DueAgain(on(c.had), on(c.delegated))
			require.NoError(t, err)
			require.Equal(t, c.want, due.On.String())
			require.Equal(t, rule.DELEG7, due.Rules.List()[0])
		})
	}
	_, err := delegation.Lancashire().DueAgain(on("2026-01-28"), civil.Date{})
	require.Equal(t, "delegated", rule.InvalidMember(err))
	_, err = with(workingDays).DueAgain(civil.Date{}, on("2028-12-29"))
	requireRefused(t, err, rule.DUE7, rule.BeyondHolidays)
}

func TestAnEnteredDueDateMustNotBeBeforeDelegation(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, due, delegated string
		code                 rule.Code
	}{
		{"no due date", "", "2026-01-14", rule.MissingMember},
		{"the day before", "2026-01-13", "2026-01-14", rule.PastDate},
		{"the same day", "2026-01-14", "2026-01-14", 0},
		{"the day after", "2026-01-15", "2026-01-14", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var reasons rule.Reasons
			delegation.CheckDue(on(c.due), on(c.delegated), &reasons)
			if c.code == 0 {
				require.True(t, reasons.Empty())
				return
			}
			refusal := requireRefused(t, reasons.Err("delegate"), rule.DELEG3, c.code)
			if c.code == rule.PastDate {
				require.Equal(t, on(c.delegated), refusal.Reasons()[0].On)
			}
		})
	}
}

func TestADueDateBeforeTheMeetingCausesAWarning(t *testing.T) {
	t.Parallel()
	require.True(t, delegation.DueBeforeMeeting(on("2026-01-13"), on("2026-01-14")))
	require.False(t, delegation.DueBeforeMeeting(on("2026-01-14"), on("2026-01-14")))
	require.False(t, delegation.DueBeforeMeeting(on("2026-01-15"), on("2026-01-14")))
	require.False(t, delegation.DueBeforeMeeting(civil.Date{}, on("2026-01-14")))
	require.False(t, delegation.DueBeforeMeeting(on("2026-01-14"), civil.Date{}))
}
