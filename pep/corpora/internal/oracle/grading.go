package oracle

// graded writes one grade that was awarded.
func graded(establishment string, t termOf, grade, child string, at day) object {
	return object{"establishment", establishment, "term", t, "grade", grade, "child", child, "on", at}
}

// gradingEntries has every term after a grade of the establishment in that
// term, in the one before and at another, and of each child the day on which
// twelve months are over and the day before.
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

// yearOn is twelve months on: the same day of the month, or its last day where
// the month has no such day.
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
