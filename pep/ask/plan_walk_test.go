package ask_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
)

// keeper is a program that holds a child's plans itself and asks about one step at
// a time: all that it keeps is the states.
type keeper struct {
	facts object
	plans []any // in the order in which they were started
}

// newKeeper returns a keeper of the facts of a run.
func newKeeper(given object) *keeper {
	facts := object{}
	for name, value := range given {
		if name != "steps" {
			facts[name] = value
		}
	}
	child := given["child"].(object)
	if steps := given["steps"].([]any); child["recordedYear"] != nil && child["recordedOn"] == nil && len(steps) > 0 {
		term, _ := json.Marshal(ask.Question{Ask: "term.of", Given: instant(steps[0])})
		var got struct{ Facts []struct{ Value any } }
		_ = json.Unmarshal(ask.AnswerJSON(pep.Lancashire(), term), &got)
		copied := object{"recordedOn": got.Facts[0].Value}
		for name, value := range child {
			if value != nil {
				copied[name] = value
			}
		}
		facts["child"] = copied
	}
	return &keeper{facts: facts}
}

func instant(step any) []byte {
	given, _ := json.Marshal(object{"instant": step.(object)["at"]})
	return given
}

// question returns the question about a step on the latest plan, with the child's
// plans in one order or the other.
func (k *keeper) question(t *testing.T, name string, step any, reversed bool) ask.Question {
	t.Helper()
	given := object{"plan": nil, "facts": k.facts}
	s := step.(object)
	if name == "plan.step" {
		given["step"] = step
	} else {
		given["at"], given["by"] = s["at"], s["by"]
	}
	if n := len(k.plans); n > 0 && s["do"] != "start_initial" && s["do"] != "start_subsequent" {
		given["plan"] = k.plans[n-1]
	}
	plans := slices.Clone(k.plans)
	if reversed {
		slices.Reverse(plans)
	}
	k.facts["plans"] = plans
	doc, err := json.Marshal(given)
	require.NoError(t, err)
	return ask.Question{Ask: name, Given: doc}
}

// take takes a step, and returns what it showed.
func (k *keeper) take(t *testing.T, step any, overrides []byte, reversed bool) object {
	t.Helper()
	q := k.question(t, "plan.step", step, reversed)
	q.Overrides = overrides
	var got object
	from := json.NewDecoder(bytes.NewReader(ask.Answer(pep.Lancashire(), q).JSON()))
	from.UseNumber()
	require.NoError(t, from.Decode(&got))
	if do := step.(object)["do"]; got["event"] == nil {
		return got
	} else if do == "start_initial" || do == "start_subsequent" {
		k.plans = append(k.plans, got["plan"])
	} else {
		k.plans[len(k.plans)-1] = got["plan"]
	}
	return got
}

// TestEveryRunIsWalkedThroughPlanStep takes each run of every corpus one step at a
// time, with nothing kept between the steps but the states of the child's plans:
// each step shows what it shows in the run, and the last leaves what the run leaves.
func TestEveryRunIsWalkedThroughPlanStep(t *testing.T) {
	t.Parallel()
	walked, steps, different := 0, 0, 0
	for _, corpus := range own(t) {
		for _, c := range corpus.Cases {
			var given, ran object
			if c.Ask != "pep.workflow" || json.Unmarshal(c.Given, &given) != nil {
				continue
			}
			require.NoError(t, json.Unmarshal(ask.Answer(pep.Lancashire(), c.Question()).JSON(), &ran))
			if ran["invalid"] != nil {
				continue
			}
			k, final := newKeeper(given), any(nil)
			shown := ran["steps"].([]any)
			for n, step := range given["steps"].([]any) {
				got := k.take(t, step, c.Overrides, n%2 == 1)
				for _, member := range []string{"refused", "stage", "tray", "notices", "rules", "reason", "message", "facts"} {
					if want := shown[n].(object)[member]; !same(t, want, got[member]) {
						different++
						t.Errorf("%s step %d: %s: the run has %v, plan.step %v", c.ID, n+1, member, want, got[member])
					}
				}
				if steps++; got["final"] != nil || len(k.plans) == 0 {
					final = got["final"]
				}
			}
			if !same(t, ran["final"], final) {
				different++
				t.Errorf("%s: final: the run has %v, plan.step %v", c.ID, ran["final"], final)
			}
			walked++
		}
	}
	t.Logf("%d walked in %d steps, %d differences", walked, steps, different)
	require.Greater(t, walked, 900)
}

// same reports whether two values are the same as JSON.
func same(t *testing.T, a, b any) bool {
	t.Helper()
	x, err := json.Marshal(a)
	require.NoError(t, err)
	y, err := json.Marshal(b)
	require.NoError(t, err)
	return string(x) == string(y)
}
