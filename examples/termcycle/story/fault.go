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

// reasons says every reason of a refusal, each with its rule and, where
// something can be done, what.
func reasons(r *rule.Refusal) string {
	var said []string
	all := r.Reasons()
	for i, one := range all {
		s := one.Rule.String() + ": " + one.Sentence()
		last := i+1 == len(all) || all[i+1].Code != one.Code
		if remedy := one.Code.Remedy(); remedy != "" && last {
			s += " [" + remedy + "]"
		}
		said = append(said, s)
	}
	return strings.Join(said, "; ")
}
