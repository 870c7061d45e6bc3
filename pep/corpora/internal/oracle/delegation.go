package oracle

import (
	"fmt"
	"strings"
)

// workdayEntries asks every question that counts working days. For every bank holiday it
// asks about counts that would begin or end on that day.
func workdayEntries() (all []entry) {
	for _, h := range holidays() {
		all = append(all, initial(weekdays(h, 20), false), initial(weekdays(h, 10), true), initial(h.plus(-1), true))
		all = append(all, dueAfter(weekdays(h, 10), 10, h), dueAfter(h.plus(-1), 1, h), delegatedOn(h))
		next := workingDays(h, 1)
		for _, given := range []object{
			{"due", h.plus(-1), "today", h}, {"due", h.plus(-1), "today", next},
			{"due", h.plus(-1), "today", next.plus(30), "submitted", h}, {"due", h, "today", next},
		} {
			all = append(all, lateness(given))
		}
	}
	before := dueAfter(on(firstYear, 1, 1).plus(-2), 1, on(firstYear, 1, 1))
	before.note = "the day counted is before the published list"
	return append(all, before)
}

// within returns e, a case that counts days. The parameter named zero is the day before
// the first counted day; the one named last is the last counted day. If a counted day is
// outside the years of the published list, the case is made to expect a refusal (DUE-7).
func (e entry) within(zero, last day) entry {
	if zero.plus(1).Year() < firstYear || last.Year() > lastPublished {
		e.rules, e.expect = "DUE-7", object{"refused", "DUE-7"}
	}
	return e
}

// dueAfter asks for the due date after a meeting, with a return period in working days.
func dueAfter(meeting day, days int, holiday day) entry {
	by := workingDays(meeting, days)
	e := entry{rules: "DUE-1 DUE-7", ask: "delegation.due", given: object{"meeting", meeting},
		expect: object{"due", by, "outOfTerm", false}, overrides: object{"returnPeriod", object{"workingDays", days}},
		note: "but for the bank holiday of " + holiday.String() + " it would be due then"}
	return e.within(meeting, by)
}

// delegatedOn delegates a plan on the day of its meeting, which is the day before a
// holiday. The return period is one working day.
func delegatedOn(holiday day) entry {
	meeting := holiday.plus(-1)
	var moves []object
	for n, m := range then(then([]move{{"social_worker", "start_initial", object{"meeting", meeting}}},
		fills("social_worker", "answer", 1, 2)...), move{"social_worker", "delegate", object{"sections", "all"}}) {
		moves = append(moves, m.at(fmt.Sprintf("%sT%02d:00:00Z", meeting, 9+n)))
	}
	e := entry{rules: "DUE-1 DUE-7", ask: "pep.workflow", given: object{"child", object{"born", meeting.plus(-365 * 9)}, "steps", moves},
		expect:    object{"final", object{"stage", "delegated", "due", workingDays(meeting, 1)}},
		overrides: object{"returnPeriod", object{"workingDays", 1}}, note: "the day after the meeting is a bank holiday"}
	return e
}

func initial(entered day, emergency bool) entry {
	by := workingDays(entered, 20)
	e := entry{rules: "DUE-5 DUE-7", ask: "pep.initial_deadlines", given: object{"enteredCare", entered, "emergency", emergency},
		expect: object{"completeBy", by}}
	if emergency {
		e.rules = "DUE-5 DUE-6 DUE-7"
		e.expect = append(e.expect, "initiateBy", workingDays(entered, 10))
	}
	return e.within(entered, by)
}

// lateness asks how late a form is: on the day of its return if it was returned, and
// otherwise today.
func lateness(given object) entry {
	by, at, status := given[1].(day), given[3].(day), [3]string{"not_due", "due_today", "overdue"}
	if len(given) > 4 {
		at, status = given[5].(day), [3]string{"on_time", "on_time", "late"}
	}
	e := entry{rules: "DUE-3 DUE-7", ask: "delegation.timeliness", given: given,
		expect: object{"status", status[0], "daysLate", 0, "workingDaysLate", 0}}
	switch {
	case at.after(by):
		e.expect = object{"status", status[2], "daysLate", int(at.Sub(by.Time).Hours() / 24), "workingDaysLate", workingDaysAfter(by, at)}
		return e.within(by, at)
	case at.same(by):
		e.expect[1] = status[1]
	}
	return e
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
		all = append(all, assignmentEntries(t)...)
	}
	return all
}

// due returns the due date of a form, and whether it was delegated out of term. The form
// is due one return period after the meeting or, if that date is past, one return period
// after the delegation. If the meeting's term is over, it is due two weeks after the
// delegation.
func due(meeting, delegated day, period returnPeriod) (day, bool) {
	if delegated.after(term(meeting).last) {
		return delegated.plus(14), true
	}
	if by := period.from(meeting); !delegated.after(by) {
		return by, false
	}
	return period.from(delegated), false
}

// dueEntries asks about forms that are delegated on the last day of the meeting's term, on
// the last day of the two weeks after a meeting, and on the day after each of these days.
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
		by, out := due(c.meeting, c.delegated, returnPeriod{})
		all = append(all, entry{rules: c.rules, ask: "delegation.due", given: object{"meeting", c.meeting, "delegated", c.delegated},
			expect: object{"due", by, "outOfTerm", out}})
	}
	return all
}

// carryEntries asks about a form whose meeting is near the end of a term. If the form was
// not returned, it asks on the due date and on the two days after. If the form was
// returned on the due date or the day after, it asks on a later day. With strict
// carry-forward, it asks on the last day of the term and on the day after.
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

// carry asks about a form that was not carried forward before. The argument lastDay is
// the last day on which it could be returned in time.
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

// lateEntries asks about a form on its due date, the day before and the day after, and
// about its return on each of these days.
func lateEntries(by day) (all []entry) {
	for _, at := range []day{by.plus(-1), by, by.plus(1)} {
		all = append(all, lateness(object{"due", by, "today", at}), lateness(object{"due", by, "today", by.plus(30), "submitted", at}))
	}
	return all
}

// dashes are the dashes that an assignment comment may have. noDashes are signs that
// look similar but are refused.
var (
	dashes   = []string{"-", "‐", "‑", "‒", "–", "—", "―", "−", "--"}
	noDashes = []string{"", "/", ":", "_", "~", ".", "\u00ad", "\u2043", "\uff0d", "---", "- -", "——"}
)

// assignmentEntries asks about assignment comments with every dash, with signs that are
// not dashes, and with next meetings on each side of the edges of this term and the next.
func assignmentEntries(t termOf) (all []entry) {
	meeting := t.next().first.plus(20)
	for n, dash := range append(dashes, noDashes...) {
		space := strings.Repeat(" ", (n+t.year+int(t.first.Month()))%2)
		e := comments(t, t.name+space+dash+space+british(meeting), meeting)
		if n >= len(dashes) {
			e.rules, e.expect = "ASSIGN-1", object{"refused", "ASSIGN-1"}
		}
		all = append(all, e)
	}
	for _, at := range []day{t.first.plus(-1), t.first, t.last, t.next().first, t.next().last, t.next().last.plus(1)} {
		all = append(all, comments(t, t.name+"—"+british(at), at))
	}
	return all
}

func british(d day) string { return d.Format("02/01/2006") }

// comments asks what an assignment comment means on a form for the given term. The next
// meeting may be in any year, because the question does not say what day it is today
// (TERM-8).
func comments(t termOf, comment string, meeting day) entry {
	e := entry{rules: "ASSIGN-1 ASSIGN-3", ask: "delegation.assignment", given: object{"comment", comment, "formTerm", t}}
	warnings := []string{}
	switch {
	case t.first.after(meeting):
		e.expect = object{"refused", "ASSIGN-3"}
		return e
	case !meeting.after(t.last):
		warnings = []string{"same_term"}
	case meeting.after(t.next().last):
		warnings = []string{"skips_term"}
	}
	e.expect = object{"term", t, "nextMeeting", meeting, "nextTerm", term(meeting), "warnings", warnings}
	return e
}

// reminderEntries asks about a form that is delegated on the day of its meeting or the
// day after, or returned on the day of its meeting or the day before.
func reminderEntries(meeting day) []entry {
	sent, none := []string{meeting.String()}, []string{}
	c := func(delegated day, submitted any, on []string) entry {
		return entry{rules: "REM-1", ask: "delegation.reminders", expect: object{"on", on},
			given: object{"delegated", delegated, "meeting", meeting, "submitted", submitted}}
	}
	return []entry{c(meeting, nil, sent), c(meeting.plus(1), nil, none), c(meeting.plus(-7), meeting, sent), c(meeting.plus(-7), meeting.plus(-1), none)}
}
