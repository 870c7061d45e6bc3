package pep_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
	"virtualschool.example/pep/corpora"
	"virtualschool.example/pep/policy"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// cases is the corpus. Its methods move to the front any case that may notice a change.
type cases []ask.Case

func corpus(t *testing.T) (all cases) {
	t.Helper()
	read, err := corpora.All()
	require.NoError(t, err)
	for _, c := range read {
		all = append(all, c.Cases...)
	}
	return all
}

// notice reports whether any case fails under the policy. The next call begins with the
// case that failed, because the changes and the cases follow a similar order.
func (all cases) notice(by *pep.Policy) bool {
	n := 0
	for r := range ask.Run(ask.By(by), ask.Corpus{Cases: all}) {
		if !r.Passed() {
			copy(all, slices.Concat(all[n:], all[:n]))
			return true
		}
		n++
	}
	return false
}

// first puts some cases before the others.
func (all cases) first(some func(ask.Case) bool) {
	slices.SortStableFunc(all, func(a, b ask.Case) int {
		switch {
		case some(a) == some(b):
			return 0
		case some(a):
			return -1
		}
		return 1
	})
}

// steps reports whether somebody in one of the roles takes v in a case.
func steps(c ask.Case, roles pep.Roles, v pep.Verb) bool {
	for r := range roles.All() {
		if bytes.Contains(c.Given, fmt.Appendf(nil, `"by": %q, "do": %q`, r, v)) {
			return true
		}
	}
	return false
}

// TestTheCorpusNoticesEveryChangeOfTheWorkflow does not run in parallel, because it
// changes the workflow.
func TestTheCorpusNoticesEveryChangeOfTheWorkflow(t *testing.T) {
	all := slices.DeleteFunc(corpus(t), func(c ask.Case) bool { return c.Ask != "pep.workflow" })
	require.False(t, all.notice(pep.Lancashire()))
	mutants, killed := 0, 0
	for m := range pep.Mutants() {
		if m.Unasked() {
			continue
		}
		mutants++
		all.first(func(c ask.Case) bool { return steps(c, m.Told(), m.Verb()) })
		m.During(func() {
			if all.notice(pep.Lancashire()) {
				killed++
			} else {
				t.Errorf("no case fails with %s", m.Name)
			}
		})
	}
	require.Greater(t, mutants, 600)
	t.Logf("workflow: killed %d of %d", killed, mutants)
}

// TestTheCorpusNoticesEveryChangeOfAParameter moves each number and day by one in both
// directions, replaces each word, negates each bool, and drops or changes each element of
// a list.
func TestTheCorpusNoticesEveryChangeOfAParameter(t *testing.T) {
	t.Parallel()
	all := corpus(t)
	doc := policy.Render(pep.Lancashire())
	mutants, killed := 0, 0
	changed := map[string]bool{}
	for m := range documents(t, doc) {
		p, err := policy.Parse(m.doc)
		if err != nil || unasked(m.name) {
			changed[m.member] = true
			continue // the change makes the policy invalid, or no question can notice it
		}
		mutants++
		changed[m.member] = true
		if all.notice(p) {
			killed++
		} else {
			t.Errorf("no case fails with %s", m.name)
		}
	}
	for p := range rule.AllParameters() {
		require.True(t, changed[p.String()], p)
	}
	t.Logf("parameters: killed %d of %d", killed, mutants)
}

// unasked reports whether no question of the contract can tell the changed parameter from
// the original. Such parameters have tests of their own.
func unasked(name string) bool {
	for _, what := range []string{
		"stalledDays", // no question asks which plans have stalled
	} {
		if strings.Contains(name, what) {
			return true
		}
	}
	for _, unpaid := range []string{"without 39", "without 45", "without 46", "without 57", " 46+1"} {
		if name == "financeTypes[0] "+unpaid || strings.HasPrefix(name, "financeTypes[0][") && strings.HasSuffix(name, unpaid) {
			return true // this type is not paid at all, and PAY-7 is applied first
		}
	}
	return false
}

// document is a policy's document with one thing changed.
type document struct {
	name, member string
	doc          []byte
}

// documents iterates over copies of a document, each with one change.
func documents(t *testing.T, doc []byte) func(func(document) bool) {
	t.Helper()
	var whole map[string]any
	require.NoError(t, json.Unmarshal(doc, &whole))
	return func(yield func(document) bool) {
		for _, member := range slices.Sorted(maps.Keys(whole)) {
			rows, dated := whole[member].([]any)
			if !dated {
				continue // this member says whose policy it is, and is not a parameter
			}
			for n, row := range rows {
				row := row.(map[string]any)
				value := row["value"]
				for name, to := range moved(value) {
					row["value"] = to
					changed, err := json.Marshal(whole)
					require.NoError(t, err)
					if !yield(document{fmt.Sprintf("%s[%d]%s", member, n, name), member, changed}) {
						return
					}
				}
				row["value"] = value
			}
		}
	}
}

// words holds lists of values; a parameter may hold one or more values of a list.
var words = [][]string{
	{"mar1", "feb28"},
	{"birthday_term", "term_after_birthday"},
	{"term_end", "birthday"},
	{"after_due", "strict", "off"},
	{"per_establishment_per_term", "all"},
	{"social_worker", "business_support"},
	{"early_years", "primary_mainstream", "secondary_mainstream", "key_stage_5", "primary_special", "secondary_special"},
}

// moved iterates over copies of a JSON value. Each copy has one change and comes with
// the name of that change.
func moved(v any) func(func(string, any) bool) {
	return func(yield func(string, any) bool) {
		switch v := v.(type) {
		case bool:
			yield(fmt.Sprintf(" not %v", v), !v)
		case float64:
			_ = yield(fmt.Sprintf(" %v+1", v), v+1) && yield(fmt.Sprintf(" %v-1", v), v-1)
		case string:
			movedText(v, yield)
		case []any:
			movedList(v, yield)
		case map[string]any:
			movedObject(v, yield)
		}
	}
}

func movedText(s string, yield func(string, any) bool) {
	if d, err := civil.Parse(s); err == nil {
		_ = yield(" "+s+"+1", d.AddDays(1).String()) && yield(" "+s+"-1", d.AddDays(-1).String())
		return
	}
	if d, err := civil.Parse("2023-" + s); err == nil { // a day that comes round every year
		_ = yield(" "+s+"+1", d.AddDays(1).String()[5:]) && yield(" "+s+"-1", d.AddDays(-1).String()[5:])
		return
	}
	for _, list := range words {
		if slices.Contains(list, s) {
			for _, other := range list {
				if other != s && !yield(" "+s+"→"+other, other) {
					return
				}
			}
			return
		}
	}
	yield(" "+s+"→another", s+"x")
}

func movedList(list []any, yield func(string, any) bool) {
	if len(list) == 0 {
		yield(" with 1", []any{1.0})
	}
	for n, v := range list {
		if !yield(fmt.Sprintf(" without %v", v), slices.Delete(slices.Clone(list), n, n+1)) {
			return
		}
		for name, to := range moved(v) {
			changed := slices.Clone(list)
			changed[n] = to
			if !yield(fmt.Sprintf("[%d]%s", n, name), changed) {
				return
			}
		}
	}
}

func movedObject(object map[string]any, yield func(string, any) bool) {
	for _, key := range slices.Sorted(maps.Keys(object)) {
		for name, to := range moved(object[key]) {
			changed := maps.Clone(object)
			changed[key] = to
			if !yield("."+key+name, changed) {
				return
			}
		}
	}
}
