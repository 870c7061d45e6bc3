package ask_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
	"virtualschool.example/pep/rule"
)

// edited returns a state as JSON with another value for a member, or without the member if
// the value is "".
func edited(t *testing.T, state, member, value string) string {
	t.Helper()
	var members map[string]json.RawMessage
	require.NoError(t, json.Unmarshal([]byte(state), &members))
	if members[member] = json.RawMessage(value); value == "" {
		delete(members, member)
	}
	if member != "checksum" {
		delete(members, "checksum")
	}
	return asJSON(members)
}

// TestTheChecksumNoticesAChangedState changes states in plausible ways.
func TestTheChecksumNoticesAChangedState(t *testing.T) {
	t.Parallel()
	state := states(whole()[:5]...)[0]
	var members map[string]json.RawMessage
	require.NoError(t, json.Unmarshal([]byte(state), &members))
	sum := string(members["checksum"])
	for member, value := range map[string]string{
		"version": "77", "kind": `"subsequent"`, "since": `"9999-12-31"`, "started": `"2026-01-02"`, "due": `"2026-03-01"`,
		"delegated": `"2026-01-05"`, "submitted": `"2026-01-09"`, "grade": "", "checksum": `"00000000"`,
	} {
		changed := edited(t, edited(t, state, member, value), "checksum", sum)
		if member == "checksum" {
			changed = edited(t, state, member, value)
		}
		if same(json.RawMessage(changed), json.RawMessage(state)) {
			continue
		}
		for _, question := range []string{"plan.step", "plan.look"} {
			given := `{"plan": ` + changed + `, "facts": ` + theFacts + `, "step": ` + repins + `}`
			if question == "plan.look" {
				given = `{"plan": ` + changed + `, "facts": ` + theFacts + `, "at": "2026-01-28T09:00:00Z", "by": "system"}`
			}
			require.Equal(t, "checksum", answer(t, question, given)["invalid"], "%s: %s", question, member)
		}
		missing := `{"term": "SPRING 2026", "today": "2026-01-28", "child": {"born": "2014-05-20"}, "plans": [` + changed + `]}`
		require.Equal(t, "checksum", answer(t, "pep.missing", missing)["invalid"], member)
	}
}

// repins is a step that does not depend on the stage of an open plan.
const repins = `{"at": "2026-01-28T09:00:00Z", "by": "system", "do": "repin", "with": {}}`

// TestAStateIsASnapshot checks that the reader of states reads every member that a
// pep.Snapshot can have, and no other.
func TestAStateIsASnapshot(t *testing.T) {
	t.Parallel()
	var names []string
	var walk func(reflect.Type)
	walk = func(of reflect.Type) {
		for n := range of.NumField() {
			if f := of.Field(n); f.Anonymous {
				walk(f.Type)
			} else {
				name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
				names = append(names, name)
			}
		}
	}
	walk(reflect.TypeFor[pep.Snapshot]())
	names = append(names, "checksum")
	var schema struct {
		Defs struct {
			Asked struct {
				AllOf []struct {
					If struct {
						Properties struct{ Ask struct{ Const string } }
					}
					Then struct {
						Properties struct {
							Given struct {
								Properties map[string]struct{ Properties map[string]any }
							}
						}
					}
				}
			}
		} `json:"$defs"`
	}
	require.NoError(t, json.Unmarshal(ask.Schema(), &schema))
	for _, q := range schema.Defs.Asked.AllOf {
		if q.If.Properties.Ask.Const == "plan.step" {
			var read []string
			for name := range q.Then.Properties.Given.Properties["plan"].Properties {
				read = append(read, name)
			}
			require.ElementsMatch(t, names, read)
			return
		}
	}
	t.Fatal("the schema has no plan.step")
}

// TestAnImpossibleStateIsInvalid changes members of a state, and leaves members out.
func TestAnImpossibleStateIsInvalid(t *testing.T) {
	t.Parallel()
	delegated, finalised := states(whole()[:5]...)[0], states(whole()...)[0]
	retracted := states(append(whole()[:4:4], retracts)...)[0]
	tests := []struct{ name, state, member, value, want string }{
		{"a later format", delegated, "format", `3`, "format"},
		{"an earlier format", delegated, "format", `1`, "format"},
		{"a format that is text", delegated, "format", `"2"`, "format"},
		{"a later edition of the questions", delegated, "questions", `2`, "questions"},
		{"an unknown member", delegated, "colour", `1`, "colour"},
		{"an id that is not a UUID", delegated, "id", `"7"`, "id"},
		{"an id of zeros", delegated, "id", `"00000000-0000-0000-0000-000000000000"`, "id"},
		{"a version that some languages cannot represent", delegated, "version", `9007199254740993`, "version"},
		{"version 0", delegated, "version", `0`, "version"},
		{"another child", delegated, "child", `null`, "child"},
		{"another kind", delegated, "kind", `"third"`, "kind"},
		{"another type", delegated, "type", `"early_years"`, "sections"},
		{"an unknown revision of the policy", delegated, "policy", `7`, "policy"},
		{"policy 0", delegated, "policy", `0`, "policy"},
		{"another stage", delegated, "stage", `"checking"`, "sections"},
		{"stage none", delegated, "stage", `"none"`, "stage"},
		{"another meeting", delegated, "meeting", `"2026-09-14"`, "term"},
		{"another term", delegated, "term", `"SUMMER 2026"`, "term"},
		{"carried to no term", delegated, "carried", `1`, "carriedTo"},
		{"no contributor", delegated, "contributor", ``, "contributor"},
		{"not delegated", delegated, "delegated", `null`, "delegated"},
		{"no due date", delegated, "due", ``, "due"},
		{"a due date that does not exist", delegated, "due", `"2026-02-30"`, "due"},
		{"due by default, as text", delegated, "dueByDefault", `"true"`, "dueByDefault"},
		{"a grade on no day", delegated, "grade", `"green"`, "gradedOn"},
		{"ceased and open", delegated, "ceasedOn", `"2026-01-20"`, "ceasedOn"},
		{"seven sections", delegated, "sections", `["saved", "saved", "saved", "saved", "saved", "saved", ""]`, "sections"},
		{"an unknown state of a section", delegated, "sections", `["lost", "", "", "", "", "", "", ""]`, "sections"},
		{"boxes as numbers", delegated, "filled", `[1, 0, 0, 0, 0, 0, 0, 0]`, "filled"},
		{"boxes that are not a number", delegated, "filled", `["x", "0", "0", "0", "0", "0", "0", "0"]`, "filled"},
		{"boxes with a needless zero", delegated, "filled", `["01", "0", "0", "0", "0", "0", "0", "0"]`, "filled"},
		{"boxes that the form does not have", delegated, "filled", `["9223372036854775808", "0", "0", "0", "0", "0", "0", "0"]`, "filled"},
		{"boxes of seven sections", delegated, "filled", `["0", "0", "0", "0", "0", "0", "0"]`, "filled"},
		{"boxes of nine sections", delegated, "filled", `["0", "0", "0", "0", "0", "0", "0", "0", "0"]`, "filled"},
		{"finalised without a final revision", finalised, "finalRevision", ``, "finalRevision"},
		{"finalised on no day", finalised, "finalisedOn", ``, "finalisedOn"},
		{"finalised for another next meeting", finalised, "finalNext", `"2026-06-18"`, "finalRevision"},
		{"finalised with a blank box", finalised, "filled", `["0", "0", "0", "0", "0", "0", "0", "0"]`, "filled"},
		{"retracted at a later version", retracted, "retracted", `99`, "retracted"},
		{"sealed until no day", retracted, "sealedUntil", ``, "retracted"},
	}
	for _, member := range []string{"format", "id", "version", "child", "kind", "type", "questions", "policy", "stage", "since", "revision", "started", "meeting", "term", "sections", "filled"} {
		tests = append(tests, struct{ name, state, member, value, want string }{"no " + member, delegated, member, "", member})
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			state := edited(t, test.state, test.member, test.value)
			step := `{"plan": %s, "facts": {"child": {"born": "2014-05-20"}}, "step": ` + repins + `}`
			require.Equal(t, test.want, answer(t, "plan.step", fmt.Sprintf(step, state))["invalid"])
			look := `{"plan": %s, "facts": {"child": {"born": "2014-05-20"}}, "at": "2026-01-28T09:00:00Z", "by": "system"}`
			require.Equal(t, test.want, answer(t, "plan.look", fmt.Sprintf(look, state))["invalid"])
			if test.want == "policy" && test.value == "7" || test.want == "term" && test.member != "term" || test.value == `"SUMMER 2026"` {
				return // only the plan itself is checked against the policy
			}
			others := strings.Replace(fmt.Sprintf(step, "null"), `"child"`, `"plans": [`+state+`], "child"`, 1)
			require.Equal(t, test.want, answer(t, "plan.step", others)["invalid"], "among the other plans")
			missing := `{"term": "SPRING 2026", "today": "2026-01-28", "child": {"born": "2014-05-20"}, "plans": [` + state + `]}`
			if test.member != "format" || test.value != "" { // a plan without a format is an outline
				require.Equal(t, test.want, answer(t, "pep.missing", missing)["invalid"], "among the plans")
			}
		})
	}
}

const (
	oneID   = "6ba7b810-9dad-11d1-80b4-00c04fd430c8"
	otherID = "6ba7b811-9dad-11d1-80b4-00c04fd430c8"
)

// stepOn returns the member "given" of plan.step.
func stepOn(plan, facts, step string) string {
	return `{"plan": ` + plan + `, "facts": {` + facts + `}, "step": ` + step + `}`
}

// TestFactsThatContradictAStateAreInvalid asks with facts that contradict the state, and
// with members that do not go together.
func TestFactsThatContradictAStateAreInvalid(t *testing.T) {
	t.Parallel()
	const child, submit = `"child": {"born": "2014-05-20"}`, `{"at": "2026-01-20T09:00:00Z", "by": "designated_teacher", "do": "submit_contribution", "with": {}}`
	const start = `{"at": "2026-01-28T09:00:00Z", "by": "social_worker", "do": "start_initial", "with": {"meeting": "2026-02-04"}}`
	plan, deleted := states(whole()[:4]...)[0], states(starts, deletes)[0]
	other := edited(t, edited(t, deleted, "child", `"`+otherID+`"`), "id", `"`+otherID+`"`)
	write := func(with string) string {
		return `{"at": "2026-01-20T09:00:00Z", "by": "designated_teacher", "do": "save_contribution", "with": ` + with + `}`
	}
	tests := []struct{ name, given, want string }{
		{"another child", stepOn(plan, `"child": {"born": "2014-05-20", "id": "`+otherID+`"}`, submit), "child"},
		{"another plan of another child", stepOn(plan, child+`, "plans": [`+other+`]`, submit), "child"},
		{"a start, and another child's plan", stepOn("null", `"child": {"born": "2014-05-20", "id": "`+oneID+`"}, "plans": [`+other+`]`, start), "child"},
		{"one plan twice", stepOn("null", child+`, "plans": [`+deleted+`, `+deleted+`]`, start), "plans"},
		{"another contributor than the one who acts", stepOn(plan, child+`, "contributor": {"active": true, "id": "`+otherID+`"}`, submit), "contributor"},
		{"a start on a plan", stepOn(deleted, child, start), "plan"},
		{"an id for an existing plan", strings.Replace(stepOn(plan, child, submit), `{"plan"`, `{"id": "`+oneID+`", "plan"`, 1), "id"},
		{"an id that another plan has", strings.Replace(stepOn("null", child+`, "plans": [`+edited(t, deleted, "id", `"`+oneID+`"`)+`]`, start), `{"plan"`, `{"id": "`+oneID+`", "plan"`, 1), "id"},
		{"an actor that is not a UUID", stepOn(plan, child, strings.Replace(submit, `"by"`, `"actor": "x", "by"`, 1)), "actor"},
		{"a recorded year without a day", stepOn(plan, `"child": {"born": "2014-05-20", "recordedYear": "Y6"}`, submit), "recordedOn"},
		{"a birth date after the day", stepOn("null", `"child": {"born": "2027-05-20"}`, start), "born"},
		{"an establishment that is not an object", stepOn(plan, child+`, "establishment": "a"`, submit), "establishment"},
		{"a question that the section does not have", stepOn(plan, child, write(`{"section": 3, "answers": {"legal_name": "x"}}`)), "answers"},
		{"no answers", stepOn(plan, child, write(`{"section": 3, "answers": {}}`)), "answers"},
		{"both fill and answers", stepOn(plan, child, write(`{"section": 3, "answers": {}, "fill": "x"}`)), "fill"},
	}
	for _, test := range tests {
		require.Equal(t, test.want, answer(t, "plan.step", test.given)["invalid"], test.name)
	}
}

func TestAnswersReplaceTheWholeSection(t *testing.T) {
	t.Parallel()
	plan := states(whole()[:4]...)[0]
	write := func(plan, with string) (string, string) {
		got := answer(t, "plan.step", stepOn(plan, `"child": {"born": "2014-05-20"}`, `{"at": "2026-01-20T09:00:00Z", "by": "designated_teacher", "do": "save_contribution", "with": `+with+`}`))
		require.Equal(t, "delegated", got["stage"], "%v", got["message"])
		return asJSON(got["plan"]), got["plan"].(object)["filled"].([]any)[3].(string)
	}
	plan, filled := write(plan, `{"section": 4, "fill": "complete"}`)
	require.NotEqual(t, "0", filled)
	var got struct {
		Sections []struct{ Questions []struct{ ID string } }
	}
	require.NoError(t, json.Unmarshal([]byte(asJSON(answer(t, "forms.questions", `{"formType": "secondary_mainstream", "section": 4}`))), &got))
	plan, filled = write(plan, `{"section": 4, "answers": {"`+got.Sections[0].Questions[1].ID+`": "yes"}}`)
	require.Equal(t, "2", filled, "a question that is not named becomes blank")
	_, filled = write(plan, `{"section": 4, "answers": {}, "clear": true}`)
	require.Equal(t, "0", filled)
}

// TestAPlanTakesTheIDsThatAreGiven starts and delegates a plan with and without ids.
func TestAPlanTakesTheIDsThatAreGiven(t *testing.T) {
	t.Parallel()
	const facts = `"child": {"born": "2014-05-20", "id": "` + oneID + `"}, "establishment": {"id": "` + otherID + `"}, "contributor": {"active": true, "id": "6ba7b812-9dad-11d1-80b4-00c04fd430c8"}`
	start := `{"at": "2026-01-05T09:00:00Z", "by": "social_worker", "do": "start_initial", "with": {"meeting": "2026-01-14"}}`
	got := answer(t, "plan.step", `{"id": "`+otherID+`", `+stepOn("null", facts, start)[1:])
	plan := got["plan"].(object)
	require.Equal(t, []any{otherID, oneID, otherID}, []any{plan["id"], plan["child"], plan["establishment"]})
	unnamed := answer(t, "plan.step", stepOn("null", facts, start))["plan"].(object)
	require.NotEqual(t, otherID, unnamed["id"])
	second := answer(t, "plan.step", stepOn("null", facts+`, "plans": [`+edited(t, edited(t, states(starts, deletes)[0], "child", `"`+oneID+`"`), "id", asJSON(unnamed["id"]))+`]`, start))
	require.NotEqual(t, unnamed["id"], second["plan"].(object)["id"], "the id depends on the child and the number of plans")

	state := asJSON(plan)
	for section := 1; section <= 2; section++ {
		state = asJSON(answer(t, "plan.step", stepOn(state, facts, fmt.Sprintf(`{"at": "2026-01-05T09:00:00Z", "by": "social_worker", "do": "answer", "with": {"section": %d, "fill": "x"}}`, section)))["plan"])
	}
	got = answer(t, "plan.step", stepOn(state, facts, `{"at": "2026-01-06T09:00:00Z", "by": "social_worker", "do": "delegate", "with": {"sections": "all"}}`))
	require.Equal(t, "6ba7b812-9dad-11d1-80b4-00c04fd430c8", got["plan"].(object)["contributor"], "%v", got["message"])
	state = asJSON(got["plan"])

	submit := func(actor string) string {
		return `{"at": "2026-01-20T09:00:00Z", "by": "designated_teacher", "do": "submit_contribution", "with": {}` + actor + `}`
	}
	require.Equal(t, "returned", answer(t, "plan.step", stepOn(state, `"child": {"born": "2014-05-20"}`, submit("")))["stage"], "without ids, the plan's own are assumed")
	require.Equal(t, "returned", answer(t, "plan.step", stepOn(state, facts, submit(`, "actor": "6ba7b812-9dad-11d1-80b4-00c04fd430c8"`)))["stage"])
	require.Equal(t, "not_the_contributor", answer(t, "plan.step", stepOn(state, facts, submit(`, "actor": "`+oneID+`"`)))["reason"])
	require.Equal(t, "already_the_contributor", answer(t, "plan.step", stepOn(state, facts, `{"at": "2026-01-07T09:00:00Z", "by": "social_worker", "do": "change_contributor", "with": {}}`))["reason"])
	changed := answer(t, "plan.step", stepOn(state, `"child": {"born": "2014-05-20"}`, `{"at": "2026-01-07T09:00:00Z", "by": "social_worker", "do": "change_contributor", "with": {}}`))
	require.Equal(t, "delegated", changed["stage"], "without an id, the question knows only one contributor")
}

// TestWithoutAnIDTheContributorStays re-delegates three plans without naming the contributor.
// One plan has the usual contributor of a run, one has the other contributor after a change,
// and one has a contributor with its own id.
func TestWithoutAnIDTheContributorStays(t *testing.T) {
	t.Parallel()
	const change = `2026-01-07 social_worker change_contributor {}`
	named := edited(t, states(append(whole()[:9:9], activates)...)[0], "contributor", `"`+oneID+`"`)
	for name, plan := range map[string]string{
		"the one of a run": states(append(whole()[:9:9], activates)...)[0], "one with an id": named,
		"the other": states(append(append(whole()[:4:4], change), append(whole()[4:9:9], activates)...)...)[0],
	} {
		var was struct{ Contributor string }
		require.NoError(t, json.Unmarshal([]byte(plan), &was))
		got := answer(t, "plan.step", stepOn(plan, `"child": {"born": "2014-05-20"}`, `{"at": "2026-01-21T09:00:00Z", "by": "social_worker", "do": "redelegate", "with": {"comments": "more"}}`))
		require.Equal(t, was.Contributor, got["plan"].(object)["contributor"], "%s: %v", name, got["message"])
	}
}

// TestThePreviousPlanIsTheLatest takes two plans for the same term that were started on
// the same day. The plan that was finalised later counts, whatever the order of the states.
func TestThePreviousPlanIsTheLatest(t *testing.T) {
	t.Parallel()
	sameDay := func(lines ...string) (all []string) {
		for _, line := range lines {
			_, rest, _ := strings.Cut(line, " ")
			all = append(all, "2026-01-05 "+rest)
		}
		return all
	}
	again := append([]string{`2026-01-05 business_support start_subsequent {"meeting": "2026-01-15"}`}, whole()[1:9]...)
	lines := sameDay(append(append(whole(), again...), `2026-01-22 social_worker reassign {"comment": "SPRING—18/06/2026"}`, finalises)...)
	first, second := states(lines...)[0], states(lines...)[1]
	next := `{"at": "2026-01-06T09:00:00Z", "by": "business_support", "do": "start_subsequent", "with": {}}`
	_, final := outcome(t, steps(append(lines, `2026-01-06 business_support start_subsequent {}`)...))
	require.Equal(t, "2026-06-18", final["meeting"])
	for _, plans := range []string{first + ", " + second, second + ", " + first} {
		got := answer(t, "plan.step", stepOn("null", `"child": {"born": "2014-05-20"}, "plans": [`+plans+`]`, next))
		require.Equal(t, final, got["final"], "%v", got["message"])
	}
}

// TestTheOrderOfThePlansNeverMatters takes three plans for the same term that were
// started and finalised on the same day. The result must be the same in a run and for
// every order of the states.
func TestTheOrderOfThePlansNeverMatters(t *testing.T) {
	t.Parallel()
	var lines []string
	for n, starting := range []string{starts, `2026-01-05 business_support start_subsequent {"meeting": "2026-01-15"}`, `2026-01-05 business_support start_subsequent {"meeting": "2026-01-16"}`} {
		day := []string{"18/06/2026", "25/03/2026", "17/06/2026"}[n]
		plan := append([]string{starting}, whole()[1:9]...)
		plan = append(plan, `2026-01-22 social_worker reassign {"comment": "SPRING—`+day+`"}`, finalises)
		for _, line := range plan {
			_, rest, _ := strings.Cut(line, " ")
			lines = append(lines, "2026-01-05 "+rest)
		}
	}
	all := states(lines...)
	require.Len(t, all, 3)
	_, want := outcome(t, steps(append(lines, `2026-01-06 business_support start_subsequent {}`)...))
	require.NotNil(t, want)
	next := `{"at": "2026-01-06T09:00:00Z", "by": "business_support", "do": "start_subsequent", "with": {}}`
	for _, order := range [][3]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
		plans := all[order[0]] + ", " + all[order[1]] + ", " + all[order[2]]
		got := answer(t, "plan.step", stepOn("null", `"child": {"born": "2014-05-20"}, "plans": [`+plans+`]`, next))
		require.Equal(t, want, got["final"], "%v: %v", order, got["message"])
	}
}

func TestARefusedStepGivesThePlanBack(t *testing.T) {
	t.Parallel()
	plan := states(starts)[0]
	got := answer(t, "plan.step", stepOn(plan, `"child": {"born": "2014-05-20"}`, `{"at": "2026-01-05T09:00:00Z", "by": "social_worker", "do": "finalise", "with": {}}`))
	require.Equal(t, "FINAL-1", got["refused"])
	require.JSONEq(t, plan, asJSON(got["plan"]))
	require.Equal(t, "draft", got["final"].(object)["stage"])
	require.NotContains(t, got, "event")
	got = answer(t, "plan.step", stepOn("null", `"child": {"born": "2014-05-20"}`, `{"at": "2026-01-05T09:00:00Z", "by": "social_worker", "do": "delegate", "with": {}}`))
	require.Equal(t, []any{"DELEG-2", nil, nil}, []any{got["refused"], got["plan"], got["final"]})
}

func TestAnEventSaysWhatHappened(t *testing.T) {
	t.Parallel()
	retract := `{"at": "2026-01-14T09:00:00+01:00", "by": "social_worker", "do": "retract", "with": {"confirmedWithSetting": true, "reason": "moved"}}`
	got := answer(t, "plan.step", stepOn(states(whole()[:4]...)[0], `"child": {"born": "2014-05-20"}`, retract))
	require.Equal(t, object{"at": "2026-01-14T09:00:00+01:00", "by": "social_worker", "do": "retract", "from": "delegated", "to": "draft", "sealedUntil": "2026-02-13"}, got["event"])
	got = answer(t, "plan.step", stepOn(asJSON(got["plan"]), `"child": {"born": "2014-05-20"}`, `{"at": "2026-01-15T09:00:00Z", "by": "service_desk", "do": "restore", "with": {"reason": "wrong"}}`))
	require.Equal(t, object{"at": "2026-01-15T09:00:00Z", "by": "service_desk", "do": "restore", "from": "draft", "to": "draft", "restores": 5.0}, got["event"])
}

// TestNoStateHoldsALargeNumber checks that a language with only floating-point numbers can
// represent every number in a state exactly.
func TestNoStateHoldsALargeNumber(t *testing.T) {
	t.Parallel()
	for _, lines := range wheres() {
		for _, state := range states(lines...) {
			var members map[string]any
			require.NoError(t, json.Unmarshal([]byte(state), &members))
			for name, value := range members {
				if n, is := value.(float64); is {
					require.Less(t, n, 1e6, name)
				}
			}
			for _, boxes := range members["filled"].([]any) {
				require.IsType(t, "", boxes)
			}
		}
	}
}

// three returns three policies: the default, its second revision, and another council's.
func three(t *testing.T) ask.Policies {
	t.Helper()
	ps, err := ask.NewPolicies(pep.Lancashire(), changed(t, "lancashire", 2, 7), changed(t, "elsewhere", 1, 21))
	require.NoError(t, err)
	return ps
}

// changed returns Lancashire's policy with a name, a revision, and a return period in days.
func changed(t *testing.T, name string, revision, days int) *pep.Policy {
	t.Helper()
	first := pep.Lancashire().Editions()[0].Parameters
	first.Name, first.Revision, first.Delegation.Return.Days = name, revision, days
	p, err := pep.NewPolicy(first)
	require.NoError(t, err)
	return p
}

func TestOneProgramAnswersUnderSeveralPolicies(t *testing.T) {
	t.Parallel()
	ps := three(t)
	for called, want := range map[string]any{
		"": "2026-01-28", "lancashire": "2026-01-28", "lancashire@1": "2026-01-28", "lancashire@2": "2026-01-21", "elsewhere": "2026-02-04", "elsewhere@1": "2026-02-04",
		"elsewhere@2": nil, "lancashire@3": nil, "lancashire@+1": nil, "Lancashire": nil, "@1": nil,
	} {
		got := ps.Answer(ask.Question{Ask: "delegation.due", Given: []byte(`{"meeting": "2026-01-14"}`), Policy: called})
		require.Equal(t, want, got["due"], called)
		require.Equal(t, want == nil, got["invalid"] == "policy", called)
	}
	got := ps.Answer(ask.Question{Ask: "delegation.due", Given: []byte(`{"meeting": "2026-01-14"}`), Policy: "lancashire@2", Overrides: []byte(`{"returnPeriod": {"days": 1}}`)})
	require.Equal(t, []any{"2026-01-15", 2}, []any{got["due"], got["revision"]})

	for _, bad := range [][]*pep.Policy{{nil}, {pep.Lancashire()}, {changed(t, "elsewhere", 1, 21), changed(t, "elsewhere", 1, 21)}} {
		_, err := ask.NewPolicies(pep.Lancashire(), bad...)
		require.Equal(t, "policies", rule.InvalidMember(err))
	}
	_, err := ask.NewPolicies(nil)
	require.Equal(t, "policies", rule.InvalidMember(err))
}

// TestAPlansOwnRevisionDecides takes plans through steps in a program that has two
// policy revisions, and moves them from one revision to the other.
func TestAPlansOwnRevisionDecides(t *testing.T) {
	t.Parallel()
	ps := three(t)
	take := func(plan, called, step string) object {
		q := fmt.Sprintf(`{"ask": "plan.step", "policy": %s, "given": %s}`, called, stepOn(plan, `"child": {"born": "2014-05-20"}`, step))
		var got object
		require.NoError(t, json.Unmarshal(ps.AnswerJSON([]byte(q)), &got))
		return got
	}
	const start = `{"at": "2026-01-05T09:00:00Z", "by": "social_worker", "do": "start_initial", "with": {"meeting": "2026-01-14"}}`
	const delegate = `{"at": "2026-01-06T09:00:00Z", "by": "social_worker", "do": "delegate", "with": {"sections": "all"}}`
	ready := func(called string) string {
		plan := asJSON(take("null", called, start)["plan"])
		for section := 1; section <= 2; section++ {
			plan = asJSON(take(plan, "null", fmt.Sprintf(`{"at": "2026-01-05T09:00:00Z", "by": "social_worker", "do": "answer", "with": {"section": %d, "fill": "x"}}`, section))["plan"])
		}
		return plan
	}
	first, second := ready("null"), ready(`"lancashire@2"`)
	for _, test := range []struct {
		name, plan, called string
		want               any
	}{
		{"the first revision, not named", first, `null`, "2026-01-28"},
		{"the first revision, named", first, `"lancashire@1"`, "2026-01-28"},
		{"the second revision, named", second, `"lancashire@2"`, "2026-01-21"},
		{"the second revision, not named", second, `null`, "2026-01-21"},
		{"the first revision, another named", first, `"lancashire@2"`, "policy"},
		{"the second revision, another named", second, `"lancashire"`, "policy"},
		{"the second revision, another council's policy named", second, `"elsewhere"`, "policy"},
	} {
		got := take(test.plan, test.called, delegate)
		if final, ok := got["final"].(object); ok {
			require.Equal(t, test.want, final["due"], test.name)
			continue
		}
		require.Equal(t, test.want, got["invalid"], test.name)
	}
	got := take(first, `"lancashire@2"`, repins)
	require.Equal(t, 2.0, got["plan"].(object)["policy"], "%v", got["message"])
	require.Equal(t, 2.0, got["revision"])
	require.Equal(t, "2026-01-21", take(asJSON(got["plan"]), `null`, delegate)["final"].(object)["due"])
	require.Equal(t, "same_policy", take(first, `null`, repins)["reason"])
	require.Equal(t, "draft", take(second, `null`, repins)["stage"], "moved to the default")

	look := func(plan, called string) any {
		q := fmt.Sprintf(`{"ask": "plan.look", "policy": %s, "given": {"plan": %s, "facts": {"child": {"born": "2014-05-20"}}, "at": "2026-01-28T09:00:00Z", "by": "system"}}`, called, plan)
		var got object
		require.NoError(t, json.Unmarshal(ps.AnswerJSON([]byte(q)), &got))
		return got["actions"].(object)["repin"].(object)["allowed"]
	}
	require.Equal(t, []any{false, true, true, false}, []any{look(first, `null`), look(first, `"lancashire@2"`), look(second, `null`), look(second, `"lancashire@2"`)})
}

func TestAnAnswerRepeatsTheID(t *testing.T) {
	t.Parallel()
	for _, id := range []string{`"q-1"`, `""`, `"\u0041\n<&>"`, `7`, `-1.50`, `1e0`, `9007199254740993`, `"` + strings.Repeat("Ł", 1000) + `"`} {
		for _, rest := range []string{`"ask": "term.of", "given": {"date": "2026-02-03"}`, `"ask": "term.off", "given": {}`, `"ask": "term.of", "given": {}`, `"given": {}`, `"ask": "term.of", "given": {}, "x": 1`} {
			var got map[string]json.RawMessage
			require.NoError(t, json.Unmarshal(ask.AnswerJSON(pep.Lancashire(), []byte(`{"id": `+id+`, `+rest+`}`)), &got))
			require.Equal(t, id, string(got["id"]), rest)
		}
	}
	require.NotContains(t, string(ask.AnswerJSON(pep.Lancashire(), []byte(`{"id": null, "ask": "term.of", "given": {"date": "2026-02-03"}}`))), `"id"`)
}
