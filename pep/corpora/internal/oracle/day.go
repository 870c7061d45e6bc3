package oracle

import (
	"fmt"
	"strings"
	"time"
)

// day is a calendar day, stored as midnight UTC.
type day struct{ time.Time }

func on(year, month, dayOfMonth int) day {
	return day{time.Date(year, time.Month(month), dayOfMonth, 0, 0, 0, 0, time.UTC)}
}

func (d day) String() string { return d.Format(time.DateOnly) }

// UnmarshalText parses a day in the form that questions use.
func (d *day) UnmarshalText(text []byte) (err error) {
	d.Time, err = time.Parse(time.DateOnly, string(text))
	return err
}

// UnmarshalJSON reads a day. It leaves d unchanged for null.
func (d *day) UnmarshalJSON(text []byte) error {
	if string(text) == "null" {
		return nil
	}
	return d.UnmarshalText([]byte(strings.Trim(string(text), `"`)))
}

func (d day) plus(days int) day { return day{d.AddDate(0, 0, days)} }

func (d day) after(e day) bool { return d.Time.After(e.Time) }

func (d day) same(e day) bool { return d.Time.Equal(e.Time) }

// birthday returns the day on which a person reaches an age. For a person born on 29
// February, the birthday in a common year is 1 March or, if february is true, 28
// February.
func birthday(born day, age int, february bool) day {
	b := on(born.Year()+age, int(born.Month()), born.Day())
	if b.Day() != born.Day() && february {
		return b.plus(-1)
	}
	return b
}

// age counts the birthdays up to and including a day.
func age(born, at day, february bool) (years int) {
	for !birthday(born, years+1, february).after(at) {
		years++
	}
	return years
}

// termOf is a term, with its name, its year, and its first and last day.
type termOf struct {
	name        string
	year        int
	first, last day
}

func (t termOf) String() string { return fmt.Sprintf("%s %d", t.name, t.year) }

// terms returns the terms of a calendar year.
func terms(year int) []termOf {
	return []termOf{
		{"SPRING", year, on(year, 1, 1), on(year, 3, 31)},
		{"SUMMER", year, on(year, 4, 1), on(year, 8, 31)},
		{"AUTUMN", year, on(year, 9, 1), on(year, 12, 31)},
	}
}

// term returns the term that a day falls in.
func term(d day) termOf {
	all := terms(d.Year())
	for d.after(all[0].last) {
		all = all[1:]
	}
	return all[0]
}

// next and previous return the term after and the term before.
func (t termOf) next() termOf     { return term(t.last.plus(1)) }
func (t termOf) previous() termOf { return term(t.first.plus(-1)) }

// yearFrom returns the academic or financial year of a day, such as "2025/26". The
// argument month is the month in which that year starts.
func yearFrom(d day, month time.Month) string {
	from := d.Year()
	if d.Month() < month {
		from--
	}
	return fmt.Sprintf("%d/%02d", from, (from+1)%100)
}

// summerTime reports whether clocks in London are an hour ahead of UTC at an instant.
// Summer time lasts from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last
// Sunday of October.
func summerTime(at time.Time) bool {
	return !at.Before(changeOver(at.Year(), 3)) && at.Before(changeOver(at.Year(), 10))
}

func changeOver(year, month int) time.Time {
	d := on(year, month, 31)
	for d.Weekday() != time.Sunday {
		d = d.plus(-1)
	}
	return d.Add(time.Hour)
}

// london returns the date in London at an instant.
func london(at time.Time) day {
	if summerTime(at) {
		at = at.Add(time.Hour)
	}
	return on(at.Year(), int(at.Month()), at.Day())
}

// published is the published list of bank and public holidays in England and Wales, one
// year to a line.
const published = `
2019-01-01 2019-04-19 2019-04-22 2019-05-06 2019-05-27 2019-08-26 2019-12-25 2019-12-26
2020-01-01 2020-04-10 2020-04-13 2020-05-08 2020-05-25 2020-08-31 2020-12-25 2020-12-28
2021-01-01 2021-04-02 2021-04-05 2021-05-03 2021-05-31 2021-08-30 2021-12-27 2021-12-28
2022-01-03 2022-04-15 2022-04-18 2022-05-02 2022-06-02 2022-06-03 2022-08-29 2022-09-19 2022-12-26 2022-12-27
2023-01-02 2023-04-07 2023-04-10 2023-05-01 2023-05-08 2023-05-29 2023-08-28 2023-12-25 2023-12-26
2024-01-01 2024-03-29 2024-04-01 2024-05-06 2024-05-27 2024-08-26 2024-12-25 2024-12-26
2025-01-01 2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-08-25 2025-12-25 2025-12-26
2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28
2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28
2028-01-03 2028-04-14 2028-04-17 2028-05-01 2028-05-29 2028-08-28 2028-12-25 2028-12-26
`

// holidays returns the published holidays in order.
func holidays() (all []day) {
	for _, text := range strings.Fields(published) {
		t, _ := time.Parse(time.DateOnly, text) // cannot fail: the list above holds dates
		all = append(all, day{t})
	}
	return all
}

func working(d day) bool {
	return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday && !strings.Contains(published, d.String())
}

// workingDays returns the nth working day after a day.
func workingDays(from day, n int) day {
	for n > 0 {
		if from = from.plus(1); working(from) {
			n--
		}
	}
	return from
}

// returnPeriod is the time allowed for an establishment to return a form, in working days
// or in calendar days. The zero value is 14 calendar days.
type returnPeriod struct{ Days, WorkingDays int }

func (p returnPeriod) from(d day) day {
	switch {
	case p.WorkingDays > 0:
		return workingDays(d, p.WorkingDays)
	case p.Days > 0:
		return d.plus(p.Days)
	}
	return d.plus(14)
}

// weekdays returns the nth weekday before a day. Bank holidays count as weekdays.
func weekdays(from day, n int) day {
	for n > 0 {
		if from = from.plus(-1); from.Weekday() != time.Saturday && from.Weekday() != time.Sunday {
			n--
		}
	}
	return from
}

// workingDaysAfter counts the working days after the first day, up to and including the second.
func workingDaysAfter(from, to day) (n int) {
	for d := from.plus(1); !d.after(to); d = d.plus(1) {
		if working(d) {
			n++
		}
	}
	return n
}
