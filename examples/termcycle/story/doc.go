// Package story plays one term of Personal Education Plans: the whole of command
// termcycle, and its invented children for other programs that need a council whose
// plans are at every stage.
package story
