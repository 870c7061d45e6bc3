package rule

import (
	"fmt"

	"virtualschool.example/term/civil"
)

// Fact is one thing that a decision rests on: something given, or something
// that follows from it.
type Fact struct {
	Name  string `json:"name"`  // as the contract calls it, such as "meeting" or "age"
	Value any    `json:"value"` // text, a whole number, true or false; nil where there was none; Private where it is not shown
}

// Private stands for the value of a fact that is personal or free text, such
// as a birth date.
const Private = "[private]"

// Used is a parameter of the policy on which a decision rests.
type Used struct {
	Parameter string     `json:"member"`      // its name in the policy's document, such as "returnPeriod"
	On        civil.Date `json:"on,omitzero"` // the day that chooses its value; zero where none does
}

// Explanation says what a decision rests on. Decisions are small values and
// build it when it is asked for. It holds no name, no birth date and no answer.
type Explanation struct {
	Sentence   string `json:"message"` // in plain English, without a full stop
	Facts      []Fact `json:"facts"`   // in the order in which they were looked at
	Parameters []Used `json:"parameters"`
}

// Given adds a fact. A day, a term or anything else that has a text form is
// kept as that, the empty text as nil.
func (e *Explanation) Given(name string, value any) {
	if s, ok := value.(fmt.Stringer); ok {
		value = s.String()
	}
	if value == "" {
		value = nil
	}
	e.Facts = append(e.Facts, Fact{name, value})
}

// Uses adds parameters whose values the day on chooses.
func (e *Explanation) Uses(on civil.Date, parameters ...string) {
	for _, p := range parameters {
		e.Parameters = append(e.Parameters, Used{p, on})
	}
}

// Says sets the sentence, made as fmt.Sprintf makes it.
func (e *Explanation) Says(format string, values ...any) { e.Sentence = fmt.Sprintf(format, values...) }
