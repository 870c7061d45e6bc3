package story

import (
	"errors"
	"strings"

	"virtualschool.example/pep/rule"
)

// want describes what a cell must contain. It never repeats what the cell does contain,
// because that may be personal.
type want string

func (w want) Error() string { return string(w) }

// whyOf explains an error of the library: it returns the reasons for a refusal, or a
// description of the input that would have been valid.
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

// reasons returns every reason for a refusal, without the name of the refused action.
func reasons(r *rule.Refusal) string { return strings.TrimPrefix(r.Error(), r.Tried+": ") }
