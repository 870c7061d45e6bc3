package ask

// The bounds of everything that is read. The schema states those of lists and texts.
const (
	MaxLine = 1 << 20  // bytes of a question, of its "given", or of the "with" of an action
	MaxFile = 16 << 20 // bytes of a corpus

	maxSteps    = 10_000  // steps of a run
	maxPlans    = 1_000   // plans of a child
	maxSpans    = 1_000   // periods in which a child is looked after or educated
	maxHistory  = 10_000  // grades in a history
	maxCases    = 100_000 // cases of a corpus
	maxSections = 100     // sections named in one action
	maxListed   = 1_000   // elements of any other list
)
