package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
	"virtualschool.example/pep/policytest"
)

type checkCommand struct {
	Ask      string        `placeholder:"GLOB" help:"Ask only the questions whose names match, such as term.*."`
	Rule     string        `placeholder:"ID" help:"Ask only the cases of this rule."`
	Deadline time.Duration `default:"10s" help:"How long the program may take to answer one question."`
	Files    []string      `arg:"" optional:"" name:"file" help:"Files of cases to ask, in JSON or CSV, or - for standard input; without a file, the project's own cases."`
	Command  []string      `kong:"-"` // the program and its arguments
}

// governedBy returns Lancashire's policy. The checked program answers under its own
// policy, but the command needs a policy to read the corpora.
func (c *checkCommand) governedBy() (*pep.Policy, error) { return pep.Lancashire(), nil }

func (c *checkCommand) do(s *streams) int {
	all, err := c.corpora(s)
	if err != nil {
		return refuse(s.err, err)
	}
	theirs, err := policytest.Program{Command: c.Command, Deadline: c.Deadline}.Open()
	if err != nil {
		return refuse(s.err, fmt.Errorf("the program cannot be checked: %w", err))
	}
	defer theirs.Close()
	t := tally{outcomes: map[string]int{}, rules: map[string]map[string]int{}, missing: map[string]int{}}
	for result := range ask.Run(theirs, all...) {
		if t.add(result) == isFailed {
			fmt.Fprintln(s.out, result)
		}
	}
	t.print(s.out)
	if t.outcomes[isFailed] > 0 || t.outcomes[isPassed] == 0 {
		return failed
	}
	return passed
}

// corpora reads the files, and keeps only the cases that match -ask and -rule.
func (c *checkCommand) corpora(s *streams) ([]ask.Corpus, error) {
	if _, err := path.Match(c.Ask, ""); err != nil {
		return nil, fmt.Errorf("-ask %s: %w", c.Ask, err)
	}
	all, err := s.corpora(c.Files)
	kept := 0
	for n := range all {
		all[n].Cases = slices.DeleteFunc(all[n].Cases, func(one ask.Case) bool {
			matches, _ := path.Match(c.Ask, one.Ask)
			return c.Ask != "" && !matches || c.Rule != "" && !slices.Contains(one.Rules, c.Rule)
		})
		kept += len(all[n].Cases)
	}
	if err == nil && kept == 0 {
		err = errors.New("no case matches both -ask and -rule")
	}
	return all, err
}

// The outcomes of a case, in the words of the summary.
const (
	isPassed         = "passed"
	isFailed         = "failed"
	isNotImplemented = "not implemented"
	isNotAsked       = "not asked"
)

// outcome returns the outcome of a case. A program answers {"invalid": "ask"} if it does
// not implement the question.
func outcome(r ask.Result) string {
	switch {
	case r.Passed():
		return isPassed
	case errors.Is(r.Err, policytest.ErrNotAsked):
		return isNotAsked
	case ask.Match([]byte(`{"invalid": "ask"}`), r.Got) == "" && slices.Contains(slices.Collect(ask.Asks()), r.Case.Ask):
		return isNotImplemented
	}
	return isFailed
}

// tally counts the outcomes of cases.
type tally struct {
	outcomes map[string]int
	rules    map[string]map[string]int // the number of cases by rule and outcome
	missing  map[string]int            // the number of cases that are not implemented, by question
	last     string                    // the last case that was asked before the program stopped answering
}

// add counts a result, and returns the outcome of its case.
func (t *tally) add(r ask.Result) string {
	o := outcome(r)
	t.outcomes[o]++
	switch {
	case o == isNotImplemented:
		t.missing[r.Case.Ask]++
	case o == isFailed && r.Err != nil:
		t.last = r.Case.ID
	}
	for _, rule := range r.Case.Rules {
		if t.rules[rule] == nil {
			t.rules[rule] = map[string]int{}
		}
		t.rules[rule][o]++
	}
	return o
}

// print prints the rules that failed, the questions that are not implemented, and the
// totals.
func (t *tally) print(out io.Writer) {
	for _, rule := range slices.Sorted(maps.Keys(t.rules)) {
		if n := t.rules[rule]; n[isFailed] > 0 {
			fmt.Fprintf(out, "%-9s %5d passed, %5d failed\n", rule, n[isPassed], n[isFailed])
		}
	}
	for _, ask := range slices.Sorted(maps.Keys(t.missing)) {
		fmt.Fprintf(out, "%-26s %5d not implemented\n", ask, t.missing[ask])
	}
	if t.last != "" {
		fmt.Fprintf(out, "the program gave no answer to %s, so nothing more was asked\n", t.last)
	}
	said := []string{fmt.Sprintf("%d passed", t.outcomes[isPassed]), fmt.Sprintf("%d failed", t.outcomes[isFailed])}
	for _, o := range []string{isNotImplemented, isNotAsked} {
		if n := t.outcomes[o]; n > 0 {
			said = append(said, fmt.Sprintf("%d %s", n, o))
		}
	}
	fmt.Fprintln(out, strings.Join(said, ", "))
}
