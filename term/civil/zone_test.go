package civil_test

import (
	"testing"
	"time"
	_ "time/tzdata" // embeds the time zone data, which some machines lack

	"github.com/stretchr/testify/require"

	"virtualschool.example/term/civil"
)

func london(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/London")
	require.NoError(t, err)
	return zone
}

func TestAnInstantIsOnItsDayInLondonTERM7(t *testing.T) {
	t.Parallel()
	zone := london(t)
	tests := []struct{ name, instant, want string }{
		{"the last second before the day on which summer time begins", "2026-03-28T23:59:59Z", "2026-03-28"},
		{"the hour before the clocks go forward", "2026-03-29T00:59:59Z", "2026-03-29"},
		{"the first evening of summer time", "2026-03-29T22:59:59Z", "2026-03-29"},
		{"the first midnight of summer time", "2026-03-29T23:00:00Z", "2026-03-30"},
		{"00:30 on 1 April", "2026-03-31T23:30:00Z", "2026-04-01"},
		{"an hour before the end of the summer term", "2026-08-31T22:59:59Z", "2026-08-31"},
		{"the start of the autumn term", "2026-08-31T23:00:00Z", "2026-09-01"},
		{"the last midnight of summer time", "2026-10-24T23:00:00Z", "2026-10-25"},
		{"after the clocks go back", "2026-10-25T23:59:59Z", "2026-10-25"},
		{"new year's eve", "2026-12-31T23:30:00Z", "2026-12-31"},
		{"the offset it was written in does not matter", "2026-04-01T08:30:00+09:00", "2026-04-01"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			at, err := time.Parse(time.RFC3339, test.instant)
			require.NoError(t, err)
			require.Equal(t, day(test.want), civil.Of(at, zone))
		})
	}
}

// Summer time runs from 01:00 UTC on the last Sunday of March to 01:00 UTC on
// the last Sunday of October.
func TestEveryQuarterOfAnHourOfFiveYearsTERM7(t *testing.T) {
	t.Parallel()
	zone := london(t)
	for at := time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() < 2027; at = at.Add(15 * time.Minute) {
		wall := at
		if !at.Before(lastSunday(at.Year(), time.March)) && at.Before(lastSunday(at.Year(), time.October)) {
			wall = at.Add(time.Hour)
		}
		if got := civil.Of(at, zone); !inTime(got).Equal(wall.Truncate(24 * time.Hour)) {
			t.Fatalf("at %v it is not %v", at, got)
		}
	}
}

func lastSunday(year int, month time.Month) time.Time {
	end := time.Date(year, month, 31, 1, 0, 0, 0, time.UTC)
	return end.AddDate(0, 0, -int(end.Weekday()))
}

func TestAnInstantOutsideTheCalendarHasNoDay(t *testing.T) {
	t.Parallel()
	require.True(t, civil.Of(time.Date(0, 12, 31, 0, 0, 0, 0, time.UTC), time.UTC).IsZero())
	require.True(t, civil.Of(time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), time.UTC).IsZero())
}
