package oracle

import (
	"time"
)

// outline is the outline of a plan, in the form that pep.missing reads.
type outline struct {
	term                   termOf
	stage                  string
	due, ceased, finalised day
	carried                int
}

func (o outline) given() object {
	out := object{"term", o.term, "stage", o.stage}
	for _, m := range []struct {
		name string
		day  day
	}{{"due", o.due}, {"ceasedOn", o.ceased}, {"finalised", o.finalised}} {
		if !m.day.IsZero() {
			out = append(out, m.name, m.day)
		}
	}
	if o.carried > 0 {
		out = append(out, "carried", o.carried)
	}
	return out
}

// left reports whether a plan was carried forward out of a term.
func (o outline) left(t termOf) bool {
	was := o.term
	for range o.carried {
		if was = was.previous(); was == t {
			return true
		}
	}
	return false
}

// says returns the reason that one plan gives for a term, or "no_form" if it gives none.
func (o outline) says(t termOf, today day) string {
	final := !o.finalised.IsZero() && !o.finalised.after(today)
	closed := o.stage == "cancelled" || o.stage == "deleted"
	switch {
	case closed && !final:
		return "no_form"
	case o.left(t):
		return "rolled_over"
	case o.term != t:
		return "no_form"
	case o.stage != "draft" && o.stage != "delegated", final:
		return "returned"
	case o.stage == "draft":
		return "draft"
	case today.after(o.due):
		return "overdue"
	}
	return "delegated_not_due"
}

// nearest ranks the reasons that plans give. If a child has several plans, the reason
// with the highest rank counts.
var nearest = map[string]int{"no_form": 0, "rolled_over": 1, "draft": 2, "overdue": 3, "delegated_not_due": 4, "returned": 5}

// standing returns a child's standing for a term, the reason, and the day that the
// standing depends on.
func (c child) standing(t termOf, today day, plans []outline) (standing, reason string, by day) {
	reason = "no_form"
	for _, o := range plans {
		if c.LookedAfter == nil && !o.ceased.IsZero() {
			c.LookedAfter = []span{{To: o.ceased}}
		}
		if says := o.says(t, today); nearest[says] > nearest[reason] {
			reason, by = says, o.due
		}
	}
	if c.needsFor(t) != "required" {
		return "not_required", "not_required", day{}
	}
	if reason == "returned" {
		return "satisfied", reason, day{}
	}
	cares := false
	for d := t.first; !d.after(t.last); d = d.plus(1) {
		past := today.after(d) && d != t.last
		cares = cares || !past && c.cared(d) == "required"
	}
	if !cares {
		return "excused", "care_ended", day{}
	}
	if due := c.firstPlan(t); due.after(t.last) {
		return "excused", "new_to_care", due
	}
	return "missing", reason, by
}

// firstPlan returns the day by which the first plan must be complete if the child starts
// to need one in the term. Otherwise it returns the zero day.
func (c child) firstPlan(t termOf) day {
	for d := t.first; !d.after(t.last); d = d.plus(1) {
		if !c.Born.after(d) && c.needs(d) == "required" {
			if before := d.plus(-1); d == t.first && !c.Born.after(before) && c.needs(before) == "required" {
				return day{}
			}
			return workingDays(d, 20)
		}
	}
	return day{}
}

// missingEntries asks about three terms, on both sides of each day on which the answer can
// change.
func missingEntries() (all []entry) {
	born := on(2014, 5, 20)
	for _, t := range []termOf{term(on(2025, 10, 1)), term(on(2026, 2, 1)), term(on(2026, 5, 1))} {
		due, before, after := t.first.plus(40), t.previous(), t.next()
		for _, today := range []day{due, due.plus(1)} {
			for _, stage := range []string{"draft", "returned", "checking", "grading", "finalised", "deleted"} {
				all = append(all, missing(child{Born: born}, t, today, outline{term: t, stage: stage}))
			}
			all = append(all,
				missing(child{Born: born}, t, today),
				missing(child{Born: born}, t, today, outline{term: t, stage: "delegated", due: due}),
				missing(child{Born: born}, t, today, outline{term: t, stage: "delegated", due: due}, outline{term: t, stage: "deleted"}),
				missing(child{Born: born}, t, today, outline{term: before, stage: "finalised", finalised: t.first}),
				missing(child{Born: born}, t, today, outline{term: after, stage: "draft", carried: 1}),
				missing(child{Born: born}, t, today, outline{term: after, stage: "draft", carried: 2}),
				missing(child{Born: born}, t, today, outline{term: t, stage: "delegated", due: due, carried: 1}),
				missing(child{Born: born}, t, today, outline{term: t, stage: "cancelled", ceased: due}),
				missing(child{Born: born}, t, today, outline{term: t, stage: "cancelled", ceased: due.plus(1)}),
				missing(child{Born: born}, t, today, outline{term: t, stage: "cancelled", ceased: t.first, finalised: due.plus(1)}),
				missing(child{Born: born, LookedAfter: []span{{From: born}}}, t, today, outline{term: t, stage: "cancelled", ceased: t.first, finalised: due.plus(1)}),
				missing(child{Born: born, LookedAfter: []span{{From: born, To: due.plus(1)}}}, t, today),
				missing(child{Born: born, LookedAfter: []span{{From: born, Authority: "other"}}}, t, today))
		}
		for d := t.last; workingDays(d, 20).after(t.last.plus(-3)); d = d.plus(-1) {
			all = append(all, missing(child{Born: born, LookedAfter: []span{{From: d}}}, t, t.last))
		}
		for _, to := range []day{t.first, t.first.plus(1), t.last, t.last.plus(1)} {
			c := child{Born: born, LookedAfter: []span{{From: born, To: to}}}
			all = append(all, missing(c, t, t.last.plus(60)), missing(c, t, t.first.plus(-10)))
		}
		for _, years := range []int{2, 4, 18} {
			for _, edge := range []day{t.first, t.last} {
				for shift := -1; shift <= 1; shift++ {
					all = append(all, missing(child{Born: birthdayBefore(edge.plus(shift), years)}, t, t.last))
				}
			}
		}
	}
	return append(all, preflightEntries()...)
}

// birthdayBefore returns the birth date of a person who reaches an age on a day.
func birthdayBefore(d day, years int) day { return on(d.Year()-years, int(d.Month()), d.Day()) }

func missing(c child, t termOf, today day, plans ...outline) entry {
	standing, reason, by := c.standing(t, today, plans)
	given := []object{}
	for _, o := range plans {
		given = append(given, o.given())
	}
	e := entry{rules: map[string]string{"missing": "MISS-1", "satisfied": "MISS-1", "excused": "MISS-2", "not_required": "MISS-2"}[standing], ask: "pep.missing",
		given:  object{"term", t, "today", today, "child", c.given(), "plans", given},
		expect: object{"standing", standing, "reason", reason, "by", nil}}
	if !by.IsZero() {
		e.expect[5] = by
	}
	return e
}

// preflightEntries asks about every status of an establishment, with an active and an
// inactive contributor, around the instant from which the contributor can be selected.
func preflightEntries() (all []entry) {
	at := time.Date(2026, 3, 29, 9, 0, 0, 0, time.UTC) // the day on which the clocks change
	for _, status := range []string{"current", "ended", "Open", "Open, but proposed to close", "Closed", "Proposed to open"} {
		for _, active := range []bool{true, false} {
			for _, seconds := range []int{-1, 0, 1} {
				all = append(all, preflight(status, active, at.Add(time.Duration(seconds)*time.Second-24*time.Hour), at))
			}
		}
	}
	return all
}

func preflight(status string, active bool, actioned, at time.Time) entry {
	e := entry{ask: "delegation.preflight", given: object{"establishment", object{"status", status},
		"contributor", object{"active", active, "actionedAt", instant(actioned)}, "at", instant(at)}}
	reasons, rules := []object{}, ""
	add := func(refused bool, rule string, from any) {
		if refused {
			reasons, rules = append(reasons, object{"rule", rule, "from", from}), rules+" "+rule
		}
	}
	possible := actioned.Add(24 * time.Hour)
	add(!current[status], "PRE-1", nil)
	add(!active, "PRE-2", nil)
	add(at.Before(possible), "PRE-3", instant(possible))
	e.rules, e.expect = rules, object{"ready", len(reasons) == 0, "reasons", reasons}
	if rules == "" {
		e.rules = "PRE-1 PRE-2 PRE-3"
	}
	return e
}

func instant(at time.Time) string { return at.Format(time.RFC3339) }
