package workday

import (
	"time"

	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Calendar is a table of published holidays from a first to a last day. It is
// immutable; the zero Calendar covers no day.
type Calendar struct {
	from, to key
	years    []year // one for each year from that of from to that of to
}

// year holds the holidays of each month, bit n for day n.
type year [12]uint32

// key is a day as year<<9 | month<<5 | day: greater is later. Unlike a
// civil.Date it can be written as a Go literal.
type key int32

func keyOf(d civil.Date) key {
	return key(d.Year())<<9 | key(d.Month())<<5 | key(d.Day())
}

func (k key) year() int { return int(k >> 9) }

func (k key) date() civil.Date {
	d, _ := civil.New(k.year(), time.Month(k>>5&15), int(k&31))
	return d
}

// New returns a calendar of the given holidays that answers for the days from
// from to to, both included. It returns a *rule.Invalid of member "from", "to"
// or "holidays" where the table is empty or a holiday is outside it.
func New(from, to civil.Date, holidays []civil.Date) (*Calendar, error) {
	if from.IsZero() {
		return nil, &rule.Invalid{Member: "from", Want: "a date as 2006-01-02"}
	}
	if to.Before(from) {
		return nil, &rule.Invalid{Member: "to", Want: "a date not before from"}
	}
	c := &Calendar{keyOf(from), keyOf(to), make([]year, to.Year()-from.Year()+1)}
	for _, d := range holidays {
		if d.Before(from) || d.After(to) {
			return nil, &rule.Invalid{Member: "holidays", Want: "dates in the period that the calendar covers"}
		}
		c.years[d.Year()-from.Year()][d.Month()-1] |= 1 << d.Day()
	}
	return c, nil
}

// From returns the first day for which c answers.
func (c *Calendar) From() civil.Date { return c.from.date() }

// To returns the last day for which c answers.
func (c *Calendar) To() civil.Date { return c.to.date() }

// Holidays returns the holidays of c in order, those on a Saturday or Sunday
// included. The slice is the caller's.
func (c *Calendar) Holidays() []civil.Date {
	var days []civil.Date
	for y, months := range c.years {
		for m, holidays := range months {
			for ; holidays != 0; holidays &= holidays - 1 {
				d, _ := civil.New(c.from.year()+y, time.Month(m+1), first(holidays))
				days = append(days, d)
			}
		}
	}
	return days
}
