// Package story plays one term of Personal Education Plans. [Run] is the whole of
// command termcycle. [Play] plays the story into a store, for other programs that need
// invented children and a council whose plans are at every stage:
//
//	err := story.Play(ctx, store, civil.Date{})
package story
