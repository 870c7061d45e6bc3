package workday

import (
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Is reports whether d is a working day: DUE-7, "Mon-Fri not an England &
// Wales bank/public holiday". Outside the calendar it returns a *rule.Refusal.
func (c *Calendar) Is(d civil.Date) (bool, error) {
	if !c.covers(d) {
		return false, beyond(d)
	}
	return c.months[c.month(d)].working().has(d.Day()), nil
}

// Add returns the n-th working day after d; d itself is not counted, and is
// the answer where n is 0. It returns a *rule.Refusal of DUE-7 where a day
// counted is outside the calendar, a *rule.Invalid of "days" for a negative n.
func (c *Calendar) Add(d civil.Date, n int) (civil.Date, error) {
	if n <= 0 {
		return d, notNegative(n)
	}
	m, left, ok := c.after(d)
	if !ok {
		return civil.Date{}, c.beyondAfter(d)
	}
	for count := left.count(); count < n; count = left.count() {
		n -= count
		if m++; m == len(c.months) {
			return civil.Date{}, c.beyondAfter(d)
		}
		left = c.months[m].working()
	}
	year, of := c.yearMonth(m)
	on, _ := civil.New(year, of, left.nth(n))
	if keyOf(on) > c.to {
		return civil.Date{}, c.beyondAfter(d)
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
	m, left, ok := c.after(after)
	if !ok || !c.covers(upTo) {
		return 0, c.beyondAfter(after)
	}
	n := 0
	for last := c.month(upTo); m < last; left = c.months[m].working() {
		n += left.count()
		m++
	}
	return n + left.upTo(upTo.Day()).count(), nil
}

// after returns the place of the month of d and its working days after d. It
// reports false where the first day after d is outside c; d may be the day
// before c.from.
func (c *Calendar) after(d civil.Date) (int, days, bool) {
	if c.covers(d) && keyOf(d) < c.to {
		m := c.month(d)
		return m, c.months[m].working().after(d.Day()), true
	}
	next := d.AddDays(1)
	if !c.covers(next) {
		return 0, 0, false
	}
	m := c.month(next)
	return m, c.months[m].working().after(next.Day() - 1), true
}

// beyondAfter is the refusal to count the first day after d that c does not
// cover.
func (c *Calendar) beyondAfter(d civil.Date) error {
	if next := d.AddDays(1); !c.covers(next) {
		return beyond(next)
	}
	return beyond(c.To().AddDays(1))
}

// beyond is the refusal to count d: the holidays of that time are not published.
func beyond(d civil.Date) error {
	return rule.Refuse("workday", rule.Reason{Rule: rule.DUE7, Code: rule.BeyondHolidays, On: d})
}

func notNegative(n int) error {
	if n < 0 {
		return &rule.Invalid{Member: "days", Want: "a number of working days, 0 or more"}
	}
	return nil
}
