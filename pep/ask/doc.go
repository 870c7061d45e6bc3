// Package ask answers questions about the PEP process in JSON, so that a
// program in any language can use the rules and a test suite can check them.
//
// The contract is README.md in this folder: what a question and an answer are, how
// an answer is compared with a case, how a program holds plans itself, and the type
// of every member. [Schema] returns the same as a JSON Schema.
//
// [By] returns the [Asker] that answers by one policy. [NewPolicies] returns one that
// answers by several policies and revisions. [Answer] answers a single question, and
// [AnswerJSON] a single one written as JSON. [ParseAction] reads one action of the
// workflow for a host that is written in Go.
//
// A [Corpus] is a file of cases, which [Read] reads as JSON or as CSV. [Run] asks them
// of an Asker, ours or anybody's, and [Match] compares. [Compare] finds the cases that
// two policies answer differently. Package corpora holds the project's own cases.
//
// A question that cannot be understood and a rule that refuses are answers, not
// errors. What has a bound is listed in README.md; [MaxLine] and [MaxFile] are those of
// a question and of a file.
package ask
