package delegation_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"virtualschool.example/delegation"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// carrying sets when a form is carried forward, and the greatest number of times.
func carrying(how delegation.Carrying, most int) func(*delegation.Rules) {
	return func(p *delegation.Rules) { p.Carry, p.MaxCarries = how, most }
}

func TestAFormNotReturnedInItsTermIsCarriedToTheNext(t *testing.T) {
	t.Parallel()
	strict, off := carrying(delegation.Strict, 1), carrying(delegation.Off, 1)
	for _, c := range []struct {
		name                           string
		policy                         func(*delegation.Rules)
		meeting, due, today, submitted string
		times                          int
		carried                        bool
		want                           string
		stale                          bool
		code                           rule.Code
	}{
		{"OOT-2 the last day of its term", plain, "2026-03-10", "2026-03-24", "2026-03-31", "", 0, false, "SPRING 2026", false, rule.NotYetCarried},
		{"OOT-2 the first day of the next term", plain, "2026-03-10", "2026-03-24", "2026-04-01", "", 0, true, "SUMMER 2026", false, 0},
		{"OOT-2 the due date, after the end of the term", plain, "2026-03-25", "2026-04-08", "2026-04-08", "", 0, false, "SPRING 2026", false, rule.NotYetCarried},
		{"OOT-2 the day after the due date", plain, "2026-03-25", "2026-04-08", "2026-04-09", "", 0, true, "SUMMER 2026", false, 0},
		{"OOT-2 returned after the end of the term but within two weeks", plain, "2026-03-25", "2026-04-08", "2026-04-20", "2026-04-02", 0, false, "SPRING 2026", false, rule.NotYetCarried},
		{"OOT-2 returned on the due date", plain, "2026-03-25", "2026-04-08", "2026-04-20", "2026-04-08", 0, false, "SPRING 2026", false, rule.NotYetCarried},
		{"OOT-2 returned the day after the due date", plain, "2026-03-25", "2026-04-08", "2026-04-20", "2026-04-09", 0, true, "SUMMER 2026", false, 0},
		{"OOT-2 submitted after today is not yet submitted", plain, "2026-03-25", "2026-04-08", "2026-04-09", "2026-04-10", 0, true, "SUMMER 2026", false, 0},
		{"OOT-2 without a due date, the end of the term decides", plain, "2026-03-25", "", "2026-04-01", "", 0, true, "SUMMER 2026", false, 0},
		{"OOT-2 strict: the last day of the term", strict, "2026-03-25", "2026-04-08", "2026-03-31", "", 0, false, "SPRING 2026", false, rule.NotYetCarried},
		{"OOT-2 strict: the day after the end of the term", strict, "2026-03-25", "2026-04-08", "2026-04-01", "", 0, true, "SUMMER 2026", false, 0},
		{"OOT-2 strict: returned after the end of the term", strict, "2026-03-25", "2026-04-08", "2026-04-20", "2026-04-02", 0, true, "SUMMER 2026", false, 0},
		{"OOT-2 strict: returned on the last day of the term", strict, "2026-03-25", "2026-04-08", "2026-04-20", "2026-03-31", 0, false, "SPRING 2026", false, rule.NotYetCarried},
		{"OOT-2 off", off, "2026-03-25", "2026-04-08", "2027-04-09", "", 0, false, "SPRING 2026", false, rule.CarryingOff},
		{"OOT-2 off, carried before", off, "2026-03-25", "2026-04-08", "2027-04-09", "", 1, false, "SUMMER 2026", false, rule.CarryingOff},
		{"OOT-4 carried once, the last day of the second term", plain, "2026-03-25", "2026-04-08", "2026-08-31", "", 1, false, "SUMMER 2026", false, rule.AlreadyCarried},
		{"OOT-4 carried once, the day after the second term", plain, "2026-03-25", "2026-04-08", "2026-09-01", "", 1, false, "SUMMER 2026", true, rule.AlreadyCarried},
		{"OOT-4 carried once and returned on the last day", plain, "2026-03-25", "2026-04-08", "2026-09-01", "2026-08-31", 1, false, "SUMMER 2026", false, rule.AlreadyCarried},
		{"OOT-4 carried once and returned the day after", plain, "2026-03-25", "2026-04-08", "2026-09-02", "2026-09-01", 1, false, "SUMMER 2026", true, rule.AlreadyCarried},
		{"OOT-4 two terms are over: carried once, and stale", plain, "2026-03-25", "2026-04-08", "2026-09-01", "", 0, true, "SUMMER 2026", true, 0},
		{"OOT-4 the second term is not over", plain, "2026-03-25", "2026-04-08", "2026-08-31", "", 0, true, "SUMMER 2026", false, 0},
		{"OOT-4 two terms are over, and it was returned in the second", plain, "2026-03-25", "2026-04-08", "2026-09-01", "2026-05-01", 0, true, "SUMMER 2026", false, 0},
		{"OOT-4 at most twice: carried again", carrying(delegation.AfterDue, 2), "2026-03-25", "2026-04-08", "2026-09-01", "", 1, true, "AUTUMN 2026", false, 0},
		{"OOT-4 at most twice: one step at a time", carrying(delegation.AfterDue, 2), "2026-03-25", "2026-04-08", "2026-09-01", "", 0, true, "SUMMER 2026", false, 0},
		{"OOT-4 never carried: stale at once", carrying(delegation.AfterDue, 0), "2026-03-25", "2026-04-08", "2026-04-09", "", 0, false, "SPRING 2026", true, rule.AlreadyCarried},
		{"OOT-4 a due date beyond the second term", plain, "2026-03-25", "2026-09-15", "2026-09-10", "", 0, false, "SPRING 2026", false, rule.NotYetCarried},
		{"OOT-4 after that due date", plain, "2026-03-25", "2026-09-15", "2026-09-16", "", 0, true, "SUMMER 2026", true, 0},
		{"across the year end", plain, "2026-12-16", "2026-12-30", "2027-01-01", "", 0, true, "SPRING 2027", false, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := with(c.policy).CarryForward(on(c.meeting), on(c.due), on(c.today), on(c.submitted), c.times)
			require.Equal(t, c.carried, got.Carried)
			require.Equal(t, c.want, got.Term.String())
			require.Equal(t, c.stale, got.Stale)
			require.Equal(t, c.code.String(), got.Code.String())
			require.NotEmpty(t, got.Rules.List())
		})
	}
}

func TestNothingIsCarriedWithoutAMeeting(t *testing.T) {
	t.Parallel()
	p := delegation.Lancashire()
	require.Zero(t, p.CarryForward(civil.Date{}, on("2026-04-08"), on("2026-04-09"), civil.Date{}, 0))
	require.Zero(t, p.CarryForward(on("2026-03-25"), on("2026-04-08"), on("2026-04-09"), civil.Date{}, -1))
	require.False(t, p.CarryForward(on("2026-03-25"), on("2026-04-08"), civil.Date{}, civil.Date{}, 0).Carried)
}

func TestCarryForwardAgreesWithOracle(t *testing.T) {
	t.Parallel()
	for _, how := range []delegation.Carrying{delegation.AfterDue, delegation.Strict, delegation.Off} {
		for most := range 3 {
			p := with(carrying(how, most))
			for meeting := midnight(2026, time.January, 1); meeting.Year() == 2026; meeting = meeting.AddDate(0, 0, 13) {
				for times := range 3 {
					requireCarried(t, p, meeting, times)
				}
			}
		}
	}
}

func requireCarried(t *testing.T, p delegation.Rules, meeting time.Time, times int) {
	for _, due := range []time.Time{{}, meeting, meeting.AddDate(0, 0, 14), meeting.AddDate(0, 7, 0)} {
		for ahead := 0; ahead < 500; ahead += 9 {
			today := meeting.AddDate(0, 0, ahead)
			for _, submitted := range []time.Time{{}, meeting.AddDate(0, 0, 13), meeting.AddDate(0, 0, 90), today, today.AddDate(0, 0, 1)} {
				got := p.CarryForward(dateOf(meeting), dateOf(due), dateOf(today), dateOf(submitted), times)
				carried, text, stale := oracleCarry(p, meeting, due, today, submitted, times)
				if got.Carried != carried || got.Term.String() != text || got.Stale != stale || (got.Code == 0) != carried {
					t.Fatalf("%v max %d: meeting %v due %v today %v submitted %v times %d: got %v, want %v %v %v",
						p.Carry, p.MaxCarries, meeting, due, today, submitted, times, got, carried, text, stale)
				}
			}
		}
	}
}

// oracleCarry walks through the days from the end of the form's term to today,
// as somebody with a wall calendar would: each morning it asks whether the
// form's time ran out the evening before.
func oracleCarry(p delegation.Rules, meeting, due, today, submitted time.Time, times int) (carried bool, text string, stale bool) {
	n := termNumber(meeting) + times
	ended := func(n int) bool { // ended reports whether time ran out before the form of term n was returned
		for day := termEnd(n); !day.After(today); day = day.AddDate(0, 0, 1) {
			yesterday := day.AddDate(0, 0, -1)
			if returned := !submitted.IsZero() && !submitted.After(yesterday); returned {
				return false
			}
			if yesterday.Before(termEnd(n)) || p.Carry == delegation.AfterDue && yesterday.Before(due) {
				continue
			}
			return true
		}
		return false
	}
	if p.Carry == delegation.Off {
		return false, termText(n), false
	}
	if ended(n) && times < p.MaxCarries {
		carried, n, times = true, n+1, times+1
	}
	return carried, termText(n), times >= p.MaxCarries && ended(n)
}

func TestADailyRunAndALateRunCarryTheSameForms(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := with(carrying(rapid.SampledFrom([]delegation.Carrying{delegation.AfterDue, delegation.Strict}).Draw(t, "how"), rapid.IntRange(0, 3).Draw(t, "most")))
		meeting := on("2026-01-01").AddDays(rapid.IntRange(0, 365).Draw(t, "meeting"))
		due := meeting.AddDays(rapid.IntRange(0, 60).Draw(t, "due"))
		last := rapid.IntRange(0, 900).Draw(t, "last")
		times, stale := 0, false
		for n := 0; n <= last; n++ {
			got := p.CarryForward(meeting, due, meeting.AddDays(n), civil.Date{}, times)
			if got.Carried {
				times++
			}
			require.LessOrEqual(t, times, p.MaxCarries)
			require.False(t, stale && !got.Stale, "a stale form stays stale")
			require.Equal(t, p.Terms.Of(meeting).Add(times), got.Term)
			stale = got.Stale
		}
		require.Equal(t, lateRun(p, meeting, due, meeting.AddDays(last)), times)
	})
}

// lateRun carries the form forward as often as it can on a single day, and
// returns the number of times.
func lateRun(p delegation.Rules, meeting, due, today civil.Date) (times int) {
	for p.CarryForward(meeting, due, today, civil.Date{}, times).Carried {
		times++
	}
	return times
}
