// Package journey takes plans through the real actions of the workflow, for tests
// and benchmarks of stores, so that they save what a host would save:
//
//	p := journey.New(t, "a").To(pep.Delegated).Plan
//
// An action that is refused fails the test.
package journey
