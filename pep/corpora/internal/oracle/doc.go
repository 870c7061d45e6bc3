// Package oracle computes the generated part of the corpus. It was written only from
// the published rules and imports nothing from this module, so it does not share the
// module's mistakes. It goes through days one by one and looks values up, while the
// module calculates and compares. It takes a run of the workflow step by step, from its
// own copy of the workflow table.
//
// [Corpora] returns the files that the package computes. A test compares them with the
// files in pep/corpora/cases; with -update, the test writes those files.
package oracle
