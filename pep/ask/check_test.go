package ask_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/ask"
)

func TestEveryCaseOfTheCorpusPassesCheck(t *testing.T) {
	t.Parallel()
	for _, corpus := range own(t) {
		for _, c := range corpus.Cases {
			require.NoError(t, c.Check(), corpus.Name)
		}
	}
}

func TestCheckNamesEachFaultWithItsPath(t *testing.T) {
	t.Parallel()
	const day = `{"date": "2026-02-03"}`
	tests := []struct{ name, ask, given, expect, want string }{
		{"an unknown ask", "term.off", day, `{"term": "SPRING 2026"}`, "case A: ask must be one of the questions in the contract, such as term.of; did you mean \"term.of\"?"},
		{"a list expected", "term.of", day, `[]`, "case A: expect must be an object"},
		{"nothing expected", "term.of", day, `{}`, "case A: expect must be an object with at least one member: a case that expects nothing passes whatever the answer is"},
		{"a number given", "term.of", `1`, `{"term": null}`, "case A: given must be a JSON object"},
		{"several faults", "term.age", `{"born": "2014-05-20", "when": "2026-02-30"}`, `{"aeg": 1, "reason": "age", "message": "x", "also": null}`,
			"case A: \"given.when\" is not a known member\ncase A: given.on must be given, as a date such as 2006-01-02\ncase A: expect.aeg must be a member of the answers to term.age; did you mean \"age\"?"},
		{"a nested fault", "pep.workflow", `{"child": {"born": "2014-05-20"}, "steps": [{"at": "2026-01-05T09:00:00Z", "by": "teacher", "do": "activate", "with": {"x": 1}}]}`, `{"final": null}`,
			"case A: \"given.steps.0.with.x\" is not a known member\ncase A: given.steps.0.by must be a role, such as social_worker"},
		{"invalid as expected", "term.age", `{"when": 1}`, `{"invalid": "when"}`, ""},
		{"refused", "delegation.due", `{"meeting": "2094-01-01"}`, `{"refused": "DUE-7", "rules": []}`, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			err := ask.Case{ID: "A", Ask: test.ask, Given: []byte(test.given), Expect: []byte(test.expect)}.Check()
			if test.want == "" {
				require.NoError(t, err)
				return
			}
			require.EqualError(t, err, test.want)
		})
	}
}
