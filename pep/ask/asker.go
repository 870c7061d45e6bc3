package ask

import (
	"cmp"
	"encoding/json"
	"fmt"
	"iter"
)

// Asker answers questions of the contract. It may be this package or another
// implementation of the same rules. Ask takes a question as JSON, {"ask", "given",
// "overrides"}, and returns the answer as JSON. It returns an error only if there is
// no answer at all: a refusal and an invalid question are answers.
type Asker interface {
	Ask(question []byte) (answer []byte, err error)
}

// Result is the result of asking one case.
type Result struct {
	Corpus string
	Case   Case
	Got    json.RawMessage // the answer; nil if there was none
	Where  string          // the path of the first difference from the expected answer; "" if there is none
	Err    error           // the reason why there was no answer; nil if there was one
}

// Passed reports whether the answer is as expected.
func (r Result) Passed() bool { return r.Err == nil && r.Where == "" }

// String describes a failure: the case, where the answer differs or why there was no
// answer, and on further lines the question and the note. It returns "" if the case
// passed.
func (r Result) String() string {
	if r.Passed() {
		return ""
	}
	what := fmt.Sprintf("no answer: %v", r.Err)
	if r.Err == nil {
		c := compared(r.Case.Expect, r.Got)
		what = fmt.Sprintf("differs at %s: wanted %s, got %s", c.Where, orNothing(c.A), orNothing(c.B))
	}
	said := fmt.Sprintf("%s %v %s: %s", r.Case.ID, r.Case.Rules, r.Case.Ask, what)
	for _, part := range []struct{ name, text string }{
		{"given", oneLine(r.Case.Given)}, {"overrides", oneLine(r.Case.Overrides)}, {"note", r.Case.Note},
	} {
		if part.text != "" {
			said += "\n    " + part.name + ": " + part.text
		}
	}
	return said
}

// orNothing returns JSON on one line, or "nothing" if doc is empty.
func orNothing(doc []byte) string { return cmp.Or(oneLine(doc), "nothing") }

// Run asks the Asker every case of the corpora, in order, and yields the result of
// each.
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
