package ask

// The bounds on all input. The schema states the bounds on lists and texts.
const (
	MaxLine = 1 << 20  // bytes in a question, in its "given", or in the "with" of an action
	MaxFile = 16 << 20 // bytes in a corpus

	maxSteps    = 10_000  // steps in a run
	maxPlans    = 1_000   // plans of a child
	maxSpans    = 1_000   // periods in which a child is looked after or educated
	maxHistory  = 10_000  // grades in a history
	maxCases    = 100_000 // cases in a corpus
	maxSections = 100     // sections named in one action
	maxListed   = 1_000   // elements in any other list
)
