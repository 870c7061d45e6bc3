package rulebook

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
	"virtualschool.example/pep/rule"
)

func TestJSONIsPutIntoWords(t *testing.T) {
	t.Parallel()
	for doc, want := range map[string]string{
		`{"days": 14}`:                          "days 14",
		`{"formTerm": "SPRING 2026", "on": []}`: "form term SPRING 2026, on none",
		`"after_due"`:                           "after due",
		`"2026-03-25"`:                          "25 March 2026",
		`"2026-02-30"`:                          "2026-02-30",
		`"mar1"`:                                "1 March",
		`["red", "amber"]`:                      "red, amber",
		`[{"from": "2026-01-01", "x": {"y": 1}}]`:  "(from 1 January 2026, x (y 1))",
		`{"pence": 62050, "held": "PAY-8"}`:        "paid £620.50, held PAY-8",
		`{"gias": 7, "paidTypes": [1, 99]}`:        "type community special school (7), paid types community school (1), 99",
		`{"due": null, "lookedAfter": null}`:       "due none, looked after not said",
		`{"emergency": true, "graded": false}`:     "emergency yes, graded no",
		`{"fill": " ", "comment": "SPRING—10/11"}`: `fill " ", comment SPRING—10/11`,
		`1.50`: "1.50",
		`{}`:   "none",
		``:     "",
	} {
		require.Equal(t, want, inWords([]byte(doc)), doc)
	}
	require.Equal(t, "£620 a plan", rate([]byte("62000")))
}

func TestEveryFamilyQuestionAndParameterHasItsWords(t *testing.T) {
	t.Parallel()
	begins := map[string]bool{}
	for e := range rule.Catalogue() {
		begins[family(e.ID)] = true
		require.NotEmpty(t, families[family(e.ID)], e.ID)
	}
	require.Len(t, families, len(begins))
	asked := 0
	for name := range ask.Asks() {
		require.NotEmpty(t, questions[name], name)
		asked++
	}
	require.Len(t, questions, asked)
	for of := range rule.AllParameters() {
		require.NotEmpty(t, chosenBy[of.Basis()], of)
		require.NotEmpty(t, labels[of], of)
	}
}

func TestAnExampleIsTheSimplestCaseThatPasses(t *testing.T) {
	t.Parallel()
	corpus, err := ask.ReadCorpus("x", strings.NewReader(`{"schema": 1, "policy": "lancashire", "cases": [
		{"id": "A", "rules": ["DUE-2", "DUE-1"], "ask": "delegation.due", "given": {"meeting": "2026-01-20"}, "expect": {"due": "2026-02-03"}},
		{"id": "B", "rules": ["DUE-1"], "ask": "delegation.due", "given": {"meeting": "2026-01-14", "delegated": null}, "expect": {"due": "2026-01-28"}},
		{"id": "C", "rules": ["DUE-1"], "ask": "delegation.due", "given": {"meeting": "2026-01-14"}, "expect": {"due": "2026-01-28"}},
		{"id": "D", "rules": ["DUE-1"], "ask": "delegation.due", "given": {}, "expect": {"invalid": "meeting"}},
		{"id": "E", "rules": ["DUE-1"], "ask": "delegation.due", "given": {"meeting": "2026-01-15"}, "expect": {"due": "2026-01-22"}, "overrides": {"returnPeriod": {"days": 7}}},
		{"id": "W", "rules": ["DUE-1"], "ask": "delegation.due", "given": {"meeting": "2026-01-14"}, "expect": {"due": "2026-01-29"}},
		{"id": "F", "rules": ["START-2"], "ask": "pep.workflow", "given": {"child": {"born": "2014-05-20"}, "steps": [
			{"at": "2026-01-05T09:00:00Z", "by": "social_worker", "do": "start_initial", "with": {"meeting": "2026-01-14"}},
			{"at": "2026-01-06T09:00:00Z", "by": "social_worker", "do": "start_initial", "with": {"meeting": "2026-05-05"}}
		]}, "expect": {"steps": [{}, {"refused": "START-2"}], "final": {"stage": "draft"}}, "note": "n"},
		{"id": "G", "rules": ["START-2"], "ask": "pep.workflow", "given": {"child": {"born": "2014-05-20"}, "steps": []}, "expect": {"final": null}}
	]}`))
	require.NoError(t, err)
	of := func(id rule.ID) []example { return examples(id, pinning(pep.Lancashire(), []ask.Corpus{corpus})[id]) }
	due := "When is the form due?"
	require.Equal(t, []example{
		{due, "meeting 14 January 2026", "due 28 January 2026", "", "C"},
		{due, "meeting 20 January 2026", "due 3 February 2026", "", "A"},
	}, of(rule.DUE1))
	require.Equal(t, []example{
		{"What happens to the plan?", "after 1 step, start a first plan, by social worker, with meeting 5 May 2026", "refused START-2; in the end stage draft", "n", "F"},
	}, of(rule.START2))
	corpus.Cases[0].Rules, corpus.Cases[1].Rules, corpus.Cases[2].Rules = nil, nil, nil
	require.Equal(t, []example{{due, "meeting 15 January 2026; for a policy with return period (days 7)", "due 22 January 2026", "", "E"}}, of(rule.DUE1))
	corpus.Generated = true
	require.Empty(t, of(rule.DUE1))
}
