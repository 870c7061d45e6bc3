// Package notation writes the workflow in notations that other tools read:
// [Mermaid] and [DOT] draw it, and [Matrix] is the table of who may do what at
// which stage. All are made from pep.Workflow, and the same workflow gives the
// same bytes.
package notation
