// Package rulebook writes a policy as one page that people can read and print.
//
//	book := rulebook.Book{Policy: pep.Lancashire(), On: civil.MustParse("2026-01-14"), Corpora: corpora}
//	err := book.HTML(w)
//
// The page begins with the answers to common questions, such as when a plan is due,
// in the policy's own values. Then come the terms, form types, sections and bank
// holidays as tables; the workflow as a drawing, a table and a matrix of who may do
// what; who is told what; who may see what; and every rule, with its source, its
// parameters now and at other times, the test cases that prove it, and examples.
//
// [Book.HTML] is the only entry point. Without a policy or a day it returns a
// *rule.Invalid. The page is made from the policy, the rules, the workflow and the given
// corpora alone, so the same input gives the same bytes. The page has no script and loads
// nothing. Nothing on it is shown by colour alone.
package rulebook
