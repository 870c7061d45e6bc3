package main

import (
	"errors"
	"fmt"
	"strings"

	"virtualschool.example/pep/rule"
)

// fault is one thing wrong with a file of children. It says what was wanted
// and never what was there, which may be anything about a child.
type fault struct {
	line   int
	column string // "" where it is no single column's
	why    string
}

// faults are all that is wrong with a file, line by line.
type faults []fault

const (
	wantQuotes = "the quotation marks do not match; want a file of comma-separated values"
	wantHeader = "the file is empty; want a header and a row for each child"
)

// Error lists the faults, a line each.
func (f faults) Error() string {
	var b strings.Builder
	for _, one := range f {
		fmt.Fprintf(&b, "line %d", one.line)
		if one.column != "" {
			fmt.Fprintf(&b, ", column %s", one.column)
		}
		fmt.Fprintf(&b, ": %s\n", one.why)
	}
	fmt.Fprintf(&b, "%d faults, nothing was imported", len(f))
	return b.String()
}

// want is what a cell should have been.
type want string

func (w want) Error() string { return "want " + string(w) }

// whyOf says what an error of the library wants, in the words of the rule that
// refused or of what was expected.
func whyOf(err error) string {
	var refusal *rule.Refusal
	var invalid *rule.Invalid
	switch {
	case errors.As(err, &refusal):
		return reasons(refusal)
	case errors.As(err, &invalid):
		return "want " + invalid.Want
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
