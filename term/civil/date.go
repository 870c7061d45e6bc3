package civil

import "time"

// Date is a day of the Gregorian calendar in the years 1 to 9999, without a
// time of day or a time zone. It is comparable. The zero Date is not a day.
type Date struct {
	v int32 // year<<9 | month<<5 | day: the greater value is the later day
}

const (
	yearShift  = 9
	monthShift = 5
	monthMask  = 1<<4 - 1
	dayMask    = 1<<monthShift - 1
	lastYear   = 9999
)

// New returns the given day, or ErrDate if the calendar has no such day in the
// years 1 to 9999.
func New(year int, month time.Month, day int) (Date, error) {
	if uint(year-1) >= lastYear || uint(month-1) >= 12 || uint(day-1) >= uint(DaysIn(year, month)) {
		return Date{}, ErrDate
	}
	return pack(year, month, day), nil
}

// Of returns the date in zone at the instant t: TERM-7, "convert timestamps to
// Europe/London before taking the date". Outside the years 1 to 9999 it returns
// the zero Date. The zone must not be nil.
func Of(t time.Time, zone *time.Location) Date {
	d, _ := New(t.In(zone).Date())
	return d
}

// Year returns the year of d, from 1 to 9999, or 0 for the zero Date.
func (d Date) Year() int { return int(d.v >> yearShift) }

// Month returns the month of d, or 0 for the zero Date.
func (d Date) Month() time.Month { return time.Month(d.v >> monthShift & monthMask) }

// Day returns the day of the month of d, counted from 1, or 0 for the zero
// Date.
func (d Date) Day() int { return int(d.v & dayMask) }

// IsZero reports whether d is the zero Date.
func (d Date) IsZero() bool { return d.v == 0 }

// Compare returns -1 if d is before e, 0 if they are equal and +1 if d is after
// e. The zero Date is before every day.
func (d Date) Compare(e Date) int {
	switch {
	case d.v < e.v:
		return -1
	case d.v > e.v:
		return 1
	}
	return 0
}

// Before reports whether d is earlier than e. The zero Date is before every day.
func (d Date) Before(e Date) bool { return d.v < e.v }

// After reports whether d is later than e. Every day is after the zero Date.
func (d Date) After(e Date) bool { return d.v > e.v }

func pack(year int, month time.Month, day int) Date {
	return Date{int32(year)<<yearShift | int32(month)<<monthShift | int32(day)}
}

// DaysIn returns the number of days in a month of a year. It returns 0 if the
// month is not from 1 to 12.
func DaysIn(year int, month time.Month) int {
	if month == time.February && !leap(year) {
		return 28
	}
	if uint(month) >= uint(len(monthDays)) {
		return 0
	}
	return int(monthDays[month])
}

// monthDays holds the number of days of each month in a leap year.
var monthDays = [...]int8{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

func leap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }
