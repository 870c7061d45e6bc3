// Package journey takes plans through the real actions of the workflow. With it,
// tests and benchmarks of stores save the same plans as a host would:
//
//	p := journey.New(t, "a").To(pep.Delegated).Plan
//
// An action that is refused fails the test.
package journey
