package ask_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
)

// TestEveryAnswerSaysWhatItRestsOn asks every case: an answer and a refusal
// have facts, parameters each with a source and, but for tables, a value, the
// policy's revision, and a sentence; what is no question has none of these.
func TestEveryAnswerSaysWhatItRestsOn(t *testing.T) {
	t.Parallel()
	type used struct{ Member, Source, Value any }
	sentences := map[string]bool{}
	for result := range ask.Run(ask.By(pep.Lancashire()), corpora(t)...) {
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
	require.Greater(t, len(sentences), 150, "the sentences say what was decided, and not one thing for all")
}

var number = regexp.MustCompile(`[0-9]+`)

func TestASentenceIsThatOfAPerson(t *testing.T) {
	t.Parallel()
	tests := []struct{ ask, given, want string }{
		{"term.of", `{"date": "2026-03-31"}`, "31 March 2026 is in SPRING 2026, which is from 1 January 2026 to 31 March 2026"},
		{"pep.required_on", `{"born": "2022-05-20", "on": "2026-02-03"}`,
			"the child is 3 on 3 February 2026 and in no nursery provision, without which no plan is needed before the age of 4"},
		{"pep.required_for_term", `{"born": "2025-05-20", "term": "SPRING 2026"}`, "the child is 0 at the end of SPRING 2026, and no plan is needed before the age of 2"},
		{"pep.required_for_term", `{"born": "2008-03-31", "term": "SUMMER 2026"}`, "SUMMER 2026 is after the last term that needs a plan, that of the birthday of 18"},
		{"pep.required_on", `{"born": "2014-05-20", "on": "2026-02-03", "lookedAfter": [{"from": "2020-01-01", "authority": "kent"}]}`,
			"the child is looked after by another authority on 3 February 2026, which is the one to plan"},
		{"pep.in_age_window", `{"born": "2014-05-20", "term": "SPRING 2026"}`, "the child is 11 at the end of SPRING 2026, and in the age window up to SUMMER 2032"},
		{"pep.initial_deadlines", `{"enteredCare": "2026-03-20", "emergency": true}`,
			"after an emergency placement on 20 March 2026 the first plan is started by 7 April 2026, 10 working days on, and complete by 21 April 2026, 20 working days on"},
		{"delegation.due", `{"meeting": "2026-03-27", "delegated": "2026-04-05"}`,
			"the form was delegated on 5 April 2026, after SPRING 2026, the term of its meeting, had ended, and is due 14 days later, on 19 April 2026"},
		{"delegation.due", `{"meeting": "2026-07-10", "delegated": "2026-08-06"}`,
			"14 days after the meeting of 10 July 2026 were past when the form was delegated on 6 August 2026, so it is due 14 days after that, on 20 August 2026"},
		{"delegation.timeliness", `{"due": "2026-04-02", "today": "2026-04-07"}`,
			"the form was due on 2 April 2026 and is still out on 7 April 2026, 5 days late (1 working day)"},
		{"delegation.carry_forward", `{"meeting": "2026-03-25", "due": "2026-04-08", "today": "2026-04-09", "timesCarried": 0}`,
			"the form of SPRING 2026 was not back by 8 April 2026 and becomes the form of SUMMER 2026"},
		{"delegation.reminders", `{"delegated": "2026-01-15", "meeting": "2026-01-14"}`,
			"nobody is reminded: the form was delegated on 15 January 2026, after the meeting of 14 January 2026"},
		{"delegation.assignment", `{"comment": "SPRING—12/09/2022", "formTerm": "SPRING 2022"}`,
			"the next meeting, on 12 September 2022, is in AUTUMN 2022 and leaves SUMMER 2022 without one"},
		{"pep.payment", `{"term": "SUMMER 2025", "yearGroup": "Y5", "grade": "green", "stage": "finalised", "establishment": {"gias": 1, "dfe": "888/4000", "finance": true}}`,
			"the finalised plan of SUMMER 2025 is paid £610.00, the rate of that term"},
		{"pep.payment", `{"term": "SUMMER 2026", "yearGroup": "Y5", "grade": "green", "stage": "finalised", "establishment": {"gias": 1, "dfe": "888/4000", "finance": true}}`,
			"no rate is published for the term"},
		{"forms.type", `{"born": "2014-08-31", "on": "2025-09-01", "setting": {"gias": 7}}`,
			"the form of Y7, the year group on 1 September 2025 at a special school, is secondary_special"},
		{"pep.retention", `{"born": "2010-06-01", "died": "2026-03-10"}`, "the record is kept until 10 March 2041, 15 years from a death before the age of 18"},
	}
	for _, test := range tests {
		require.Equal(t, test.want, answer(t, test.ask, test.given)["message"], test.given)
	}
}

func TestAnAnswerShowsTheParameterThatItUsed(t *testing.T) {
	t.Parallel()
	got := reply(t, `{"ask": "delegation.due", "given": {"meeting": "2026-12-16"}, "overrides": {"returnPeriod": [
		{"to": "2027-01-01", "source": "process book", "value": {"days": 14}},
		{"from": "2027-01-01", "source": "minutes of 12 May 2026", "value": {"workingDays": 10}}]}}`)
	require.Equal(t, []any{map[string]any{"member": "returnPeriod", "to": "2027-01-01", "source": "process book", "value": map[string]any{"days": 14.0}}}, got["parameters"])
	require.Equal(t, []any{map[string]any{"name": "meeting", "value": "2026-12-16"}, map[string]any{"name": "delegated", "value": nil}}, got["facts"])
}

// TestNoFactHoldsABirthDate has a birth date in every question that takes one
// and looks for it in the answer.
func TestNoFactHoldsABirthDate(t *testing.T) {
	t.Parallel()
	for name, members := range questions {
		q := ask.Question{Ask: name, Given: []byte(given(members, asIs))}
		require.NotContains(t, string(ask.Answer(pep.Lancashire(), q).JSON()), "2014-05-20", name)
	}
}
