package workday

import (
	"math/bits"
	"time"

	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Is reports whether d is a working day: DUE-7, "Mon-Fri not an England &
// Wales bank/public holiday". Outside the calendar it returns a *rule.Refusal.
func (c *Calendar) Is(d civil.Date) (bool, error) {
	if !c.covers(d) {
		return false, beyond(d)
	}
	m := c.monthOf(d)
	return m.working&(1<<d.Day()) != 0, nil
}

// Add returns the n-th working day after d; d itself is not counted, and is
// the answer where n is 0. It returns a *rule.Refusal of DUE-7 where a day
// counted is outside the calendar, a *rule.Invalid of "days" for a negative n.
func (c *Calendar) Add(d civil.Date, n int) (civil.Date, error) {
	if n <= 0 {
		return d, notNegative(n)
	}
	next := d.AddDays(1)
	if !c.covers(next) {
		return civil.Date{}, beyond(next)
	}
	m := c.monthOf(next)
	m.working &^= 1<<next.Day() - 1
	for count := m.count(); count < n; count = m.count() {
		n -= count
		if !c.next(&m) {
			return civil.Date{}, beyond(c.To().AddDays(1))
		}
	}
	on := m.nth(n)
	if keyOf(on) > c.to {
		return civil.Date{}, beyond(c.To().AddDays(1))
	}
	return on, nil
}

// Between returns how many working days are after the day after and not after
// upTo, 0 where upTo is not later. It returns a *rule.Refusal of DUE-7 where a
// day counted is outside the calendar.
func (c *Calendar) Between(after, upTo civil.Date) (int, error) {
	if !upTo.After(after) {
		return 0, nil
	}
	next := after.AddDays(1)
	if keyOf(next) < c.from {
		return 0, beyond(next)
	}
	if keyOf(upTo) > c.to {
		return 0, beyond(later(next, c.To().AddDays(1)))
	}
	m := c.monthOf(next)
	m.working &^= 1<<next.Day() - 1
	n := 0
	for m.year != upTo.Year() || m.month != upTo.Month() {
		n += m.count()
		c.next(&m)
	}
	m.working &= 1<<(upTo.Day()+1) - 1
	return n + m.count(), nil
}

// covers reports whether c answers for d, which the zero Date never is.
func (c *Calendar) covers(d civil.Date) bool {
	k := keyOf(d)
	return k >= c.from && k <= c.to && k != 0
}

// month is a month with its working days, bit n for day n.
type month struct {
	year    int
	month   time.Month
	begins  time.Weekday // the day of the week of its first day
	working uint32
}

// monthOf returns the month of a day that c covers.
func (c *Calendar) monthOf(d civil.Date) month {
	m := month{year: d.Year(), month: d.Month(), begins: (d.Weekday() + 36 - time.Weekday(d.Day())) % 7}
	m.working = c.working(m)
	return m
}

// next moves m on by a month, or reports false where c ends with m's year.
func (c *Calendar) next(m *month) bool {
	m.begins = (m.begins + time.Weekday(civil.DaysIn(m.year, m.month))) % 7
	m.month++
	if m.month > time.December {
		m.year, m.month = m.year+1, time.January
	}
	if m.year > c.to.year() {
		return false
	}
	m.working = c.working(*m)
	return true
}

// weekends has a bit for each Sunday and Saturday, from a Sunday on.
const weekends uint64 = 0b1000001_1000001_1000001_1000001_1000001_1000001

// working returns the working days of a month that is in c's years.
func (c *Calendar) working(m month) uint32 {
	days := uint32(1)<<(civil.DaysIn(m.year, m.month)+1) - 2
	return days &^ uint32(weekends>>m.begins<<1) &^ c.years[m.year-c.from.year()][m.month-1]
}

func (m month) count() int { return bits.OnesCount32(m.working) }

// nth returns the n-th working day of m, which has as many.
func (m month) nth(n int) civil.Date {
	for ; n > 1; n-- {
		m.working &= m.working - 1
	}
	d, _ := civil.New(m.year, m.month, first(m.working))
	return d
}

// first returns the first of the days in a set.
func first(days uint32) int { return bits.TrailingZeros32(days) }

func later(d, e civil.Date) civil.Date {
	if d.After(e) {
		return d
	}
	return e
}

// beyond is the refusal to count d, a day whose holidays are not published.
func beyond(d civil.Date) error {
	return rule.Refuse("workday", rule.Reason{Rule: rule.DUE7, Code: rule.BeyondHolidays, On: d})
}

func notNegative(n int) error {
	if n < 0 {
		return &rule.Invalid{Member: "days", Want: "a number of working days, 0 or more"}
	}
	return nil
}
