package civil_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"virtualschool.example/term/civil"
)

// birthday is the oracle: package time moves 29 February to 1 March by itself.
func birthday(born time.Time, years int, leap civil.LeapBirthday) time.Time {
	on := time.Date(born.Year()+years, born.Month(), born.Day(), 0, 0, 0, 0, time.UTC)
	if on.Day() != born.Day() && leap == civil.February28 {
		return on.AddDate(0, 0, -1)
	}
	return on
}

func TestAgeIsAttainedAtTheStartOfTheBirthdayAGE1AGE2(t *testing.T) {
	t.Parallel()
	for _, leap := range []civil.LeapBirthday{civil.March1, civil.February28} {
		for born := day("1990-01-01"); born.Year() <= 2100; born = born.AddDays(1) {
			for years := 0; years <= 26; years++ {
				on := born.Anniversary(years, leap)
				if !inTime(on).Equal(birthday(inTime(born), years, leap)) {
					t.Fatalf("born %v: %d years on %v (%v)", born, years, on, leap)
				}
				before, at, after := born.AgeOn(on.AddDays(-1), leap), born.AgeOn(on, leap), born.AgeOn(on.AddDays(1), leap)
				if before != max(0, years-1) || at != years || after != years {
					t.Fatalf("born %v: ages %d, %d, %d about %v (%v)", born, before, at, after, on, leap)
				}
			}
		}
	}
}

func TestAgeOnEveryDayOfTwentyYearsAGE1AGE2(t *testing.T) {
	t.Parallel()
	births := []string{"2004-02-28", "2004-02-29", "2004-03-01", "2003-12-31", "2004-01-01", "2005-02-28"}
	for _, leap := range []civil.LeapBirthday{civil.March1, civil.February28} {
		for _, s := range births {
			born, age := day(s), 0
			for on := born; on.Year() < 2025; on = on.AddDays(1) {
				if inTime(on).Equal(birthday(inTime(born), age+1, leap)) {
					age++
				}
				if got := born.AgeOn(on, leap); got != age {
					t.Fatalf("born %v, on %v: %d, want %d (%v)", born, on, got, age, leap)
				}
			}
		}
	}
}

func TestAgeBoundaries(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, born, on string
		leap           civil.LeapBirthday
		want           int
	}{
		{"AGE-1 the day before", "2008-04-01", "2026-03-31", civil.March1, 17},
		{"AGE-1 the birthday", "2008-04-01", "2026-04-01", civil.March1, 18},
		{"AGE-2 on 28 February", "2024-02-29", "2026-02-28", civil.March1, 1},
		{"AGE-2 on 1 March", "2024-02-29", "2026-03-01", civil.March1, 2},
		{"AGE-2 in a leap year, the day before", "2024-02-29", "2028-02-28", civil.March1, 3},
		{"AGE-2 in a leap year", "2024-02-29", "2028-02-29", civil.March1, 4},
		{"AGE-2 kept on 28 February", "2024-02-29", "2026-02-28", civil.February28, 2},
		{"AGE-2 kept on 28 February, in a leap year", "2024-02-29", "2028-02-28", civil.February28, 3},
		{"AGE-2 the zero LeapBirthday counts as 1 March", "2024-02-29", "2026-02-28", 0, 1},
		{"AGE-2 a century year without a leap day", "2096-02-29", "2100-02-28", civil.March1, 3},
		{"before birth", "2024-02-29", "2024-02-28", civil.March1, 0},
		{"years before birth", "2024-02-29", "1999-01-01", civil.March1, 0},
		{"the day of birth", "2024-02-29", "2024-02-29", civil.March1, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, test.want, day(test.born).AgeOn(day(test.on), test.leap))
		})
	}
}

func TestAgesAndAnniversariesOfTheZeroDate(t *testing.T) {
	t.Parallel()
	var zero civil.Date
	require.Zero(t, zero.AgeOn(day("2026-01-01"), civil.March1))
	require.Zero(t, day("2026-01-01").AgeOn(zero, civil.March1))
	require.True(t, zero.Anniversary(5, civil.March1).IsZero())
	for _, years := range []int{-2026, 7974, 1 << 62, -1 << 63} {
		require.True(t, day("2026-01-01").Anniversary(years, civil.March1).IsZero())
	}
	require.Equal(t, 9998, day("0001-01-01").AgeOn(day("9999-12-31"), civil.March1))
}

func TestLeapBirthdayText(t *testing.T) {
	t.Parallel()
	for want, text := range map[civil.LeapBirthday]string{civil.March1: "mar1", civil.February28: "feb28"} {
		got, err := civil.ParseLeapBirthday(text)
		require.NoError(t, err)
		require.Equal(t, want, got)
		var read civil.LeapBirthday
		marshalled, err := want.MarshalText()
		require.NoError(t, err)
		require.NoError(t, read.UnmarshalText(marshalled))
		require.Equal(t, want, read)
		require.Equal(t, text, want.String())
	}
	for _, text := range []string{"", "MAR1", "mar2", "1 March"} {
		read := civil.February28
		require.ErrorIs(t, read.UnmarshalText([]byte(text)), civil.ErrLeapBirthday)
		require.Equal(t, civil.February28, read)
	}
	require.Empty(t, civil.LeapBirthday(0).String())
	require.Empty(t, civil.LeapBirthday(9).String())
}
