package oracle

import "time"

// termEntries asks about the first and the last day of every term, and about the last
// second before every term and the first second of every term, in London time.
func termEntries() (all []entry) {
	for _, d := range edges() {
		t := term(d)
		all = append(all, entry{rules: "TERM-1 TERM-3 TERM-4 TERM-5", ask: "term.of", given: object{"date", d}, expect: object{
			"term", t, "start", t.first, "end", t.last, "next", t.next(), "previous", t.previous(),
			"academicYear", yearFrom(d, time.September), "financialYear", yearFrom(d, time.April)}})
	}
	for year := firstYear; year <= lastYear; year++ {
		for _, t := range terms(year) {
			midnight := t.first.Time
			if summerTime(midnight) {
				midnight = midnight.Add(-time.Hour)
			}
			for _, at := range []time.Time{midnight.Add(-time.Second), midnight} {
				all = append(all, entry{rules: "TERM-7 TERM-1", ask: "term.of", given: object{"instant", at.Format(time.RFC3339)},
					expect: object{"term", term(london(at))}})
			}
		}
	}
	return all
}

// births returns birth dates just before and just after the start of each term, of the
// school year and of the calendar year, and on each side of the leap day.
func births(year int) []day {
	return []day{on(year, 1, 1), on(year, 2, 28), on(year, 3, 1), on(year, 3, 31), on(year, 4, 1), on(year, 8, 31), on(year, 9, 1), on(year, 12, 31)}
}

var leapBirths = []day{on(2004, 2, 29), on(2008, 2, 29), on(2012, 2, 29), on(2016, 2, 29), on(2020, 2, 29)}

// ageEntries asks for ages on birthdays and on the days before them, and for how long a
// record is kept.
func ageEntries() (all []entry) {
	for _, born := range append(births(2008), births(2022)...) {
		for _, years := range []int{1, 4} {
			for _, before := range []int{1, 0} {
				at := birthday(born, years, false).plus(-before)
				all = append(all, entry{rules: "AGE-1", ask: "term.age", given: object{"born", born, "on", at},
					expect: object{"age", age(born, at, false)}})
			}
		}
	}
	for _, born := range leapBirths {
		for _, at := range []day{on(2023, 2, 28), on(2023, 3, 1), on(2024, 2, 28), on(2024, 2, 29), on(2024, 3, 1)} {
			all = append(all,
				entry{rules: "AGE-1 AGE-2", ask: "term.age", given: object{"born", born, "on", at}, expect: object{"age", age(born, at, false)}},
				entry{rules: "AGE-1 AGE-2", ask: "term.age", given: object{"born", born, "on", at}, expect: object{"age", age(born, at, true)},
					overrides: object{"leapBirthday", "feb28"}})
		}
	}
	return append(all, retentionEntries()...)
}

func retentionEntries() (all []entry) {
	for _, born := range append(births(2010), leapBirths...) {
		all = append(all, entry{rules: "RET-1", ask: "pep.retention", given: object{"born", born},
			expect: object{"keepUntil", birthday(born, 75, false)}})
		grown := birthday(born, 18, false)
		for _, died := range []day{grown.plus(-1), grown} {
			until := birthday(born, 75, false)
			if grown.after(died) {
				until = birthday(died, 15, false)
			}
			all = append(all, entry{rules: "RET-1", ask: "pep.retention", given: object{"born", born, "died", died},
				expect: object{"keepUntil", until}, note: "died on the 18th birthday or the day before"})
		}
	}
	return all
}
