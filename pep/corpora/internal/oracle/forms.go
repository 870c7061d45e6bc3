package oracle

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// schoolYear returns the calendar year in which the school year of a day began.
func schoolYear(d day) int {
	if d.Month() >= time.September {
		return d.Year()
	}
	return d.Year() - 1
}

// yearGroups lists the year groups in order, each with its key stage. The first, N1, is
// the school year that begins after the second birthday.
var yearGroups = [...][2]string{
	{"N1", "EYFS"}, {"N2", "EYFS"}, {"R", "EYFS"}, {"Y1", "KS1"}, {"Y2", "KS1"}, {"Y3", "KS2"}, {"Y4", "KS2"}, {"Y5", "KS2"}, {"Y6", "KS2"},
	{"Y7", "KS3"}, {"Y8", "KS3"}, {"Y9", "KS3"}, {"Y10", "KS4"}, {"Y11", "KS4"}, {"Y12", "KS5"}, {"Y13", "KS5"},
}

// yearGroup counts school years. The school year of the child's birth is number 0, and N1
// is number 3.
func yearGroup(born, at day) [2]string {
	n := schoolYear(at) - schoolYear(born) - 3
	if n < 0 {
		return [2]string{"pre-nursery", "EYFS"}
	}
	return yearGroups[n]
}

// year returns the year group on a day, or the rule that refuses it. It moves the
// recorded year group on by the number of school years since it was recorded.
// If no year group was recorded, or if the result is below N1, the birth date decides.
func (c child) year(at day) (group [2]string, refused string) {
	n := slices.IndexFunc(yearGroups[:], func(y [2]string) bool {
		return strings.TrimPrefix(y[0], "Y") == strings.TrimPrefix(c.RecordedYear, "Y")
	})
	if n < 0 {
		return yearGroup(c.Born, at), ""
	}
	if !c.RecordedOn.IsZero() {
		n += schoolYear(at) - schoolYear(c.RecordedOn)
	}
	switch {
	case n >= len(yearGroups):
		return group, "YEAR-4"
	case n < 0:
		return yearGroup(c.Born, at), ""
	}
	return yearGroups[n], ""
}

// formType returns the form for a key stage, at a special school or elsewhere.
func formType(stage string, special bool) string {
	switch {
	case stage == "EYFS":
		return "early_years"
	case special && (stage == "KS1" || stage == "KS2"):
		return "primary_special"
	case special:
		return "secondary_special"
	case stage == "KS1" || stage == "KS2":
		return "primary_mainstream"
	case stage == "KS5":
		return "key_stage_5"
	}
	return "secondary_mainstream"
}

// typeRule holds the rule behind each form.
var typeRule = map[string]string{
	"early_years": "FORM-1", "primary_mainstream": "FORM-2", "secondary_mainstream": "FORM-3",
	"key_stage_5": "FORM-4", "primary_special": "FORM-5", "secondary_special": "FORM-6",
}

// specialTypes holds the establishment types that are special schools (FORM-7).
var specialTypes = map[int]bool{7: true, 8: true, 10: true, 12: true, 33: true, 36: true, 44: true}

// giasTypes lists the establishment types of the national register.
var giasTypes = []int{1, 2, 3, 5, 6, 7, 8, 10, 11, 12, 14, 15, 18, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 56, 57}

// formEntries asks about the youngest and the oldest children of every year group, on the
// last and the first day of a school year and in every kind of setting. It also asks
// about every type of establishment.
func formEntries() (all []entry) {
	for back := 3; back <= 18; back++ {
		for _, born := range []day{on(2026-back, 8, 31), on(2026-back, 9, 1)} {
			for _, at := range []day{on(2026, 8, 31), on(2026, 9, 1)} {
				if n := schoolYear(at) - schoolYear(born) - 3; n < 0 || n >= len(yearGroups) {
					continue
				}
				all = append(all, yearEntry(born, at), typeEntry(born, at, object{"special", at.Month() == time.August}, at.Month() == time.August))
			}
		}
	}
	for age := 2; age <= 18; age++ { // children without a school, and a child who is not in N1 yet
		born, at := on(2026-age, 2, 10), on(2026, 3, 25)
		e := typeEntry(born, at, nil, false)
		e.given = object{"born", born, "on", at, "setting", nil}
		all = append(all, e)
		if age == 2 {
			all = append(all, typeEntry(born, at, object{"special", true}, true), typeEntry(born, at, object{"special", false}, false))
		}
	}
	for _, gias := range giasTypes {
		e := typeEntry(on(2010, 5, 20), on(2026, 2, 3), object{"gias", gias}, specialTypes[gias])
		e.rules += " FORM-7"
		all = append(all, e)
	}
	return append(all, recordedEntries()...)
}

// recordedEntries records every year group on the last or the first day of a school year,
// and asks on such days up to two school years before and after.
func recordedEntries() (all []entry) {
	for n, y := range yearGroups {
		for _, recorded := range []day{on(2025, 8, 31), on(2025, 9, 1)} {
			for years := -2; years <= 2; years++ {
				at := on(2025+years, 9, 1).plus(-(n + years + 2) % 2)
				c := child{Born: on(2025-3-n, 9, 1).plus(-1 - (n%3)*90), RecordedYear: y[0], RecordedOn: recorded}
				if n == 5 {
					c.RecordedYear = strings.TrimPrefix(y[0], "Y")
				}
				all = append(all, c.recorded(at, (n+years+2)%3 == 0))
			}
		}
	}
	x := child{Born: on(2014, 5, 20), RecordedYear: "X", RecordedOn: on(2024, 9, 1)}
	return append(all, x.recorded(on(2026, 2, 3), false), x.recorded(on(2026, 2, 3), true))
}

// recorded asks for the year group of a child on a day or, if the argument form is true,
// for the type of form.
func (c child) recorded(at day, form bool) entry {
	y, refused := c.year(at)
	e := entry{rules: "YEAR-2 YEAR-3", ask: "forms.year_group", expect: object{"yearGroup", y[0], "keyStage", y[1]},
		given: object{"born", c.Born, "on", at, "recordedYear", c.RecordedYear, "recordedOn", c.RecordedOn}}
	if form {
		e.ask, e.given = "forms.type", append(e.given, "setting", object{"special", false})
		e.expect = object{"yearGroup", y[0], "formType", formType(y[1], false)}
	}
	if refused != "" {
		e.rules, e.expect = refused, object{"refused", refused}
	}
	return e
}

func yearEntry(born, at day) entry {
	y := yearGroup(born, at)
	return entry{rules: "YEAR-1 YEAR-5", ask: "forms.year_group", given: object{"born", born, "on", at},
		expect: object{"yearGroup", y[0], "keyStage", y[1]}}
}

func typeEntry(born, at day, setting object, special bool) entry {
	y := yearGroup(born, at)
	form, sections := formType(y[1], special), 6
	if form == "early_years" {
		sections = 5
	}
	return entry{rules: typeRule[form] + " SECT-1", ask: "forms.type", given: object{"born", born, "on", at, "setting", setting},
		expect: object{"formType", form, "yearGroup", y[0], "sections", sections}, note: fmt.Sprintf("school year from %d", schoolYear(at))}
}
