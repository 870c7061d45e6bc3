// Package oracle computes the generated part of the corpus. It was written
// from the published rules alone and imports nothing of this module, so that
// it can be wrong only in ways of its own: it goes through days one by one
// where the rules calculate, and looks up where they compare. It takes a run of
// the workflow step by step, by the workflow table as data.
//
// [Corpora] is what it computes. Its test holds the files of pep/corpora/cases to
// it, and with -update writes them.
package oracle
