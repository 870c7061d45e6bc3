// Package corpora holds the cases that every implementation of the PEP process must
// pass. Package ask reads and runs them; the cases are kept apart from it so that a
// program that only asks questions does not have to link them.
//
//	cases, err := corpora.All()
//	for result := range ask.Run(ask.By(pep.Lancashire()), cases...) {
//		fmt.Println(result.Case.ID, result.Passed())
//	}
//
// [All] reads the cases. [Files] returns the files themselves, JSON or CSV, for a
// program in another language. A program computed the files whose names begin with
// "generated_"; people wrote the others.
package corpora
