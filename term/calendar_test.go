package term_test

import (
	"testing"
	"time"
	_ "time/tzdata" // embeds the time zone data, which some machines lack

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

var (
	day        = civil.MustParse
	of         = term.MustParse
	lancashire = term.Lancashire()
)

// eachDay calls f for every day from 1990 to 2100.
func eachDay(f func(civil.Date)) {
	for d := day("1990-01-01"); d.Year() <= 2100; d = d.AddDays(1) {
		f(d)
	}
}

// termByText is the oracle of TERM-1: it compares dates as text.
func termByText(d string) string {
	for _, start := range []struct{ day, season string }{{"09-01", "AUTUMN"}, {"04-01", "SUMMER"}, {"01-01", "SPRING"}} {
		if d[5:] >= start.day {
			return start.season + " " + d[:4]
		}
	}
	return ""
}

func TestTermsTileTheCalendarTERM1(t *testing.T) {
	t.Parallel()
	eachDay(func(d civil.Date) {
		in := lancashire.Of(d)
		if want := termByText(d.String()); in.String() != want {
			t.Fatalf("%v is in %v, want %s", d, in, want)
		}
	})
	tile(t, lancashire)
}

// tile fails unless every day from 1990 to 2100 is in exactly one term of c,
// and the terms follow each other without a gap or an overlap.
func tile(t require.TestingT, c term.Calendar) {
	at := c.Of(day("1990-01-01"))
	require.False(t, at.IsZero())
	eachDay(func(d civil.Date) {
		if d == c.First(at.Next()) {
			require.Equal(t, d.AddDays(-1), c.Last(at))
			at = at.Next()
		}
		if c.Of(d) != at || !c.Contains(at, d) || c.Contains(at.Next(), d) || c.Contains(at.Previous(), d) ||
			c.First(at).After(d) || c.Last(at).Before(d) {
			require.Fail(t, "not in one term", "%v: %v, %v to %v", d, at, c.First(at), c.Last(at))
		}
	})
}

func TestBoundariesOfTheTermsTERM1(t *testing.T) {
	t.Parallel()
	for on, want := range map[string]string{
		"2025-12-31": "AUTUMN 2025",
		"2026-01-01": "SPRING 2026",
		"2026-03-31": "SPRING 2026",
		"2026-04-01": "SUMMER 2026",
		"2026-08-31": "SUMMER 2026", // a bank holiday
		"2026-09-01": "AUTUMN 2026",
		"2024-02-29": "SPRING 2024",
		"0001-01-01": "SPRING 0001",
		"9999-12-31": "AUTUMN 9999",
	} {
		require.Equal(t, want, lancashire.Of(day(on)).String(), on)
	}
	require.Equal(t, day("9999-12-31"), lancashire.Last(of("AUTUMN 9999")))
	require.Equal(t, day("2026-04-01"), lancashire.First(of("SUMMER 2026")))
	require.Equal(t, day("2026-08-31"), lancashire.Last(of("SUMMER 2026")))
}

func TestAFormBelongsToTheTermOfItsMeetingTERM2(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, started, meeting, returned, want string }{
		{"started and delegated in the term before", "2026-03-30", "2026-04-01", "2026-04-15", "SUMMER 2026"},
		{"returned in the term after", "2026-03-01", "2026-03-31", "2026-04-14", "SPRING 2026"},
		{"an autumn form started in July", "2026-07-10", "2026-09-20", "2026-10-01", "AUTUMN 2026"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, of(test.want), lancashire.Of(day(test.meeting)))
			require.False(t, lancashire.Contains(of(test.want), day(test.started)) && lancashire.Contains(of(test.want), day(test.returned)))
		})
	}
}

func TestSchoolHolidaysDoNotChangeTheTermTERM6(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, on, want string }{
		{"closed since 27 March", "2026-03-30", "SPRING 2026"},
		{"closed until 13 April", "2026-04-10", "SUMMER 2026"},
		{"the summer holidays", "2026-08-15", "SUMMER 2026"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, of(test.want), lancashire.Of(day(test.on)))
		})
	}
}

func TestAnInstantIsInTheTermOfItsDayInLondonTERM7(t *testing.T) {
	t.Parallel()
	london, err := time.LoadLocation("Europe/London")
	require.NoError(t, err)
	for instant, want := range map[string]string{
		"2026-03-31T22:59:59Z": "SPRING 2026",
		"2026-03-31T23:00:00Z": "SUMMER 2026",
		"2026-03-31T23:30:00Z": "SUMMER 2026",
		"2026-08-31T22:59:59Z": "SUMMER 2026",
		"2026-08-31T23:00:00Z": "AUTUMN 2026",
		"2026-12-31T23:30:00Z": "AUTUMN 2026",
		"2027-01-01T00:00:00Z": "SPRING 2027",
	} {
		at, err := time.Parse(time.RFC3339, instant)
		require.NoError(t, err)
		require.Equal(t, of(want), lancashire.Of(civil.Of(at, london)), instant)
	}
}

func TestTermsOfEveryCalendarTileTheYearTERM1(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name                   string
		spring, summer, autumn term.MonthDay
	}{
		{"Kent's", term.MonthDay{Month: 1, Day: 1}, term.MonthDay{Month: 5, Day: 1}, term.MonthDay{Month: 9, Day: 1}},
		{"autumn runs into January", term.MonthDay{Month: 1, Day: 6}, term.MonthDay{Month: 4, Day: 13}, term.MonthDay{Month: 9, Day: 2}},
		{"all at the end of the year", term.MonthDay{Month: 12, Day: 29}, term.MonthDay{Month: 12, Day: 30}, term.MonthDay{Month: 12, Day: 31}},
		{"around the leap day", term.MonthDay{Month: 2, Day: 27}, term.MonthDay{Month: 2, Day: 28}, term.MonthDay{Month: 3, Day: 1}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c, err := term.NewCalendar(test.spring, test.summer, test.autumn)
			require.NoError(t, err)
			tile(t, c)
			spring, summer, autumn := c.Starts()
			require.Equal(t, []term.MonthDay{test.spring, test.summer, test.autumn}, []term.MonthDay{spring, summer, autumn})
			require.Equal(t, day("9999-12-31"), c.Last(of("AUTUMN 9999")))
		})
	}
}

func TestAnyThreeDaysInOrderMakeACalendar(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SliceOfNDistinct(rapid.IntRange(0, 364), 3, 3, rapid.ID).Draw(t, "days of 2023")
		at := func(n int) term.MonthDay {
			d := day("2023-01-01").AddDays(n)
			return term.MonthDay{Month: d.Month(), Day: d.Day()}
		}
		c, err := term.NewCalendar(at(n[0]), at(n[1]), at(n[2]))
		if n[0] < n[1] && n[1] < n[2] {
			require.NoError(t, err)
			tile(t, c)
			return
		}
		require.Error(t, err)
	})
}

func TestNewCalendarRefusesInvalidDays(t *testing.T) {
	t.Parallel()
	jan, apr, sep := term.MonthDay{Month: 1, Day: 1}, term.MonthDay{Month: 4, Day: 1}, term.MonthDay{Month: 9, Day: 1}
	tests := []struct {
		name                   string
		spring, summer, autumn term.MonthDay
		want                   string
	}{
		{"the zero MonthDay", term.MonthDay{}, apr, sep, "spring"},
		{"a leap day", term.MonthDay{Month: 2, Day: 29}, apr, sep, "spring"},
		{"31 April", jan, term.MonthDay{Month: 4, Day: 31}, sep, "summer"},
		{"month 13", jan, apr, term.MonthDay{Month: 13, Day: 1}, "autumn"},
		{"two on one day", jan, jan, sep, "summer"},
		{"out of order", jan, sep, apr, "autumn"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c, err := term.NewCalendar(test.spring, test.summer, test.autumn)
			require.Equal(t, test.want, rule.InvalidMember(err))
			require.Equal(t, term.Calendar{}, c)
		})
	}
}

func TestTheZeroCalendarHasNoTerms(t *testing.T) {
	t.Parallel()
	var none term.Calendar
	require.True(t, none.Of(day("2026-03-31")).IsZero())
	require.True(t, none.First(of("SPRING 2026")).IsZero())
	require.True(t, none.Last(of("AUTUMN 9999")).IsZero())
	require.False(t, none.Contains(term.Term{}, day("2026-03-31")))

	require.True(t, lancashire.Of(civil.Date{}).IsZero())
	require.True(t, lancashire.First(term.Term{}).IsZero())
	require.True(t, lancashire.Last(term.Term{}).IsZero())
	require.False(t, lancashire.Contains(term.Term{}, civil.Date{}))

	late, err := term.NewCalendar(term.MonthDay{Month: 1, Day: 6}, term.MonthDay{Month: 4, Day: 1}, term.MonthDay{Month: 9, Day: 1})
	require.NoError(t, err)
	require.True(t, late.Of(day("0001-01-05")).IsZero(), "the autumn of the year 0")
}

func TestTermsOfDaysNeverAllocate(t *testing.T) {
	d := day("2026-03-31")
	require.Zero(t, testing.AllocsPerRun(100, func() {
		in := lancashire.Of(d)
		_ = lancashire.Last(in.Next()).DaysSince(lancashire.First(in))
		_ = term.CheckBorn(d, d, civil.March1)
	}))
}
