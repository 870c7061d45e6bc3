package civil

import "time"

// monthDay masks the month and the day of a packed Date.
const monthDay = 1<<yearShift - 1

// leapDay is 29 February, packed as in monthDay.
const leapDay = int32(time.February)<<monthShift | 29

// Anniversary returns the day on which a person born on d reaches the given age
// in years: AGE-1, "attained at the start of the birthday". If d is 29 February
// and the year is not a leap year, leap decides (AGE-2). Anniversary returns
// the zero Date if d is zero or the result would leave the years 1 to 9999.
func (d Date) Anniversary(years int, leap LeapBirthday) Date {
	year := d.Year() + years
	if d.v == 0 || uint(year-1) >= lastYear {
		return Date{}
	}
	if d.v&monthDay == leapDay {
		return leapAnniversary(year, leap)
	}
	return Date{d.v&monthDay | int32(year)<<yearShift}
}

// leapAnniversary returns the birthday, in the given year, of a person born on
// 29 February. AGE-2: "in a non-leap year the age is attained on 1 March".
func leapAnniversary(year int, by LeapBirthday) Date {
	switch {
	case leap(year):
		return pack(year, time.February, 29)
	case by == February28:
		return pack(year, time.February, 28)
	}
	return pack(year, time.March, 1)
}

// AgeOn returns the age in whole years, on the given day, of a person born on d
// (AGE-1, AGE-2). It is never negative: AgeOn returns 0 before birth, and also
// if either date is zero; callers refuse a zero date first, under AGE-3.
func (d Date) AgeOn(on Date, leap LeapBirthday) int {
	if d.v == 0 || on.v < d.v {
		return 0
	}
	years := on.Year() - d.Year()
	if on.v < d.Anniversary(years, leap).v {
		years--
	}
	return years
}
