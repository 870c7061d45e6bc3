package ask_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
)

// steps returns a run for a child who was born in May 2014. Each line is "day role action
// with"; the step is taken at nine o'clock on that day.
func steps(lines ...string) string { return run(`"child": {"born": "2014-05-20"}`, lines...) }

func run(facts string, lines ...string) string {
	var all []string
	for _, line := range lines {
		part := strings.SplitN(line, " ", 4)
		all = append(all, fmt.Sprintf(`{"at": "%sT09:00:00Z", "by": %q, "do": %q, "with": %s}`, part[0], part[1], part[2], part[3]))
	}
	return `{` + facts + `, "steps": [` + strings.Join(all, ", ") + `]}`
}

// outcome asks about a run. It returns the stage or the refusal of each step, and the final plan.
func outcome(t *testing.T, given string) ([]string, map[string]any) {
	t.Helper()
	got := answer(t, "pep.workflow", given)
	require.NotContains(t, got, "invalid", "%v", got["message"])
	var shown []string
	for _, s := range got["steps"].([]any) {
		step := s.(map[string]any)
		if refused, ok := step["refused"].(string); ok {
			shown = append(shown, refused)
			continue
		}
		require.Contains(t, step, "tray")
		require.IsType(t, []any{}, step["notices"])
		shown = append(shown, step["stage"].(string))
	}
	final, _ := got["final"].(map[string]any)
	return shown, final
}

const (
	starts    = `2026-01-05 social_worker start_initial {"meeting": "2026-01-14"}`
	first     = `2026-01-05 social_worker answer {"section": 1, "fill": "complete"}`
	second    = `2026-01-05 social_worker answer {"section": 2, "fill": "n/a"}`
	delegates = `2026-01-06 social_worker delegate {"sections": "all"}`
	submits   = `2026-01-20 designated_teacher submit_contribution {}`
	activates = `2026-01-21 social_worker activate {}`
	reassigns = `2026-01-22 social_worker reassign {"comment": "SPRING—17/06/2026"}`
	finalises = `2026-01-27 business_support finalise {"waiver": "sampled elsewhere"}`
)

func saves(section int) string {
	return fmt.Sprintf(`2026-01-13 designated_teacher save_contribution {"section": %d, "fill": "complete"}`, section)
}

func whole() []string {
	return []string{starts, first, second, delegates, saves(3), saves(4), saves(5), saves(6), submits, reassigns, finalises}
}

func TestARunWithoutAPlanHasNoFinalPlan(t *testing.T) {
	t.Parallel()
	shown, final := outcome(t, steps())
	require.Empty(t, shown)
	require.Nil(t, final)
}

// TestBeforeAnyStartEveryStepIsRefused lists, for each action, the rule that refuses it if
// there is no plan.
func TestBeforeAnyStartEveryStepIsRefused(t *testing.T) {
	t.Parallel()
	for do, want := range map[string]string{
		"answer": "DELEG-5", "reschedule_meeting": "TERM-2", "attach": "DOC-1", "delegate": "DELEG-2",
		"save_contribution": "DELEG-5", "submit_contribution": "DELEG-8", "change_contributor": "DELEG-2",
		"retract": "DELEG-6", "activate": "DELEG-5", "redelegate": "DELEG-7", "reassign": "SECT-3",
		"send_for_grading": "GRADE-1", "grade": "GRADE-9", "return_for_amendment": "AMEND-1", "finalise": "FINAL-2",
		"revise": "AMEND-1", "reopen": "FINAL-4", "delete": "FINAL-4", "cease": "CHG-4", "carry_forward": "OOT-2",
		"start_initial": "START-1", "start_subsequent": "START-1",
	} {
		shown, final := outcome(t, steps("2026-01-05 personal_adviser "+do+" {}"))
		require.Equal(t, []string{want}, shown, do)
		require.Nil(t, final, do)
	}
}

// TestAnActionWithAMissingMemberIsRefused takes each action without a member that it needs,
// at a stage and in a role in which the action could be taken.
func TestAnActionWithAMissingMemberIsRefused(t *testing.T) {
	t.Parallel()
	checking := whole()[:10]
	tests := []struct {
		do, want string
		before   []string
	}{
		{`social_worker start_initial {}`, "START-1", nil},
		{`business_support start_subsequent {}`, "START-1", nil},
		{`social_worker answer {"fill": "complete"}`, "DELEG-5", []string{starts}},
		{`social_worker answer {"section": 1}`, "DELEG-5", []string{starts}},
		{`social_worker answer {"section": 1, "fill": null}`, "DELEG-5", []string{starts}},
		{`social_worker reschedule_meeting {}`, "TERM-2", []string{starts}},
		{`social_worker attach {"name": "a"}`, "DOC-1", []string{starts}},
		{`social_worker attach {"size": 1}`, "DOC-1", []string{starts}},
		{`social_worker delegate {}`, "DELEG-1", []string{starts, first, second}},
		{`designated_teacher save_contribution {"section": 3}`, "DELEG-5", []string{starts, first, second, delegates}},
		{`social_worker retract {"reason": "moved"}`, "DELEG-6", []string{starts, first, second, delegates}},
		{`social_worker retract {"confirmedWithSetting": true}`, "DELEG-6", []string{starts, first, second, delegates}},
		{`social_worker redelegate {}`, "DELEG-7", []string{starts, first, second, delegates, submits, activates}},
		{`social_worker reassign {}`, "ASSIGN-1", whole()[:9]},
		{`virtual_school_consultant grade {}`, "GRADE-9", append(whole()[:10:10], `2026-01-23 business_support send_for_grading {}`)},
		{`virtual_school_consultant grade {"grade": "red"}`, "GRADE-4", append(whole()[:10:10], `2026-01-23 business_support send_for_grading {}`)},
		{`business_support return_for_amendment {}`, "AMEND-1", checking},
		{`business_support finalise {}`, "GRADE-1", checking},
		{`business_support revise {}`, "AMEND-1", whole()},
		{`service_desk reopen {}`, "FINAL-4", whole()},
		{`service_desk delete {}`, "FINAL-4", checking},
		{`system cease {}`, "CHG-4", checking},
	}
	for _, test := range tests {
		shown, _ := outcome(t, steps(append(test.before[:len(test.before):len(test.before)], "2026-01-28 "+test.do)...))
		require.Equal(t, test.want, shown[len(shown)-1], test.do)
		require.NotContains(t, strings.Join(shown[:len(shown)-1], " "), "-", "%s: an earlier step was refused", test.do)
	}
}

func TestARefusedStepChangesNothing(t *testing.T) {
	t.Parallel()
	_, before := outcome(t, steps(starts, first))
	shown, after := outcome(t, steps(starts, first, delegates, finalises,
		`2026-01-28 social_worker answer {"section": 7, "fill": "complete"}`,
		`2026-01-28 social_worker start_initial {"meeting": "2026-05-05"}`))
	require.Equal(t, []string{"draft", "draft", "SECT-3", "FINAL-2", "DELEG-5", "START-2"}, shown)
	require.Equal(t, before, after)
}

func TestAMalformedStepMakesTheWholeRunInvalid(t *testing.T) {
	t.Parallel()
	got := answer(t, "pep.workflow", steps(starts, `2026-01-28 social_worker cease {"on": "2026-02-30"}`))
	require.Equal(t, "on", got["invalid"])
	require.NotContains(t, got, "steps")
}

func TestAnImpossibleBirthDateMakesTheRunInvalid(t *testing.T) {
	t.Parallel()
	for _, born := range []string{"2026-04-01", "1999-01-01"} {
		got := answer(t, "pep.workflow", run(`"child": {"born": "`+born+`"}`, starts))
		require.Equal(t, "born", got["invalid"], born)
	}
}

func TestOneRunHoldsSeveralPlans(t *testing.T) {
	t.Parallel()
	next := append(whole(), `2026-01-28 business_support start_subsequent {}`)
	shown, final := outcome(t, steps(next...))
	require.Equal(t, []string{"finalised", "draft"}, shown[10:])
	require.Equal(t, "SUMMER 2026", final["term"])
	require.Equal(t, "2026-06-17", final["meeting"])

	shown, final = outcome(t, steps(append(next,
		`2026-01-29 service_desk delete {"reason": "wrong date"}`,
		`2026-01-30 business_support start_subsequent {"meeting": "2026-06-18"}`,
		`2026-01-30 social_worker cease {"on": "2026-01-30"}`,
		`2026-01-31 business_support start_subsequent {}`)...))
	require.Equal(t, []string{"deleted", "draft", "cancelled", "CHG-4"}, shown[12:])
	require.Equal(t, "cancelled", final["stage"])
	require.Equal(t, "2026-06-18", final["meeting"])
}

func TestADeletedPlanIsNotThePreviousOne(t *testing.T) {
	t.Parallel()
	shown, _ := outcome(t, steps(append(whole(),
		`2026-01-28 service_desk delete {"reason": "wrong child"}`,
		`2026-01-29 business_support start_subsequent {"meeting": "2026-06-17"}`,
		starts)...))
	require.Equal(t, []string{"deleted", "START-1", "draft"}, shown[11:])
}

func TestARecordedYearBeyondY13RefusesTheStart(t *testing.T) {
	t.Parallel()
	shown, final := outcome(t, run(`"child": {"born": "2014-05-20", "recordedYear": "Y14"}`,
		`2026-01-05 business_support start_initial {"meeting": "2026-01-14"}`, starts))
	require.Equal(t, []string{"START-1", "YEAR-4"}, shown)
	require.Nil(t, final)
}

func TestGradingFollowsTheQuestionOrElseThePolicysSampling(t *testing.T) {
	t.Parallel()
	lines := append(whole()[:10:10], `2026-01-27 business_support finalise {}`)
	const child = `"child": {"born": "2014-05-20"}`
	for facts, want := range map[string]string{
		child:                                "GRADE-1",
		child + `, "gradingRequired": null`:  "GRADE-1",
		child + `, "gradingRequired": true`:  "GRADE-1",
		child + `, "gradingRequired": false`: "finalised",
	} {
		shown, _ := outcome(t, run(facts, lines...))
		require.Equal(t, want, shown[10], facts)
	}
	got := reply(t, `{"ask": "pep.workflow", "given": `+steps(lines...)+`, "overrides": {"grading": {"sampling": "per_child", "months": 12}}}`)
	last := got["steps"].([]any)[10].(map[string]any)
	require.Equal(t, "GRADE-1", last["refused"])
}

// ASSIGN-4 allows N/A, so ASSIGN-3, the rule on the next meeting, does not apply. GRADE-3
// allows a waiver.
func TestAStepNamesTheRulesThatAllowedIt(t *testing.T) {
	t.Parallel()
	lines := []string{starts}
	for section := 1; section <= 6; section++ {
		lines = append(lines, fmt.Sprintf(`2026-01-05 social_worker answer {"section": %d, "fill": "n/a"}`, section))
	}
	lines = append(lines, `2026-01-22 social_worker reassign {"comment": "SPRING—N/A"}`, finalises)
	got := answer(t, "pep.workflow", run(`"child": {"born": "2008-03-31"}, "establishment": null`, lines...))
	taken := got["steps"].([]any)
	require.Equal(t, []any{"SECT-3", "ASSIGN-1", "ASSIGN-2", "ASSIGN-4"}, taken[7].(map[string]any)["rules"])
	require.Equal(t, []any{"GRADE-3", "FINAL-2", "GRADE-1"}, taken[8].(map[string]any)["rules"])
	require.NotContains(t, got["rules"], "ASSIGN-3")
}

func TestARunIsTheSameEveryTime(t *testing.T) {
	t.Parallel()
	q := ask.Question{Ask: "pep.workflow", Given: json.RawMessage(steps(whole()...))}
	p := pep.Lancashire()
	require.Equal(t, ask.Answer(p, q).JSON(), ask.Answer(p, q).JSON())
}
