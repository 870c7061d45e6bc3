// Package policytest runs corpora of the PEP process as Go tests, against the
// project's own rules or anybody's implementation of them.
//
//	func TestPolicy(t *testing.T) {
//		corpora, err := ask.Corpora()
//		if err != nil {
//			t.Fatal(err)
//		}
//		policytest.Run(t, ours, corpora...)
//	}
//
// Outside go test, ask.Run does the same.
package policytest
