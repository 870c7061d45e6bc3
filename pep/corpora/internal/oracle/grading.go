package oracle

// graded returns one grade of a history.
func graded(establishment string, t termOf, grade, child string, at day) object {
	return object{"establishment", establishment, "term", t, "grade", grade, "child", child, "on", at}
}

// gradingEntries asks about every term, with a grade of the establishment in that term or
// in the term before. With sampling by child, it asks about the day on which twelve
// months have passed since the child's grade, and the day before.
func gradingEntries() (all []entry) {
	for year := firstYear; year <= lastYear; year++ {
		for _, t := range terms(year) {
			all = append(all,
				grading("GRADE-1 GRADE-7", false, object{"establishment", "A", "term", t, "history", []object{graded("A", t, "green", "c1", t.last)}}),
				grading("GRADE-1 GRADE-7", true, object{"establishment", "A", "term", t, "history", []object{graded("A", t.previous(), "green", "c1", t.first)}}),
			)
		}
	}
	perChild := object{"grading", object{"sampling", "per_child", "months", 12}}
	for _, at := range append(edges()[:12], on(2024, 2, 28), on(2024, 2, 29), on(2023, 2, 28)) {
		again := yearOn(at)
		for _, meeting := range []day{again.plus(-1), again} {
			e := grading("GRADE-2", !again.after(meeting), object{"establishment", "A", "term", term(meeting), "child", "c1", "meeting", meeting,
				"history", []object{graded("B", term(at), "amber", "c1", at)}})
			e.overrides = perChild
			all = append(all, e)
		}
	}
	return all
}

// yearOn returns the day twelve months later. If the month does not have that day, it
// returns the last day of the month.
func yearOn(d day) day {
	again := on(d.Year()+1, int(d.Month()), d.Day())
	if again.Month() != d.Month() {
		return day{again.AddDate(0, 0, -again.Day())}
	}
	return again
}

func grading(rules string, required bool, given object) entry {
	return entry{rules: rules, ask: "pep.grading", given: given, expect: object{"required", required}}
}
