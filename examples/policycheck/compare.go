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
	All   bool     `name:"explanations" help:"Also print the answers that differ only in the rules that they name."`
	A     string   `arg:"" help:"A policy: lancashire, lancashire-website, or a file. Unless the file says that it is whole, it is an overlay on lancashire."`
	B     string   `arg:"" help:"The policy to compare with it."`
	Files []string `arg:"" optional:"" name:"file" help:"Files of cases to ask, or - for standard input; without a file, the project's own cases."`
}

// change is a place where two answers differ, as printed in JSON.
type change struct {
	Where string          `json:"where"`
	A     json.RawMessage `json:"a"`
	B     json.RawMessage `json:"b"`
}

// changed is a case that the two policies answer differently, as printed in JSON.
type changed struct {
	Corpus  string          `json:"corpus"`
	ID      string          `json:"id"`
	Ask     string          `json:"ask"`
	Rules   []string        `json:"rules"`
	Changes []change        `json:"changes"`
	A       json.RawMessage `json:"a"`
	B       json.RawMessage `json:"b"`

	explained bool // whether only the explanation of the answer differs
}

// ruled is a rule with the number of answers that differ because of it.
type ruled struct {
	Rule    string `json:"rule"`
	Changed int    `json:"changed"`
}

// differing is a policy member that differs between two policies, as printed in JSON.
type differing struct {
	Member string  `json:"member"`
	A      []value `json:"a"`
	B      []value `json:"b"`
}

// comparison holds the differences between two policies.
type comparison struct {
	Asked     int         `json:"asked"`
	Changed   int         `json:"changed"`
	Explained int         `json:"explained"` // the number of further answers that differ only in the rules that they name
	ByRule    []ruled     `json:"byRule"`
	Members   []differing `json:"members"`
	Cases     []changed   `json:"cases"`
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
	found := comparison{Members: []differing{}, ByRule: []ruled{}, Cases: []changed{}}
	for _, d := range policy.Compare(a, b) {
		found.Members = append(found.Members, differing{d.Member, values(d.Member, d.Before), values(d.Member, d.After)})
	}
	for _, corpus := range corpora {
		found.Asked += len(corpus.Cases)
	}
	// The plans in the cases name a revision, so both policies must have the same
	// revision.
	b, err = policy.Overlay(b, fmt.Appendf(nil, `{"revision": %d}`, a.Revision()))
	if err != nil {
		return refuse(s.err, err)
	}
	for d := range ask.Compare(ask.By(a), ask.By(b), corpora...) {
		found.add(d, c.All)
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

// add adds a case whose answer differs. If the argument all is false, add leaves out
// differences in the explanation of an answer.
func (found *comparison) add(d ask.Difference, all bool) {
	one := changed{d.Corpus, d.Case.ID, d.Case.Ask, d.Rules(), []change{}, d.A, d.B, d.Err == nil}
	for _, c := range d.Changes {
		one.explained = one.explained && c.Explains()
		if all || !c.Explains() {
			one.Changes = append(one.Changes, change{c.Where, c.A, c.B})
		}
	}
	if one.explained {
		found.Explained++
	} else {
		found.Changed++
	}
	if all || !one.explained {
		found.Cases = append(found.Cases, one)
	}
}

// count counts the changed cases by rule, and puts the rule with the most cases first. If
// two rules decided a case, it counts for both.
func (found *comparison) count() {
	counts := map[string]int{}
	for _, c := range found.Cases {
		for _, r := range c.Rules {
			if !c.explained {
				counts[r]++
			}
		}
	}
	for _, r := range slices.Sorted(maps.Keys(counts)) {
		found.ByRule = append(found.ByRule, ruled{r, counts[r]})
	}
	slices.SortStableFunc(found.ByRule, func(a, b ruled) int { return cmp.Compare(b.Changed, a.Changed) })
}

// print prints the totals, then both values of each policy member that differs, and then
// each changed case with its differences.
func (found *comparison) print(s *streams) {
	fmt.Fprintf(s.out, "%d asked, %d changed", found.Asked, found.Changed)
	if found.Explained > 0 {
		fmt.Fprintf(s.out, ", %d more give the same answer but name other rules (-explanations prints them)", found.Explained)
	}
	fmt.Fprintln(s.out)
	for _, r := range found.ByRule {
		fmt.Fprintf(s.out, "by %s: %d\n", r.Rule, r.Changed)
	}
	for _, m := range found.Members {
		fmt.Fprintf(s.out, "%s: %s → %s\n", m.Member, line(m.A), line(m.B))
	}
	for _, c := range found.Cases {
		fmt.Fprintf(s.out, "%s %s by %s\n", c.ID, c.Ask, strings.Join(c.Rules, ", "))
		for _, at := range c.Changes {
			fmt.Fprintf(s.out, "    %s: %s → %s\n", at.Where, orNone(at.A), orNone(at.B))
		}
	}
}

// orNone returns doc as text, or a dash if doc is nil.
func orNone(doc json.RawMessage) string {
	if doc == nil {
		return "-"
	}
	return string(doc)
}
