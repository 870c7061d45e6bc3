package rulebook

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
	"virtualschool.example/pep/rule"
)

func TestJSONIsSaidInWords(t *testing.T) {
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

func TestEveryFamilyAndQuestionAndDayHasItsWords(t *testing.T) {
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
	for of := range pep.AllParameters() {
		require.NotEmpty(t, chosenBy[of.Chosen()], of)
	}
}

func TestAnExampleIsTheSimplestCase(t *testing.T) {
	t.Parallel()
	corpus, err := ask.ReadCorpus("x", strings.NewReader(`{"schema": 1, "policy": "lancashire", "cases": [
		{"id": "A", "rules": ["DUE-2", "DUE-1"], "ask": "delegation.due", "given": {}, "expect": {"due": "2026-01-01"}},
		{"id": "B", "rules": ["DUE-1"], "ask": "delegation.due", "given": {"meeting": "2026-01-14", "delegated": null}, "expect": {"due": "2026-01-28"}},
		{"id": "C", "rules": ["DUE-1"], "ask": "delegation.due", "given": {"meeting": "2026-01-14"}, "expect": {"due": "2026-01-28"}},
		{"id": "D", "rules": ["DUE-1"], "ask": "delegation.due", "given": {}, "expect": {"invalid": "meeting"}},
		{"id": "E", "rules": ["DUE-1"], "ask": "delegation.due", "given": {}, "expect": {"due": null}, "overrides": {"returnPeriod": {"days": 7}}},
		{"id": "F", "rules": ["DUE-4"], "ask": "pep.workflow", "given": {"steps": [{"by": "social_worker", "do": "start_initial"},
			{"by": "social_worker", "do": "delegate", "with": {"sections": "all"}}]}, "expect": {"steps": [{}, {"stage": "delegated"}], "final": {"due": "2026-01-28"}}, "note": "n"},
		{"id": "G", "rules": ["DUE-4"], "ask": "pep.workflow", "given": {"steps": []}, "expect": {}}
	]}`))
	require.NoError(t, err)
	of := func(id rule.ID) []example { return examples(id, pinning([]ask.Corpus{corpus})[id]) }
	due := "When is the form due?"
	require.Equal(t, []example{
		{due, "meeting 14 January 2026", "due 28 January 2026", "", "C"},
		{due, "none", "due 1 January 2026", "", "A"},
	}, of(rule.DUE1))
	require.Equal(t, []example{
		{"What becomes of the plan?", "after 1 step, delegate, by social worker, with sections all", "stage delegated; in the end due 28 January 2026", "n", "F"},
	}, of(rule.DUE4))
	corpus.Cases[0].Rules, corpus.Cases[1].Rules, corpus.Cases[2].Rules = nil, nil, nil
	require.Equal(t, []example{{due, "none; by the policy with return period (days 7)", "due none", "", "E"}}, of(rule.DUE1))
	corpus.Generated = true
	require.Empty(t, of(rule.DUE1))
}
