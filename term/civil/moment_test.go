package civil_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"virtualschool.example/term/civil"
)

// TestAMomentIsInLondonsTime checks against the time zone data that London is an
// hour ahead of UTC from the last Sunday of March to the last Sunday of October.
func TestAMomentIsInLondonsTime(t *testing.T) {
	t.Parallel()
	for instant, want := range map[string]string{
		"2026-01-17T08:00:00Z":      "08:00 on Saturday 17 January 2026",
		"2026-01-17T07:59:00.1Z":    "08:00 on Saturday 17 January 2026",
		"2026-07-06T23:30:00Z":      "00:30 on Tuesday 7 July 2026",
		"2026-01-17T10:00:00+02:00": "08:00 on Saturday 17 January 2026",
	} {
		at, err := time.Parse(time.RFC3339, instant)
		require.NoError(t, err)
		require.Equal(t, want, civil.Moment(at))
	}
	london, err := time.LoadLocation("Europe/London")
	require.NoError(t, err)
	for at := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() < 2040; at = at.Add(time.Hour) {
		require.Equal(t, at.In(london).Format("15:04 on Monday 2 January 2006"), civil.Moment(at))
	}
}
