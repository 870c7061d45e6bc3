package workday

import (
	"math/bits"
	"time"

	"virtualschool.example/term/civil"
)

// month has bit n set if day n is not a working day: a Saturday, a Sunday or a
// holiday, a day that the month does not have, or a day after the last day of
// the Calendar. Bit 0 is always set.
type month uint32

// The months of 31 days without holidays, named after the weekday on which they
// begin.
const (
	sun month = weekends>>iota<<1&all | 1
	mon
	tue
	wed
	thu
	fri
	sat

	weekends = 0b1000001_1000001_1000001_1000001_1000001_1000001 // bit 0 is a Sunday
	all      = 1<<32 - 1
)

// The days that shorter months lack.
const (
	has30 month = 1 << 31
	has29 month = 1<<30 | has30
	has28 month = 1<<29 | has29
)

// noHolidays returns a month without holidays.
func noHolidays(year int, m time.Month) month {
	begins, _ := civil.New(year, m, 1)
	lacks := month(all) << (civil.DaysIn(year, m) + 1)
	return [...]month{sun, mon, tue, wed, thu, fri, sat}[begins.Weekday()] | lacks
}

// days is a set of days of one month. Bit n stands for day n.
type days uint32

func (m month) working() days { return days(^m) }

// to returns the set of days up to the given day, which is from 0 to 31.
func to(day int) days { return 2<<(uint(day)&31) - 1 }

func (d days) after(day int) days { return d &^ to(day) }
func (d days) upTo(day int) days  { return d & to(day) }
func (d days) has(day int) bool   { return d>>(uint(day)&31)&1 != 0 }
func (d days) count() int         { return bits.OnesCount32(uint32(d)) }
func (d days) first() int         { return bits.TrailingZeros32(uint32(d)) }
func (d days) rest() days         { return d & (d - 1) }

// nth returns the n-th day of d, counted from 1. The set must hold at least n
// days.
func (d days) nth(n int) int {
	for ; n > 1; n-- {
		d = d.rest()
	}
	return d.first()
}
