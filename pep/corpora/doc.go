// Package corpora holds the cases that bind any implementation of the PEP
// process. It is apart from package ask, which reads and runs a corpus, so that
// a program that only asks questions is built without them.
//
// [All] reads the cases. [Files] gives the files as they are, JSON or CSV, for
// a program in another language. The files whose names begin with "generated_"
// were computed; people wrote the others.
package corpora
