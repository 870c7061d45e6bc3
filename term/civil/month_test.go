package civil_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"virtualschool.example/term/civil"
)

func TestAddMonthsKeepsTheDayOrTakesTheLastOfTheMonth(t *testing.T) {
	t.Parallel()
	for d := day("1999-01-01"); d.Year() < 2004; d = d.AddDays(1) {
		for n := -30; n <= 30; n++ {
			want := inTime(d).AddDate(0, n, 0)
			if want.Day() != d.Day() { // package time ran over into the next month
				want = want.AddDate(0, 0, -want.Day())
			}
			if got := d.AddMonths(n); !inTime(got).Equal(want) {
				t.Fatalf("%v and %d months is not %v", d, n, got)
			}
		}
	}
}

func TestAddMonthsBeyondTheCalendarReturnsTheZeroDate(t *testing.T) {
	t.Parallel()
	require.True(t, civil.Date{}.AddMonths(12).IsZero())
	for _, n := range []int{math.MinInt, -2026 * 12, 8000 * 12, math.MaxInt} {
		require.True(t, day("2026-03-31").AddMonths(n).IsZero())
	}
	require.Equal(t, day("9999-12-31"), day("9999-11-30").AddMonths(1).AddDays(1))
	require.Equal(t, time.January, day("0001-02-28").AddMonths(-1).Month())
}
