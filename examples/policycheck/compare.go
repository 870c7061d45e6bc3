package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"virtualschool.example/pep/ask"
	"virtualschool.example/pep/policy"
)

type compareCommand struct {
	JSON  bool     `name:"json" help:"Print the differences as a JSON document."`
	A     string   `arg:"" help:"A policy: lancashire, lancashire-website, or a file with a policy, which is an overlay on the first unless it says that it is whole."`
	B     string   `arg:"" help:"Another."`
	Files []string `arg:"" optional:"" name:"file" help:"Corpora to ask, - for standard input; without one the project's own."`
}

// change is a place where two answers differ, as it is printed in JSON.
type change struct {
	Where string          `json:"where"`
	A     json.RawMessage `json:"a"`
	B     json.RawMessage `json:"b"`
}

// changed is a case whose answer differs, as it is printed in JSON.
type changed struct {
	Corpus  string          `json:"corpus"`
	ID      string          `json:"id"`
	Ask     string          `json:"ask"`
	Rules   []string        `json:"rules"`
	Changes []change        `json:"changes"`
	A       json.RawMessage `json:"a"`
	B       json.RawMessage `json:"b"`
}

// ruled is how many answers differ by a rule.
type ruled struct {
	Rule    string `json:"rule"`
	Changed int    `json:"changed"`
}

// comparison is what differs between two policies.
type comparison struct {
	Members []string  `json:"members"`
	Asked   int       `json:"asked"`
	Changed int       `json:"changed"`
	ByRule  []ruled   `json:"byRule"`
	Cases   []changed `json:"cases"`
}

func (c *compareCommand) do(s *streams) int {
	a, errA := read(c.A)
	b, errB := read(c.B)
	if err := errors.Join(errA, errB); err != nil {
		return refuse(s.err, err)
	}
	s.policy = a
	corpora, err := s.corpora(c.Files)
	if err != nil {
		return refuse(s.err, err)
	}
	found := comparison{Members: []string{}, ByRule: []ruled{}, Cases: []changed{}}
	for _, d := range policy.Compare(a, b) {
		found.Members = append(found.Members, d.Member)
	}
	for _, corpus := range corpora {
		found.Asked += len(corpus.Cases)
	}
	for d := range ask.Compare(ask.By(a), ask.By(b), corpora...) {
		found.add(d)
	}
	found.count()
	if c.JSON {
		printJSON(s.out, found)
	} else {
		found.print(s)
	}
	if found.Changed > 0 {
		return failed
	}
	return passed
}

func (found *comparison) add(d ask.Difference) {
	one := changed{d.Corpus, d.Case.ID, d.Case.Ask, d.Rules(), []change{}, d.A, d.B}
	for _, c := range d.Changes {
		one.Changes = append(one.Changes, change{c.Where, c.A, c.B})
	}
	found.Cases = append(found.Cases, one)
	found.Changed++
}

// count counts the cases by rule, the rule of most first. A case by which two
// rules decided counts for both.
func (found *comparison) count() {
	counts := map[string]int{}
	for _, c := range found.Cases {
		for _, r := range c.Rules {
			counts[r]++
		}
	}
	for _, r := range slices.Sorted(maps.Keys(counts)) {
		found.ByRule = append(found.ByRule, ruled{r, counts[r]})
	}
	slices.SortStableFunc(found.ByRule, func(a, b ruled) int { return cmp.Compare(b.Changed, a.Changed) })
}

// print prints the members that differ, each case with what differs in it, a
// line for each rule and the count.
func (found *comparison) print(s *streams) {
	if len(found.Members) > 0 {
		fmt.Fprintf(s.out, "the policies differ in %s\n", strings.Join(found.Members, ", "))
	}
	for _, c := range found.Cases {
		fmt.Fprintf(s.out, "%s %s by %s\n", c.ID, c.Ask, strings.Join(c.Rules, ", "))
		for _, at := range c.Changes {
			fmt.Fprintf(s.out, "    %s: %s → %s\n", at.Where, orNone(at.A), orNone(at.B))
		}
	}
	for _, r := range found.ByRule {
		fmt.Fprintf(s.out, "by %s: %d\n", r.Rule, r.Changed)
	}
	fmt.Fprintf(s.out, "%d asked, %d changed\n", found.Asked, found.Changed)
}

// orNone returns JSON, or a dash for nothing.
func orNone(doc json.RawMessage) string {
	if doc == nil {
		return "-"
	}
	return string(doc)
}
