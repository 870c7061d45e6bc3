package ask_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
)

// keeper acts as a program that holds a child's plans itself and asks about one step at a
// time. It keeps nothing but the states.
type keeper struct {
	facts  object
	plans  []any                       // the states of the plans, in the order in which the plans were started
	answer func(q ask.Question) []byte // answers a question; if nil, this process answers
}

// newKeeper returns a keeper with the facts of a run.
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

func instant(step any) []byte { return []byte(asJSON(object{"instant": step.(object)["at"]})) }

// states takes steps, none of which may be refused, and returns the states of the child's
// plans after them.
func states(lines ...string) (all []string) {
	var given object
	if err := json.Unmarshal([]byte(steps(lines...)), &given); err != nil {
		panic(err)
	}
	k := newKeeper(given)
	for _, step := range given["steps"].([]any) {
		if got := k.take(step, nil, false); got["event"] == nil {
			panic(fmt.Sprint(step, " shows ", got))
		}
	}
	for _, plan := range k.plans {
		all = append(all, asJSON(plan))
	}
	return all
}

func asJSON(v any) string {
	doc, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(doc)
}

// question returns the question about a step on the latest plan. The child's plans are in
// the order of their starts, or reversed.
func (k *keeper) question(name string, step any, reversed bool) ask.Question {
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
	return ask.Question{Ask: name, Given: []byte(asJSON(given))}
}

// take takes a step, and returns what it showed.
func (k *keeper) take(step any, overrides []byte, reversed bool) (got object) {
	q := k.question("plan.step", step, reversed)
	q.Overrides = overrides
	answer := k.answer
	if answer == nil {
		answer = func(q ask.Question) []byte { return ask.Answer(pep.Lancashire(), q).JSON() }
	}
	from := json.NewDecoder(bytes.NewReader(answer(q)))
	from.UseNumber()
	if err := from.Decode(&got); err != nil {
		panic(err)
	}
	if do := step.(object)["do"]; got["event"] == nil {
		return got
	} else if do == "start_initial" || do == "start_subsequent" {
		k.plans = append(k.plans, got["plan"])
	} else {
		k.plans[len(k.plans)-1] = got["plan"]
	}
	return got
}

// TestPlanStepAgreesWithEveryRun takes each run of every corpus one step at a time, and keeps
// nothing between the steps but the states of the child's plans. Each step must show what it
// shows in the run, and the final plan must be the same. For fifty of the runs, each step has
// its own process.
func TestPlanStepAgreesWithEveryRun(t *testing.T) {
	t.Parallel()
	program := filepath.Join(t.TempDir(), "policycheck")
	said, err := exec.Command("go", "build", "-o", program, "../../examples/policycheck").CombinedOutput()
	require.NoError(t, err, string(said))
	processes := 0
	fresh := func(q ask.Question) []byte {
		processes++
		asked := exec.Command(program, "ask")
		asked.Stdin = strings.NewReader(asJSON(q) + "\n")
		answer, err := asked.Output()
		require.NoError(t, err)
		return answer
	}
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
			if walked%20 == 0 && walked < 50*20 {
				k.answer = fresh
			}
			shown := ran["steps"].([]any)
			for n, step := range given["steps"].([]any) {
				got := k.take(step, c.Overrides, n%2 == 1)
				for _, member := range []string{"refused", "stage", "tray", "notices", "rules", "reason", "message", "facts"} {
					if want := shown[n].(object)[member]; !same(want, got[member]) {
						different++
						t.Errorf("%s step %d: %s: the run has %v, plan.step %v", c.ID, n+1, member, want, got[member])
					}
				}
				if steps++; got["final"] != nil || len(k.plans) == 0 {
					final = got["final"]
				}
			}
			if !same(ran["final"], final) {
				different++
				t.Errorf("%s: final: the run has %v, plan.step %v", c.ID, ran["final"], final)
			}
			walked++
		}
	}
	t.Logf("%d walked in %d steps, %d of them each in a process of its own: %d differences", walked, steps, processes, different)
	require.Greater(t, walked, 900)
}

// same reports whether two values are the same as JSON.
func same(a, b any) bool { return asJSON(a) == asJSON(b) }
