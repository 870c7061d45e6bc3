package oracle

import "fmt"

// dated is a move made on a day.
type dated struct {
	on day
	move
}

// past returns moves that are all made on one day.
func past(on day, moves ...move) (all []dated) {
	for _, m := range moves {
		all = append(all, dated{on, m})
	}
	return all
}

// tale returns the case of a run of dated moves. The case checks the whole outcome of the
// last moves only; the parameter named shown says how many. Those named child and facts
// hold further members for the child and for "given".
func tale(note string, child, facts, overrides object, shown int, moves ...dated) entry {
	var steps []object
	for n, m := range moves {
		steps = append(steps, m.at(fmt.Sprintf("%sT%02d:%02d:00Z", m.on, 9+n/60, n%60)))
	}
	child = append(object{"born", "2014-05-20"}, child...)
	e := story(append(object{"child", child, "steps", steps}, facts...), overrides, shown)
	e.note = note
	return e
}

// join concatenates lists of moves.
func join(lists ...[]dated) (all []dated) {
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

// windowEntries sets meetings and due dates at the edges of the window in which they are
// allowed, on the first and the last day of every term of two years (TERM-8, DELEG-3).
func windowEntries() (all []entry) {
	for _, t := range append(terms(2025), terms(2026)...) {
		for _, today := range []day{t.first, t.last} {
			first, last := t.previous().first, t.next().next().last
			ends := []day{first.plus(-1), last.plus(1), first, last}
			all = append(all, startsAt(today, ends)...)
			all = append(all, movesTo(today, ends), namesNext(today, ends), dueAt(today, last))
		}
	}
	return all
}

// startsAt first tries meetings beyond the edges of the window, which are refused. It then
// starts a plan with a meeting at each edge.
func startsAt(today day, ends []day) (all []entry) {
	var steps []dated
	for n, meeting := range ends {
		steps = append(steps, dated{today, move{"social_worker", "start_initial", object{"meeting", meeting}}})
		if n > 1 {
			all = append(all, tale("started at an edge of the window, not beyond it", nil, nil, nil, len(steps), steps...))
			steps = steps[:n]
		}
	}
	return all
}

// movesTo reschedules a meeting to days beyond the window and at its edges.
func movesTo(today day, ends []day) entry {
	steps := past(today, started[0])
	steps[0].with = object{"meeting", today}
	for _, meeting := range ends {
		steps = append(steps, dated{today, move{"business_support", "reschedule_meeting", object{"meeting", meeting}}})
	}
	return tale("the meeting is moved to the edges of the window, not beyond them", nil, nil, nil, len(ends), steps...)
}

// namesNext names next meetings in the comment on a form whose meeting was two terms ago.
func namesNext(today day, ends []day) entry {
	old := term(today).previous().previous()
	steps := past(old.first, selfWritten(object{"meeting", old.first})...)
	for _, next := range []day{ends[0], ends[1], ends[2+int(today.Month())%2]} {
		steps = append(steps, dated{today, move{"social_worker", "reassign", object{"comment", old.name + "—" + british(next)}}})
	}
	return tale("the comment names a next meeting beyond the window and at its edge", nil, object{"establishment", nil}, nil, 3, steps...)
}

// selfWritten starts a plan and answers all of its sections.
func selfWritten(with object) []move {
	return then([]move{{"social_worker", "start_initial", with}}, fills("social_worker", "answer", 1, 2, 3, 4, 5, 6)...)
}

// dueAt delegates with due dates that are in the past, too late, and on the last allowed
// day.
func dueAt(today, last day) entry {
	steps := past(today, then([]move{{"social_worker", "start_initial", object{"meeting", today}}}, fills("social_worker", "answer", 1, 2)...)...)
	for _, due := range []day{today.plus(-1), last.plus(1), last} {
		steps = append(steps, dated{today, move{"social_worker", "delegate", object{"sections", "all", "due", due}}})
	}
	return tale("due in the window and from today on", nil, nil, nil, 3, steps...)
}

// ceaseEntries ceases plans on days at the edges of what CHG-4 allows. Today is an
// ordinary day, or 1 March of a leap year or of the year after a leap year.
func ceaseEntries() (all []entry) {
	for _, today := range []day{on(2026, 2, 10), on(2026, 1, 1), on(2025, 3, 1), on(2024, 3, 1)} {
		steps := past(today, move{"social_worker", "start_initial", object{"meeting", today}})
		for _, ceased := range []day{today.plus(1), on(today.Year()-1, int(today.Month()), today.Day()).plus(-1), today.plus(365 * 36), on(1999, 2, 10)} {
			steps = append(steps, dated{today, move{"system", "cease", object{"on", ceased}}})
		}
		for _, ceased := range []day{today, today.plus(-1), on(today.Year()-1, int(today.Month()), today.Day())} {
			one := append(steps[:len(steps):len(steps)], dated{today, move{"system", "cease", object{"on", ceased}}})
			all = append(all, tale("ceased today, or on a day of the year before it", nil, nil, nil, 5, one...))
		}
	}
	return all
}

// reopenEntries ceases plans at every stage and reopens them. The child's care is not
// recorded, goes on, or has ended.
func reopenEntries() (all []entry) {
	first, later := on(2026, 1, 6), on(2026, 2, 10)
	for _, moves := range [][]move{started, filled, handed, retracted, returned, activated, again, checking, inGrading, awarded, revised, revising} {
		for n, care := range []object{nil, {"lookedAfter", []object{{"from", "2024-01-10"}}}, {"lookedAfter", []object{{"from", "2024-01-10", "to", "2026-02-10"}}},
			{"lookedAfter", []object{{"from", "2024-01-10", "to", "2026-02-11"}}}} {
			if n > 1 && len(moves) > len(handed) {
				continue
			}
			steps := join(past(first, moves...), past(later, move{"system", "cease", object{"on", later}}, move{"social_worker", "reopen", object{"reason", "a mistake"}},
				move{"service_desk", "reopen", object{"reason", " "}}, move{"service_desk", "reopen", object{"reason", "a mistake"}},
				move{"social_worker", "activate", object{}}, move{"social_worker", "start_initial", object{"meeting", later}}))
			all = append(all, tale("ceased and reopened", care, nil, nil, 6, steps...))
		}
	}
	return all
}

// restoreEntries restores what a retract cleared: around the last day on which that is
// allowed, and after other actions, such as writing or another retract.
func restoreEntries() (all []entry) {
	first := on(2026, 1, 6)
	restore := move{"service_desk", "restore", object{"reason", "it was the right school"}}
	write := move{"social_worker", "answer", object{"section", 1, "fill", "complete"}}
	full := then(returned[:len(returned)-1], retracted[len(retracted)-1])
	for _, days := range []int{0, 1, 29, 30, 31} {
		all = append(all, tale(fmt.Sprintf("%d days after the retract", days), nil, nil, nil, 2, join(past(first, full...), past(first.plus(days), restore, restore))...))
	}
	for _, between := range [][]move{
		{write}, {{"social_worker", "answer", object{"section", 6, "fill", " "}}}, {write, fills("social_worker", "answer", 2)[0], handed[len(handed)-1], full[len(full)-1]},
		{{"social_worker", "reschedule_meeting", object{"meeting", "2026-02-04"}}}, {restore, write}, {restore, handed[len(handed)-1]},
	} {
		all = append(all, tale("what was done between the retract and the restore", nil, nil, nil, 2, join(past(first, full...), past(first.plus(3), append(between, restore)...))...))
	}
	return all
}

// carriedEntries carries forward plans that were returned, revised, retracted or restored,
// around the first day on which that is allowed.
func carriedEntries() (all []entry) {
	first := on(2026, 1, 6)
	back, restore := retracted[len(retracted)-1], move{"service_desk", "restore", object{"reason", "it was the right school"}}
	for _, moves := range [][]move{filled, handed, retracted, again, then(again, back), then(again, back, restore), revising, then(revising, back)} {
		steps := past(first, moves...)
		for _, on := range []day{on(2026, 3, 31), on(2026, 4, 1), on(2026, 4, 2), on(2026, 9, 1)} {
			steps = append(steps, dated{on, move{"system", "carry_forward", object{}}})
		}
		all = append(all, tale("carried at the end of the term, unless it was returned or revised", nil, nil, nil, 4, steps...))
	}
	return all
}

// movedEntries reschedules the meeting of delegated plans, with and without an entered
// due date, with and without a re-delegation, and under two return periods.
func movedEntries() (all []entry) {
	first, next := on(2026, 1, 6), on(2026, 1, 21)
	for _, period := range []object{nil, {"returnPeriod", object{"workingDays", 10}}} {
		for _, due := range []object{{}, {"due", "2026-01-28"}, {"due", "2026-02-20"}} {
			if period != nil && len(due) > 0 {
				continue
			}
			out := then(filled, move{"social_worker", "delegate", append(object{"sections", "all"}, due...)})
			back := past(next, move{"designated_teacher", "submit_contribution", object{}}, move{"social_worker", "activate", object{}},
				move{"social_worker", "redelegate", append(object{"comments", "section 3 lacks targets"}, due...)})
			for _, steps := range [][]dated{past(first, out...), join(past(first, out...), back), join(past(first, out...), back[:2],
				past(next, move{"social_worker", "redelegate", object{"comments", "section 3 lacks targets"}}))} {
				for _, meeting := range []day{on(2026, 1, 7), on(2026, 1, 15), on(2026, 2, 11)} {
					all = append(all, tale("the due date after the meeting is moved", nil, nil, period, 1,
						join(steps, past(next.plus(1), move{"social_worker", "reschedule_meeting", object{"meeting", meeting}}))...))
				}
			}
		}
	}
	return all
}
