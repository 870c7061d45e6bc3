package ask_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
)

// member describes one member of a question: a valid value, whether the member is
// required, whether a required member may be null, and some malformed values.
type member struct {
	good           string
	needed, nulled bool
	bad            []string
}

// Members and bad values that several questions share.
var (
	badDates = []string{`""`, `"2026-02-30"`, `"2026-1-1"`, `"20260101"`, `" 2026-01-01"`, `"2026-01-01T00:00:00Z"`, `"31/12/2026"`, `0`, `true`, `[]`, `{}`}
	badTerms = []string{`""`, `"SPRING"`, `"spring 2026"`, `"SPRING  2026"`, `"WINTER 2026"`, `"SPRING 26"`, `"2026 SPRING"`, `1`, `{}`}
	badTexts = []string{`1`, `true`, `[]`, `{}`, "\"\xff\""}
	badBools = []string{`"true"`, `1`, `[]`, `{}`}
	badLists = []string{`{}`, `"x"`, `1`, `[1]`, `[null]`, `[[]]`}

	born         = member{good: `"2014-05-20"`, needed: true, bad: append([]string{`"2031-01-01"`, `"1990-01-01"`}, badDates...)}
	anyBorn      = member{good: `"2014-05-20"`, needed: true, bad: badDates}
	day          = member{good: `"2026-02-03"`, needed: true, bad: badDates}
	maybeDay     = member{good: `"2026-02-03"`, bad: badDates}
	aTerm        = member{good: `"SPRING 2026"`, needed: true, bad: badTerms}
	recordedYear = member{good: `"Y6"`, bad: []string{`""`, `"Y0"`, `"y6"`, `"N3"`, `"06"`, `"six"`, `6`, `{}`}}
	lookedAfter  = member{good: `[{"from": "2020-01-01", "to": null, "shortBreak": false, "authority": "888"}]`, bad: badLists}
	theChild     = `{"born": "2014-05-20"}`
	theFacts     = `{"child": ` + theChild + `}`
	badIDs       = []string{`""`, `"6ba7b810"`, `"6ba7b8109dad11d180b400c04fd430c8"`, `"{6ba7b810-9dad-11d1-80b4-00c04fd430c8}"`, `"00000000-0000-0000-0000-000000000000"`, `1`, `{}`}
	badInstants  = []string{`""`, `"2026-01-05"`, `"2026-01-05T09:00:00"`, `1`, `{}`}
	badStates    = []string{`"x"`, `1`, `[]`}
	education    = member{good: `[{"kind": "school", "from": "2019-09-01"}]`, bad: badLists}
)

// questions holds every question with its members.
var questions = map[string]map[string]member{
	"term.of":               {"date": day},
	"term.age":              {"born": born, "on": day},
	"forms.year_group":      {"born": born, "on": day, "recordedYear": recordedYear},
	"forms.type":            {"born": born, "on": day, "recordedYear": recordedYear, "setting": {good: `{"special": true}`, needed: true, nulled: true, bad: []string{`{}`, `1`, `"special"`, `[]`}}},
	"forms.sections":        {"formType": {good: `"early_years"`, needed: true, bad: []string{`""`, `"EARLY_YEARS"`, `1`, `{}`}}},
	"pep.in_age_window":     {"born": born, "term": aTerm, "education": education},
	"pep.required_on":       {"born": born, "on": day, "lookedAfter": lookedAfter, "education": education},
	"pep.required_for_term": {"born": born, "term": aTerm, "lookedAfter": lookedAfter, "education": education},
	"pep.last_term":         {"born": anyBorn},
	"pep.initial_deadlines": {"enteredCare": day, "emergency": {good: `true`, needed: true, bad: badBools}},
	"delegation.due":        {"meeting": day, "delegated": maybeDay},
	"delegation.timeliness": {"due": day, "today": day, "submitted": maybeDay},
	"delegation.assignment": {
		"comment":  {good: `"SPRING—17/06/2026"`, needed: true, bad: badTexts},
		"formTerm": aTerm, "lastTerm": {good: `"SPRING 2030"`, bad: badTerms},
	},
	"delegation.reminders": {"delegated": day, "meeting": day, "submitted": maybeDay, "retracted": maybeDay},
	"delegation.carry_forward": {
		"meeting": day, "due": day, "today": day, "submitted": maybeDay,
		"timesCarried": {good: `0`, needed: true, bad: []string{`-1`, `0.5`, `"0"`, `1e-3`, `32768`, `99999999999999999999`, `[]`}},
	},
	"pep.grading": {
		"establishment": {good: `"A"`, needed: true, nulled: true, bad: []string{`""`, `1`, `{}`}},
		"term":          aTerm, "child": {good: `"c"`, bad: []string{`""`, `1`, `{}`}}, "meeting": maybeDay,
		"history": {good: `[{"establishment": null, "term": "SPRING 2026", "grade": "red", "child": "c", "on": "2026-02-01"}]`, needed: true, bad: badLists},
	},
	"pep.payment": {
		"term": {good: `"SPRING 2026"`, needed: true, bad: badTerms}, "yearGroup": {good: `"Y5"`, needed: true, bad: []string{`""`, `"5"`, `"Y14"`, `5`}},
		"grade":         {good: `"green"`, needed: true, nulled: true, bad: []string{`""`, `"GREEN"`, `1`}},
		"stage":         {good: `"finalised"`, needed: true, bad: []string{`""`, `"none"`, `"done"`, `1`}},
		"establishment": {good: `{"gias": 1, "dfe": "8884000", "finance": true}`, needed: true, nulled: true, bad: []string{`"A"`, `1`, `[]`}},
	},
	"pep.identifier": {
		"kind":  {good: `"urn"`, needed: true, bad: []string{`""`, `"URN"`, `1`}},
		"value": {good: `"123456"`, needed: true, bad: badTexts},
	},
	"pep.retention": {"born": anyBorn, "died": {good: `"2026-02-03"`, bad: append([]string{`"2013-01-01"`}, badDates...)}},
	"pep.workflow": {
		"child":         {good: `{"born": "2014-05-20"}`, needed: true, bad: []string{`"x"`, `1`, `[]`}},
		"establishment": {good: `{"status": "current", "special": false, "gias": 1}`, bad: []string{`"x"`, `1`, `[]`}},
		"contributor":   {good: `{"active": true}`, bad: []string{`"x"`, `1`, `[]`}},
		"steps":         {good: `[{"at": "2026-01-05T09:00:00Z", "by": "social_worker", "do": "start_initial", "with": {"meeting": "2026-01-14"}}]`, needed: true, bad: badLists},

		"gradingRequired": {good: `false`, bad: badBools},
	},
	"plan.step": {
		"plan":  {good: states(starts)[0], needed: true, nulled: true, bad: badStates},
		"facts": {good: theFacts, needed: true, bad: []string{`"x"`, `1`, `[]`}},
		"step":  {good: `{"at": "2026-01-05T09:00:00Z", "by": "social_worker", "do": "answer", "with": {"section": 1, "fill": "complete"}}`, needed: true, bad: []string{`"x"`, `1`, `[]`}},
	},
	"plan.look": {
		"plan":  {good: states(starts)[0], needed: true, nulled: true, bad: badStates},
		"facts": {good: theFacts, needed: true, bad: []string{`"x"`, `1`, `[]`}},
		"at":    {good: `"2026-01-05T09:00:00Z"`, needed: true, bad: badInstants},
		"by":    {good: `"social_worker"`, needed: true, bad: []string{`""`, `"teacher"`, `1`}},
		"actor": {good: `"6ba7b810-9dad-11d1-80b4-00c04fd430c8"`, bad: badIDs},
	},
	"pep.missing": {
		"term": aTerm, "today": day, "child": {good: theChild, needed: true, bad: []string{`"x"`, `1`, `[]`}},
		"plans": {good: `[` + states(starts)[0] + `, {"term": "SPRING 2026", "stage": "deleted"}]`, needed: true, bad: []string{`{}`, `"x"`, `1`}},
	},
	"delegation.preflight": {
		"establishment": {good: `{"status": "current"}`, needed: true, bad: []string{`"x"`, `1`, `[]`}},
		"contributor":   {good: `{"active": true}`, needed: true, bad: []string{`"x"`, `1`, `[]`}},
		"at":            {good: `"2026-01-05T09:00:00Z"`, needed: true, bad: badInstants},
	},
	"forms.questions": {
		"formType": {good: `"early_years"`, needed: true, bad: []string{`""`, `"EARLY_YEARS"`, `1`, `{}`}},
		"section":  {good: `2`, bad: []string{`0`, `6`, `9`, `"1"`, `[]`}},
	},
}

// given returns the member "given" of a question. The second argument is a function that
// writes each member inside it.
func given(members map[string]member, changed func(name, good string) string) string {
	var parts []string
	for _, name := range slices.Sorted(keys(members)) {
		if part := changed(name, members[name].good); part != "" {
			parts = append(parts, part)
		}
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func keys(members map[string]member) func(func(string) bool) {
	return func(yield func(string) bool) {
		for name := range members {
			if !yield(name) {
				return
			}
		}
	}
}

func asIs(name, good string) string { return fmt.Sprintf("%q: %s", name, good) }

// put changes one member to a value, or leaves it out if the value is "".
func put(member, value string) func(name, good string) string {
	return func(name, good string) string {
		switch {
		case name != member:
			return asIs(name, good)
		case value == "":
			return ""
		}
		return asIs(name, value)
	}
}

// answer asks a question, and returns the answer as a client sees it.
func answer(t *testing.T, question, given string) map[string]any {
	t.Helper()
	return reply(t, fmt.Sprintf(`{"ask": %q, "given": %s}`, question, given))
}

func reply(t *testing.T, question string) map[string]any {
	t.Helper()
	var got map[string]any
	require.NoError(t, json.Unmarshal(ask.AnswerJSON(pep.Lancashire(), []byte(question)), &got))
	require.NotEmpty(t, got["reason"], question)
	require.NotEmpty(t, got["message"], question)
	require.NotRegexp(t, "must be (;|$)", got["message"], question)
	require.IsType(t, []any{}, got["rules"], question)
	return got
}

func TestEveryAskIsAnswered(t *testing.T) {
	t.Parallel()
	for name := range ask.Asks() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Contains(t, questions, name, "a row of the table")
			got := answer(t, name, given(questions[name], asIs))
			require.NotContains(t, got, "invalid", "%v", got)
			require.NotContains(t, got, "refused", "%v", got)
			require.NotEmpty(t, got["rules"])
		})
	}
	require.Len(t, questions, len(slices.Collect(ask.Asks())))
}

func TestAMissingMemberIsNamed(t *testing.T) {
	t.Parallel()
	for name, members := range questions {
		for m, is := range members {
			for _, value := range []string{"", "null"} {
				got := answer(t, name, given(members, put(m, value)))
				if is.needed && !(is.nulled && value == "null") {
					require.Equal(t, m, got["invalid"], "%s: %s %s", name, m, value)
				} else {
					require.NotContains(t, got, "invalid", "%s: %s %s", name, m, value)
				}
			}
		}
	}
}

func TestAMalformedMemberIsNamed(t *testing.T) {
	t.Parallel()
	for name, members := range questions {
		for m, is := range members {
			for _, value := range is.bad {
				got := answer(t, name, given(members, put(m, value)))
				require.Equal(t, m, got["invalid"], "%s: %s %s", name, m, value)
			}
		}
	}
}

func TestAnUnknownOrRepeatedMemberIsNamed(t *testing.T) {
	t.Parallel()
	for name, members := range questions {
		for m := range members {
			twice := given(members, func(n, good string) string {
				if n == m {
					return asIs(n, good) + ", " + asIs(n, good)
				}
				return asIs(n, good)
			})
			require.Equal(t, m, answer(t, name, twice)["invalid"], "%s: %s", name, m)
		}
		unknown := strings.Replace(given(members, asIs), "{", `{"unknown": null, `, 1)
		require.Equal(t, "unknown", answer(t, name, unknown)["invalid"], name)
	}
}

func TestNestedMembersAreNamedWithoutTheirPath(t *testing.T) {
	t.Parallel()
	step := func(with string) string {
		return `{"child": {"born": "2014-05-20"}, "steps": [` + with + `]}`
	}
	with := func(do, with string) string {
		return step(`{"at": "2026-01-05T09:00:00Z", "by": "social_worker", "do": "` + do + `", "with": ` + with + `}`)
	}
	on := func(more string) string { return `{"born": "2014-05-20", "on": "2026-02-03", ` + more + `}` }
	pay := func(e string) string {
		return `{"term": "SPRING 2026", "yearGroup": "Y5", "grade": null, "stage": "finalised", "establishment": ` + e + `}`
	}
	grade := func(g string) string {
		return `{"establishment": "A", "term": "SPRING 2026", "history": [` + g + `]}`
	}
	tests := []struct{ ask, given, want string }{
		{"term.of", `{}`, "date"},
		{"term.of", `{"date": "2026-02-03", "instant": "2026-02-03T00:00:00Z"}`, "instant"},
		{"term.of", `{"instant": "2026-02-03"}`, "instant"},
		{"term.of", `{"instant": "2026-02-03T00:00:00"}`, "instant"},
		{"term.of", `{"instant": "0001-01-01T00:00:00Z"}`, "instant"},
		{"term.of", `{"instant": "9999-12-31T23:00:00-02:00"}`, "instant"},
		{"forms.type", on(`"setting": {"gias": 0}`), "gias"},
		{"forms.type", on(`"setting": {"gias": "7"}`), "gias"},
		{"forms.type", on(`"setting": {"special": 1}`), "special"},
		{"forms.type", on(`"setting": {"special": true, "gias": 7}`), "gias"},
		{"forms.type", on(`"setting": {"kind": "special"}`), "kind"},
		{"pep.required_on", on(`"lookedAfter": [{}]`), "from"},
		{"pep.required_on", on(`"lookedAfter": [{"from": "2026-02-30"}]`), "from"},
		{"pep.required_on", on(`"lookedAfter": [{"from": "2026-02-03", "to": "2026-02-02"}]`), "to"},
		{"pep.required_on", on(`"lookedAfter": [{"from": "2026-02-03", "authority": ""}]`), "authority"},
		{"pep.required_on", on(`"lookedAfter": [{"from": "2026-02-03", "shortBreak": "no"}]`), "shortBreak"},
		{"pep.required_on", on(`"lookedAfter": [{"from": "2026-02-03", "x": 1}]`), "x"},
		{"pep.required_on", on(`"education": [{"from": "2026-02-03"}]`), "kind"},
		{"pep.required_on", on(`"education": [{"kind": "creche", "from": "2026-02-03"}]`), "kind"},
		{"pep.required_on", on(`"education": [{"kind": "school"}]`), "from"},
		{"pep.grading", grade(`{"term": "SPRING 2026", "grade": "red", "child": "c", "on": "2026-02-01"}`), "establishment"},
		{"pep.grading", grade(`{"establishment": "A", "grade": "red", "child": "c", "on": "2026-02-01"}`), "term"},
		{"pep.grading", grade(`{"establishment": "A", "term": "SPRING 2026", "grade": null, "child": "c", "on": "2026-02-01"}`), "grade"},
		{"pep.grading", grade(`{"establishment": "A", "term": "SPRING 2026", "grade": "red", "on": "2026-02-01"}`), "child"},
		{"pep.grading", grade(`{"establishment": "A", "term": "SPRING 2026", "grade": "red", "child": "c"}`), "on"},
		{"pep.payment", pay(`{"dfe": "8884000", "finance": true}`), "gias"},
		{"pep.payment", pay(`{"gias": 1, "dfe": "888400", "finance": true}`), "dfe"},
		{"pep.payment", pay(`{"gias": 1, "dfe": "8884000"}`), "finance"},
		{"pep.workflow", `{"child": {}, "steps": []}`, "born"},
		{"pep.workflow", `{"child": {"born": "2014-05-20", "consentToShare": "no"}, "steps": []}`, "consentToShare"},
		{"pep.workflow", `{"child": {"born": "2014-05-20", "recordedYear": "Z"}, "steps": []}`, "recordedYear"},
		{"pep.workflow", `{"child": {"born": "2014-05-20"}, "establishment": {"status": "closed"}, "steps": []}`, "status"},
		{"pep.workflow", `{"child": {"born": "2014-05-20"}, "contributor": {}, "steps": []}`, "active"},
		{"pep.workflow", `{"child": {"born": "2014-05-20"}, "contributor": {"active": true, "actionedAt": "2026-01-05"}, "steps": []}`, "actionedAt"},
		{"pep.workflow", step(`{"by": "social_worker", "do": "activate"}`), "at"},
		{"pep.workflow", step(`{"at": "2026-01-05", "by": "social_worker", "do": "activate"}`), "at"},
		{"pep.workflow", step(`{"at": "2026-01-05T09:00:00Z", "do": "activate"}`), "by"},
		{"pep.workflow", step(`{"at": "2026-01-05T09:00:00Z", "by": "teacher", "do": "activate"}`), "by"},
		{"pep.workflow", step(`{"at": "2026-01-05T09:00:00Z", "by": "social_worker"}`), "do"},
		{"pep.workflow", step(`{"at": "2026-01-05T09:00:00Z", "by": "social_worker", "do": "approve"}`), "do"},
		{"pep.workflow", with("activate", `[]`), "with"},
		{"pep.workflow", with("activate", `{"reason": "x"}`), "reason"},
		{"pep.workflow", with("start_initial", `{"meeting": "14/01/2026"}`), "meeting"},
		{"pep.workflow", with("answer", `{"section": "1", "fill": "x"}`), "section"},
		{"pep.workflow", with("answer", `{"section": 1, "fill": 1}`), "fill"},
		{"pep.workflow", with("answer", `{"section": 1, "fill": "`+strings.Repeat("x", 20_001)+`"}`), "fill"},
		{"pep.workflow", with("answer", "{\"section\": 1, \"fill\": \"\xff\"}"), "fill"},
		{"pep.workflow", with("delegate", `{"sections": "some"}`), "sections"},
		{"pep.workflow", with("delegate", `{"sections": [1, "2"]}`), "sections"},
		{"pep.workflow", with("delegate", `{"sections": "all", "due": "soon"}`), "due"},
		{"pep.workflow", with("retract", `{"confirmedWithSetting": "yes"}`), "confirmedWithSetting"},
		{"pep.workflow", with("redelegate", `{"comments": 1}`), "comments"},
		{"pep.workflow", with("reassign", `{"comment": {}}`), "comment"},
		{"pep.workflow", with("grade", `{"grade": "blue"}`), "grade"},
		{"pep.workflow", with("finalise", `{"waiver": true}`), "waiver"},
		{"pep.workflow", with("cease", `{"on": "2026-13-01"}`), "on"},
		{"pep.workflow", with("attach", `{"name": "x", "size": -1}`), "size"},
		{"pep.workflow", with("delete", `{"reason": null, "why": "x"}`), "why"},
	}
	for _, test := range tests {
		require.Equal(t, test.want, answer(t, test.ask, test.given)["invalid"], "%s %.200s", test.ask, test.given)
	}
}

func TestAnInvalidQuestionNamesTheMember(t *testing.T) {
	t.Parallel()
	const date = `"given": {"date": "2026-02-03"}`
	tests := []struct{ name, question, want string }{
		{"empty text", ``, "question"},
		{"invalid JSON", `{"ask": }`, "question"},
		{"a list", `[]`, "question"},
		{"two questions", `{"ask": "term.of", ` + date + `} {}`, "question"},
		{"no ask", `{` + date + `}`, "ask"},
		{"an unknown ask", `{"ask": "term.off", ` + date + `}`, "ask"},
		{"an ask with a capital letter", `{"ask": "Term.of", ` + date + `}`, "ask"},
		{"a number", `{"ask": 1, ` + date + `}`, "ask"},
		{"ask twice", `{"ask": "term.of", "ask": "term.of", ` + date + `}`, "ask"},
		{"nothing given", `{"ask": "term.of"}`, "given"},
		{"null given", `{"ask": "term.of", "given": null}`, "given"},
		{"a list given", `{"ask": "term.of", "given": []}`, "given"},
		{"an unknown member", `{"who": "x", "ask": "term.of", ` + date + `}`, "who"},
		{"an id that is an object", `{"id": {}, "ask": "term.of", ` + date + `}`, "id"},
		{"an id that is true", `{"id": true, "ask": "term.of", ` + date + `}`, "id"},
		{"an id that is not UTF-8", "{\"id\": \"\xff\", \"ask\": \"term.of\", " + date + `}`, "id"},
		{"a long id", `{"id": "` + strings.Repeat("Ł", 1001) + `", "ask": "term.of", ` + date + `}`, "id"},
		{"a long number as an id", `{"id": ` + strings.Repeat("1", 1001) + `, "ask": "term.of", ` + date + `}`, "id"},
		{"another policy", `{"policy": "other", "ask": "term.of", ` + date + `}`, "policy"},
		{"another revision", `{"policy": "lancashire@2", "ask": "term.of", ` + date + `}`, "policy"},
		{"no revision", `{"policy": "lancashire@", "ask": "term.of", ` + date + `}`, "policy"},
		{"a revision with a zero", `{"policy": "lancashire@01", "ask": "term.of", ` + date + `}`, "policy"},
		{"an empty policy", `{"policy": "", "ask": "term.of", ` + date + `}`, "policy"},
		{"overrides of another type", `{"ask": "term.of", ` + date + `, "overrides": "x"}`, "overrides"},
		{"an unknown override", `{"ask": "term.of", ` + date + `, "overrides": {"policy": 1}}`, "policy"},
		{"a malformed nested override", `{"ask": "term.of", ` + date + `, "overrides": {"returnPeriod": {"days": 0}}}`, "days"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, test.want, reply(t, test.question)["invalid"])
		})
	}
	require.NotContains(t, reply(t, `{"ask": "term.of", `+date+`, "overrides": null}`), "invalid")
}

func TestEveryFaultIsInTheMessage(t *testing.T) {
	t.Parallel()
	got := answer(t, "term.age", `{"born": 1, "when": "2026-02-03"}`)
	require.Equal(t, "when", got["invalid"])
	require.Equal(t, "\"when\" is not a known member; born must be a date such as 2006-01-02, in quotes; on must be given, as a date such as 2006-01-02", got["message"])
}

func TestAGoProgramGetsTheSameAnswer(t *testing.T) {
	t.Parallel()
	q := ask.Question{Ask: "term.of", Given: []byte(`{"date": "2026-02-03"}`)}
	require.Equal(t, "SPRING 2026", ask.Answer(pep.Lancashire(), q)["term"])
	require.Equal(t, "given", ask.Answer(pep.Lancashire(), ask.Question{Ask: "term.of"})["invalid"])
	require.Equal(t, "ask", ask.Answer(pep.Lancashire(), ask.Question{})["invalid"])
	q.Overrides = []byte(`{`)
	require.Equal(t, "overrides", ask.Answer(pep.Lancashire(), q)["invalid"])
}

func TestAsksStopsWhenTheLoopStops(t *testing.T) {
	t.Parallel()
	for name := range ask.Asks() {
		require.Equal(t, "term.of", name)
		break
	}
}

func FuzzAnswer(f *testing.F) {
	for name, members := range questions {
		f.Add([]byte(fmt.Sprintf(`{"ask": %q, "given": %s}`, name, given(members, asIs))))
	}
	for _, corpus := range own(f) {
		for n := 0; n < len(corpus.Cases); n += 10 {
			question, err := json.Marshal(corpus.Cases[n].Question())
			require.NoError(f, err)
			f.Add(question)
		}
	}
	p := pep.Lancashire()
	f.Fuzz(func(t *testing.T, question []byte) {
		var got map[string]any
		line := ask.AnswerJSON(p, question)
		require.NoError(t, json.Unmarshal(line, &got))
		require.NotContains(t, string(line), "\n")
		require.NotEmpty(t, got["reason"])
		require.NotEmpty(t, got["message"])
		_, refused := got["refused"].(string)
		_, invalid := got["invalid"].(string)
		switch {
		case refused:
			require.False(t, invalid)
			require.NotEmpty(t, got["rules"])
		case !invalid:
			require.NotEmpty(t, len(got)-3, "an answer has more than rules, reason and message")
		}
		require.Equal(t, string(line), string(ask.AnswerJSON(p, question)), "the same question must get the same answer")
	})
}
