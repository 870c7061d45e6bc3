package ask_test

import (
	"cmp"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
	"virtualschool.example/pep/rule"
)

// days holds the days on which the test looks at the plans: one in the term of the meeting,
// and one after that term. For each day, it holds the "with" of the actions that need a
// date. The dates are chosen so that only the plan, the role and the facts decide.
var days = map[string]map[string]string{
	"2026-01-28": {"reschedule_meeting": `{"meeting": "2026-02-04"}`, "reassign": `{"comment": "SPRING—17/06/2026"}`, "cease": `{"on": "2026-01-28"}`,
		"start_initial": `{"meeting": "2026-02-04"}`, "start_subsequent": `{"meeting": "2026-02-04"}`},
	later: {"reschedule_meeting": `{"meeting": "2026-10-14"}`, "reassign": `{"comment": "SPRING—17/11/2026"}`, "cease": `{"on": "2026-09-02"}`,
		"start_initial": `{"meeting": "2026-10-14"}`, "start_subsequent": `{"meeting": "2026-10-14"}`},
}

// passive holds the roles that never act on a plan.
var passive = map[pep.Role]bool{pep.VirtualSchoolHead: true, pep.IndependentReviewingOfficer: true, pep.PersonalAdviser: true}

// later is after the end of the term.
const later = "2026-09-02"

// with maps every other action to its "with" member, which is the same on every day.
var with = map[string]string{
	"answer": `{"section": 1, "answers": {"legal_name": "Ash"}}`, "save_contribution": `{"section": 3, "answers": {}, "clear": true}`,
	"attach": `{"name": "report.pdf", "size": 1}`, "delegate": `{"sections": "all"}`, "retract": `{"confirmedWithSetting": true, "reason": "moved"}`,
	"redelegate": `{"comments": "more"}`, "send_for_grading": `{"reason": "asked for"}`, "grade": `{"grade": "green"}`,
	"return_for_amendment": `{"reason": "a target"}`, "finalise": `{"waiver": "agreed"}`, "revise": `{"reason": "moved"}`,
	"reopen": `{"reason": "too early"}`, "restore": `{"reason": "wrong"}`, "delete": `{"reason": "twice"}`,
}

// around holds the facts under which the test looks at every plan.
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

// wheres returns runs that between them reach every situation that a child's plans can be
// in. The test looks at the last plan of each run.
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

// TestPlanStepAgreesWithPlanLook looks at every plan in every role and under all kinds of
// facts, and then tries every action. An action that plan.look allows must succeed and lead
// to the stage that plan.look gave. Any other action must be refused for the first reason
// that plan.look gave. The test skips an action that sets a meeting in a term for which the
// child needs no plan, because plan.look does not know the date of that meeting.
func TestPlanStepAgreesWithPlanLook(t *testing.T) {
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
					if name != "as usual" && passive[role] {
						continue
					}
					for _, plan := range []string{"null", plans[len(plans)-1]} {
						q := looked{plan: plan, facts: strings.Replace(facts, "{", `{"plans": [`+strings.Join(plans, ", ")+`], `, 1), day: day, role: role.String()}
						look := q.look()
						if look["invalid"] != nil {
							require.Equal(t, []any{"contributor", "another contributor"}, []any{look["invalid"], name})
							require.Equal(t, look["invalid"], q.step("attach")["invalid"], where)
							continue
						}
						for do, shown := range look["actions"].(ask.Reply) {
							if plan != "null" && (do == "start_initial" || do == "start_subsequent") {
								continue // a question about a start must not have a plan
							}
							step, shown := q.step(do), shown.(ask.Reply)
							if reason, _ := step["reason"].(string); days[day][do] != "" && do != "cease" && unneeded[reason] {
								meetings++
								continue
							}
							if shown["allowed"] == true {
								allowed++
							} else {
								refused++
							}
							if why := agree(shown, step); why != "" {
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
	require.Greater(t, refused, 60_000)
}

// unneeded holds the reasons why a child needs no plan for a term.
var unneeded = map[string]bool{"too_young": true, "not_looked_after": true, "other_authority": true}

// agree returns how the step differs from what plan.look said about the action, or "" if
// they agree.
func agree(shown, step ask.Reply) string {
	reasons := shown["reasons"].([]rule.Reason)
	switch {
	case step["invalid"] != nil:
		return fmt.Sprint("invalid ", step["message"])
	case shown["allowed"] != (step["refused"] == nil), shown["allowed"] != (len(reasons) == 0):
		return fmt.Sprint("looked ", shown, " and the step showed ", step)
	case step["refused"] != nil && (reasons[0].Rule.String() != step["refused"] || reasons[0].Code.String() != step["reason"]):
		return fmt.Sprint("looked ", shown, " and the step was refused by ", step["refused"], " ", step["reason"])
	case step["refused"] == nil && shown["to"] != step["stage"]:
		return fmt.Sprint("looked ", shown, " and the step led to ", step["stage"])
	}
	return ""
}

// looked is a question about a plan, on a day and in a role.
type looked struct{ plan, facts, day, role string }

// look asks which actions are allowed.
func (q looked) look() ask.Reply {
	return q.ask("plan.look", fmt.Sprintf(`"at": "%sT09:00:00Z", "by": %q`, q.day, q.role))
}

// step takes an action, with everything that it needs.
func (q looked) step(do string) ask.Reply {
	given := cmp.Or(days[q.day][do], with[do], `{}`)
	return q.ask("plan.step", fmt.Sprintf(`"step": {"at": "%sT09:00:00Z", "by": %q, "do": %q, "with": %s}`, q.day, q.role, do, given))
}

func (q looked) ask(name, more string) ask.Reply {
	return ask.Answer(pep.Lancashire(), ask.Question{Ask: name, Given: []byte(`{"plan": ` + q.plan + `, "facts": ` + q.facts + `, ` + more + `}`)})
}
