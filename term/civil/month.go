package civil

import "time"

// AddMonths returns the same day of the month n months after d, or the last day
// of that month if it has no such day. It returns the zero Date if d is zero or
// the result would leave the years 1 to 9999.
func (d Date) AddMonths(n int) Date {
	if d.IsZero() {
		return d
	}
	months := d.Year()*12 + int(d.Month()) - 1 + n
	year, month := months/12, time.Month(months%12+1)
	if months < 12 || year > 9999 {
		return Date{}
	}
	return pack(year, month, min(d.Day(), DaysIn(year, month)))
}
