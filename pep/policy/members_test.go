package policy_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
	"virtualschool.example/pep/internal/fixture"
	"virtualschool.example/pep/policy"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// answered returns a function that answers a question of the JSON contract,
// without the explanation.
func answered(question, given string) func(*pep.Policy) any {
	return func(p *pep.Policy) any {
		var answer map[string]any
		if err := json.Unmarshal(ask.AnswerJSON(p, fmt.Appendf(nil, `{"ask": %q, "given": %s}`, question, given)), &answer); err != nil {
			return err
		}
		for _, name := range []string{"parameters", "facts", "message"} {
			delete(answer, name)
		}
		return answer
	}
}

const (
	throughout = `"lookedAfter": [{"from": "2010-01-01"}]`
	paid       = `"term": "AUTUMN 2025", "yearGroup": %q, "grade": %s, "stage": "finalised", "establishment": {"gias": %d, "dfe": "888/4000", "finance": %t}`
)

func payment(year, grade string, gias int, finance bool) func(*pep.Policy) any {
	return answered("pep.payment", "{"+fmt.Sprintf(paid, year, grade, gias, finance)+"}")
}

func required(born, more string) func(*pep.Policy) any {
	return answered("pep.required_for_term", `{"born": "`+born+`", "term": "SPRING 2026", `+more+`}`)
}

// moved holds, for each parameter, a new value, a decision that depends on the
// parameter, and the day that chooses the value for that decision.
var moved = map[rule.Parameter]struct {
	value, on string
	decide    func(*pep.Policy) any
}{
	rule.ParameterTerms:          {`{"spring": "01-01", "summer": "05-01", "autumn": "09-01"}`, "", answered("term.of", `{"date": "2026-04-15"}`)},
	rule.ParameterBankHolidays:   {`{"from": "2026-01-01", "to": "2027-01-01", "days": []}`, "", answered("pep.initial_deadlines", `{"enteredCare": "2026-03-20", "emergency": false}`)},
	rule.ParameterLeapBirthday:   {`"feb28"`, "2026-01-01", answered("pep.required_on", `{"born": "2024-02-29", "on": "2026-02-28", "education": [{"kind": "nursery", "from": "2025-01-01"}]}`)},
	rule.ParameterNurseryFromAge: {`3`, "2026-01-01", required("2023-06-01", `"education": [{"kind": "nursery", "from": "2025-01-01"}]`)},
	rule.ParameterSchoolFromAge:  {`2`, "2026-01-01", required("2023-06-01", `"education": [{"kind": "school", "from": "2025-01-01"}]`)},
	rule.ParameterAlwaysFromAge:  {`2`, "2026-01-01", required("2023-06-01", throughout)},
	rule.ParameterUntilAge:       {`17`, "2026-01-01", required("2008-06-01", throughout)},
	rule.ParameterLowerBound:     {`"term_after_birthday"`, "2026-01-01", required("2022-02-01", throughout)},
	rule.ParameterUpperBound:     {`"birthday"`, "2026-01-01", required("2008-01-01", throughout)},
	rule.ParameterNurseryProvision: {`["nursery"]`, "2026-01-01",
		required("2023-06-01", `"education": [{"kind": "childminder", "from": "2025-01-01"}]`)},
	rule.ParameterShortBreaks: {`true`, "2026-01-01",
		required("2014-06-01", `"lookedAfter": [{"from": "2025-01-01", "shortBreak": true}]`)},
	rule.ParameterFormTypes: {strings.ReplaceAll(inForce(rule.ParameterFormTypes), "key_stage_5", "secondary_mainstream"), "2026-03-25",
		answered("forms.type", `{"born": "2009-06-01", "on": "2026-03-25", "setting": null}`)},
	rule.ParameterSpecialTypes: {`[14]`, "2026-03-25", answered("forms.type", `{"born": "2014-06-01", "on": "2026-03-25", "setting": {"gias": 14}}`)},
	rule.ParameterSectionTitles: {strings.ReplaceAll(inForce(rule.ParameterSectionTitles), "My Views", "What I think"), "2026-03-25",
		func(p *pep.Policy) any {
			s, _ := p.Template(forms.KeyStage5, on("2026-03-25")).Section(3)
			return s.Title
		}},
	rule.ParameterSubsequentDelegation: {`["social_worker"]`, "2026-03-25", func(p *pep.Policy) any {
		plan := begun(p, pep.StartSubsequent{Meeting: on("2026-03-25")})
		return plan.Do(act(p, pep.BusinessSupport), pep.Delegate{All: true})
	}},
	rule.ParameterMeetingTermsBack:  {`0`, "2026-03-01", startFor("2025-12-31")},
	rule.ParameterMeetingTermsAhead: {`3`, "2026-03-01", startFor("2027-01-01")},
	rule.ParameterReturnPeriod:      {`{"workingDays": 10}`, "2026-03-25", answered("delegation.due", `{"meeting": "2026-03-25"}`)},
	rule.ParameterRollDueDate:       {`true`, "2026-05-11", answered("delegation.due", `{"meeting": "2026-05-11"}`)},
	rule.ParameterOutOfTermPeriod:   {`{"days": 21}`, "2026-03-27", answered("delegation.due", `{"meeting": "2026-03-27", "delegated": "2026-04-05"}`)},
	rule.ParameterReminders:         {`[-1]`, "2026-03-25", answered("delegation.reminders", `{"meeting": "2026-03-25", "delegated": "2026-03-01"}`)},
	rule.ParameterDueReminders: {`[-2]`, "2026-03-25", func(p *pep.Policy) any {
		return p.Delegation(on("2026-03-25")).RemindersOn(delegation.Dates{Meeting: on("2026-03-25"), Delegated: on("2026-03-01"), Due: on("2026-04-08")})
	}},
	rule.ParameterPreparationDays: {`5`, "2026-03-25", func(p *pep.Policy) any {
		plan := pep.New(pep.ID{UUID: uuid.UUID{1}})
		err := plan.Do(act(p, pep.SocialWorker), pep.StartInitial{Meeting: on("2026-03-25")})
		late := act(p, pep.SocialWorker)
		late.On = on("2026-03-18")
		warnings, warned := plan.Warnings(late)
		return fmt.Sprint(warnings, errors.Join(err, warned))
	}},
	rule.ParameterPortalLag: {`{"hours": 1}`, "2026-03-01", func(p *pep.Policy) any {
		plan, by := begun(p, pep.StartInitial{Meeting: on("2026-03-25")}), act(p, pep.SocialWorker)
		by.Facts.Contributor.Actioned = by.At.Add(-2 * time.Hour)
		return plan.Do(by, pep.Delegate{All: true})
	}},
	rule.ParameterAssignmentComment: {`{"dashes": "~", "none": "none"}`, "2022-01-01",
		answered("delegation.assignment", `{"comment": "SPRING ~ 17/06/2022", "formTerm": "SPRING 2022"}`)},
	rule.ParameterCarryForward: {`"off"`, "2026-04-09",
		answered("delegation.carry_forward", `{"meeting": "2026-03-25", "due": "2026-04-08", "today": "2026-04-09", "timesCarried": 0}`)},
	rule.ParameterMaxCarries: {`2`, "2026-09-01",
		answered("delegation.carry_forward", `{"meeting": "2026-03-25", "due": "2026-04-08", "today": "2026-09-01", "timesCarried": 1}`)},
	rule.ParameterInitialDeadline:   {`{"days": 28}`, "2026-03-20", answered("pep.initial_deadlines", `{"enteredCare": "2026-03-20", "emergency": false}`)},
	rule.ParameterEmergencyDeadline: {`{"days": 10}`, "2025-12-24", answered("pep.initial_deadlines", `{"enteredCare": "2025-12-24", "emergency": true}`)},
	rule.ParameterGrading: {`{"sampling": "all"}`, "2026-01-01",
		answered("pep.grading", `{"establishment": "A", "term": "SPRING 2026", "history": [{"establishment": "A", "term": "SPRING 2026", "grade": "green", "child": "c1", "on": "2026-03-01"}]}`)},
	rule.ParameterGradesReturned: {`["red", "amber"]`, "2025-09-01", payment("Y5", `"amber"`, 1, true)},
	rule.ParameterUngradedPaid:   {`false`, "2025-09-01", payment("Y5", `null`, 1, true)},
	rule.ParameterRates: {`[{"from": "2025-04-01", "to": "2026-04-01", "source": "a", "value": 70000}]`, "",
		payment("Y5", `"green"`, 1, true)},
	rule.ParameterPaidYears:    {`{"from": "Y1", "to": "Y11"}`, "2025-09-01", payment("R", `"green"`, 1, true)},
	rule.ParameterPaidTypes:    {`[2, 57]`, "2025-09-01", payment("Y5", `"green"`, 57, true)},
	rule.ParameterUnpaidTypes:  {`[]`, "2025-09-01", payment("Y5", `"green"`, 10, true)},
	rule.ParameterFinanceTypes: {`[]`, "2025-09-01", payment("Y5", `"green"`, 28, false)},
	rule.ParameterSealedDays: {`7`, "2026-03-01", func(p *pep.Policy) any {
		plan := begun(p, pep.StartInitial{Meeting: on("2026-03-25")})
		err := plan.Do(act(p, pep.SocialWorker), pep.Delegate{All: true})
		lost := plan.Do(act(p, pep.SocialWorker), pep.Retract{ConfirmedWithSetting: true, Reason: private.NewText("Wrong school")})
		pending := plan.Pending()
		return fmt.Sprint(pending[len(pending)-1].SealedUntil, errors.Join(err, lost))
	}},
	rule.ParameterStalledDays: {`13`, "2026-03-15", func(p *pep.Policy) any {
		return p.Stalled(&pep.Snapshot{Stage: pep.Checking, Since: on("2026-03-01")}, on("2026-03-15"))
	}},
	rule.ParameterKeepYears:      {`80`, "2010-06-01", answered("pep.retention", `{"born": "2010-06-01"}`)},
	rule.ParameterKeepAfterDeath: {`25`, "2010-06-01", answered("pep.retention", `{"born": "2010-06-01", "died": "2026-03-10"}`)},
}

// inForce returns Lancashire's value of a parameter as JSON.
func inForce(of rule.Parameter) string {
	v, _ := policy.ValueOn(pep.Lancashire(), of, civil.Date{})
	return string(v.JSON)
}

var on = fixture.On

// startFor returns a function that says whether a first plan can be started for
// a meeting.
func startFor(meeting string) func(*pep.Policy) any {
	return func(p *pep.Policy) any {
		return pep.New(pep.ID{UUID: uuid.UUID{1}}).Do(act(p, pep.SocialWorker), pep.StartInitial{Meeting: on(meeting)})
	}
}

// act returns an act of 1 March 2026 for a child in Year 7 at a mainstream
// school.
func act(p *pep.Policy, r pep.Role) *pep.Act {
	school := record.EstablishmentID{UUID: uuid.UUID{2}}
	by := &pep.Act{
		By: record.PersonID{UUID: uuid.UUID{3}}, Role: r, Policy: p, On: on("2026-03-01"), At: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC),
		Facts: pep.Facts{
			Child:         record.Child{ID: record.ChildID{UUID: uuid.UUID{4}}, Born: private.NewDate(on("2013-10-01")), Care: record.Care{Throughout: true}},
			Establishment: &record.Establishment{ID: school, Status: record.Current, Type: forms.CommunitySchool},
			Contributor:   &record.Contributor{ID: record.ContributorID{UUID: uuid.UUID{5}}, Establishment: school, Active: true},
		},
	}
	return by
}

// begun returns a plan that was started under p, with every box filled.
func begun(p *pep.Policy, start pep.Action) *pep.PEP {
	plan, role := pep.New(pep.ID{UUID: uuid.UUID{1}}), pep.SocialWorker
	by := act(p, role)
	if start.Verb() == pep.VerbStartSubsequent {
		by.Role, by.Facts.Previous = pep.BusinessSupport, &pep.Previous{Started: on("2025-10-01"), Term: p.Calendar().Of(on("2025-10-01"))}
	}
	if err := plan.Do(by, start); err != nil {
		panic(err)
	}
	for n := range forms.TemplateOf(plan.Type()).Len() {
		all := forms.TemplateOf(plan.Type()).AnswerAll(n+1, "Yes")
		if err := plan.Do(act(p, role), pep.Answer{Section: n + 1, Answers: all}); err != nil {
			panic(err)
		}
	}
	return plan
}

// TestEveryParameterDecides changes each parameter and requires that a decision
// changes with it. This shows that no number or table is fixed in the code. If the
// parameter has dates, a new value that begins one day after the day that chooses
// the value must change nothing.
func TestEveryParameterDecides(t *testing.T) {
	t.Parallel()
	for of := range rule.AllParameters() {
		t.Run(of.String(), func(t *testing.T) {
			t.Parallel()
			move, ok := moved[of]
			require.True(t, ok, "no decision that depends on the parameter is listed")
			before := move.decide(pep.Lancashire())
			after := move.decide(over(t, `{"`+of.String()+`": `+move.value+`}`))
			require.NotEqual(t, before, after)
			require.Equal(t, move.on == "", of.Basis() == rule.Throughout || of == rule.ParameterRates)
			if move.on == "" {
				return
			}
			from := func(day civil.Date) *pep.Policy {
				return over(t, fmt.Sprintf(`{%q: [{"source": "a", "value": %s}, {"from": %q, "source": "b", "value": %s}]}`, of, inForce(of), day, move.value))
			}
			require.Equal(t, after, move.decide(from(on(move.on))), "from that day on")
			require.Equal(t, before, move.decide(from(on(move.on).AddDays(1))), "from the next day on")
		})
	}
}

// over returns Lancashire's policy with an overlay.
func over(t *testing.T, doc string) *pep.Policy {
	t.Helper()
	p, err := policy.Overlay(pep.Lancashire(), []byte(doc))
	require.NoError(t, err)
	return p
}
