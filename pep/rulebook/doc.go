// Package rulebook writes a policy as one page that a person can read and
// print: every rule with its sentence, its source, its parameters now and
// before, what pins it and an example; the terms, the form types, the sections
// and the bank holidays as tables; and the workflow as a drawing, as a table
// and as the matrix of who may do what; who is told what; and who may see what.
//
// [Book.HTML] writes it. The page is made of the policy, of the catalogue, of the
// workflow and of the corpora that it is given, and of nothing else: it has no
// script, asks for nothing from elsewhere, and the same of these gives the same
// bytes. Nothing in it is told by colour alone.
package rulebook
