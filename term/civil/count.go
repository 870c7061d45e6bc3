package civil

import "time"

// Days are counted by day number. Day 0 is 1 March of the year 0, so that a
// leap day is the last day of its year. The five months from March to July have
// 153 days in all, and so do those from August to December. The conversion from
// a number back to a date is by C. Neri and L. Schneider, "Euclidean affine
// functions and their application to calendar algorithms" (2023).

const (
	firstNumber = 306     // 0001-01-01
	lastNumber  = 3652364 // 9999-12-31
	weekdayOf0  = 3       // 0000-03-01 would have been a Wednesday
)

// AddDays returns the day that is n days after d, or before it if n is
// negative. It returns the zero Date if d is zero or the result would leave the
// years 1 to 9999.
func (d Date) AddDays(n int) Date {
	if day := d.Day() + n; 1 <= day && day <= 28 && d.v != 0 {
		return Date{d.v - d.v&dayMask + int32(day)}
	}
	return d.addAcross(n)
}

// addAcross is AddDays for a result that may be in another month.
func (d Date) addAcross(n int) Date {
	if d.v == 0 || n < -lastNumber || n > lastNumber {
		return Date{}
	}
	year, month := d.Year(), d.Month()
	day, days := d.Day()+n, DaysIn(year, month)
	switch {
	case 1 <= day && day <= days:
		return pack(year, month, day)
	case 1 <= day && day <= days+28 && month < time.December:
		return pack(year, month+1, day-days)
	}
	return numbered(d.number() + n)
}

// DaysSince returns how many days d is after e; the number is negative if d is
// before e. Neither may be the zero Date.
func (d Date) DaysSince(e Date) int { return d.number() - e.number() }

// Weekday returns the day of the week of d, which must not be the zero Date.
func (d Date) Weekday() time.Weekday {
	return time.Weekday((uint32(d.number()) + weekdayOf0) % 7)
}

// number returns the day number of d.
func (d Date) number() int {
	year, month := uint32(d.v>>yearShift), uint32(d.v>>monthShift&monthMask)
	if month <= 2 {
		year, month = year-1, month+12
	}
	century := year / 100
	return int(365*year + year/4 - century + century/4 + (153*month-457)/5 + uint32(d.v&dayMask) - 1)
}

// numbered returns the day whose number is n, or the zero Date if that day is
// outside the years 1 to 9999.
func numbered(n int) Date {
	if n < firstNumber || n > lastNumber {
		return Date{}
	}
	q := 4*uint32(n) + 3
	century, q := q/146097, q%146097|3
	p := uint64(q) * 2939745
	year, ofYear := 100*century+uint32(p>>32), uint32(p)/2939745/4
	m := 2141*ofYear + 197913
	month, day := m>>16, m&(1<<16-1)/2141+1
	if month > 12 {
		year, month = year+1, month-12
	}
	return pack(int(year), time.Month(month), int(day))
}
