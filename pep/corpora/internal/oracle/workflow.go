package oracle

import (
	"fmt"
	"slices"
	"strings"
)

// move is a step of a run without its instant.
type move struct {
	by, do string
	with   object
}

// roles lists every role.
var roles = strings.Fields("social_worker designated_teacher business_support virtual_school_consultant virtual_school_head" +
	" independent_reviewing_officer personal_adviser service_desk system")

// at returns the move as a step of a run at an instant.
func (m move) at(instant string) object {
	return object{"at", instant, "by", m.by, "do", m.do, "with", m.with}
}

// tried lists every action except the starts, each with everything that it needs.
var tried = []move{
	{"", "answer", object{"section", 1, "fill", "complete"}},
	{"", "reschedule_meeting", object{"meeting", "2026-02-04"}},
	{"", "attach", object{"name", "report.pdf", "size", 1000}},
	{"", "delegate", object{"sections", "all", "due", "2026-02-20"}},
	{"", "save_contribution", object{"section", 3, "fill", "complete"}},
	{"", "submit_contribution", object{}},
	{"", "change_contributor", object{}},
	{"", "retract", object{"confirmedWithSetting", true, "reason", "the wrong school"}},
	{"", "activate", object{}},
	{"", "redelegate", object{"comments", "section 3 lacks targets", "due", "2026-02-20"}},
	{"", "reassign", object{"comment", "SPRING—17/06/2026"}},
	{"", "send_for_grading", object{"reason", "asked for"}},
	{"", "grade", object{"grade", "amber", "feedback", "targets are there"}},
	{"", "grade", object{"grade", "red", "feedback", "no targets"}},
	{"", "return_for_amendment", object{"reason", "a target lacks a date"}},
	{"", "finalise", object{"waiver", "agreed with the head"}},
	{"", "revise", object{"reason", "a new school"}},
	{"", "reopen", object{"reason", "finalised too early"}},
	{"", "restore", object{"reason", "it was the right school"}},
	{"", "delete", object{"reason", "a duplicate"}},
	{"", "cease", object{"on", "2026-01-05"}},
	{"", "carry_forward", object{}},
}

// place is a situation that a run can reach: the moves that lead there, and whether the
// child has no school.
type place struct {
	name        string
	moves       []move
	outOfSchool bool
}

// The moves that take a plan to each stage.
var (
	started   = []move{{"social_worker", "start_initial", object{"meeting", "2026-01-14"}}}
	filled    = then(started, fills("social_worker", "answer", 1, 2)...)
	handed    = then(filled, move{"social_worker", "delegate", object{"sections", "all", "due", "2026-01-28"}})
	returned  = then(then(handed, fills("designated_teacher", "save_contribution", 3, 4, 5, 6)...), move{"designated_teacher", "submit_contribution", object{}})
	activated = then(returned, move{"social_worker", "activate", object{}})
	checking  = then(returned, move{"social_worker", "reassign", object{"comment", "SPRING—17/06/2026"}})
	inGrading = then(checking, move{"business_support", "send_for_grading", object{}})
	awarded   = then(inGrading, move{"virtual_school_consultant", "grade", object{"grade", "green", "feedback", "clear"}})
	finalised = then(awarded, move{"business_support", "finalise", object{}})
	ceased    = then(filled, move{"social_worker", "cease", object{"on", "2026-01-05"}})
	retracted = then(handed, move{"social_worker", "retract", object{"confirmedWithSetting", true, "reason", "the wrong school"}})
	again     = then(activated, move{"social_worker", "redelegate", object{"comments", "section 3 lacks targets"}})
	revised   = then(finalised, move{"business_support", "revise", object{"reason", "a new school"}})
	revising  = then(revised, move{"social_worker", "redelegate", object{"comments", "the new school's targets"}})
	deleted   = then(filled, move{"service_desk", "delete", object{"reason", "a duplicate"}})
	followed  = then(then(finalised, move{"business_support", "start_subsequent", object{}}), fills("social_worker", "answer", 1, 2)...)
)

func then(moves []move, more ...move) []move { return append(slices.Clone(moves), more...) }

func fills(by, do string, sections ...int) (all []move) {
	for _, n := range sections {
		all = append(all, move{by, do, object{"section", n, "fill", "complete"}})
	}
	return all
}

func places() []place {
	return []place{
		{"a draft", filled, false},
		{"a draft that the social worker completes", then(started, fills("social_worker", "answer", 1, 2, 3, 4, 5, 6)...), true},
		{"a subsequent draft", followed, false},
		{"a delegated plan", handed, false},
		{"a returned plan", returned, false},
		{"an activated plan", activated, false},
		{"a plan being checked", checking, false},
		{"a plan being graded", inGrading, false},
		{"a finalised plan", finalised, false},
		{"a cancelled plan", ceased, false},
		{"a deleted plan", deleted, false},
	}
}

// sidePlaces returns further places, most of which differ from those above only in their
// history. For each place, a single run holds all refused attempts, in every role.
func sidePlaces() []place {
	return []place{
		{"no plan", nil, false},
		{"a retracted plan", retracted, false},
		{"a plan delegated again", again, false},
		{"a revision", revised, false},
		{"a delegated revision", revising, false},
		{"a plan cancelled after it was returned", then(returned, move{"system", "cease", object{"on", "2026-01-05"}}), false},
		{"a revision cancelled", then(revised, move{"system", "cease", object{"on", "2026-01-05"}}), false},
	}
}

// workflowEntries tries every action in every role at every stage. The refused actions
// are tried one after another in one run, because a refusal changes nothing. Each action
// that succeeds has its own run. Further entries test the rules that depend on days.
func workflowEntries() (all []entry) {
	for _, p := range places() {
		for _, by := range roles {
			all = append(all, p.tries(by)...)
		}
	}
	for _, p := range sidePlaces() {
		all = append(all, p.tries(roles...)...)
	}
	for _, p := range slices.Concat(places(), sidePlaces()) {
		all = append(all, p.repins())
	}
	return slices.Concat(all, windowEntries(), ceaseEntries(), reopenEntries(), restoreEntries(), carriedEntries(), movedEntries())
}

// tries lets each of the given roles try every action.
func (p place) tries(by ...string) (taken []entry) {
	var refused []move
	for _, who := range by {
		starts := []move{{who, "start_initial", object{"meeting", "2026-06-17"}}, {who, "start_subsequent", object{"meeting", "2026-06-17"}}}
		for _, m := range slices.Concat(starts, tried) {
			m.by = who
			one := p.entry(then(p.moves, m), 1)
			if last := one.expect[1].([]object)[len(p.moves)]; last[1] != nil {
				refused = append(refused, m)
				continue
			}
			one.note = fmt.Sprintf("%s: %s by %s", p.name, m.do, m.by)
			taken = append(taken, one)
		}
	}
	slices.SortStableFunc(refused, func(a, b move) int { return late(a) - late(b) })
	none := p.entry(then(p.moves, refused...), len(refused))
	none.note = strings.Join(by, ", ") + " and " + p.name
	if len(by) == len(roles) {
		none.note = "what nobody may do to " + p.name
	}
	return append([]entry{none}, taken...)
}

// repins lets every role try to re-pin the plan. A run has no other revision, so every
// attempt is refused (REPIN-1).
func (p place) repins() entry {
	moves := p.moves
	for _, by := range roles {
		moves = then(moves, move{by, "repin", object{}})
	}
	e := p.entry(moves, len(roles))
	e.note = "re-pinning " + p.name
	return e
}

// late returns a key to sort by: 1 for an action at the end of a term, 0 for any other.
func late(m move) int {
	if m.do == "carry_forward" {
		return 1
	}
	return 0
}

// entry returns the case of a run of moves. The case checks the whole outcome of the last
// moves only; the parameter named shown says how many.
func (p place) entry(moves []move, shown int) entry {
	given := object{"child", object{"born", "2014-05-20"}, "steps", p.steps(moves)}
	if p.outOfSchool {
		given = append(given, "establishment", nil)
	}
	return story(given, nil, shown)
}

// story returns the case of a run. The case checks the whole outcome of the last steps;
// the parameter named shown says how many. For the earlier steps, it checks only whether
// they are taken. The case tests every rule that refuses a step or, if no step is refused,
// the rule that could refuse the last step.
func story(given, overrides object, shown int) entry {
	steps, final := answer(given, overrides)
	moves, rules := given[3].([]object), []string{}
	for n, s := range steps {
		if refused, _ := s[1].(string); refused != "" && !slices.Contains(rules, refused) {
			rules = append(rules, refused)
		}
		if n < len(steps)-shown && s[1] == nil {
			steps[n] = object{"refused", nil}
		}
	}
	if last := moves[len(moves)-1][5].(string); len(rules) == 0 {
		rules = append(rules, refusing[last])
		if strings.HasPrefix(last, "start_") {
			rules = []string{"START-1"}
		}
	}
	e := entry{rules: strings.Join(rules, " "), ask: "pep.workflow", given: given, expect: object{"steps", steps, "final", nil}, overrides: overrides}
	if final != nil {
		e.expect[3] = final
	}
	return e
}

// steps returns moves as steps, four at each hour from 08:00 on 5 January 2026. Only
// carry_forward is taken later, after the end of the term.
func (p place) steps(moves []move) (steps []object) {
	for n, m := range moves {
		at := fmt.Sprintf("2026-01-%02dT%02d:00:00Z", 5+n/40, 8+n%40/4)
		if m.do == "carry_forward" {
			at = "2026-09-02T09:00:00Z"
		}
		steps = append(steps, m.at(at))
	}
	return steps
}
