// Package policytest runs corpora of the PEP process as Go tests, against the
// project's own rules or anybody's implementation of them.
//
//	func TestPolicy(t *testing.T) {
//		all, err := corpora.All()
//		if err != nil {
//			t.Fatal(err)
//		}
//		policytest.Run(t, ours, all...)
//	}
//
// A system in another language is a [Program], which reads one
// question a line and writes one answer a line, as policycheck ask does.
// [Suite] asks more than that every case passes. Outside go test, ask.Run runs
// corpora.
package policytest
