package oracle

// workdayEntries goes through every bank holiday: entering care on the day and
// so that the day would be the last one counted, and meetings so.
func workdayEntries() (all []entry) {
	for n, h := range holidays() {
		if h.Year() > lastYear {
			break
		}
		entered := weekdays(h, 20)
		all = append(all, initial(entered, n%2 == 0), initial(h.plus(-1), n%2 == 1))
		meeting := weekdays(h, 10)
		e := entry{rules: "DUE-1 DUE-7", ask: "delegation.due", given: object{"meeting", meeting},
			expect: object{"due", workingDays(meeting, 10), "outOfTerm", false}, overrides: object{"returnPeriod", object{"workingDays", 10}},
			note: "but for the bank holiday of " + h.String() + " it would be due then"}
		all = append(all, e.from(meeting))
	}
	for _, h := range holidays() { // from the day before it
		e := entry{rules: "DUE-1 DUE-7", ask: "delegation.due", given: object{"meeting", h.plus(-1)},
			expect: object{"due", workingDays(h.plus(-1), 1)}, overrides: object{"returnPeriod", object{"workingDays", 1}},
			note: "the day after the meeting is a bank holiday"}
		all = append(all, e)
	}
	before := entry{ask: "delegation.due", given: object{"meeting", on(firstYear, 1, 1).plus(-2)},
		overrides: object{"returnPeriod", object{"workingDays", 1}}, note: "the day counted is before the published list"}
	return append(all, before.from(on(firstYear, 1, 1).plus(-2)))
}

// from refuses what counts a day before the first year of the published list;
// the day from which it counts is not one (DUE-7).
func (e entry) from(zero day) entry {
	if zero.plus(1).Year() < firstYear {
		e.rules, e.expect = "DUE-7", object{"refused", "DUE-7"}
	}
	return e
}

func initial(entered day, emergency bool) entry {
	e := entry{rules: "DUE-5 DUE-7", ask: "pep.initial_deadlines", given: object{"enteredCare", entered, "emergency", emergency},
		expect: object{"completeBy", workingDays(entered, 20)}}
	if emergency {
		e.rules = "DUE-5 DUE-6 DUE-7"
		e.expect = append(e.expect, "initiateBy", workingDays(entered, 10))
	}
	return e.from(entered)
}

func delegationEntries() (all []entry) {
	for year := firstYear; year <= lastYear; year++ {
		for _, t := range terms(year) {
			all = append(all, dueEntries(t)...)
			all = append(all, carryEntries(t)...)
			all = append(all, lateEntries(t.last.plus(-6))...)
		}
	}
	for _, t := range terms(2026) {
		all = append(all, reminderEntries(t.last)...)
	}
	return all
}

// due is the due date of a form and whether it is out of term: two weeks from
// the meeting, from delegating where the meeting's term is over, and never
// already past.
func due(meeting, delegated day) (day, bool) {
	if delegated.after(term(meeting).last) {
		return delegated.plus(14), true
	}
	if by := meeting.plus(14); !delegated.after(by) {
		return by, false
	}
	return delegated.plus(14), false
}

// dueEntries delegates on the last day of the meeting's term and the next, and
// on the last day on which two weeks from the meeting are not past and the next.
func dueEntries(t termOf) (all []entry) {
	early := t.first.plus(9)
	for _, c := range []struct {
		rules              string
		meeting, delegated day
	}{
		{"DUE-1", t.last.plus(-3), t.last},
		{"DUE-4 OOT-1", t.last.plus(-3), t.last.plus(1)},
		{"DUE-1", early, early.plus(14)},
		{"DUE-4b", early, early.plus(15)},
	} {
		by, out := due(c.meeting, c.delegated)
		all = append(all, entry{rules: c.rules, ask: "delegation.due", given: object{"meeting", c.meeting, "delegated", c.delegated},
			expect: object{"due", by, "outOfTerm", out}})
	}
	return all
}

// carryEntries looks at a form of a meeting at the end of a term on its due
// date and the day after, returned then and not, carried before and not; and
// under the literal reading, on the last day of the term and the day after.
func carryEntries(t termOf) (all []entry) {
	meeting := t.last.plus(-6)
	by := meeting.plus(14)
	for _, returned := range []day{{}, by, by.plus(1)} {
		for _, today := range []day{by, by.plus(1), by.plus(2)} {
			if !returned.IsZero() && !today.same(by.plus(2)) {
				continue
			}
			all = append(all, carry(t, meeting, by, today, returned, by, nil))
		}
	}
	strict := object{"carryForward", "strict"}
	return append(all, carry(t, meeting, by, t.last, day{}, t.last, strict), carry(t, meeting, by, t.last.plus(1), day{}, t.last, strict))
}

// carry is the case of a form that was not carried before, whose last day to
// be returned is known.
func carry(t termOf, meeting, by, today, returned, lastDay day, overrides object) entry {
	e := entry{rules: "OOT-2", ask: "delegation.carry_forward", overrides: overrides,
		given: object{"meeting", meeting, "due", by, "today", today, "timesCarried", 0}}
	if !returned.IsZero() {
		e.given = append(e.given, "submitted", returned)
	}
	inTime := !returned.IsZero() && !returned.after(lastDay)
	if !today.after(lastDay) || inTime {
		e.expect = object{"carried", false, "term", t, "stale", false}
		return e
	}
	e.rules = "OOT-2 OOT-3"
	e.expect = object{"carried", true, "term", t.next(), "stale", false}
	return e
}

// lateEntries looks at a form the day before it is due, then and the day after,
// and at its return on these days.
func lateEntries(by day) (all []entry) {
	status := [2][3]string{{"not_due", "due_today", "overdue"}, {"on_time", "on_time", "late"}}
	for n, at := range []day{by.plus(-1), by, by.plus(1)} {
		late, working := 0, 0
		if at.after(by) {
			late, working = 1, workingDaysAfter(by, at)
		}
		out := object{"due", by, "today", at}
		back := object{"due", by, "today", by.plus(30), "submitted", at}
		for m, given := range []object{out, back} {
			all = append(all, entry{rules: "DUE-3", ask: "delegation.timeliness", given: given,
				expect: object{"status", status[m][n], "daysLate", late, "workingDaysLate", working}})
		}
	}
	return all
}

// reminderEntries has a form delegated on the day of its meeting and the day
// after, and returned on that day and the day before.
func reminderEntries(meeting day) []entry {
	sent, none := []string{meeting.String()}, []string{}
	c := func(delegated day, submitted any, on []string) entry {
		return entry{rules: "REM-1", ask: "delegation.reminders", expect: object{"on", on},
			given: object{"delegated", delegated, "meeting", meeting, "submitted", submitted}}
	}
	return []entry{c(meeting, nil, sent), c(meeting.plus(1), nil, none), c(meeting.plus(-7), meeting, sent), c(meeting.plus(-7), meeting.plus(-1), none)}
}
