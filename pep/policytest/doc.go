// Package policytest runs corpora of test cases for the PEP process as Go
// tests, against the project's own rules or against anybody's implementation of
// them.
//
//	func TestPolicy(t *testing.T) {
//		all, err := corpora.All()
//		if err != nil {
//			t.Fatal(err)
//		}
//		policytest.Run(t, ours, all...)
//	}
//
// A system in another language is a [Program]: it reads one question per line and
// writes one answer per line, as policycheck ask does. A [Suite] can have further
// requirements. A case that fails, or that is not a valid case, fails its subtest.
// To run corpora outside go test, call ask.Run.
package policytest
