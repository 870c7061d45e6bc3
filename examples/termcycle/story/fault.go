package story

import (
	"errors"
	"strings"

	"virtualschool.example/pep/rule"
)

// want is what a cell must be. It never says what was there, which may be anything
// about a child.
type want string

func (w want) Error() string { return string(w) }

// whyOf says what an error of the library wants, in the words of the rule that
// refused or of what was expected.
func whyOf(err error) string {
	var refusal *rule.Refusal
	var invalid *rule.Invalid
	switch {
	case errors.As(err, &refusal):
		return "what the rules allow: " + reasons(refusal)
	case errors.As(err, &invalid):
		return invalid.Want
	}
	return err.Error()
}

// reasons says every reason of a refusal, each with its rule and its remedy, if it
// has one.
func reasons(r *rule.Refusal) string {
	var said []string
	for one, sentence := range rule.Sentences(r.Reasons()) {
		s := one.Rule.String() + ": " + sentence
		if remedy := one.Code.Remedy(); remedy != "" {
			s += "; " + remedy
		}
		said = append(said, s)
	}
	return strings.Join(said, "; ")
}
