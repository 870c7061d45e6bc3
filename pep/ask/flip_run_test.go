package ask_test

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
)

type object = map[string]any

// play is a run of the workflow that a test changes, with the index of one of its steps.
type play struct {
	given object
	steps []any
	at    int
}

// put changes a member of the step's "with".
func (p play) put(name string, value any) {
	with, _ := p.steps[p.at].(object)["with"].(object)
	with = maps.Clone(with)
	if with == nil {
		with = object{}
	}
	with[name] = value
	p.steps[p.at].(object)["with"] = with
}

// fact changes a member of a fact of the run, such as the child's lookedAfter.
func (p play) fact(of, name string, value any) {
	in, _ := p.given[of].(object)
	in = maps.Clone(in)
	if in == nil {
		in = object{}
	}
	in[name] = value
	p.given[of] = in
}

// earlier changes a member of "with" in every earlier step that takes a given action.
func (p play) earlier(do, name string, value any) {
	for n := range p.at {
		if p.steps[n].(object)["do"] == do {
			play{p.given, p.steps, n}.put(name, value)
		}
	}
}

// stepFlips holds, for each code of a refusal, the change that lifts the refusal. A code
// that is not listed depends on the earlier steps, so the test changes those steps instead.
var stepFlips = map[string]func(play){
	"missing_member": func(p play) {
		for name, value := range map[string]object{
			"answer": {"section": 1, "fill": "n/a"}, "save_contribution": {"section": 3, "fill": "n/a"}, "attach": {"name": "a", "size": 1},
			"cease": {"on": "2026-03-01"}, "reschedule_meeting": {"meeting": "2026-01-28"},
		}[p.steps[p.at].(object)["do"].(string)] {
			p.put(name, value)
		}
	},
	"blank": func(p play) {
		switch p.steps[p.at].(object)["do"] {
		case "attach":
			p.put("name", "report.pdf")
		case "redelegate":
			p.put("comments", "targets are missing")
		default:
			p.put("reason", "a target is missing")
		}
	},
	"feedback_missing":     func(p play) { p.put("feedback", "targets are missing") },
	"not_confirmed":        func(p play) { p.put("confirmedWithSetting", true) },
	"not_all_sections":     func(p play) { p.put("sections", "all") },
	"no_such_section":      func(p play) { p.put("section", 3) },
	"past_date":            func(p play) { p.put("due", "2027-01-01") },
	"no_meeting":           func(p play) { p.put("meeting", "2026-01-14") },
	"grading_not_required": func(p play) { p.put("reason", "quality of the targets") },
	"grade_required":       func(p play) { p.given["gradingRequired"] = false },
	"graded_red":           func(p play) { p.earlier("grade", "grade", "green") },
	"comment_term":         nextTerm, "comment_dash": nextTerm, "comment_date": nextTerm, "other_term": nextTerm, "next_meeting_too_early": nextTerm, "next_meeting_needed": nextTerm,

	"establishment_not_current": func(p play) { p.fact("establishment", "status", "current") },
	"contributor_not_active":    func(p play) { p.fact("contributor", "active", true) },
	"not_yet_selectable":        func(p play) { p.fact("contributor", "actionedAt", "2020-01-01T09:00:00Z") },
	"nobody_to_delegate_to": func(p play) {
		if p.given["establishment"] == nil {
			p.given["establishment"] = object{}
		}
		p.fact("child", "consentToShare", true)
	},
	"not_self_completed": func(p play) { p.given["establishment"] = nil },
	"too_young":          func(p play) { p.fact("child", "born", "2014-05-20") },
	"past_last_term":     func(p play) { p.fact("child", "born", "2014-05-20") },
	"not_in_nursery":     func(p play) { p.fact("child", "born", "2014-05-20") },
	"not_looked_after":   func(p play) { p.fact("child", "lookedAfter", nil) },
	"other_authority":    func(p play) { p.fact("child", "lookedAfter", nil) },
	"short_break":        func(p play) { p.fact("child", "lookedAfter", nil) },
	"not_yet_carried":    func(p play) { p.steps[p.at].(object)["at"] = "2027-06-01T09:00:00Z" },
}

func nextTerm(p play) { p.put("comment", "SPRING—17/06/2026") }

// copied returns a copy of the run that ends with the step to be changed.
func copied(given object, at int) play {
	p := play{given: maps.Clone(given), at: at}
	for _, s := range given["steps"].([]any)[:at+1] {
		p.steps = append(p.steps, maps.Clone(s.(object)))
	}
	return p
}

// last asks about the run. It returns what the run's last step showed, and whether the
// question was valid.
func (p play) last(t *testing.T, overrides json.RawMessage) (object, bool) {
	t.Helper()
	p.given["steps"] = p.steps
	given, err := json.Marshal(p.given)
	require.NoError(t, err)
	var got object
	doc := ask.Answer(pep.Lancashire(), ask.Question{Ask: "pep.workflow", Given: given, Overrides: overrides}).JSON()
	require.NoError(t, json.Unmarshal(doc, &got))
	steps, ok := got["steps"].([]any)
	if !ok {
		return nil, false
	}
	return steps[len(steps)-1].(object), true
}

// roles lists the roles that a test tries in turn if a step was refused because of the
// role.
var roles = []string{"social_worker", "business_support", "designated_teacher", "virtual_school_consultant", "service_desk", "system"}

// turns reports whether, after some change, the step is no longer refused for the same
// reason.
func turns(t *testing.T, c ask.Case, given object, n int, shown object) bool {
	t.Helper()
	code := shown["reason"].(string)
	other := func(p play) bool {
		now, ok := p.last(t, c.Overrides)
		return ok && now["reason"] != code
	}
	p := copied(given, n)
	change := stepFlips[code]
	switch {
	case code == "wrong_role" || code == "social_worker_never_finalises":
		return slices.ContainsFunc(roles, func(role string) bool {
			p := copied(given, n)
			p.steps[n].(object)["by"] = role
			return other(p)
		})
	case code == "carrying_off":
		now, ok := p.last(t, nil)
		return ok && now["reason"] != code
	case change != nil:
		change(p)
		requireNamed(t, c.ID, given, p, shown)
		return other(p)
	}
	p.steps = slices.Insert(p.steps, n, any(object{"at": p.steps[n].(object)["at"], "by": "business_support",
		"do": "send_for_grading", "with": object{"reason": "quality of the targets"}}))
	if other(p) { // the step may succeed if the plan is graded first
		return true
	}
	for before := range n { // the step may succeed earlier, at another stage
		p := copied(given, n)
		p.steps = append(slices.Clone(p.steps[:before]), p.steps[n])
		if other(p) {
			return true
		}
		p = copied(given, n) // the step may also succeed if an earlier step is left out
		p.steps = slices.Delete(p.steps, before, before+1)
		if other(p) {
			return true
		}
	}
	return false
}

// requireNamed requires that the refused step names the changed fact.
func requireNamed(t *testing.T, id string, given object, p play, refused object) {
	t.Helper()
	var named []string
	for _, f := range refused["facts"].([]any) {
		name, _, _ := strings.Cut(f.(object)["name"].(string), ".")
		named = append(named, name)
	}
	was, is := given["steps"].([]any)[p.at].(object), p.steps[p.at].(object)
	for changed, differs := range map[string]bool{
		"with": !reflect.DeepEqual(was["with"], is["with"]), "on": was["at"] != is["at"],
		"child": !reflect.DeepEqual(given["child"], p.given["child"]), "contributor": !reflect.DeepEqual(given["contributor"], p.given["contributor"]),
	} {
		require.True(t, !differs || slices.Contains(named, changed) || slices.Contains(named, "establishment"), "%s step %d: %s is not among the facts %v", id, p.at, changed, named)
	}
}

// TestChangingTheFactThatRefusedAStepLiftsTheRefusal goes through the refused steps of the
// corpus. For each reason and rule, one change must lift the refusal of at least one step.
func TestChangingTheFactThatRefusedAStepLiftsTheRefusal(t *testing.T) {
	t.Parallel()
	refused, turned := map[string]int{}, map[string]int{}
	runs := slices.DeleteFunc(own(t), func(c ask.Corpus) bool { return c.Name != "workflow.json" })
	for result := range ask.Run(ask.By(pep.Lancashire()), runs...) {
		var given, got object
		if json.Unmarshal(result.Case.Given, &given) != nil {
			continue
		}
		require.NoError(t, json.Unmarshal(result.Got, &got))
		steps, _ := got["steps"].([]any)
		for n, s := range steps {
			step := s.(object)
			if step["refused"] == nil {
				continue
			}
			key := step["reason"].(string) + " " + step["refused"].(string)
			if refused[key]++; turned[key] == 0 && turns(t, result.Case, given, n, step) {
				turned[key]++
			}
		}
	}
	require.Greater(t, len(refused), 50)
	for key := range refused {
		if turned[key] == 0 {
			t.Errorf("%s: no step of the corpus was turned by a fact", key)
		}
	}
	t.Logf("%d reasons and rules for which steps are refused, each turned", len(turned))
}
