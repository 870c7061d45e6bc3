package policytest

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
	"virtualschool.example/pep/rule"
)

// Run asks the implementation every case of the corpora. Each case is a subtest
// named corpus/case. It fails if the answer is not the expected one, or if the
// case is not valid: see ask.Case.Check and CheckClocks. The subtests do not run
// in parallel, because an Asker may not allow that. Another subtest, named
// coverage, prints how many cases pin each rule.
func Run(t *testing.T, implementation ask.Asker, corpora ...ask.Corpus) {
	t.Helper()
	Suite{}.Run(t, implementation, corpora...)
}

// Suite is a run that can have further requirements. The zero Suite requires only
// that every case passes.
type Suite struct {
	Policy  *pep.Policy // the policy whose rates and bank holidays must cover the dates of the cases; nil for Lancashire's
	Minimum int         // the fewest cases that each rule must have, if a corpus can pin the rule
}

// Run does what the function Run does, and also checks what the suite requires.
func (s Suite) Run(t *testing.T, implementation ask.Asker, corpora ...ask.Corpus) {
	t.Helper()
	if s.Policy == nil {
		s.Policy = pep.Lancashire()
	}
	for _, corpus := range corpora {
		t.Run(corpus.Name, func(t *testing.T) {
			for result := range ask.Run(implementation, corpus) {
				t.Run(result.Case.ID, func(t *testing.T) { s.check(t, result) })
			}
		})
	}
	t.Run("coverage", func(t *testing.T) { s.cover(t, ask.Pinned(corpora...)) })
}

// check fails the test of a case that did not pass or is not valid. If the question
// was not asked, check skips the test.
func (s Suite) check(t *testing.T, r ask.Result) {
	t.Helper()
	if errors.Is(r.Err, ErrNotAsked) {
		t.Skip(r.Err)
	}
	if err := errors.Join(r.Case.Check(), r.Case.CheckClocks(s.Policy)); err != nil {
		t.Error(err)
	}
	if !r.Passed() {
		t.Error(r)
	}
}

// cover prints how many cases pin each rule of the catalogue, and fails the
// test for each rule that has too few. A rule that a Go test pins needs no cases.
func (s Suite) cover(t *testing.T, cases map[rule.ID]int) {
	t.Helper()
	var lines strings.Builder
	rules, covered := 0, 0
	for e := range rule.Catalogue() {
		n := cases[e.ID]
		if !e.PinnedByCorpus() && n == 0 {
			continue
		}
		rules++
		if n > 0 {
			covered++
		}
		fmt.Fprintf(&lines, "\n%-9s %5d  %s", e.ID, n, e.Title)
		if n < s.Minimum && e.PinnedByCorpus() {
			t.Errorf("%s has %d cases, not the %d asked for: %s", e.ID, n, s.Minimum, e.Title)
		}
	}
	t.Logf("%d of %d rules have cases%s", covered, rules, &lines)
}
