package main

import (
	"fmt"
	"iter"
	"strings"
	"time"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
	"virtualschool.example/pep/corpora"
	"virtualschool.example/pep/policy"
	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/rulebook"
	"virtualschool.example/term/civil"
)

type rulesCommand struct {
	governed
	JSON bool   `name:"json" xor:"form" help:"Print the catalogue as a JSON document."`
	HTML bool   `name:"html" xor:"form" help:"Print the rule book: one page to read and to print."`
	On   string `placeholder:"DAY" help:"The day for which the rule book is written, such as 2006-01-02; by default, today."`
}

// listed is one rule of the catalogue as printed.
type listed struct {
	ID         string   `json:"id"`
	Title      string   `json:"title"`
	Source     string   `json:"source"`
	Parameters []member `json:"parameters"`
	Cases      int      `json:"cases"`          // the number of cases in the project's corpus
	Test       string   `json:"test,omitempty"` // the Go test that tests the rule, if there is one
}

// member is a parameter of the policy as printed.
type member struct {
	Name   string  `json:"member"`
	Values []value `json:"values"`
}

// pins returns the number of the rule's corpus cases and the name of its Go test, or
// "nothing" if it has neither.
func (l listed) pins() string {
	var by []string
	switch l.Cases {
	case 0:
	case 1:
		by = append(by, "1 corpus case")
	default:
		by = append(by, fmt.Sprintf("%d corpus cases", l.Cases))
	}
	if l.Test != "" {
		by = append(by, l.Test)
	}
	if len(by) == 0 {
		return "nothing"
	}
	return strings.Join(by, ", ")
}

func (c *rulesCommand) do(s *streams) int {
	cases, err := corpora.All()
	if err != nil {
		return refuse(s.err, err)
	}
	if c.HTML {
		return c.book(s, cases)
	}
	return c.print(s, rule.Catalogue(), ask.Pinned(cases...))
}

// book prints the rule book.
func (c *rulesCommand) book(s *streams, cases []ask.Corpus) int {
	on, err := c.on()
	if err != nil {
		return refuse(s.err, err)
	}
	if err := (rulebook.Book{Policy: s.policy, On: on, Corpora: cases}).HTML(s.out); err != nil {
		return refuse(s.err, err)
	}
	return passed
}

// on returns the day that -on names, or today's date in London.
func (c *rulesCommand) on() (civil.Date, error) {
	if c.On != "" {
		return civil.Parse(c.On)
	}
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		return civil.Date{}, err
	}
	return civil.Of(time.Now(), london), nil
}

// print prints rules, each with its tests. The argument cases holds, for each rule, the
// number of cases that test it.
func (c *rulesCommand) print(s *streams, entries iter.Seq[rule.Definition], cases map[rule.ID]int) int {
	catalogue, unpinned := list(s.policy, entries, cases)
	code := passed
	if unpinned > 0 {
		code = failed
	}
	if c.JSON {
		printJSON(s.out, catalogue)
		return code
	}
	for _, l := range catalogue {
		fmt.Fprintf(s.out, "%s  %s\n    source: %s\n", l.ID, l.Title, l.Source)
		for _, m := range l.Parameters {
			for _, v := range m.Values {
				fmt.Fprintf(s.out, "    %s: %s (source: %s)\n", m.Name, v, v.Source)
			}
		}
		fmt.Fprintf(s.out, "    pinned by: %s\n", l.pins())
	}
	fmt.Fprintf(s.out, "%d rules, %d unpinned\n", len(catalogue), unpinned)
	return code
}

// list returns the rules as printed under a policy, and the number of rules that have no
// test.
func list(p *pep.Policy, entries iter.Seq[rule.Definition], cases map[rule.ID]int) (catalogue []listed, unpinned int) {
	for e := range entries {
		l := listed{ID: e.ID.String(), Title: e.Title, Source: p.Source(e), Parameters: parameters(p, e.ID), Cases: cases[e.ID]}
		if !e.PinnedByCorpus() {
			l.Test = e.Pin
		}
		if l.Cases == 0 && l.Test == "" {
			unpinned++
		}
		catalogue = append(catalogue, l)
	}
	return catalogue, unpinned
}

// parameters returns the parameters that a rule reads, with the policy's values.
func parameters(p *pep.Policy, id rule.ID) []member {
	all := []member{}
	for of := range rule.AllParameters() {
		for reader := range of.Rules() {
			if reader == id {
				all = append(all, member{of.String(), values(of.String(), policy.Values(p, of))})
			}
		}
	}
	return all
}
