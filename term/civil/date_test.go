package civil_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"virtualschool.example/term/civil"
)

var day = civil.MustParse

// inTime converts a day to package time, which is the oracle of these tests.
func inTime(d civil.Date) time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC)
}

func TestEveryDayFollowsTheGregorianCalendar(t *testing.T) {
	t.Parallel()
	first := day("0001-01-01")
	d, oracle := first, time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	for n := 0; oracle.Year() < 10000; n++ {
		y, m, dd := oracle.Date()
		made, err := civil.New(y, m, dd)
		if err != nil || made != d || d.Year() != y || d.Month() != m || d.Day() != dd ||
			d.Weekday() != oracle.Weekday() || d.DaysSince(first) != n || first.AddDays(n) != d {
			t.Fatalf("day %d is %v, want %v", n, d, oracle)
		}
		next := d.AddDays(1)
		if !next.IsZero() && (next.AddDays(-1) != d || !d.Before(next) || !next.After(d) || d.Compare(next) != -1) {
			t.Fatalf("%v and %v are out of order", d, next)
		}
		d, oracle = next, oracle.AddDate(0, 0, 1)
	}
	require.True(t, d.IsZero(), "no day follows 9999-12-31")
}

func TestNewRefusesADayThatDoesNotExist(t *testing.T) {
	t.Parallel()
	for year := -1; year <= 10000; year += 1 {
		for month := time.Month(0); month <= 13; month++ {
			for _, dd := range []int{-1, 0, 1, 28, 29, 30, 31, 32, math.MaxInt, math.MinInt} {
				at := time.Date(year, month, min(max(dd, 0), 99), 0, 0, 0, 0, time.UTC)
				real := year >= 1 && year <= 9999 && at.Month() == month && at.Day() == dd
				if d, err := civil.New(year, month, dd); (err == nil) != real || d.IsZero() == real {
					t.Fatalf("New(%d, %d, %d) = %v, %v", year, month, dd, d, err)
				}
			}
		}
	}
	_, err := civil.New(math.MinInt, math.MaxInt, 1)
	require.ErrorIs(t, err, civil.ErrDate)
}

func TestDaysInMatchesTheDayBeforeTheNextMonth(t *testing.T) {
	t.Parallel()
	for year := 1; year <= 9999; year++ {
		for month := time.January; month <= time.December; month++ {
			if want := time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day(); civil.DaysIn(year, month) != want {
				t.Fatalf("DaysIn(%d, %s) is not %d", year, month, want)
			}
		}
	}
	for _, month := range []time.Month{-1, 0, 13, 16, math.MaxInt} {
		require.Zero(t, civil.DaysIn(2026, month))
	}
}

func TestAddDaysOverEveryDayOfALeapCycle(t *testing.T) {
	t.Parallel()
	for d := day("1999-01-01"); d.Year() < 2004; d = d.AddDays(1) {
		for n := -100; n <= 100; n++ {
			got := d.AddDays(n)
			if !inTime(got).Equal(inTime(d).AddDate(0, 0, n)) || got.DaysSince(d) != n {
				t.Fatalf("%v and %d days is not %v", d, n, got)
			}
		}
	}
}

func TestAddDaysCanBeUndone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := rapid.Custom(anyDay).Draw(t, "d")
		n := rapid.IntRange(-5_000_000, 5_000_000).Draw(t, "n")
		want := inTime(d).AddDate(0, 0, n)
		got := d.AddDays(n)
		if want.Year() < 1 || want.Year() > 9999 {
			require.True(t, got.IsZero())
			return
		}
		require.True(t, inTime(got).Equal(want))
		require.Equal(t, d, got.AddDays(-n))
	})
}

func anyDay(t *rapid.T) civil.Date {
	return day("0001-01-01").AddDays(rapid.IntRange(0, 3652058).Draw(t, "days"))
}

func TestAddDaysBeyondTheCalendarReturnsTheZeroDate(t *testing.T) {
	t.Parallel()
	first, last := day("0001-01-01"), day("9999-12-31")
	for _, n := range []int{1, 28, 366, math.MaxInt, math.MaxInt - 15} {
		require.True(t, last.AddDays(n).IsZero())
		require.True(t, first.AddDays(-n).IsZero())
		require.True(t, civil.Date{}.AddDays(n).IsZero())
	}
	require.True(t, first.AddDays(math.MinInt).IsZero())
	require.Equal(t, last, first.AddDays(3652058))
	require.Equal(t, first, last.AddDays(-3652058))
}

func TestTheZeroDateIsBeforeEveryDay(t *testing.T) {
	t.Parallel()
	var zero civil.Date
	first := day("0001-01-01")
	require.True(t, zero.IsZero())
	require.False(t, first.IsZero())
	require.True(t, zero.Before(first))
	require.True(t, first.After(zero))
	require.Equal(t, -1, zero.Compare(first))
	require.Equal(t, 1, first.Compare(zero))
	require.Equal(t, 0, first.Compare(first))
	require.Equal(t, [3]int{}, [3]int{zero.Year(), int(zero.Month()), zero.Day()})
}

func TestDaysNeverAllocate(t *testing.T) {
	born, on := day("2008-02-29"), day("2026-03-31")
	allocs := testing.AllocsPerRun(100, func() {
		_ = on.AddDays(1).Weekday()
		_ = born.AgeOn(on, civil.March1) + on.DaysSince(born)
		_, _ = civil.Parse("2026-02-30")
	})
	require.Zero(t, allocs)
}
