package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
	"virtualschool.example/pep/corpora"
)

type runCommand struct {
	governed
	JSON  bool     `name:"json" help:"Print the results as a JSON document."`
	Files []string `arg:"" optional:"" name:"file" help:"Files of cases to run, in JSON or CSV, or - for standard input; without a file, the project's own cases."`
}

// failure is a case that failed, as printed in JSON.
type failure struct {
	Corpus string          `json:"corpus"`
	ID     string          `json:"id"`
	Rules  []string        `json:"rules"`
	Ask    string          `json:"ask"`
	Where  string          `json:"where,omitempty"`
	Wanted json.RawMessage `json:"wanted"`
	Got    json.RawMessage `json:"got,omitempty"`
	Error  string          `json:"error,omitempty"`
}

// report holds the results of a run.
type report struct {
	Passed   int       `json:"passed"`
	Failed   int       `json:"failed"`
	Failures []failure `json:"failures"`
}

func (c *runCommand) do(s *streams) int {
	all, err := c.corpora(s)
	if err != nil {
		return refuse(s.err, err)
	}
	r := report{Failures: []failure{}}
	for result := range ask.Run(ask.By(s.policy), all...) {
		r.add(result)
		if !c.JSON && !result.Passed() {
			fmt.Fprintln(s.out, result)
		}
	}
	if c.JSON {
		printJSON(s.out, r)
	} else {
		fmt.Fprintf(s.out, "%d passed, %d failed\n", r.Passed, r.Failed)
	}
	if r.Failed > 0 {
		return failed
	}
	return passed
}

func (r *report) add(result ask.Result) {
	if result.Passed() {
		r.Passed++
		return
	}
	r.Failed++
	c := result.Case
	f := failure{result.Corpus, c.ID, c.Rules, c.Ask, result.Where, c.Expect, result.Got, ""}
	if result.Err != nil {
		f.Error = result.Err.Error()
	}
	r.Failures = append(r.Failures, f)
}

// corpora reads the files. It returns an error if their cases are not for the policy that
// governs the command.
func (c *runCommand) corpora(s *streams) ([]ask.Corpus, error) {
	if name, own := s.policy.Name(), pep.Lancashire().Name(); len(c.Files) == 0 && name != own {
		return nil, fmt.Errorf("the project's own cases are for the policy %s, and this command applies the policy %s. "+
			"Name a file with cases for %[2]s, or see which of the project's cases the two policies answer differently: policycheck compare %[1]s %[3]s", own, name, c.Policy)
	}
	all, err := s.corpora(c.Files)
	for _, corpus := range all {
		if corpus.Policy != "" && corpus.Policy != s.policy.Name() {
			err = errors.Join(err, fmt.Errorf("corpus %s: its policy is not %s", corpus.Name, s.policy.Name()))
		}
	}
	return all, err
}

// corpora reads the files, or the project's own cases if there are no files. It reports
// every file that cannot be used.
func (s *streams) corpora(files []string) ([]ask.Corpus, error) {
	if len(files) == 0 {
		return corpora.All()
	}
	var all []ask.Corpus
	var faults error
	for _, name := range files {
		corpus, err := s.read(name)
		all, faults = append(all, corpus), errors.Join(faults, err)
	}
	return all, faults
}

func (s *streams) read(name string) (ask.Corpus, error) {
	if name == "-" {
		return ask.ReadCorpus("standard input", s.in)
	}
	f, err := os.Open(name)
	if err != nil {
		return ask.Corpus{}, err
	}
	defer f.Close()
	return ask.Read(name, s.policy.Name(), f)
}

// printJSON prints v as an indented document.
func printJSON(out io.Writer, v any) {
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	_ = e.Encode(v) // if writing fails, the failure cannot be reported either
}
