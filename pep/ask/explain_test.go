package ask_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
	"virtualschool.example/pep/policy"
)

// TestEveryAnswerSaysWhatItRestsOn asks every case. Every answer and refusal must have
// facts, parameters, the policy's revision and a sentence. Each parameter must have a
// source and, unless it is a table, a value. The answer to an invalid question has no
// facts and no revision.
func TestEveryAnswerSaysWhatItRestsOn(t *testing.T) {
	t.Parallel()
	type used struct{ Member, Source, Value any }
	sentences := map[string]bool{}
	for result := range ask.Run(ask.By(pep.Lancashire()), own(t)...) {
		id := result.Case.ID
		var got struct {
			Contract, Revision int
			Reason, Message    string
			Invalid            *string
			Refused            string
			Facts              []struct{ Name, Value any }
			Parameters         []used
		}
		require.NoError(t, json.Unmarshal(result.Got, &got), id)
		require.Equal(t, ask.Contract, got.Contract, id)
		if got.Invalid != nil {
			require.Empty(t, got.Facts, id)
			require.Zero(t, got.Revision, id)
			continue
		}
		require.Equal(t, 1, got.Revision, id)
		require.NotEmpty(t, got.Facts, id)
		require.NotEmpty(t, got.Message, id)
		require.NotRegexp(t, `[.]$|^[A-Z][a-z]+ |%!|  |\(no date\)`, got.Message, id)
		for _, p := range got.Parameters {
			require.True(t, p.Source != nil || got.Refused == "PAY-4", "%s: %v", id, p.Member)
			require.True(t, p.Value != nil || p.Source == nil || slices.Contains([]any{"bankHolidays", "formTypes", "sectionTitles"}, p.Member), "%s: %v", id, p.Member)
		}
		sentences[result.Case.Ask+" "+number.ReplaceAllString(got.Message, "n")] = true
	}
	require.Greater(t, len(sentences), 150, "the sentences must say what was decided")
}

var number = regexp.MustCompile(`[0-9]+`)

func TestMessagesReadAsSentences(t *testing.T) {
	t.Parallel()
	tests := []struct{ ask, given, want string }{
		{"term.of", `{"date": "2026-03-31"}`, "31 March 2026 is in SPRING 2026, which runs from 1 January 2026 to 31 March 2026"},
		{"pep.required_on", `{"born": "2022-05-20", "on": "2026-02-03"}`,
			"the child is 3 on 3 February 2026 but is not in nursery provision, so needs a plan only from the age of 4"},
		{"pep.required_for_term", `{"born": "2025-05-20", "term": "SPRING 2026"}`, "the child is 0 at the end of SPRING 2026, and needs a plan only from the age of 2"},
		{"pep.required_for_term", `{"born": "2008-03-31", "term": "SUMMER 2026"}`, "SUMMER 2026 is after the last term for which a plan is needed, the term in which the child turns 18"},
		{"pep.required_on", `{"born": "2014-05-20", "on": "2026-02-03", "lookedAfter": [{"from": "2020-01-01", "authority": "886"}]}`,
			"the child is looked after by another authority on 3 February 2026, and that authority makes the plan"},
		{"pep.in_age_window", `{"born": "2014-05-20", "term": "SPRING 2026"}`, "the child is 11 at the end of SPRING 2026 and, if looked after, needs a plan up to SUMMER 2032"},
		{"pep.missing", `{"term": "SPRING 2026", "today": "2026-02-20", "child": {"born": "2014-05-20"}, "plans": [{"term": "SPRING 2026", "stage": "delegated", "due": "2026-02-19"}]}`,
			"the child is missing a plan for SPRING 2026: the establishment did not return the plan by its due date, 19 February 2026"},
		{"pep.missing", `{"term": "SPRING 2026", "today": "2026-02-20", "child": {"born": "2014-05-20"}, "plans": [{"term": "SPRING 2026", "stage": "delegated", "due": "2026-02-20"}]}`,
			"the child is missing a plan for SPRING 2026: the establishment has the plan, which is due on 20 February 2026"},
		{"pep.missing", `{"term": "SPRING 2026", "today": "2026-03-20", "child": {"born": "2014-05-20", "lookedAfter": [{"from": "2026-03-18"}]}, "plans": []}`,
			"the child is excused for SPRING 2026: the first plan is due on 17 April 2026, after the term"},
		{"pep.initial_deadlines", `{"enteredCare": "2026-03-20", "emergency": true}`,
			"after the emergency placement on 20 March 2026, the first plan must be started by 7 April 2026 (within 10 working days) and completed by 21 April 2026 (within 20 working days)"},
		{"delegation.due", `{"meeting": "2026-03-27", "delegated": "2026-04-05"}`,
			"the form was delegated on 5 April 2026, after the end of SPRING 2026, the term of its meeting, so it is due 14 days after delegation, on 19 April 2026"},
		{"delegation.due", `{"meeting": "2026-07-10", "delegated": "2026-08-06"}`,
			"the form was delegated on 6 August 2026, more than 14 days after the meeting on 10 July 2026, so it is due 14 days after delegation, on 20 August 2026"},
		{"delegation.timeliness", `{"due": "2026-04-02", "today": "2026-04-07"}`,
			"the form was due on 2 April 2026 and is still out on 7 April 2026, 5 days late (1 working day)"},
		{"delegation.carry_forward", `{"meeting": "2026-03-25", "due": "2026-04-08", "today": "2026-04-09", "timesCarried": 0}`,
			"the form for SPRING 2026 was not back by 8 April 2026 and becomes the form for SUMMER 2026"},
		{"delegation.reminders", `{"delegated": "2026-01-15", "meeting": "2026-01-14"}`,
			"nobody is reminded, because the form was delegated on 15 January 2026, after the meeting on 14 January 2026"},
		{"delegation.assignment", `{"comment": "SPRING—12/09/2022", "formTerm": "SPRING 2022"}`,
			"the next meeting, on 12 September 2022, is in AUTUMN 2022, which leaves SUMMER 2022 without a meeting"},
		{"pep.payment", `{"term": "SUMMER 2025", "yearGroup": "Y5", "grade": "green", "stage": "finalised", "establishment": {"gias": 1, "dfe": "888/4000", "finance": true}}`,
			"the finalised plan for SUMMER 2025 earns £610.00, the rate for that term"},
		{"pep.payment", `{"term": "SUMMER 2026", "yearGroup": "Y5", "grade": "green", "stage": "finalised", "establishment": {"gias": 1, "dfe": "888/4000", "finance": true}}`,
			"the policy has no payment rate for the term; add the rate to the policy"},
		{"forms.type", `{"born": "2014-08-31", "on": "2025-09-01", "setting": {"gias": 7}}`,
			"a child in year group Y7 on 1 September 2025, at a special school, uses the secondary special form"},
		{"pep.retention", `{"born": "2010-06-01", "died": "2026-03-10"}`, "the record is kept until 10 March 2041, 15 years after the death, because the child died before the age of 18"},
	}
	for _, test := range tests {
		require.Equal(t, test.want, answer(t, test.ask, test.given)["message"], test.given)
	}
}

// TestAMessageFollowsThePolicy asks under policies that decide in different ways. The
// message must give the reason for the decision, and the answer must list exactly the
// parameters that it rests on.
func TestAMessageFollowsThePolicy(t *testing.T) {
	t.Parallel()
	window := []string{"terms", "untilAge", "upperBound", "leapBirthday"}
	every := append(slices.Clone(window), "alwaysFromAge", "lowerBound")
	nursery := append(slices.Clone(every), "nurseryFromAge", "nurseryProvision", "schoolFromAge")
	payee := `"establishment": {"gias": 1, "dfe": "888/4000", "finance": true}`
	tests := []struct {
		ask, given, overrides, want string
		parameters                  []string
	}{
		{"delegation.due", `{"meeting": "2026-03-20"}`, `{"rollDueDate": true}`,
			"the form is due on 7 April 2026, 14 days after the meeting on 20 March 2026 (moved to the next working day)", []string{"returnPeriod", "rollDueDate", "bankHolidays"}},
		{"delegation.due", `{"meeting": "2026-03-10"}`, `{"rollDueDate": true}`,
			"the form is due on 24 March 2026, 14 days after the meeting on 10 March 2026", []string{"returnPeriod", "rollDueDate", "bankHolidays"}},
		{"delegation.assignment", `{"comment": "SUMMER—N/A", "formTerm": "SUMMER 2026", "lastTerm": "SPRING 2026"}`, `{}`,
			"no further meeting is needed after SUMMER 2026, because SPRING 2026 is the last term for which a plan is needed", []string{"assignmentComment", "terms"}},
		{"delegation.reminders", `{"delegated": "2026-03-01", "meeting": "2026-03-10"}`, `{"reminders": []}`,
			"nobody is reminded, because the policy sets no reminder days", []string{"reminders"}},
		{"delegation.reminders", `{"delegated": "2026-03-01", "meeting": "2026-03-10"}`, `{"reminders": [-3, 0, 4]}`,
			"the establishment is to be reminded on 7 March 2026, 10 March 2026 and 14 March 2026 if the form is still out", []string{"reminders"}},
		{"delegation.reminders", `{"delegated": "2026-03-11", "meeting": "2026-03-10", "submitted": "2026-03-12"}`, `{"reminders": [7]}`,
			"nobody is reminded, because the form is not with the establishment on any reminder day", []string{"reminders"}},
		{"delegation.carry_forward", `{"meeting": "2026-03-25", "due": "2026-04-08", "today": "2026-09-01", "timesCarried": 0}`, `{"maxCarries": 0}`,
			"the policy does not carry forms forward, so the form still counts for SPRING 2026; it has not been returned in time, so it should not stay open", []string{"carryForward", "maxCarries", "terms"}},
		{"pep.required_on", `{"born": "2008-02-10", "on": "2026-02-20"}`, `{"upperBound": "birthday"}`,
			"the child has turned 18 by 20 February 2026, and no plan is needed from that birthday on", window},
		{"pep.required_for_term", `{"born": "2008-02-10", "term": "SUMMER 2026"}`, `{"upperBound": "birthday"}`,
			"the child has turned 18 by the first day of SUMMER 2026, and no plan is needed from that birthday on", window},
		{"pep.required_on", `{"born": "2008-02-10", "on": "2026-02-05"}`, `{"upperBound": "birthday"}`,
			"the child is 17 on 5 February 2026, is looked after, and needs a plan until the child turns 18", every},
		{"pep.required_on", `{"born": "2024-01-10", "on": "2026-02-20", "education": [{"kind": "school", "from": "2026-01-01"}]}`, `{}`,
			"the child is 2 on 20 February 2026 but is not in nursery provision, so needs a plan only from the age of 4", nursery},
		{"pep.required_on", `{"born": "2023-01-10", "on": "2026-02-20", "lookedAfter": [], "education": [{"kind": "nursery", "from": "2026-01-01"}]}`, `{}`,
			"the child is not looked after on 20 February 2026, and only a looked-after child needs a plan", nursery},
		{"pep.required_for_term", `{"born": "2022-03-20", "term": "SPRING 2026", "lookedAfter": [{"from": "2026-01-01", "to": "2026-02-01"}]}`, `{}`,
			"the child is not looked after on the days of SPRING 2026 on which a plan could be needed, and only a looked-after child needs a plan", every},
		{"pep.last_term", `{"born": "2008-04-01"}`, `{"upperBound": "birthday"}`,
			"the last term for which a plan is needed is SPRING 2026, the term that contains the day before the child turns 18", []string{"untilAge", "upperBound", "leapBirthday", "terms"}},
		{"pep.initial_deadlines", `{"enteredCare": "2026-03-20", "emergency": false}`, `{"initialDeadline": {"days": 28}}`,
			"the child entered care on 20 March 2026, so the first plan must be complete by 17 April 2026, 28 days later", []string{"initialDeadline"}},
		{"pep.grading", `{"establishment": "a", "term": "SPRING 2026", "child": "c", "history": [{"establishment": "a", "term": "SPRING 2026", "grade": "amber", "child": "c", "on": "2026-02-01"}]}`,
			`{"gradesReturned": ["red", "amber"]}`, "the child's latest grade in SPRING 2026 is amber, so the plan must be graded again", []string{"gradesReturned"}},
		{"pep.payment", `{"term": "SPRING 2026", "yearGroup": "Y7", "grade": "amber", "stage": "finalised", ` + payee + `}`, `{"gradesReturned": ["red", "amber"]}`,
			"the plan for SPRING 2026 is graded amber, so it is not paid for until it has an adequate grade", []string{"paidYears", "unpaidTypes", "paidTypes", "gradesReturned"}},
		{"pep.payment", `{"term": "SPRING 2026", "yearGroup": "Y7", "grade": null, "stage": "finalised", ` + payee + `}`, `{"ungradedPaid": false}`,
			"the plan for SPRING 2026 has not been graded yet, so it is not paid for until it has an adequate grade", []string{"paidYears", "unpaidTypes", "paidTypes", "ungradedPaid"}},
		{"pep.identifier", `{"kind": "dfe_number", "value": "8884000"}`, `{}`, "the value is a valid DfE number; a DfE number has three digits, an optional slash and four more digits, and its digits are not all zeros", []string{}},
	}
	for _, test := range tests {
		got := reply(t, fmt.Sprintf(`{"ask": %q, "given": %s, "overrides": %s}`, test.ask, test.given, test.overrides))
		require.Equal(t, test.want, got["message"], test.given)
		used := []string{}
		for _, p := range got["parameters"].([]any) {
			used = append(used, p.(map[string]any)["member"].(string))
		}
		require.Equal(t, test.parameters, used, test.given)
	}
}

// TestAFactAgreesWithTheAnswer asks about a form that is delegated on the day of its meeting.
func TestAFactAgreesWithTheAnswer(t *testing.T) {
	t.Parallel()
	got := answer(t, "delegation.due", `{"meeting": "2026-03-10", "delegated": "2026-03-10"}`)
	require.Contains(t, got["facts"], map[string]any{"name": "outOfTerm", "value": got["outOfTerm"]})
}

// TestAParameterIsShownAsItWasUsed asks about two parameters whose values change on some day.
// An age uses the value that holds on the first day of the term. A question about section
// titles has no day, so its answer shows the latest titles.
func TestAParameterIsShownAsItWasUsed(t *testing.T) {
	t.Parallel()
	leap := `, "overrides": {"leapBirthday": [{"source": "before", "value": "mar1"}, {"from": "2026-02-01", "source": "after", "value": "feb28"}]}}`
	got := reply(t, `{"ask": "term.age", "given": {"born": "2008-02-29", "on": "2026-02-28"}`+leap)
	require.Equal(t, 17.0, got["age"])
	require.Equal(t, []any{map[string]any{"member": "leapBirthday", "to": "2026-02-01", "source": "before", "value": "mar1"}}, got["parameters"])

	var lancashire struct {
		SectionTitles []struct{ Value json.RawMessage }
	}
	require.NoError(t, json.Unmarshal(policy.Render(pep.Lancashire()), &lancashire))
	titles := string(lancashire.SectionTitles[0].Value)
	got = reply(t, fmt.Sprintf(`{"ask": "forms.sections", "given": {"formType": "early_years"}, "overrides": {"sectionTitles": [
		{"source": "before", "value": %s}, {"from": "2026-09-01", "source": "after", "value": %s}]}}`, titles, strings.ReplaceAll(titles, "My Health", "Health")))
	require.Equal(t, "Health", got["second"])
	require.Equal(t, []any{map[string]any{"member": "sectionTitles", "from": "2026-09-01", "source": "after"}}, got["parameters"])
}

func TestAnAnswerShowsTheParameterThatItUsed(t *testing.T) {
	t.Parallel()
	got := reply(t, `{"ask": "delegation.due", "given": {"meeting": "2026-12-16"}, "overrides": {"returnPeriod": [
		{"to": "2027-01-01", "source": "process book", "value": {"days": 14}},
		{"from": "2027-01-01", "source": "minutes of 12 May 2026", "value": {"workingDays": 10}}]}}`)
	require.Equal(t, []any{map[string]any{"member": "returnPeriod", "to": "2027-01-01", "source": "process book", "value": map[string]any{"days": 14.0}}}, got["parameters"])
	require.Equal(t, []any{map[string]any{"name": "meeting", "value": "2026-12-16"}, map[string]any{"name": "delegated", "value": nil}}, got["facts"])
}

// TestNoFactHoldsABirthDate asks every question, with a birth date if it takes one, and looks
// for that date in the answer.
func TestNoFactHoldsABirthDate(t *testing.T) {
	t.Parallel()
	for name, members := range questions {
		q := ask.Question{Ask: name, Given: []byte(given(members, asIs))}
		require.NotContains(t, string(ask.Answer(pep.Lancashire(), q).JSON()), "2014-05-20", name)
	}
}
