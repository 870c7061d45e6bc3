package ask_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// asked is a question with its answer, as a client sees them.
type asked struct{ given, overrides, got map[string]any }

func (a asked) text(member string) string { s, _ := a.given[member].(string); return s }

func (a asked) day(member string) civil.Date { return civil.MustParse(a.text(member)) }

// fact returns the value of a fact in the answer, or nil.
func (a asked) fact(name string) any {
	for _, f := range a.got["facts"].([]any) {
		if f := f.(map[string]any); f["name"] == name {
			return f["value"]
		}
	}
	return nil
}

// change is a new value for one member of "given".
type change struct {
	member string
	to     any
}

// to returns a flip that always changes a member to the same value.
func to(member string, value any) func(asked) change {
	return func(asked) change { return change{member, value} }
}

// facts maps some members of "given" to the names of the facts that show them. Any other
// member has a fact of the same name.
var facts = map[string][]string{
	"history": {"gradedThisTerm", "gradedInPeriod", "latestGrade"}, "education": {"inNursery"},
	"lookedAfter": {"lookedAfter"}, "overrides": nil, "instant": {"date"}, "setting": {"setting"},
	"step": {"do"}, "plan": {"stage"}, "facts": {"stage"}, "child": {"born"}, "establishment": {"establishment", "status"}, "contributor": {"active"},
}

// flips holds a function for each question and each reason or deciding rule. The function
// returns a change, and this change must alter the outcome.
var flips = map[string]map[string]func(asked) change{
	"term.of": {"in_term": func(a asked) change {
		before := civil.MustParse(a.got["start"].(string)).AddDays(-1).String()
		if a.given["instant"] != nil {
			return change{"instant", before + "T12:00:00Z"}
		}
		return change{"date", before}
	}},
	"term.age": {"age": func(a asked) change {
		if a.got["age"].(float64) > 20 {
			return change{"on", a.day("on").AddMonths(-13).String()}
		}
		return change{"on", a.day("on").AddMonths(13).String()}
	}},
	"forms.year_group": {
		"year_group": func(a asked) change {
			switch {
			case a.given["recordedYear"] == "Y6" || a.given["recordedYear"] == "6":
				return change{"recordedYear", "Y9"}
			case a.given["recordedYear"] != nil && a.given["recordedYear"] != "X":
				return change{"recordedYear", "Y6"}
			case a.got["yearGroup"] == "pre-nursery":
				return change{"on", a.day("on").AddMonths(36).String()}
			}
			return change{"on", a.day("on").AddMonths(13).String()}
		},
		"no_form_type": recorded,
	},
	"forms.type": {
		"form_type": func(a asked) change {
			setting, _ := a.given["setting"].(map[string]any)
			switch {
			case a.got["formType"] == "early_years" && a.fact("recordedYear") != nil:
				return change{"recordedYear", "Y6"}
			case a.got["formType"] == "early_years":
				return change{"on", a.day("on").AddMonths(6 * 12).String()}
			case a.fact("setting") == "special":
				return change{"setting", map[string]any{"special": false}}
			case setting["gias"] != nil:
				return change{"setting", map[string]any{"gias": 7}}
			}
			return change{"setting", map[string]any{"special": true}}
		},
		"no_form_type": recorded,
	},
	"forms.sections": {"sections": func(a asked) change {
		if a.text("formType") == "early_years" {
			return change{"formType", "primary_mainstream"}
		}
		return change{"formType", "early_years"}
	}},
	"pep.in_age_window": {
		"past_last_term": eligibilityFlips["past_last_term"], "too_young": eligibilityFlips["too_young"], "not_in_nursery": eligibilityFlips["not_in_nursery"],
		"required": func(a asked) change {
			last, _ := term.Parse(a.fact("lastTerm").(string))
			return change{"term", last.Next().String()}
		},
	},
	"pep.required_on":       eligibilityFlips,
	"pep.required_for_term": eligibilityFlips,
	"pep.last_term":         {"last_term": func(a asked) change { return change{"born", a.day("born").AddMonths(12).String()} }},
	"pep.initial_deadlines": {
		"planned": to("emergency", true), "emergency": to("emergency", false), "beyond_holidays": to("enteredCare", "2026-01-05"),
	},
	"delegation.due": {
		"DUE-1":  func(a asked) change { return change{"meeting", a.day("meeting").AddDays(7).String()} },
		"DUE-4":  func(a asked) change { return change{"delegated", a.text("meeting")} },
		"DUE-4b": func(a asked) change { return change{"delegated", a.text("meeting")} },
		"DUE-7":  to("meeting", "2026-01-14"),
	},
	"delegation.timeliness": {
		"not_due":   func(a asked) change { return change{"today", a.text("due")} },
		"due_today": func(a asked) change { return change{"today", a.day("due").AddDays(1).String()} },
		"overdue":   func(a asked) change { return change{"today", a.text("due")} },
		"on_time":   func(a asked) change { return change{"submitted", a.day("due").AddDays(1).String()} },
		"late":      func(a asked) change { return change{"submitted", a.text("due")} },
		"beyond_holidays": func(a asked) change {
			if a.given["submitted"] != nil {
				return change{"submitted", a.text("due")}
			}
			return change{"today", a.text("due")}
		},
	},
	"delegation.assignment": {
		"next_term": yearLater, "skips_term": yearLater, "same_term": yearLater,
		"no_next_meeting":        to("lastTerm", nil),
		"comment_term":           goodComment,
		"comment_dash":           goodComment,
		"comment_date":           goodComment,
		"other_term":             goodComment,
		"next_meeting_too_early": goodComment,
		"next_meeting_needed":    func(a asked) change { return change{"lastTerm", a.text("formTerm")} },
	},
	"delegation.reminders": {
		"reminded": func(a asked) change { return change{"submitted", a.day("meeting").AddDays(-1).String()} },
		"not_reminded": func(a asked) change {
			switch {
			case a.day("delegated").After(a.day("meeting")):
				return change{"delegated", a.text("meeting")}
			case a.given["submitted"] != nil:
				return change{"submitted", nil}
			}
			return change{"retracted", nil}
		},
	},
	"delegation.carry_forward": {
		"carried": func(a asked) change { return change{"submitted", a.text("meeting")} },
		"not_yet_carried": func(a asked) change {
			if strings.Contains(a.got["message"].(string), "came back") {
				return change{"submitted", nil}
			}
			return change{"today", a.day("today").AddMonths(24).String()}
		},
		"already_carried": to("timesCarried", 0),
		"carrying_off":    to("overrides", nil),
	},
	"pep.grading": {
		"no_establishment":     to("establishment", "somewhere"),
		"latest_is_red":        regraded,
		"first_of_term":        func(a asked) change { return history(a, a.text("establishment"), "somebody", "2026-02-03") },
		"establishment_graded": to("history", []any{}),
		"child_due":            func(a asked) change { return history(a, "elsewhere", a.text("child"), a.text("meeting")) },
		"child_graded":         to("history", []any{}),
		"all_graded":           to("overrides", nil),
	},
	"pep.payment": {
		"payable": to("stage", "checking"), "no_longer_a_plan": to("stage", "finalised"), "not_finalised": to("stage", "finalised"),
		"year_group_unpaid": to("yearGroup", "Y5"), "not_adequate": to("grade", "amber"), "no_rate": to("term", "SPRING 2026"),
		"payee_unknown":   to("establishment", map[string]any{"gias": 11, "dfe": "888/4000", "finance": true}),
		"payee_unpaid":    to("establishment", map[string]any{"gias": 1, "dfe": "888/4000", "finance": true}),
		"finance_missing": to("establishment", map[string]any{"gias": 34, "dfe": "888/4000", "finance": true}),
	},
	"pep.identifier": {
		"valid": to("value", "no identifier"),
		"not_valid": func(a asked) change {
			return change{"value", map[string]string{"upn": "B801200005001", "dfe_number": "888/4000", "urn": "123456"}[a.text("kind")]}
		},
	},
	"plan.step": {
		"done":       stepWith("by", "personal_adviser"),
		"wrong_role": stepWith("by", "system"),
		"wrong_stage": func(a asked) change {
			if a.given["step"].(object)["do"] == "finalise" {
				return change{"plan", json.RawMessage(states(whole()[:10]...)[0])}
			}
			return change{"plan", json.RawMessage(states(starts, first, second)[0])}
		},
		"social_worker_never_finalises": stepWith("by", "business_support"),
		"sealed_time_over":              stepWith("at", "2026-02-12T09:00:00Z"),
		"not_the_contributor":           stepWith("actor", nil),
		"same_policy":                   stepWith("by", "social_worker"),
		"establishment_not_current":     factsWith("establishment", object{}),
		"contributor_not_active":        factsWith("contributor", nil),
		"not_yet_selectable":            factsWith("contributor", nil),
		"already_the_contributor":       factsWith("contributor", nil),
		"nobody_to_delegate_to":         factsWith("establishment", object{}),
		"grade_required":                factsWith("gradingRequired", false),
		"open_plan":                     factsWith("plans", nil),
		"first_plan_exists":             factsWith("plans", nil),
		"care_ended":                    factsWith("plans", nil),
		"no_first_plan":                 factsWith("plans", []any{json.RawMessage(states(whole()...)[0])}),
	},
	"plan.look": {"looked": func(a asked) change {
		if a.text("by") == "social_worker" {
			return change{"by", "personal_adviser"}
		}
		return change{"by", "social_worker"}
	}},
	"pep.missing": {
		"returned": to("plans", []any{}), "draft": returnedPlan, "overdue": returnedPlan, "delegated_not_due": returnedPlan,
		"no_form": returnedPlan, "rolled_over": returnedPlan, "new_to_care": returnedPlan, "care_ended": returnedPlan,
		"not_required": to("child", object{"born": "2014-05-20", "lookedAfter": []any{object{"from": "2014-05-20"}}}),
	},
	"delegation.preflight": {
		"ready":                     to("contributor", object{"active": false}),
		"establishment_not_current": to("establishment", object{"status": "current"}),
		"contributor_not_active":    to("contributor", object{"active": true}),
		"not_yet_selectable":        to("at", "2026-06-01T09:00:00Z"),
	},
	"forms.questions": {"questions": func(a asked) change {
		switch {
		case a.given["section"] != nil:
			return change{"section", 3}
		case a.text("formType") == "early_years":
			return change{"formType", "primary_mainstream"}
		}
		return change{"formType", "early_years"}
	}},
	"pep.retention": {
		"from_birth": func(a asked) change { return change{"died", a.day("born").AddMonths(120).String()} },
		"from_death": to("died", nil),
	},
}

var eligibilityFlips = map[string]func(asked) change{
	"past_last_term": func(a asked) change {
		last, _ := term.Parse(a.fact("lastTerm").(string))
		if a.given["on"] != nil {
			return change{"on", pep.Lancashire().Calendar().Last(last).String()}
		}
		return change{"term", last.String()}
	},
	"too_young": func(a asked) change { // the child becomes old enough under every policy
		if a.given["on"] != nil {
			return change{"born", a.day("on").AddMonths(-6 * 12).String()}
		}
		t, _ := term.Parse(a.text("term"))
		return change{"born", pep.Lancashire().Calendar().First(t).AddMonths(-6 * 12).String()}
	},
	"not_in_nursery": func(a asked) change {
		return change{"education", []any{map[string]any{"kind": "nursery", "from": a.text("born")}}}
	},
	"not_looked_after": to("lookedAfter", nil),
	"other_authority":  to("lookedAfter", nil),
	"short_break":      to("lookedAfter", nil),
	"required":         to("lookedAfter", []any{}),
}

// stepWith returns a flip that changes a member of the step, and factsWith a flip that
// changes a member of the facts.
func stepWith(member string, value any) func(asked) change { return within("step", member, value) }

func factsWith(member string, value any) func(asked) change { return within("facts", member, value) }

func within(of, member string, value any) func(asked) change {
	return func(a asked) change {
		other := maps.Clone(a.given[of].(object))
		other[member] = value
		return change{of, other}
	}
}

// returnedPlan gives the child a returned plan for the term.
func returnedPlan(a asked) change {
	return change{"plans", []any{object{"term": a.text("term"), "stage": "returned"}}}
}

func recorded(a asked) change {
	if a.given["recordedOn"] != nil {
		return change{"recordedYear", "Y1"}
	}
	return change{"recordedYear", "Y13"}
}

// yearLater moves the form's term one year later, so that the next meeting is before that
// term, or closer to it.
func yearLater(a asked) change {
	t, _ := term.Parse(a.text("formTerm"))
	return change{"formTerm", t.Add(3).String()}
}

func goodComment(a asked) change {
	t, _ := term.Parse(a.text("formTerm"))
	next := pep.Lancashire().Calendar().First(t.Next())
	return change{"comment", fmt.Sprintf("%s—%02d/%02d/%04d", t.Season(), next.Day(), next.Month(), next.Year())}
}

// history adds a grade to the history.
func history(a asked, establishment, child, on string) change {
	grade := map[string]any{"establishment": establishment, "term": a.text("term"), "grade": "green", "child": child, "on": on}
	return change{"history", append(slices.Clone(a.given["history"].([]any)), grade)}
}

// regraded makes every grade green.
func regraded(a asked) change {
	var green []any
	for _, g := range a.given["history"].([]any) {
		g := maps.Clone(g.(map[string]any))
		g["grade"] = "green"
		green = append(green, g)
	}
	return change{"history", green}
}

// outcome returns the answer without the members that explain it.
func (a asked) outcome() map[string]any {
	o := maps.Clone(a.got)
	for _, name := range []string{"facts", "parameters", "message", "rules", "revision", "contract", "plan", "final", "event"} {
		delete(o, name)
	}
	return o
}

// ask asks the question, and reads the answer.
func (a *asked) ask(t *testing.T, name string) {
	t.Helper()
	given, err := json.Marshal(a.given)
	require.NoError(t, err)
	q := ask.Question{Ask: name, Given: given}
	if a.overrides != nil {
		q.Overrides, err = json.Marshal(a.overrides)
		require.NoError(t, err)
	}
	a.got = nil
	require.NoError(t, json.Unmarshal(ask.Answer(pep.Lancashire(), q).JSON(), &a.got))
}

// with returns a copy of the question with one change made to it.
func (a asked) with(c change) asked {
	if c.member == "overrides" {
		return asked{given: a.given}
	}
	given := maps.Clone(a.given)
	given[c.member] = c.to
	return asked{given: given, overrides: a.overrides}
}

// TestChangingADecidingFactChangesTheAnswer goes through the corpus. Each answer names the
// facts that decided. If one of them changes, and nothing else, the outcome must change.
func TestChangingADecidingFactChangesTheAnswer(t *testing.T) {
	t.Parallel()
	flipped := map[string]int{}
	for _, corpus := range own(t) {
		for _, c := range corpus.Cases {
			var a asked
			if c.Ask == "pep.workflow" || json.Unmarshal(c.Given, &a.given) != nil {
				continue
			}
			if c.Overrides != nil && json.Unmarshal(c.Overrides, &a.overrides) != nil {
				continue
			}
			if a.ask(t, c.Ask); a.got["invalid"] != nil {
				continue
			}
			reason := a.got["reason"].(string)
			flip := flips[c.Ask][reason]
			if flip == nil {
				reason = a.got["rules"].([]any)[0].(string)
				flip = flips[c.Ask][reason]
			}
			require.NotNil(t, flip, "%s: %s for %s has no flip", c.ID, c.Ask, reason)
			changed := flip(a)
			a.requireFact(t, c.ID, changed.member)
			other := a.with(changed)
			other.ask(t, c.Ask)
			require.NotContains(t, other.got, "invalid", "%s: %s changed to %v", c.ID, changed.member, changed.to)
			require.NotEqual(t, a.outcome(), other.outcome(), "%s %s for %s: %s changed to %v", c.ID, c.Ask, reason, changed.member, changed.to)
			flipped[c.Ask+" "+reason]++
		}
	}
	for name, reasons := range flips {
		for reason := range reasons {
			require.NotZero(t, flipped[name+" "+reason], "%s for %s: no case of the corpus was flipped", name, reason)
		}
	}
	n := 0
	for _, cases := range flipped {
		n += cases
	}
	t.Logf("%d cases flipped by %d facts", n, len(flipped))
	require.Greater(t, n, 2000)
}

// requireFact requires that the answer's facts show the member.
func (a asked) requireFact(t *testing.T, id, member string) {
	t.Helper()
	names, other := facts[member]
	if !other {
		names = []string{member}
	}
	var named []string
	for _, f := range a.got["facts"].([]any) {
		named = append(named, f.(map[string]any)["name"].(string))
	}
	for _, name := range names {
		if slices.Contains(named, name) {
			return
		}
	}
	require.Empty(t, names, "%s: %s is not among the facts %v", id, member, named)
}
