package term_test

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

func TestTermsFollowEachOtherTERM3(t *testing.T) {
	t.Parallel()
	first, before := of("SPRING 0001"), term.Term{}
	n := 0
	for year := 1; year <= 9999; year++ {
		for _, season := range []term.Season{term.Spring, term.Summer, term.Autumn} {
			at := term.New(season, year)
			ok := at.Season() == season && at.Year() == year && at.Previous() == before &&
				first.Add(n) == at && at.Add(-n) == first &&
				before.Before(at) && at.After(before) && !at.Before(at) && !at.After(at) &&
				before.Compare(at) == -1 && at.Compare(before) == 1 && at.Compare(at) == 0
			if !ok || n > 0 && before.Next() != at {
				t.Fatalf("%v does not follow %v", at, before)
			}
			before = at
			n++
		}
	}
	require.True(t, before.Next().IsZero())
	require.Equal(t, of("SPRING 2027"), of("AUTUMN 2026").Next())
	require.Equal(t, of("AUTUMN 2025"), of("SPRING 2026").Previous())
}

func TestATermBeyondTheCalendarIsZero(t *testing.T) {
	t.Parallel()
	for _, n := range []int{math.MinInt, -30000, 30000, math.MaxInt} {
		require.True(t, of("SPRING 2026").Add(n).IsZero())
		require.True(t, term.Term{}.Add(n).IsZero())
	}
	require.True(t, term.Term{}.Next().IsZero())
	require.True(t, term.New(0, 2026).IsZero())
	require.True(t, term.New(term.Autumn+1, 2026).IsZero())
	for _, year := range []int{math.MinInt, -1, 0, 10000, 65536 + 2026, math.MaxInt} {
		require.True(t, term.New(term.Spring, year).IsZero())
	}
}

// yearFrom is the oracle of TERM-4 and TERM-5: it compares dates as text.
func yearFrom(d, start string) string {
	year, _ := strconv.Atoi(d[:4])
	if d[5:] < start {
		year--
	}
	return strconv.Itoa(year) + "/" + strconv.Itoa(year + 1)[2:]
}

func TestYearsOfEveryDayTERM4TERM5(t *testing.T) {
	t.Parallel()
	eachDay(func(d civil.Date) {
		academic, financial, in := term.AcademicYearOf(d), term.FinancialYearOf(d), lancashire.Of(d)
		if academic.String() != yearFrom(d.String(), "09-01") || financial.String() != yearFrom(d.String(), "04-01") {
			t.Fatalf("%v is in %v and %v", d, academic, financial)
		}
		if in.AcademicYear() != academic || in.FinancialYear() != financial {
			t.Fatalf("%v is in other years than %v", in, d)
		}
	})
}

func TestYearsOfTermsTERM4TERM5(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"AUTUMN 2025", "SPRING 2026", "SUMMER 2026"} {
		require.Equal(t, "2025/26", of(s).AcademicYear().String(), s)
	}
	for _, s := range []string{"SUMMER 2025", "AUTUMN 2025", "SPRING 2026"} {
		require.Equal(t, "2025/26", of(s).FinancialYear().String(), s)
	}
	require.Equal(t, "1999/00", of("AUTUMN 1999").AcademicYear().String())
	require.Equal(t, "2026/27", term.AcademicYearOf(day("2026-09-01")).String())

	require.Empty(t, term.Term{}.AcademicYear().String())
	require.Empty(t, term.Term{}.FinancialYear().String())
	require.Empty(t, term.AcademicYearOf(civil.Date{}).String())
	require.Empty(t, term.FinancialYearOf(civil.Date{}).String())
	require.Zero(t, term.AcademicYearOf(day("0001-08-31")))
}

func TestABirthDateInTheFutureOrOver25YearsAgoIsInvalidAGE3(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, born, on string
		leap           civil.LeapBirthday
		want           string
	}{
		{"born on the day", "2026-03-31", "2026-03-31", civil.March1, ""},
		{"born the day after", "2026-04-01", "2026-03-31", civil.March1, "born"},
		{"the 25th birthday", "2001-03-31", "2026-03-31", civil.March1, ""},
		{"the day after the 25th birthday", "2001-03-30", "2026-03-31", civil.March1, "born"},
		{"born on a leap day, the 25th birthday", "2000-02-29", "2025-03-01", civil.March1, ""},
		{"born on a leap day, the day after the 25th birthday", "2000-02-29", "2025-03-02", civil.March1, "born"},
		{"a leap birthday kept on 28 February", "2000-02-29", "2025-03-01", civil.February28, "born"},
		{"born a century before", "1926-03-31", "2026-03-31", civil.March1, "born"},
		{"at the end of the calendar", "9999-12-31", "9999-12-31", civil.March1, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, test.want, rule.InvalidMember(term.CheckBorn(day(test.born), day(test.on), test.leap)))
		})
	}
	require.Equal(t, "born", rule.InvalidMember(term.CheckBorn(civil.Date{}, day("2026-03-31"), civil.March1)))
	require.Equal(t, "born", rule.InvalidMember(term.CheckBorn(day("2026-03-31"), civil.Date{}, civil.March1)))
}

func TestTermsReadBackFromTheirText(t *testing.T) {
	t.Parallel()
	for at := of("SPRING 0001"); !at.IsZero(); at = at.Next() {
		if got, err := term.Parse(at.String()); err != nil || got != at {
			t.Fatalf("%v reads as %v, %v", at, got, err)
		}
	}
}

func TestParseRefusesTextThatIsNotATerm(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"", "SPRING", "2026", "SPRING 0000", "SPRING 26", "SPRING 02026", "SPRING +026", "SPRING -026", "SPRING 2_26", "SPRING 0x1F",
		"spring 2026", "WINTER 2026", " 2026", "SPRING  2026", "SPRING 2026 ", " SPRING 2026", "SPRING\t2026", "SPRING—2026", "2026 SPRING",
	} {
		at, err := term.Parse(s)
		require.Equal(t, "term", rule.InvalidMember(err), s)
		require.True(t, at.IsZero(), s)
	}
	require.Panics(t, func() { term.MustParse("never") })
}

func TestTermInJSON(t *testing.T) {
	t.Parallel()
	type plan struct {
		In, Carried term.Term
		Season      term.Season
	}
	text, err := json.Marshal(plan{In: of("SPRING 2026"), Season: term.Autumn})
	require.NoError(t, err)
	require.JSONEq(t, `{"In":"SPRING 2026","Carried":"","Season":"AUTUMN"}`, string(text))
	read := plan{Carried: of("SUMMER 2026")}
	require.NoError(t, json.Unmarshal(text, &read))
	require.Equal(t, plan{In: of("SPRING 2026"), Season: term.Autumn}, read)

	kept, season := of("SUMMER 2026"), term.Summer
	require.Equal(t, "term", rule.InvalidMember(kept.UnmarshalText([]byte("later"))))
	require.Equal(t, "season", rule.InvalidMember(season.UnmarshalText([]byte("summer"))))
	require.Equal(t, of("SUMMER 2026"), kept)
	require.Equal(t, term.Summer, season)
	require.Empty(t, term.Season(0).String())
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"SPRING 2026", "SUMMER 0001", "AUTUMN 9999", "AUTUMN 10000", "spring 2026", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		at, err := term.Parse(s)
		if err != nil {
			require.True(t, at.IsZero())
			require.Equal(t, "term", rule.InvalidMember(err))
			return
		}
		require.Equal(t, s, at.String())
		require.Equal(t, at, term.New(at.Season(), at.Year()))
		require.Equal(t, strings.ToUpper(s), s)
	})
}
