package oracle

import (
	"fmt"
	"slices"
	"strings"
)

// move is one step of a run: who does what, with what.
type move struct {
	by, do string
	with   object
}

// roles are all who may be named as acting.
var roles = strings.Fields("social_worker designated_teacher business_support virtual_school_consultant virtual_school_head" +
	" independent_reviewing_officer personal_adviser service_desk system")

// tried are the actions, each with all that it needs and the rule that refuses
// it to the wrong role and at the wrong stage. Starting comes apart.
var tried = []struct {
	do, refuses string
	with        object
}{
	{"answer", "DELEG-5", object{"section", 1, "fill", "complete"}},
	{"reschedule_meeting", "TERM-2", object{"meeting", "2026-02-04"}},
	{"attach", "DOC-1", object{"name", "report.pdf", "size", 1000}},
	{"delegate", "DELEG-2", object{"sections", "all", "due", "2026-02-20"}},
	{"save_contribution", "DELEG-5", object{"section", 3, "fill", "complete"}},
	{"submit_contribution", "DELEG-8", object{}},
	{"change_contributor", "DELEG-2", object{}},
	{"retract", "DELEG-6", object{"confirmedWithSetting", true, "reason", "the wrong school"}},
	{"activate", "DELEG-5", object{}},
	{"redelegate", "DELEG-7", object{"comments", "section 3 lacks targets", "due", "2026-02-20"}},
	{"reassign", "SECT-3", object{"comment", "SPRING—17/06/2026"}},
	{"send_for_grading", "GRADE-1", object{"reason", "asked for"}},
	{"grade", "GRADE-9", object{"grade", "amber", "feedback", "targets are there"}},
	{"grade", "GRADE-9", object{"grade", "red", "feedback", "no targets"}},
	{"return_for_amendment", "AMEND-1", object{"reason", "a target lacks a date"}},
	{"finalise", "FINAL-2", object{"waiver", "agreed with the head"}},
	{"revise", "AMEND-1", object{"reason", "a new school"}},
	{"reopen", "FINAL-4", object{"reason", "finalised too early"}},
	{"delete", "FINAL-4", object{"reason", "a duplicate"}},
	{"cease", "CHG-4", object{"on", "2026-02-10"}},
	{"carry_forward", "OOT-2", object{}},
}

// place is where a run has come: the moves that lead there, the stage, who may
// do what from there, as "role action stage" with the stage that follows, and
// whether the child is in no school.
type place struct {
	name, stage string
	moves       []move
	may         []string
	outOfSchool bool
}

// The moves of a plan the whole way round.
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
	ceased    = then(filled, move{"social_worker", "cease", object{"on", "2026-01-08"}})
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

// open is what may be done to any plan that is not over.
const open = "service_desk delete deleted, social_worker cease cancelled, business_support cease cancelled, system cease cancelled"

func places() []place {
	may := func(lists ...string) (all []string) {
		for _, l := range lists {
			all = append(all, strings.Split(l, ", ")...)
		}
		return all
	}
	const draft = "social_worker answer draft, social_worker reschedule_meeting draft, business_support reschedule_meeting draft, " +
		"social_worker attach draft, social_worker delegate delegated, business_support carry_forward draft, system carry_forward draft"
	const back = "social_worker attach returned, social_worker reassign checking"
	return []place{
		{"a draft", "draft", filled, may(open, draft), false},
		{"a draft that the social worker completes", "draft", then(started, fills("social_worker", "answer", 1, 2, 3, 4, 5, 6)...),
			may(open, strings.Replace(draft, "social_worker delegate delegated", "social_worker reassign checking", 1)), true},
		{"a subsequent draft", "draft", followed, may(open, draft, "business_support delegate delegated"), false},
		{"a delegated plan", "delegated", handed, may(open, "social_worker reschedule_meeting delegated",
			"business_support reschedule_meeting delegated", "designated_teacher attach delegated",
			"designated_teacher save_contribution delegated", "designated_teacher submit_contribution returned",
			"social_worker change_contributor delegated", "business_support change_contributor delegated",
			"social_worker retract draft", "business_support carry_forward delegated", "system carry_forward delegated"), false},
		{"a returned plan", "returned", returned, may(open, back, "social_worker activate returned"), false},
		{"an activated plan", "returned", activated, may(open, back, "social_worker answer returned", "social_worker redelegate delegated"), false},
		{"a plan being checked", "checking", checking, may(open, "business_support attach checking",
			"business_support send_for_grading grading", "business_support return_for_amendment returned", "business_support finalise finalised"), false},
		{"a plan being graded", "grading", inGrading, may(open, "virtual_school_consultant attach grading",
			"virtual_school_consultant grade checking", "virtual_school_consultant grade returned", "virtual_school_consultant return_for_amendment returned"), false},
		{"a finalised plan", "finalised", finalised, may("business_support revise returned", "service_desk reopen checking", "service_desk delete deleted"), false},
		{"a cancelled plan", "cancelled", ceased, nil, false},
		{"a deleted plan", "deleted", deleted, nil, false},
	}
}

// refusal returns the rule that refuses an action to a role.
func (p place) refusal(by, do, refuses string) string {
	switch {
	case by == "social_worker" && do == "finalise":
		return "FINAL-1"
	case by == "social_worker" && do == "delegate" && p.outOfSchool:
		return "DELEG-9"
	}
	return refuses
}

// workflowEntries tries every action in every role at every stage: those that
// may not be done, one after the other in one run for each role, since a
// refusal changes nothing; and each that may, in a run of its own.
func workflowEntries() (all []entry) {
	for _, p := range places() {
		for _, by := range roles {
			all = append(all, p.refusals(by))
		}
		for _, a := range tried {
			for _, m := range p.may {
				by, rest, _ := strings.Cut(m, " ")
				do, to, _ := strings.Cut(rest, " ")
				if do == a.do && (do != "grade" || (to == "returned") == (a.with[1] == "red")) {
					all = append(all, p.accepted(move{by, do, a.with}, a.refuses, to))
				}
			}
		}
	}
	return all
}

// refusals is what a role may not do there.
func (p place) refusals(by string) entry {
	moves, rules, expect := slices.Clone(p.moves), []string{}, p.passed()
	try := func(m move, refused string) {
		moves, expect = append(moves, m), append(expect, object{"refused", refused})
		if !slices.Contains(rules, refused) {
			rules = append(rules, refused)
		}
	}
	for _, start := range []string{"start_initial", "start_subsequent"} {
		starts := by == "social_worker" && start == "start_initial" || by == "business_support" && start == "start_subsequent"
		over := p.stage == "finalised" || p.stage == "cancelled" || p.stage == "deleted"
		switch {
		case !starts:
			try(move{by, start, object{"meeting", "2026-06-17"}}, "START-1")
		case !over:
			try(move{by, start, object{"meeting", "2026-06-17"}}, "START-2")
		}
	}
	for _, a := range tried {
		if !slices.ContainsFunc(p.may, func(m string) bool { return strings.HasPrefix(m, by+" "+a.do+" ") }) {
			try(move{by, a.do, a.with}, p.refusal(by, a.do, a.refuses))
		}
	}
	return entry{rules: strings.Join(rules, " "), ask: "pep.workflow", given: p.run(moves),
		expect: object{"steps", expect, "final", object{"stage", p.stage}}, note: by + " and " + p.name}
}

// accepted is a move that may be made there.
func (p place) accepted(m move, rule, to string) entry {
	return entry{rules: rule, ask: "pep.workflow", given: p.run(then(p.moves, m)),
		expect: object{"steps", append(p.passed(), object{"refused", nil, "stage", to}), "final", object{"stage", to}},
		note:   fmt.Sprintf("%s: %s by %s", p.name, m.do, m.by)}
}

// passed is what is expected of the moves that lead to a place: no refusal.
func (p place) passed() (all []object) {
	for range p.moves {
		all = append(all, object{"refused", nil})
	}
	return all
}

// run gives moves their instants: an hour after each other, but carrying
// forward once the term is over.
func (p place) run(moves []move) object {
	var steps []object
	for n, m := range moves {
		at := fmt.Sprintf("2026-01-%02dT%02d:00:00Z", 5+n/10, 8+n%10)
		if m.do == "carry_forward" {
			at = "2026-09-02T09:00:00Z"
		}
		steps = append(steps, object{"at", at, "by", m.by, "do", m.do, "with", m.with})
	}
	given := object{"child", object{"born", "2014-05-20"}, "steps", steps}
	if p.outOfSchool {
		given = append(given, "establishment", nil)
	}
	return given
}
