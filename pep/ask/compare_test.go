package ask_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
	"virtualschool.example/pep/policy"
)

// overlaid returns an asker that answers under Lancashire's policy with an overlay on it.
func overlaid(t *testing.T, doc string) ask.Asker {
	t.Helper()
	p, err := policy.Overlay(pep.Lancashire(), []byte(doc))
	require.NoError(t, err)
	return ask.By(p)
}

// says is an asker that gives every question the same answer.
type says string

func (s says) Ask([]byte) ([]byte, error) {
	if s == "" {
		return nil, errors.New("away")
	}
	return []byte(s), nil
}

func one(t *testing.T, question string) ask.Corpus {
	t.Helper()
	corpus, err := ask.ReadCorpus("one", strings.NewReader(`{"schema": 1, "policy": "lancashire", "cases": [
		{"id": "A", "rules": ["DUE-1"], `+question+`, "expect": {"reason": "ignored"}}]}`))
	require.NoError(t, err)
	return corpus
}

func TestCompareNamesWhereAnswersDifferAndTheRule(t *testing.T) {
	t.Parallel()
	const due = `"ask": "delegation.due", "given": {"meeting": "2026-03-25"}`
	const run = `"ask": "pep.workflow", "given": {"child": {"born": "2014-05-20"}, "steps": [
		{"at": "2026-01-05T09:00:00Z", "by": "social_worker", "do": "start_initial", "with": {"meeting": "2026-01-14"}}`
	tests := []struct {
		name, question string
		a, b           ask.Asker
		changes, rules []string
	}{
		{"no difference", due, overlaid(t, `{}`), overlaid(t, `{"carryForward": "off"}`), nil, nil},
		{"one member", due, overlaid(t, `{}`), overlaid(t, `{"returnPeriod": {"workingDays": 10}}`),
			[]string{`due: "2026-04-08", "2026-04-10"`, `rules: ["DUE-1"], ["DUE-1","DUE-7"]`}, []string{"DUE-1"}},
		{"the case's own overlay overrides both policies", due + `, "overrides": {"returnPeriod": {"days": 7}}`,
			overlaid(t, `{}`), overlaid(t, `{"returnPeriod": {"workingDays": 10}}`), nil, nil},
		{"two rules that decide", due, says(`{"due": "2026-04-08", "rules": ["DUE-1", "DUE-2"]}`), says(`{"refused": "DUE-7", "rules": ["DUE-7"]}`),
			[]string{`due: "2026-04-08", `, `refused: , "DUE-7"`, `rules: ["DUE-1","DUE-2"], ["DUE-7"]`}, []string{"DUE-1", "DUE-7"}},
		{"only the sentence", due, says(`{"message": "on the 8th", "n": 1}`), says(`{"message": "on 8 April", "n": 1.0}`), nil, nil},
		{"only the explanation", due, says(`{"due": 1, "revision": 1, "facts": [], "parameters": [], "message": "x"}`), says(`{"due": 1, "revision": 2}`), nil, nil},
		{"null and absent", due, says(`{"due": null}`), says(`{}`), nil, nil},
		{"no rule named", due, says(`{"due": 1}`), says(`{"due": [1]}`), []string{"due: 1, [1]"}, []string{"DUE-1"}},
		{"lists of two lengths", due, says(`{"on": [1, 2]}`), says(`{"on": [1]}`), []string{"on: [1,2], [1]"}, []string{"DUE-1"}},
		{"elements of a list", due, says(`{"on": [1, 2]}`), says(`{"on": [1, 3]}`), []string{"on.1: 2, 3"}, []string{"DUE-1"}},
		{"invalid JSON", due, says(`{`), says(`{}`), []string{"the answer: {, {}"}, []string{"DUE-1"}},
		{"a step of a run", run + `]}`, overlaid(t, `{}`), says(`{"final": null, "reason": "run", "rules": [], "steps": [{"refused": "START-1", "rules": ["START-1"]}]}`),
			nil, []string{"START-1"}},
		{"the final plan of a run", run + `]}`, says(`{"steps": [{"rules": ["START-1"]}], "rules": ["START-1"], "final": {"due": 1}}`),
			says(`{"steps": [{"rules": ["START-1"]}], "rules": ["START-1"], "final": {"due": 2}}`),
			[]string{"final.due: 1, 2"}, []string{"DUE-1"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var changes, rules []string
			for d := range ask.Compare(test.a, test.b, one(t, test.question)) {
				require.NoError(t, d.Err)
				require.Equal(t, "one A", d.Corpus+" "+d.Case.ID)
				for _, c := range d.Changes {
					changes = append(changes, c.Where+": "+string(c.A)+", "+string(c.B))
				}
				rules = d.Rules()
			}
			if test.changes != nil || test.rules == nil {
				require.Equal(t, test.changes, changes)
			}
			require.Equal(t, test.rules, rules)
		})
	}
}

func TestAMissingAnswerIsADifference(t *testing.T) {
	t.Parallel()
	n := 0
	for d := range ask.Compare(ask.By(pep.Lancashire()), says(""), own(t)...) {
		require.EqualError(t, d.Err, "away")
		require.NotEmpty(t, d.A)
		if n++; n == 3 {
			break
		}
	}
	require.Equal(t, 3, n)
}

// TestAPolicyDoesNotDifferFromItself compares the policy with itself over every case, and
// then with a policy under which every plan is graded.
func TestAPolicyDoesNotDifferFromItself(t *testing.T) {
	t.Parallel()
	for d := range ask.Compare(overlaid(t, `{}`), ask.By(pep.Lancashire()), own(t)...) {
		t.Error(d.Case.ID, d.Changes)
	}
	byRule := map[string]int{}
	for d := range ask.Compare(ask.By(pep.Lancashire()), overlaid(t, `{"grading": {"sampling": "all"}}`), own(t)...) {
		for _, r := range d.Rules() {
			byRule[r]++
		}
	}
	require.Greater(t, byRule["GRADE-1"], 10)
}
