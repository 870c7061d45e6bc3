// Package journey takes plans through the real actions of the workflow, for
// tests and benchmarks of stores: whatever they save is what a host would.
package journey
