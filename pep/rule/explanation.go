package rule

import (
	"fmt"

	"virtualschool.example/term/civil"
)

// Fact is one thing that a decision rests on: part of the input, or something that
// follows from it.
type Fact struct {
	Name  string `json:"name"`  // its name in the JSON contract, such as "meeting" or "age"
	Value any    `json:"value"` // the value: a string, an integer or a bool; nil if there was none; Private if it is not shown
}

// Private stands in for the value of a fact that is personal or free text, such as a
// birth date.
const Private = "[private]"

// Used is a parameter of the policy that a decision rests on.
type Used struct {
	Parameter string     `json:"member"`      // its name in the policy's document, such as "returnPeriod"
	On        civil.Date `json:"on,omitzero"` // the day on which its value depends; zero if it depends on no day
}

// Explanation says what a decision rests on. A decision is a small value that builds
// its Explanation only on request. It holds no name, no birth date and no answer.
type Explanation struct {
	Sentence   string `json:"message"` // the explanation in plain English, without a full stop
	Facts      []Fact `json:"facts"`   // the facts, in the order in which they were looked at
	Parameters []Used `json:"parameters"`
}

// Given adds a fact. A day, a term or any other value with a String method is kept as
// its text, and empty text as nil.
func (e *Explanation) Given(name string, value any) {
	if s, ok := value.(fmt.Stringer); ok {
		value = s.String()
	}
	if value == "" {
		value = nil
	}
	e.Facts = append(e.Facts, Fact{name, value})
}

// Uses adds parameters, with the day on which their values depend.
func (e *Explanation) Uses(on civil.Date, parameters ...string) {
	for _, p := range parameters {
		e.Parameters = append(e.Parameters, Used{p, on})
	}
}

// Says sets the sentence, formatted as by fmt.Sprintf.
func (e *Explanation) Says(format string, values ...any) { e.Sentence = fmt.Sprintf(format, values...) }
