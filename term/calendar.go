package term

import (
	"errors"
	"time"

	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Calendar is the table of the days on which the terms begin, the same in
// every year. It is comparable; the zero Calendar has no terms.
type Calendar struct {
	spring, summer, autumn monthDay
}

// MonthDay is a day of every year, such as 1 April. The zero MonthDay is none.
type MonthDay struct {
	Month time.Month
	Day   int
}

// monthDay is a MonthDay as month<<5 | day: greater is later in the year.
type monthDay int16

// Lancashire returns the calendar of TERM-1: "SPRING 1 Jan-31 Mar, SUMMER
// 1 Apr-31 Aug, AUTUMN 1 Sep-31 Dec, both ends inclusive".
func Lancashire() Calendar {
	return Calendar{
		spring: monthDay(time.January)<<5 | 1,
		summer: monthDay(time.April)<<5 | 1,
		autumn: monthDay(time.September)<<5 | 1,
	}
}

// NewCalendar returns the calendar whose terms begin on the given days, each a
// day of every year and in this order, or a *rule.Invalid for each that is not.
// Days before the first spring day belong to AUTUMN of the previous year.
func NewCalendar(spring, summer, autumn MonthDay) (Calendar, error) {
	c := Calendar{spring.pack(), summer.pack(), autumn.pack()}
	err := errors.Join(
		follows("spring", 0, c.spring),
		follows("summer", c.spring, c.summer),
		follows("autumn", c.summer, c.autumn),
	)
	if err != nil {
		return Calendar{}, err
	}
	return c, nil
}

// Starts returns the days on which the terms begin.
func (c Calendar) Starts() (spring, summer, autumn MonthDay) {
	return c.spring.unpack(), c.summer.unpack(), c.autumn.unpack()
}

// Of returns the term that d is in (TERM-1): of every day there is one, whether
// schools are open or not (TERM-6). It is the zero Term for the zero Date and
// where c is the zero Calendar.
func (c Calendar) Of(d civil.Date) Term {
	on := monthDay(d.Month())<<5 | monthDay(d.Day())
	if on < c.spring || c.spring == 0 {
		return c.lastAutumn(d)
	}
	return Term{int16(d.Year()), Spring + on.notBefore(c.summer) + on.notBefore(c.autumn)}
}

// lastAutumn returns the term of a day before spring: autumn of the year
// before, or the zero Term where d or c is zero.
func (c Calendar) lastAutumn(d civil.Date) Term {
	if c.spring == 0 {
		return Term{}
	}
	return New(Autumn, d.Year()-1)
}

// notBefore is 1 where m is not before n, else 0: without a branch, which
// dates would mislead half of the time.
func (m monthDay) notBefore(n monthDay) Season { return Season(uint16(n-1-m) >> 15) }

// First returns the first day of t, or the zero Date where t or c is zero.
func (c Calendar) First(t Term) civil.Date {
	on := [...]monthDay{0, c.spring, c.summer, c.autumn}[t.season].unpack()
	d, _ := civil.New(t.Year(), on.Month, on.Day)
	return d
}

// Last returns the last day of t, or the zero Date where t or c is zero. The
// last term of all ends with the year 9999.
func (c Calendar) Last(t Term) civil.Date {
	next := t.Next()
	if next.IsZero() && !c.First(t).IsZero() {
		d, _ := civil.New(lastYear, time.December, 31)
		return d
	}
	return c.First(next).AddDays(-1)
}

// Contains reports whether d is in t. The zero Term contains no day.
func (c Calendar) Contains(t Term, d civil.Date) bool { return !t.IsZero() && c.Of(d) == t }

// pack returns m in one integer, 0 where not every year has such a day.
func (m MonthDay) pack() monthDay {
	const notLeap = 2023
	if _, err := civil.New(notLeap, m.Month, m.Day); err != nil {
		return 0
	}
	return monthDay(m.Month)<<5 | monthDay(m.Day)
}

func (m monthDay) unpack() MonthDay { return MonthDay{time.Month(m >> 5), int(m & 31)} }

// follows returns an error where the start of a term is no day or is not
// after the start of the one before.
func follows(member string, before, start monthDay) error {
	if start > before {
		return nil
	}
	return &rule.Invalid{Member: member, Want: "a day of every year, after the start of the term before"}
}
