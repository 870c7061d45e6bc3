package term_test

import (
	"testing"
	"time"

	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// spread returns days in an order that a branch predictor cannot learn.
func spread() (days [1024]civil.Date) {
	for n := range days {
		days[n] = day("1990-01-01").AddDays(n * 7919 % 40000)
	}
	return days
}

var sink int

// BenchmarkTermOfADay compares Calendar.Of with hand-written code that uses plain
// numbers, and with package time.
func BenchmarkTermOfADay(b *testing.B) {
	days := spread()
	b.Run("ours", func(b *testing.B) {
		b.ReportAllocs()
		n, c := 0, term.Lancashire()
		for b.Loop() {
			sink += c.Of(days[n%1024]).Year()
			n++
		}
	})
	b.Run("floor", func(b *testing.B) {
		b.ReportAllocs()
		type ymd struct {
			year       int16
			month, day uint8
		}
		var plain [1024]ymd
		for n, d := range days {
			plain[n] = ymd{int16(d.Year()), uint8(d.Month()), uint8(d.Day())}
		}
		seasons := [13]uint8{0, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3}
		n := 0
		for b.Loop() {
			d := plain[n%1024]
			sink += int(d.year)*3 + int(seasons[d.month])
			n++
		}
	})
	b.Run("time", func(b *testing.B) {
		b.ReportAllocs()
		var at [1024]time.Time
		for n, d := range days {
			at[n] = time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC)
		}
		n := 0
		for b.Loop() {
			season := 1
			switch month := at[n%1024].Month(); {
			case month >= time.September:
				season = 3
			case month >= time.April:
				season = 2
			}
			sink += at[n%1024].Year()*3 + season
			n++
		}
	})
}

// BenchmarkAgeOnADay measures the calculation of an age, the first step of most
// rules.
func BenchmarkAgeOnADay(b *testing.B) {
	days, on, n := spread(), day("2026-03-31"), 0
	b.ReportAllocs()
	for b.Loop() {
		sink += days[n%1024].AgeOn(on, civil.March1)
		n++
	}
}
