package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const dueOnTime = `{"id": "C", "rules": ["DUE-1"], "ask": "delegation.due", "given": {"meeting": "2026-03-25"}, "expect": {"due": "2026-04-08"}}`

func TestCompareListsTheAnswersThatDifferAndTheRule(t *testing.T) {
	t.Parallel()
	corpus, ten := file(t, passes+","+dueOnTime), write(t, `{"returnPeriod": {"workingDays": 10}}`)
	code, out, errs := cli(t, "", "compare", "lancashire", ten, corpus)
	require.Equal(t, 1, code)
	require.Empty(t, errs)
	require.Equal(t, `2 asked, 1 changed
by DUE-1: 1
returnPeriod: {"days":14} → {"workingDays":10}
C delegation.due by DUE-1
    due: "2026-04-08" → "2026-04-10"
`, out)
	code, out, _ = cli(t, "", "compare", ten, "lancashire", corpus)
	require.Equal(t, 1, code)
	require.Contains(t, out, `due: "2026-04-10" → "2026-04-08"`)
	code, out, _ = cli(t, "", "compare", ten, ten)
	require.Equal(t, 0, code)
	require.Regexp(t, `^\d{4} asked, 0 changed\n$`, out)
}

func TestCompareCountsByRuleWithTheMostFirst(t *testing.T) {
	t.Parallel()
	_, out, _ := cli(t, "", "compare", "lancashire", write(t, `{"carryForward": "off", "grading": {"sampling": "all"}}`))
	require.Regexp(t, `(?s)^\d{4} asked, \d{3} changed\nby OOT-2: \d{3}\nby GRADE-1: \d{2}\n.*\nby SECT-3: \d\ncarryForward: "after_due" → "off"\ngrading: `, out)
	require.Contains(t, out, "steps.2.refused: - → \"OOT-2\"")
}

func TestCompareAsJSON(t *testing.T) {
	t.Parallel()
	corpus := file(t, dueOnTime)
	code, out, _ := cli(t, "", "compare", "-json", "lancashire", write(t, `{"returnPeriod": {"days": 7}}`), corpus)
	require.Equal(t, 1, code)
	var got comparison
	require.NoError(t, json.Unmarshal([]byte(out), &got))
	require.Equal(t, "returnPeriod", got.Members[0].Member)
	require.JSONEq(t, `{"days": 14}`, string(got.Members[0].A[0].Value))
	require.JSONEq(t, `{"days": 7}`, string(got.Members[0].B[0].Value))
	require.Equal(t, []int{1, 1}, []int{got.Asked, got.Changed})
	require.Equal(t, []ruled{{"DUE-1", 1}}, got.ByRule)
	c := got.Cases[0]
	require.Equal(t, []string{corpus, "C", "delegation.due", "DUE-1"}, []string{c.Corpus, c.ID, c.Ask, strings.Join(c.Rules, " ")})
	require.Equal(t, []change{{"due", []byte(`"2026-04-08"`), []byte(`"2026-04-01"`)}}, c.Changes)
	require.Contains(t, string(c.A), "2026-04-08")
	require.Contains(t, string(c.B), "2026-04-01")
	code, out, _ = cli(t, "", "compare", "-json", "lancashire", "lancashire", corpus)
	require.Equal(t, 0, code)
	require.JSONEq(t, `{"members": [], "asked": 1, "changed": 0, "explained": 0, "byRule": [], "cases": []}`, out)
}

// Two answers that differ only in the rules that they name count as the same. Compare
// prints the difference only with -explanations.
func TestCompareShowsDifferentExplanationsOnlyOnRequest(t *testing.T) {
	t.Parallel()
	const same = `{"id": "S", "rules": ["DUE-1"], "ask": "delegation.due", "given": {"meeting": "2026-02-03"}, "expect": {"outOfTerm": false}}`
	corpus, ten := file(t, same), write(t, `{"returnPeriod": {"workingDays": 10}}`)
	code, out, _ := cli(t, "", "compare", "lancashire", ten, corpus)
	require.Equal(t, 0, code)
	require.Equal(t, `1 asked, 0 changed, 1 more give the same answer but name other rules (-explanations prints them)
returnPeriod: {"days":14} → {"workingDays":10}
`, out)
	code, out, _ = cli(t, "", "compare", "-explanations", "lancashire", ten, corpus)
	require.Equal(t, 0, code)
	require.Contains(t, out, "S delegation.due by DUE-1\n    rules: [\"DUE-1\"] → [\"DUE-1\",\"DUE-7\"]\n")
	_, out, _ = cli(t, "", "compare", "-json", "lancashire", ten, corpus)
	var got comparison
	require.NoError(t, json.Unmarshal([]byte(out), &got))
	require.Equal(t, []int{1, 0, 1, 0}, []int{got.Asked, got.Changed, got.Explained, len(got.Cases)})
}

// A table is too long for one line.
func TestCompareDoesNotPrintATable(t *testing.T) {
	t.Parallel()
	_, out, _ := cli(t, "", "compare", "lancashire", avonlea, file(t, passes))
	require.Contains(t, out, "bankHolidays: a table, which policycheck policy prints → a table, which policycheck policy prints\n")
	require.Contains(t, out, "rates: 62000 from 2023-04-01 up to but not including 2024-04-01, ")
}
