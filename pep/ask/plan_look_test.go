package ask_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
)

// days are when the plans are looked at: in the term of the meeting, and once it is
// over. Each has what an action is given then, so that nothing but the plan, the
// role and the facts decides.
var days = map[string]map[string]string{
	"2026-01-28": {"reschedule_meeting": `{"meeting": "2026-02-04"}`, "reassign": `{"comment": "SPRING—17/06/2026"}`, "cease": `{"on": "2026-01-28"}`,
		"start_initial": `{"meeting": "2026-02-04"}`, "start_subsequent": `{"meeting": "2026-02-04"}`},
	later: {"reschedule_meeting": `{"meeting": "2026-10-14"}`, "reassign": `{"comment": "SPRING—17/11/2026"}`, "cease": `{"on": "2026-09-02"}`,
		"start_initial": `{"meeting": "2026-10-14"}`, "start_subsequent": `{"meeting": "2026-10-14"}`},
}

// later is after the end of the term.
const later = "2026-09-02"

// with is what an action is given on any day.
var with = map[string]string{
	"answer": `{"section": 1, "answers": {"legal_name": "Ash"}}`, "save_contribution": `{"section": 3, "answers": {}, "clear": true}`,
	"attach": `{"name": "report.pdf", "size": 1}`, "delegate": `{"sections": "all"}`, "retract": `{"confirmedWithSetting": true, "reason": "moved"}`,
	"redelegate": `{"comments": "more"}`, "send_for_grading": `{"reason": "asked for"}`, "grade": `{"grade": "green"}`,
	"return_for_amendment": `{"reason": "a target"}`, "finalise": `{"waiver": "agreed"}`, "revise": `{"reason": "moved"}`,
	"reopen": `{"reason": "too early"}`, "restore": `{"reason": "wrong"}`, "delete": `{"reason": "twice"}`,
}

// around are the facts under which every plan is looked at.
var around = map[string]string{
	"as usual":                       `{"child": {"born": "2014-05-20"}}`,
	"an establishment that is ended": `{"child": {"born": "2014-05-20"}, "establishment": {"status": "ended"}}`,
	"no establishment":               `{"child": {"born": "2014-05-20"}, "establishment": null}`,
	"a contributor not active":       `{"child": {"born": "2014-05-20"}, "contributor": {"active": false}}`,
	"a contributor set up today":     `{"child": {"born": "2014-05-20"}, "contributor": {"active": true, "actionedAt": "2026-01-28T08:00:00Z"}}`,
	"another contributor":            `{"child": {"born": "2014-05-20"}, "contributor": {"active": true, "id": "6ba7b810-9dad-11d1-80b4-00c04fd430c8"}}`,
	"care that has ended":            `{"child": {"born": "2014-05-20", "lookedAfter": [{"from": "2020-01-01", "to": "2026-01-20"}]}}`,
	"another authority's child":      `{"child": {"born": "2014-05-20", "lookedAfter": [{"from": "2020-01-01", "authority": "886"}]}}`,
	"a child who is too young":       `{"child": {"born": "2025-05-20"}}`,
	"no grading":                     `{"child": {"born": "2014-05-20"}, "gradingRequired": false}`,
	"no consent":                     `{"child": {"born": "2009-05-20", "consentToShare": false}}`,
}

const (
	retracts  = `2026-01-14 social_worker retract {"confirmedWithSetting": true, "reason": "moved"}`
	sends     = `2026-01-23 business_support send_for_grading {"reason": "asked for"}`
	revises   = `2026-01-28 business_support revise {"reason": "moved"}`
	ceases    = `2026-01-27 social_worker cease {"on": "2026-01-27"}`
	deletes   = `2026-01-27 service_desk delete {"reason": "twice"}`
	redelgate = `2026-01-21 social_worker redelegate {"comments": "more"}`
)

// wheres is every place where a child's plans can be, the plan looked at last; ""
// is no plan.
func wheres() map[string][]string {
	sent := append(whole()[:10:10], sends)
	return map[string][]string{
		"a new plan": {starts}, "a draft": {starts, first, second}, "delegated": whole()[:4], "saved": whole()[:5],
		"retracted": append(whole()[:4:4], retracts), "returned": whole()[:9], "activated": append(whole()[:9:9], activates),
		"redelegated": append(whole()[:9:9], activates, redelgate), "checking": whole()[:10], "grading": sent,
		"graded":    append(sent[:11:11], `2026-01-24 virtual_school_consultant grade {"grade": "amber"}`),
		"red":       append(sent[:11:11], `2026-01-24 virtual_school_consultant grade {"grade": "red", "feedback": "none"}`),
		"finalised": whole(), "revised": append(whole(), revises), "cancelled": {starts, first, ceases}, "cancelled after its return": append(whole()[:9:9], ceases),
		"deleted": {starts, deletes}, "a subsequent draft": append(whole(), `2026-01-28 business_support start_subsequent {}`, first, second),
		"a subsequent plan ceased": append(whole(), `2026-01-28 business_support start_subsequent {}`, `2026-01-28 social_worker cease {"on": "2026-01-28"}`),
	}
}

// TestWhatPlanLookAllowsPlanStepTakes looks at every plan in every role, under
// every kind of facts, and then tries every action: those that plan.look allows are
// taken and lead where it says, and the others are refused by its first reason. Only
// a meeting for whose term the child needs no plan is refused all the same: plan.look
// knows no meeting.
func TestWhatPlanLookAllowsPlanStepTakes(t *testing.T) {
	t.Parallel()
	allowed, refused, meetings, different := 0, 0, 0, 0
	for where, lines := range wheres() {
		plans := states(lines...)
		for name, facts := range around {
			for day := range days {
				if day == later && name != "as usual" {
					continue
				}
				for role := range pep.AllRoles() {
					for _, plan := range []string{"null", plans[len(plans)-1]} {
						q := looked{plan: plan, facts: facts, plans: plans, day: day, role: role.String()}
						look := q.ask(t, "plan.look", "")
						if look["invalid"] != nil {
							require.Equal(t, []any{"contributor", "another contributor"}, []any{look["invalid"], name})
							require.Equal(t, look["invalid"], q.ask(t, "plan.step", "attach")["invalid"], where)
							continue
						}
						for do, shown := range look["actions"].(object) {
							if plan != "null" && (do == "start_initial" || do == "start_subsequent") {
								continue // a start has no plan
							}
							step := q.ask(t, "plan.step", do)
							if reason, _ := step["reason"].(string); days[day][do] != "" && do != "cease" && unneeded[reason] {
								meetings++
								continue
							}
							if shown.(object)["allowed"] == true {
								allowed++
							} else {
								refused++
							}
							if why := agree(do, shown.(object), step); why != "" {
								different++
								t.Errorf("%s, %s, %s on %s by %s with plan %.4s: %s", do, where, name, day, role, plan, why)
							}
						}
					}
				}
			}
		}
	}
	t.Logf("%d allowed and taken, %d refused and refused, %d refused for their meeting, %d differences", allowed, refused, meetings, different)
	require.Greater(t, allowed, 1000)
	require.Greater(t, refused, 80_000)
}

// unneeded are the reasons for which a child needs no plan for a term.
var unneeded = map[string]bool{"too_young": true, "not_looked_after": true, "other_authority": true}

// agree returns how an action that was looked at differs from the step, "" where it
// does not.
func agree(do string, shown, step object) string {
	reasons := shown["reasons"].([]any)
	switch {
	case step["invalid"] != nil:
		return fmt.Sprint("invalid ", step["message"])
	case shown["allowed"] != (step["refused"] == nil), shown["allowed"] != (len(reasons) == 0):
		return fmt.Sprint("looked ", shown, " and the step showed ", step)
	case step["refused"] != nil && (reasons[0].(object)["rule"] != step["refused"] || reasons[0].(object)["code"] != step["reason"]):
		return fmt.Sprint("looked ", shown, " and the step was refused by ", step["refused"], " ", step["reason"])
	case step["refused"] == nil && shown["to"] != step["stage"]:
		return fmt.Sprint("looked ", shown, " and the step led to ", step["stage"])
	}
	return ""
}

// looked is a question about a plan on a day.
type looked struct {
	plan, facts string
	plans       []string
	day, role   string
}

// ask looks at the plan, or takes a step on it.
func (q looked) ask(t *testing.T, name, do string) (got object) {
	t.Helper()
	var facts map[string]json.RawMessage
	require.NoError(t, json.Unmarshal([]byte(q.facts), &facts))
	all := []json.RawMessage{}
	for _, plan := range q.plans {
		all = append(all, json.RawMessage(plan))
	}
	facts["plans"] = []byte(asJSON(all))
	who := object{"at": q.day + "T09:00:00Z", "by": q.role}
	given := object{"plan": json.RawMessage(q.plan), "facts": facts}
	if do == "" {
		maps.Copy(given, who)
	} else {
		doc := with[do]
		if on := days[q.day][do]; on != "" {
			doc = on
		}
		if who["do"] = do; doc != "" {
			who["with"] = json.RawMessage(doc)
		}
		given["step"] = who
	}
	require.NoError(t, json.Unmarshal(ask.Answer(pep.Lancashire(), ask.Question{Ask: name, Given: []byte(asJSON(given))}).JSON(), &got))
	return got
}
