package term

import (
	"errors"
	"time"

	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Calendar is the table of the days on which the terms begin. The days are the
// same in every year. A Calendar is comparable, and the zero Calendar has no
// terms.
type Calendar struct {
	spring, summer, autumn monthDay
}

// MonthDay is a day that comes round every year, such as 1 April. The zero
// MonthDay is not a day.
type MonthDay struct {
	Month time.Month
	Day   int
}

// monthDay is a MonthDay packed as month<<5 | day. The greater of two is later
// in the year.
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

// NewCalendar returns the calendar whose terms begin on the given days. Each
// must be a day that exists in every year, and the days must be in this order;
// NewCalendar returns a *rule.Invalid for each day that breaks either rule. Days
// before the first spring day belong to AUTUMN of the previous year.
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

// Of returns the term that contains d (TERM-1). Every day is in a term, whether
// schools are open or not (TERM-6). Of returns the zero Term if d or c is zero.
func (c Calendar) Of(d civil.Date) Term {
	on := monthDay(d.Month())<<5 | monthDay(d.Day())
	if on < c.spring || c.spring == 0 {
		return c.lastAutumn(d)
	}
	return Term{int16(d.Year()), Spring + on.notBefore(c.summer) + on.notBefore(c.autumn)}
}

// lastAutumn returns the term of d if d comes before the first spring day of
// its year: AUTUMN of the previous year. It returns the zero Term if d or c is
// zero.
func (c Calendar) lastAutumn(d civil.Date) Term {
	if c.spring == 0 {
		return Term{}
	}
	return New(Autumn, d.Year()-1)
}

// notBefore returns 1 if m is n or later, and 0 otherwise. It has no branch,
// because a branch would be mispredicted half of the time.
func (m monthDay) notBefore(n monthDay) Season { return Season(uint16(n-1-m) >> 15) }

// First returns the first day of t, or the zero Date if t or c is zero.
func (c Calendar) First(t Term) civil.Date {
	on := [...]monthDay{0, c.spring, c.summer, c.autumn}[t.season].unpack()
	d, _ := civil.New(t.Year(), on.Month, on.Day)
	return d
}

// Last returns the last day of t, or the zero Date if t or c is zero. AUTUMN
// 9999 ends on 31 December 9999.
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

// pack returns m in one integer, or 0 unless every year has such a day.
func (m MonthDay) pack() monthDay {
	const notLeap = 2023
	if _, err := civil.New(notLeap, m.Month, m.Day); err != nil {
		return 0
	}
	return monthDay(m.Month)<<5 | monthDay(m.Day)
}

func (m monthDay) unpack() MonthDay { return MonthDay{time.Month(m >> 5), int(m & 31)} }

// follows returns an error unless start is a day and comes later in the year
// than the first day of the previous term. The argument before is that day, or 0
// for the first term of the year.
func follows(member string, before, start monthDay) error {
	if start > before {
		return nil
	}
	return &rule.Invalid{Member: member, Want: "a day that exists in every year, after the start of the previous term"}
}
