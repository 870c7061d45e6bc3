package ask

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/rule"
)

// Corpus is a file of cases for one policy.
type Corpus struct {
	Name      string // the name in reports, such as the file's name
	Policy    string // the policy that the cases are for, such as "lancashire"
	Generated bool   // true if a program computed the cases, false if a person wrote them
	Cases     []Case
}

// Case is one question with the answer that it expects.
type Case struct {
	ID        string
	Rules     []string // the rules that the case tests
	Ask       string
	Given     json.RawMessage
	Overrides json.RawMessage // the overlay on the policy; nil if there is none
	Expect    json.RawMessage // what the answer must match; see Match
	Note      string
}

// Question returns the question that the case asks.
func (c Case) Question() Question {
	return Question{Ask: c.Ask, Given: c.Given, Overrides: c.Overrides}
}

// schema is the number of the corpus file format.
const schema = 1

// ReadCorpus reads a corpus file. Reports call the corpus by the given name. ReadCorpus
// reports every fault in the file's shape at once, each as a *rule.Invalid whose Member is
// the path, with the id of the case. Apart from checking that a case expects something,
// ReadCorpus does not look inside "given", "expect" and "overrides". If one of the three is
// faulty, the case fails when it is asked; the other cases are still asked. Case.Check
// finds the fault beforehand.
func ReadCorpus(name string, r io.Reader) (Corpus, error) {
	doc, err := io.ReadAll(io.LimitReader(r, MaxFile+1))
	if err != nil {
		return Corpus{}, fmt.Errorf("corpus %s: %w", name, err)
	}
	in := strict.ReadPaths(doc, "corpus", MaxFile)
	c := readCorpus(in)
	c.Name = name
	if err := c.named(in.Err()); err != nil {
		return Corpus{}, fmt.Errorf("corpus %s: %w", name, err)
	}
	return c, nil
}

// The minimum that a corpus must contain. With less, it could not find any fault.
const (
	wantCases  = "a list with at least one case"
	wantExpect = "an object with at least one member: a case that expects nothing passes whatever the answer is"
)

// expectsNothing reports whether expect is an object without members, which every answer matches.
func expectsNothing(expect []byte) bool {
	members, ok := object(expect)
	return ok && len(members) == 0
}

func readCorpus(in *strict.Members) Corpus {
	in.Need("schema").IntFrom(schema, schema, "1, the only schema that this program reads")
	c := Corpus{Policy: in.Need("policy").Name("the name of a policy"), Generated: in.May("generated").Bool()}
	ids := map[string]bool{}
	cases, faults := in.Need("cases"), in.Faults()
	cases.Described(func(s *strict.Shape) { s.Least = 1 })
	for element := range cases.List(maxCases, wantCases) {
		c.Cases = append(c.Cases, readCase(element.Object(), ids))
	}
	if cases.Given() && len(c.Cases) == 0 && in.Faults() == faults {
		cases.Fault(wantCases)
	}
	return c
}

// Read reads a corpus with ReadCSV if the name ends in ".csv". Otherwise it uses
// ReadCorpus and ignores policy.
func Read(name, policy string, r io.Reader) (Corpus, error) {
	if strings.EqualFold(path.Ext(name), ".csv") {
		return ReadCSV(name, policy, r)
	}
	return ReadCorpus(name, r)
}

// named returns the faults of an error, and puts the id of the case before each fault
// that lies in a case.
func (c Corpus) named(err error) error {
	var faults []error
	for _, f := range rule.Invalids(err) {
		path := strings.Split(f.Member, ".")
		if n, no := strconv.Atoi(path[min(1, len(path)-1)]); path[0] == "cases" && no == nil && n < len(c.Cases) && c.Cases[n].ID != "" {
			faults = append(faults, c.Cases[n].faults(f))
		} else {
			faults = append(faults, f)
		}
	}
	return errors.Join(faults...)
}

// readCase reads a case. The case's id must not be in ids yet; readCase adds it.
func readCase(in *strict.Members, ids map[string]bool) Case {
	id, expect := in.Need("id"), in.Need("expect")
	c := Case{
		ID:        id.Name("an id"),
		Ask:       in.Need("ask").Text("a question"),
		Given:     in.Need("given").Raw("what is given"),
		Expect:    expect.Raw("the answer expected"),
		Overrides: in.May("overrides").Raw(""),
		Note:      in.May("note").Text("text"),
	}
	for r := range in.May("rules").List(maxListed, "a list of rules") {
		c.Rules = append(c.Rules, r.Name("the id of a rule"))
	}
	if expectsNothing(c.Expect) {
		expect.Fault(wantExpect)
	}
	if ids[c.ID] && c.ID != "" {
		id.Fault("an id that no other case has")
	}
	ids[c.ID] = true
	return c
}

// Pinned counts, for each rule, the cases of the corpora that test it.
func Pinned(corpora ...Corpus) map[rule.ID]int {
	pinned := map[rule.ID]int{}
	for _, corpus := range corpora {
		for _, c := range corpus.Cases {
			for _, name := range once(c.Rules) {
				if id, err := rule.Parse(name); err == nil {
					pinned[id]++
				}
			}
		}
	}
	return pinned
}
