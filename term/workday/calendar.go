package workday

import (
	"time"

	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Calendar is a table of published holidays from a first day to a last day. It
// is immutable. The zero Calendar covers no days.
type Calendar struct {
	from, to key
	months   []month // one entry for each month, from January of the first year to the month of the last day
}

// key is a day as year<<9 | month<<5 | day; the greater value is the later
// day. Unlike a civil.Date, it can be written as a Go literal.
type key int32

func keyOf(d civil.Date) key {
	return key(d.Year())<<9 | key(d.Month())<<5 | key(d.Day())
}

func (k key) date() civil.Date {
	d, _ := civil.New(int(k>>9), time.Month(k>>5&15), int(k&31))
	return d
}

// New returns a calendar of the given holidays. The arguments from and to are
// its first and last days. It returns a *rule.Invalid of member "from" if from
// is zero, of "to" if to is before from, and of "holidays" if a holiday is
// outside the calendar.
func New(from, to civil.Date, holidays []civil.Date) (*Calendar, error) {
	if from.IsZero() {
		return nil, &rule.Invalid{Member: "from", Want: "a date such as 2006-01-02"}
	}
	if to.Before(from) {
		return nil, &rule.Invalid{Member: "to", Want: `a date not before "from"`}
	}
	c := &Calendar{keyOf(from), keyOf(to), nil}
	for m := range c.month(to) + 1 {
		c.months = append(c.months, noHolidays(c.yearMonth(m)))
	}
	c.months[c.month(to)] |= month(all) << (to.Day() + 1)
	for _, d := range holidays {
		if !c.covers(d) {
			return nil, &rule.Invalid{Member: "holidays", Want: "dates in the period that the calendar covers"}
		}
		c.months[c.month(d)] |= 1 << d.Day()
	}
	return c, nil
}

// From returns the first day that c covers.
func (c *Calendar) From() civil.Date { return c.from.date() }

// To returns the last day that c covers.
func (c *Calendar) To() civil.Date { return c.to.date() }

// Holidays returns the holidays of c in order, in a slice that the caller owns.
// It leaves out those on a Saturday or Sunday, because they change nothing.
func (c *Calendar) Holidays() []civil.Date {
	var on []civil.Date
	for n, m := range c.months {
		year, of := c.yearMonth(n)
		for held := days(m &^ noHolidays(year, of)); held != 0; held = held.rest() {
			if d, _ := civil.New(year, of, held.first()); c.covers(d) {
				on = append(on, d)
			}
		}
	}
	return on
}

// covers reports whether d is within c. The zero Date never is.
func (c *Calendar) covers(d civil.Date) bool {
	k := keyOf(d)
	return k >= c.from && k <= c.to && k != 0
}

// month returns the index of d's month in c.months. The calendar must cover d.
func (c *Calendar) month(d civil.Date) int {
	return (d.Year()-int(c.from>>9))*12 + int(d.Month()) - 1
}

// yearMonth returns the year and month at index n of c.months.
func (c *Calendar) yearMonth(n int) (int, time.Month) {
	years, months := uint(n)/12, uint(n)%12
	return int(c.from>>9) + int(years), time.January + time.Month(months)
}

// length returns the number of days in the month at index n.
func (c *Calendar) length(n int) int { return civil.DaysIn(c.yearMonth(n)) }
