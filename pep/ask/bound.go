package ask

// The bounds of what is read. The schema states those of lists and texts.
const (
	MaxLine = 1 << 20  // bytes of a question, and of what a question or an action is given
	MaxFile = 16 << 20 // bytes of a corpus

	maxSteps    = 10_000  // of a run
	maxPlans    = 1_000   // of a child
	maxSpans    = 1_000   // in which a child is looked after or educated
	maxHistory  = 10_000  // grades
	maxCases    = 100_000 // of a corpus
	maxSections = 100     // named in one action
	maxListed   = 1_000   // elements of any other list
)
