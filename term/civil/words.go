package civil

import (
	"fmt"
	"time"
)

// Words returns the day as it is written in a sentence, such as "14 January
// 2026". The year has four digits. Words returns "" for the zero Date.
func (d Date) Words() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d %s %04d", d.Day(), d.Month(), d.Year())
}

// Moment returns an instant as it is written in a sentence, in London's time and
// rounded up to the minute, such as "08:00 on Saturday 17 January 2026".
func Moment(t time.Time) string {
	t = t.UTC().Add(time.Minute - 1).Truncate(time.Minute)
	if !t.Before(clocksChange(t.Year(), time.March)) && t.Before(clocksChange(t.Year(), time.October)) {
		t = t.Add(time.Hour)
	}
	return t.Format("15:04 on Monday 2 January 2006")
}

// clocksChange returns the instant at which the clocks change in London: 01:00 UTC
// on the last Sunday of the given month, which must be March or October.
func clocksChange(year int, month time.Month) time.Time {
	end := time.Date(year, month, 31, 1, 0, 0, 0, time.UTC)
	return end.AddDate(0, 0, -int(end.Weekday()))
}
