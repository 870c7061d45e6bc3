package story

import (
	"errors"
	"strings"

	"virtualschool.example/pep/rule"
)

// want says what a cell must be. It never says what the cell contains, which may be
// personal.
type want string

func (w want) Error() string { return string(w) }

// whyOf returns what an error of the library asks for: the reasons of a refusal, or
// what invalid input should have been.
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

// reasons returns every reason of a refusal, without what was tried.
func reasons(r *rule.Refusal) string { return strings.TrimPrefix(r.Error(), r.Tried+": ") }
