package ask

import (
	"encoding/json"
	"fmt"
	"iter"
)

// Asker answers questions of the contract: ours, or anybody's implementation
// of the same rules. Ask takes a question as JSON, {"ask", "given",
// "overrides"}, and returns the answer as JSON; an error says that there was
// no answer at all. A refusal and an invalid question are answers.
type Asker interface {
	Ask(question []byte) (answer []byte, err error)
}

// Result is what became of one case.
type Result struct {
	Corpus string
	Case   Case
	Got    json.RawMessage // the answer; nil where there was none
	Where  string          // the first place where it differs from the one expected; "" where it passed
	Err    error           // why there was no answer
}

// Passed reports whether the answer is the one expected.
func (r Result) Passed() bool { return r.Err == nil && r.Where == "" }

// String returns what was wanted and what was got, "" where the case passed.
func (r Result) String() string {
	switch {
	case r.Err != nil:
		return fmt.Sprintf("%s %v %s: no answer: %v", r.Case.ID, r.Case.Rules, r.Case.Ask, r.Err)
	case r.Where != "":
		return fmt.Sprintf("%s %v %s: differs at %s: wanted %s, got %s",
			r.Case.ID, r.Case.Rules, r.Case.Ask, r.Where, oneLine(r.Case.Expect), oneLine(r.Got))
	}
	return ""
}

// Run asks every case of the corpora in order, and yields what became of each.
func Run(a Asker, corpora ...Corpus) iter.Seq[Result] {
	return func(yield func(Result) bool) {
		for _, corpus := range corpora {
			for _, c := range corpus.Cases {
				r := c.run(a)
				r.Corpus = corpus.Name
				if !yield(r) {
					return
				}
			}
		}
	}
}

func (c Case) run(a Asker) Result {
	r := Result{Case: c}
	question, err := json.Marshal(c.Question())
	if err != nil {
		r.Err = err
		return r
	}
	if r.Got, r.Err = a.Ask(question); r.Err == nil {
		r.Where = Match(c.Expect, r.Got)
	}
	return r
}
