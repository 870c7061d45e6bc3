package forms_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// yearOracle works out the year group as the law defines it: a child starts
// school in the September after the 4th birthday, and a year group ends on 31
// August. It returns "" for a year group above Year 13.
func yearOracle(born, on time.Time) string {
	fourth := born.AddDate(4, 0, 0)
	reception := time.Date(fourth.Year(), time.September, 1, 0, 0, 0, 0, time.UTC)
	if !reception.After(fourth) {
		reception = reception.AddDate(1, 0, 0)
	}
	started := func(years int) bool { return !on.Before(reception.AddDate(years, 0, 0)) }
	switch {
	case !started(-2):
		return "pre-nursery"
	case !started(-1):
		return "N1"
	case !started(0):
		return "N2"
	case !started(1):
		return "R"
	}
	for year := 1; year <= 13; year++ {
		if !started(year + 1) {
			return "Y" + strconv.Itoa(year)
		}
	}
	return ""
}

func day(t time.Time) civil.Date { return civil.MustParse(t.Format(time.DateOnly)) }

// birthdays calls do with every day of the 30 years from 1 January 1998.
func birthdays(do func(time.Time)) {
	for born := time.Date(1998, 1, 1, 0, 0, 0, 0, time.UTC); born.Year() < 2028; born = born.AddDate(0, 0, 1) {
		do(born)
	}
}

func TestYearGroupOfEveryBirthDateOf30Years(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"2016-02-29", "2024-02-29", "2025-08-30", "2025-08-31", "2025-09-01", "2025-09-02",
		"2025-12-31", "2026-01-01", "2026-02-28", "2026-03-01", "2026-08-31", "2026-09-01", "2028-02-29",
	} {
		on, _ := time.Parse(time.DateOnly, s)
		birthdays(func(born time.Time) {
			got, err := forms.YearGroupOf(day(born), day(on))
			want := yearOracle(born, on)
			switch {
			case on.Before(born):
				if rule.InvalidMember(err) != "born" {
					t.Fatalf("born %v on %s: got %v, %v, want invalid born", born, s, got, err)
				}
			case want == "":
				if refusal, ok := err.(*rule.Refusal); !ok || refusal.Rule() != rule.YEAR4 {
					t.Fatalf("born %v on %s: got %v, %v, want YEAR-4", born, s, got, err)
				}
			case err != nil || got.String() != want:
				t.Fatalf("born %v on %s: got %v, %v, want %s", born, s, got, err, want)
			}
		})
	}
}

func TestEveryChildTurns18InYear13(t *testing.T) {
	t.Parallel()
	birthdays(func(born time.Time) {
		got, err := forms.YearGroupOf(day(born), day(born).Anniversary(18, civil.March1))
		if err != nil || got != forms.Y13 {
			t.Fatalf("born %v: got %v, %v, want Y13", born, got, err)
		}
	})
}

func TestYearGroupOfBoundaries(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, born, on, want, invalid string
	}{
		{name: "31 August is the last birthday of the older year group", born: "2014-08-31", on: "2025-09-01", want: "Y7"},
		{name: "1 September is the first birthday of the younger year group", born: "2014-09-01", on: "2025-09-01", want: "Y6"},
		{name: "Reception the day after the 4th birthday", born: "2021-08-31", on: "2025-09-01", want: "R"},
		{name: "a 4th birthday on 1 September waits a year", born: "2021-09-01", on: "2025-09-01", want: "N2"},
		{name: "born on a leap day", born: "2020-02-29", on: "2026-02-28", want: "Y1"},
		{name: "first nursery year", born: "2022-09-01", on: "2025-09-01", want: "N1"},
		{name: "the room for two-year-olds", born: "2023-09-01", on: "2025-09-01", want: "pre-nursery"},
		{name: "on the day of birth", born: "2025-09-01", on: "2025-09-01", want: "pre-nursery"},
		{name: "last day of Year 13", born: "2007-08-31", on: "2025-08-31", want: "Y13"},
		{name: "the day after Year 13", born: "2007-08-31", on: "2025-09-01"},
		{name: "the first years of the calendar", born: "0001-01-01", on: "0001-09-01", want: "pre-nursery"},
		{name: "born after the day", born: "2025-09-02", on: "2025-09-01", invalid: "born"},
		{name: "no birth date", on: "2025-09-01", invalid: "born"},
		{name: "no day", born: "2014-08-31", invalid: "on"},
		{name: "neither", invalid: "on"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var born, on civil.Date
			require.NoError(t, born.UnmarshalText([]byte(tt.born)))
			require.NoError(t, on.UnmarshalText([]byte(tt.on)))
			got, err := forms.YearGroupOf(born, on)
			require.Equal(t, tt.want, got.String())
			require.Equal(t, tt.invalid, rule.InvalidMember(err))
			if tt.want == "" && tt.invalid == "" {
				require.ErrorIs(t, err, rule.YEAR4)
			}
		})
	}
}

func TestYearGroupIsDecidedAtTheMeeting(t *testing.T) {
	t.Parallel()
	born := civil.MustParse("2011-03-05")
	started, meeting := civil.MustParse("2022-07-01"), civil.MustParse("2022-11-10")
	atStart, err := forms.YearGroupOf(born, started)
	require.NoError(t, err)
	require.Equal(t, forms.Y6, atStart)
	atMeeting, err := forms.YearGroupOf(born, meeting)
	require.NoError(t, err)
	require.Equal(t, forms.Y7, atMeeting)
}

func TestKeyStageOfEveryYearGroup(t *testing.T) {
	t.Parallel()
	want := []string{"", "EYFS", "EYFS", "EYFS", "EYFS", "KS1", "KS1", "KS2", "KS2", "KS2", "KS2", "KS3", "KS3", "KS3", "KS4", "KS4", "KS5", "KS5"}
	for y := range 256 {
		var stage string
		if y < len(want) {
			stage = want[y]
		}
		require.Equal(t, stage, forms.YearGroup(y).KeyStage().String(), y)
	}
}

func TestRecordedYearGroups(t *testing.T) {
	t.Parallel()
	want := map[string]forms.YearGroup{"": 0, "X": 0, "N1": forms.N1, "N2": forms.N2, "R": forms.R}
	for n := 1; n <= 13; n++ {
		year, err := forms.ParseYearGroup("Y" + strconv.Itoa(n))
		require.NoError(t, err)
		want["Y"+strconv.Itoa(n)], want[strconv.Itoa(n)] = year, year
	}
	for s, year := range want {
		got, err := forms.ParseRecorded(s)
		require.NoError(t, err, s)
		require.Equal(t, year, got, s)
	}
}

func TestRecordedAboveYear13IsRefused(t *testing.T) {
	t.Parallel()
	for n := 14; n < 1200; n++ {
		for _, prefix := range []string{"", "Y"} {
			_, err := forms.ParseRecorded(prefix + strconv.Itoa(n))
			require.ErrorIs(t, err, rule.YEAR4, n)
		}
	}
	const wrapsTo7 = "18446744073709551623" // 2 to the power of 64, plus 7
	for _, s := range []string{wrapsTo7, "Y" + wrapsTo7, "Y99999999999999999999999999"} {
		_, err := forms.ParseRecorded(s)
		require.ErrorIs(t, err, rule.YEAR4, s)
	}
}

func TestRecordedNonsenseIsInvalid(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"Y", "0", "Y0", "07", "Y07", "014", "-1", "+7", " 7", "7 ", "y7", "r", "x", "n1", "N", "N0", "N3",
		"YY7", "R1", "XX", "1a", "1.0", "pre-nursery", "Reception", "٧", "７", "Y\x00",
	} {
		got, err := forms.ParseRecorded(s)
		require.Equal(t, "recordedYear", rule.InvalidMember(err), "%q", s)
		require.Zero(t, got)
	}
}

func FuzzParseRecorded(f *testing.F) {
	for _, s := range []string{"", "X", "N1", "N2", "R", "Y1", "Y13", "Y14", "7", "07", "Y0", "99999999999999999999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		year, err := forms.ParseRecorded(s)
		if _, refused := err.(*rule.Refusal); err != nil && !refused && rule.InvalidMember(err) != "recordedYear" {
			t.Fatalf("%q: neither a refusal nor invalid: %v", s, err)
		}
		if err != nil || year == 0 {
			require.Zero(t, year)
			return
		}
		again, err := forms.ParseRecorded(year.String())
		require.NoError(t, err)
		require.Equal(t, year, again)
	})
}
