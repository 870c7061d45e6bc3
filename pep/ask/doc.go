// Package ask answers questions about the PEP process in JSON, so that a
// program in any language can use the rules and a test suite can check them.
//
//	question := []byte(`{"ask": "term.of", "given": {"date": "2026-03-31"}}`)
//	answer := ask.AnswerJSON(pep.Lancashire(), question) // {"academicYear":"2025/26", … "term":"SPRING 2026"}
//
// README.md in this folder is the contract. It describes questions and answers and
// the type of every member, how an answer is compared with a case, and how a program
// can hold the plans itself. [Schema] returns the contract as a JSON Schema.
//
// [Answer] answers one question, and [AnswerJSON] one question written as JSON. [By]
// returns the [Asker] that answers under one policy, and [NewPolicies] an Asker for
// several policies and revisions. [ParseAction] reads an action of the workflow for a
// host that is written in Go.
//
// A [Corpus] is a file of cases; [Read] reads it from JSON or CSV. [Run] puts its cases
// to an Asker, ours or anybody else's, and compares the answers with [Match]. [Compare]
// finds the cases that two policies answer differently. Package corpora holds the
// project's own cases.
//
// A refusal and an invalid question are answers, not errors. The functions that read a
// corpus or an action return a *rule.Invalid for each fault. README.md lists the bounds
// on input; [MaxLine] is the maximum size of a question, and [MaxFile] of a corpus.
package ask
