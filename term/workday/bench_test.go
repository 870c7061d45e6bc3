package workday_test

import (
	"testing"

	"virtualschool.example/term/civil"
	"virtualschool.example/term/workday"
)

var sink int

// spread returns days of the horizon in an order that a branch predictor cannot
// learn.
func spread() (days [1024]civil.Date) {
	for n := range days {
		days[n] = day("2019-01-01").AddDays(n * 7919 % 3600)
	}
	return days
}

// BenchmarkTenWorkingDays compares Add with a look-up in two tables over plain
// day numbers. The tables are made for the horizon beforehand and know neither
// dates nor errors.
func BenchmarkTenWorkingDays(b *testing.B) {
	from := spread()
	b.Run("ours", func(b *testing.B) {
		b.ReportAllocs()
		n, c := 0, workday.EnglandAndWales()
		for b.Loop() {
			on, _ := c.Add(from[n%1024], 10)
			sink += on.Day()
			n++
		}
	})
	b.Run("floor", func(b *testing.B) {
		b.ReportAllocs()
		passed, nth := tables()
		var plain [1024]uint16
		for n, d := range from {
			plain[n] = uint16(d.DaysSince(day("2019-01-01")))
		}
		n := 0
		for b.Loop() {
			sink += int(nth[passed[plain[n%1024]]+10])
			n++
		}
	})
}

// tables returns how many working days have passed at the end of each day, and
// the date of each working day.
func tables() (passed, nth []uint16) {
	c := workday.EnglandAndWales()
	nth = append(nth, 0)
	for d := c.From(); !d.After(c.To()); d = d.AddDays(1) {
		if is, _ := c.Is(d); is {
			nth = append(nth, uint16(d.DaysSince(c.From())))
		}
		passed = append(passed, uint16(len(nth)-1))
	}
	return passed, nth
}

// BenchmarkWorkingDaysOfAMonth counts the working days in a period of 30 days.
func BenchmarkWorkingDaysOfAMonth(b *testing.B) {
	from, n, c := spread(), 0, workday.EnglandAndWales()
	b.ReportAllocs()
	for b.Loop() {
		d := from[n%1024]
		count, _ := c.Between(d, d.AddDays(30))
		sink += count
		n++
	}
}
