package workday

import (
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Is reports whether d is a working day: DUE-7, "Mon-Fri not an England & Wales
// bank/public holiday". It returns a *rule.Refusal of DUE-7 if d is outside the
// calendar.
func (c *Calendar) Is(d civil.Date) (bool, error) {
	if !c.covers(d) {
		return false, beyond(d)
	}
	return c.months[c.month(d)].working().has(d.Day()), nil
}

// Add returns the n-th working day after d. It does not count d itself, and
// returns d if n is 0. It returns a *rule.Refusal of DUE-7 if it would have to
// count a day outside the calendar, and a *rule.Invalid of member "days" if n
// is negative.
func (c *Calendar) Add(d civil.Date, n int) (civil.Date, error) {
	if n <= 0 {
		return d, notNegative(n)
	}
	m, day, ok := c.after(d)
	if !ok {
		return civil.Date{}, c.beyondAfter(d)
	}
	for passed := -day; m < len(c.months); m++ {
		left := c.months[m].working().after(day)
		if count := left.count(); count < n {
			n, day, passed = n-count, 0, passed+c.length(m)
			continue
		}
		return d.AddDays(passed + left.nth(n)), nil
	}
	return civil.Date{}, c.beyondAfter(d)
}

// Between returns the number of working days after the first of two days, up to
// and including the second. It returns 0 unless the second is later. It returns
// a *rule.Refusal of DUE-7 if it would have to count a day outside the
// calendar.
func (c *Calendar) Between(after, upTo civil.Date) (int, error) {
	if !upTo.After(after) {
		return 0, nil
	}
	m, day, ok := c.after(after)
	if !ok || !c.covers(upTo) {
		return 0, c.beyondAfter(after)
	}
	n, left := 0, c.months[m].working().after(day)
	for last := c.month(upTo); m < last; left = c.months[m].working() {
		n += left.count()
		m++
	}
	return n + left.upTo(upTo.Day()).count(), nil
}

// after returns where to begin counting the days after d: the index of a month,
// and the day of that month after which to count. It returns false if c does
// not cover the first day to count.
func (c *Calendar) after(d civil.Date) (int, int, bool) {
	if k := keyOf(d); c.from <= k && k < c.to {
		return c.month(d), d.Day(), true
	}
	next := d.AddDays(1)
	return c.month(next), next.Day() - 1, c.covers(next)
}

// beyondAfter returns the refusal that names the first day after d that c does
// not cover.
func (c *Calendar) beyondAfter(d civil.Date) error {
	if next := d.AddDays(1); !c.covers(next) {
		return beyond(next)
	}
	return beyond(c.To().AddDays(1))
}

// beyond returns the refusal that names d. It says that the bank holidays around
// that day are not known.
func beyond(d civil.Date) error {
	return rule.Refuse("workday", rule.Reason{Rule: rule.DUE7, Code: rule.BeyondHolidays, On: d})
}

func notNegative(n int) error {
	if n < 0 {
		return &rule.Invalid{Member: "days", Want: "a number of working days, 0 or more"}
	}
	return nil
}
