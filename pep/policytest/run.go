package policytest

import (
	"testing"

	"virtualschool.example/pep/ask"
)

// Run asks the implementation every case of the corpora, each in a subtest
// named corpus/case, and fails those whose answer is not the one expected.
// Subtests do not run in parallel: an Asker need not be safe for that.
func Run(t *testing.T, implementation ask.Asker, corpora ...ask.Corpus) {
	t.Helper()
	for _, corpus := range corpora {
		t.Run(corpus.Name, func(t *testing.T) {
			for result := range ask.Run(implementation, corpus) {
				t.Run(result.Case.ID, func(t *testing.T) { check(t, result) })
			}
		})
	}
}

// check fails a test whose case did not pass.
func check(t *testing.T, r ask.Result) {
	t.Helper()
	if !r.Passed() {
		t.Error(r)
	}
}
