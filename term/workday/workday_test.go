package workday_test

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
	"virtualschool.example/term/workday"
)

var (
	day = civil.MustParse
	ew  = workday.EnglandAndWales
)

func days(list string) (on []civil.Date) {
	for s := range strings.FieldsSeq(list) {
		on = append(on, day(s))
	}
	return on
}

// naive is the oracle of DUE-7. It counts day by day with package time, and
// holds the holidays as text.
type naive struct {
	from, to string
	holidays map[string]bool
}

func naiveOf(from, to civil.Date, holidays []civil.Date) naive {
	n := naive{from.String(), to.String(), map[string]bool{}}
	for _, d := range holidays {
		n.holidays[d.String()] = true
	}
	return n
}

// is reports whether the given day is a working day, and whether n covers it.
func (n naive) is(at time.Time) (working, known bool) {
	s := at.Format(time.DateOnly)
	w := at.Weekday()
	return w != time.Saturday && w != time.Sunday && !n.holidays[s], n.from <= s && s <= n.to
}

func inTime(d civil.Date) time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC)
}

// agrees compares Is, Between and Add with the oracle n on each day after d, and
// fails if a result differs. The last argument is the number of days.
func agrees(t require.TestingT, c *workday.Calendar, n naive, d civil.Date, over int) {
	count, refused := 0, false
	for k := 1; k <= over; k++ {
		on := d.AddDays(k)
		working, known := n.is(inTime(on))
		is, err := c.Is(on)
		fail(t, known != (err == nil) || known && is != working, "Is(%v) = %v, %v", on, is, err)

		refused = refused || !known
		if working && known {
			count++
		}
		got, err := c.Between(d, on)
		fail(t, refused != (err != nil) || !refused && got != count, "Between(%v, %v) = %d, %v", d, on, got, err)

		if refused || !working {
			continue
		}
		added, err := c.Add(d, count)
		fail(t, err != nil || added != on, "Add(%v, %d) = %v, %v", d, count, added, err)
	}
	if refused {
		added, err := c.Add(d, count+1)
		fail(t, !errors.Is(err, rule.DUE7) || !added.IsZero(), "Add(%v, %d) = %v, %v", d, count+1, added, err)
	}
}

func fail(t require.TestingT, wrong bool, format string, args ...any) {
	if wrong {
		require.Failf(t, "differs from counting day by day", format, args...)
	}
}

func TestEveryDayOfTheHorizonAgreesWithCountingDayByDayDUE7(t *testing.T) {
	t.Parallel()
	n := naiveOf(day("2019-01-01"), day("2028-12-31"), days(published))
	for d := day("2018-12-20"); d.Before(day("2029-01-10")); d = d.AddDays(1) {
		agrees(t, ew(), n, d, 70)
	}
	agrees(t, ew(), n, day("2018-12-31"), 3660)
}

func TestTheTableIsThePublishedListDUE7(t *testing.T) {
	t.Parallel()
	require.Equal(t, days(published), ew().Holidays())
	require.Equal(t, day("2019-01-01"), ew().From())
	require.Equal(t, day("2028-12-31"), ew().To())
	require.Same(t, ew(), ew())
}

func TestAPublishedHolidayIsNotAWorkingDayDUE7(t *testing.T) {
	t.Parallel()
	for _, d := range days(published) {
		is, err := ew().Is(d)
		require.NoError(t, err)
		require.False(t, is, d)
		n, err := ew().Between(d.AddDays(-1), d)
		require.NoError(t, err)
		require.Zero(t, n, d)
		next, err := ew().Add(d.AddDays(-1), 1)
		require.NoError(t, err)
		require.True(t, next.After(d), d)
	}
}

func TestSubstituteAndOneOffDaysDUE7(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, on string
		want     bool
	}{
		{"the substitute for Boxing Day", "2026-12-28", false},
		{"the day after it", "2026-12-29", true},
		{"Boxing Day on a Saturday", "2026-12-26", false},
		{"VE Day, moved", "2020-05-08", false},
		{"the Monday that it was moved from", "2020-05-04", true},
		{"the jubilee", "2022-06-03", false},
		{"the Monday in late May that the bank holiday was moved from", "2022-05-30", true},
		{"the state funeral", "2022-09-19", false},
		{"the coronation", "2023-05-08", false},
		{"a leap day", "2024-02-29", true},
		{"the last day of the summer term", "2026-08-31", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := ew().Is(day(test.on))
			require.NoError(t, err)
			require.Equal(t, test.want, got)
		})
	}
}

func TestTheDayThatAPeriodRunsFromIsNotCountedDUE7(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, from string
		n          int
		want       string
	}{
		{"ten days are two weeks", "2026-03-09", 10, "2026-03-23"},
		{"ten days over Easter", "2026-03-25", 10, "2026-04-10"},
		{"from a Saturday", "2026-03-07", 1, "2026-03-09"},
		{"from a holiday", "2026-04-03", 1, "2026-04-07"},
		{"no days", "2026-04-03", 0, "2026-04-03"},
		{"over the new year", "2026-12-24", 2, "2026-12-30"},
		{"from the day before the table", "2018-12-31", 1, "2019-01-02"},
		{"to the last working day of the table", "2028-12-28", 1, "2028-12-29"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := ew().Add(day(test.from), test.n)
			require.NoError(t, err)
			require.Equal(t, day(test.want), got)
		})
	}
}

func TestCountingBeyondTheHorizonIsRefusedDUE7(t *testing.T) {
	t.Parallel()
	add := func(d string, n int) error { _, err := ew().Add(day(d), n); return err }
	between := func(a, b string) error { _, err := ew().Between(day(a), day(b)); return err }
	is := func(d string) error { _, err := ew().Is(day(d)); return err }
	tests := []struct {
		name string
		err  error
		want string // the first day that is not covered; "" if no such day is counted
	}{
		{"Is: the day before the first", is("2018-12-31"), "2018-12-31"},
		{"Is: the first day", is("2019-01-01"), ""},
		{"Is: the last day", is("2028-12-31"), ""},
		{"Is: after the last day, even on a Saturday", is("2029-01-06"), "2029-01-06"},
		{"Add: only the day counted from is before the table", add("2018-12-31", 3), ""},
		{"Add: a counted day is before the table", add("2018-12-30", 3), "2018-12-31"},
		{"Add: long before", add("0001-01-01", 3), "0001-01-02"},
		{"Add: ends on the last working day", add("2028-12-27", 2), ""},
		{"Add: ends after the last working day", add("2028-12-27", 3), "2029-01-01"},
		{"Add: from the last day", add("2028-12-31", 1), "2029-01-01"},
		{"Add: long after", add("9999-12-30", 1), "9999-12-31"},
		{"Add: nothing is counted", add("2035-01-01", 0), ""},
		{"Add: more days than the table has", add("2026-01-01", math.MaxInt), "2029-01-01"},
		{"Between: only the day counted from is before the table", between("2018-12-31", "2019-01-01"), ""},
		{"Between: a counted day is before the table", between("2018-12-30", "2019-01-01"), "2018-12-31"},
		{"Between: up to the last day", between("2028-12-01", "2028-12-31"), ""},
		{"Between: past the last day", between("2028-12-01", "2029-01-01"), "2029-01-01"},
		{"Between: long after", between("2035-01-01", "2035-02-01"), "2035-01-02"},
		{"Between: both ends are outside the table", between("2001-01-01", "2035-02-01"), "2001-01-02"},
		{"Between: nothing is counted", between("2035-01-01", "2035-01-01"), ""},
		{"Between: backwards", between("2035-01-01", "2001-01-01"), ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if test.want == "" {
				require.NoError(t, test.err)
				return
			}
			var refusal *rule.Refusal
			require.ErrorAs(t, test.err, &refusal)
			require.ErrorIs(t, test.err, rule.DUE7)
			require.Equal(t, []rule.Reason{{Rule: rule.DUE7, Code: rule.BeyondHolidays, On: day(test.want)}}, refusal.Reasons())
		})
	}
}

func TestTheZeroDateIsOutsideEveryCalendarDUE7(t *testing.T) {
	t.Parallel()
	for _, c := range []*workday.Calendar{ew(), {}} {
		_, err := c.Is(civil.Date{})
		require.ErrorIs(t, err, rule.DUE7)
		_, err = c.Add(civil.Date{}, 1)
		require.ErrorIs(t, err, rule.DUE7)
		_, err = c.Add(day("9999-12-31"), 1)
		require.ErrorIs(t, err, rule.DUE7)
		_, err = c.Between(civil.Date{}, day("2026-01-01"))
		require.ErrorIs(t, err, rule.DUE7)
	}
	require.Empty(t, new(workday.Calendar).Holidays())
	require.True(t, new(workday.Calendar).From().IsZero())
}

func TestANegativeNumberOfDaysIsInvalid(t *testing.T) {
	t.Parallel()
	for _, n := range []int{-1, math.MinInt} {
		_, err := ew().Add(day("2026-03-25"), n)
		require.Equal(t, "days", rule.InvalidMember(err))
	}
}

func TestAnyTableAgreesWithCountingDayByDayDUE7(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		from := day("2023-12-01").AddDays(rapid.IntRange(0, 800).Draw(t, "from"))
		length := rapid.IntRange(0, 100).Draw(t, "length")
		var holidays []civil.Date
		for _, n := range rapid.SliceOfN(rapid.IntRange(0, length), 0, 12).Draw(t, "holidays") {
			holidays = append(holidays, from.AddDays(n))
		}
		c, err := workday.New(from, from.AddDays(length), holidays)
		require.NoError(t, err)
		require.Equal(t, from, c.From())
		require.Equal(t, from.AddDays(length), c.To())
		for n := -3; n <= length+3; n++ {
			agrees(t, c, naiveOf(from, from.AddDays(length), holidays), from.AddDays(n), length+3)
		}
	})
}

func TestACalendarDoesNotShareItsHolidays(t *testing.T) {
	t.Parallel()
	holidays := days("2026-12-28 2026-12-25 2026-12-25 2026-12-26")
	c, err := workday.New(day("2026-12-01"), day("2027-01-31"), holidays)
	require.NoError(t, err)
	want := days("2026-12-25 2026-12-28")
	require.Equal(t, want, c.Holidays(), "in order, once each, without Saturdays")
	holidays[0] = day("2026-12-01")
	c.Holidays()[0] = day("2026-12-01")
	require.Equal(t, want, c.Holidays())
}

func TestNewRefusesAnInvalidTable(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		from, to civil.Date
		holidays string
		want     string
	}{
		{"no first day", civil.Date{}, day("2026-12-31"), "", "from"},
		{"no last day", day("2026-01-01"), civil.Date{}, "", "to"},
		{"ends before it begins", day("2026-01-02"), day("2026-01-01"), "", "to"},
		{"a holiday before", day("2026-01-02"), day("2026-12-31"), "2026-01-01", "holidays"},
		{"a holiday after", day("2026-01-02"), day("2026-12-31"), "2026-12-25 2027-01-01", "holidays"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c, err := workday.New(test.from, test.to, days(test.holidays))
			require.Nil(t, c)
			require.Equal(t, test.want, rule.InvalidMember(err))
		})
	}
	_, err := workday.New(day("2026-01-01"), day("2026-12-31"), []civil.Date{{}})
	require.Equal(t, "holidays", rule.InvalidMember(err))
}

func TestCountingNeverAllocates(t *testing.T) {
	d, e := day("2026-03-25"), day("2026-09-25")
	require.Zero(t, testing.AllocsPerRun(100, func() {
		_, _ = ew().Add(d, 10)
		_, _ = ew().Between(d, e)
		_, _ = ew().Is(d)
	}))
}
