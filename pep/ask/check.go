package ask

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/rule"
)

// Check returns the faults of the case itself, without asking its question. It reports
// an invalid question (unless the case expects "invalid"), and every expected member
// that no answer to the question can have. Each fault is a *rule.Invalid whose Member
// is the path in the case, such as "given.child.born".
func (c Case) Check() error {
	expects, ok := object(c.Expect)
	switch _, invalid := expects["invalid"]; {
	case !ok:
		return c.faults(&rule.Invalid{Member: "expect", Want: "an object"})
	case invalid:
		return nil
	}
	q := known(c.Ask)
	if q == nil {
		return c.faults(&rule.Invalid{Member: "ask", Want: wantAsk + rule.DidYouMean(c.Ask, Asks())})
	}
	in := strict.ReadPaths(c.Given, "", MaxFile)
	q.open(in)
	faults := within("given", in.Err())
	if len(expects) == 0 {
		faults = append(faults, &rule.Invalid{Member: "expect", Want: wantExpect})
	}
	answers := q.answers()
	for _, name := range slices.Sorted(maps.Keys(expects)) {
		if expects[name] != nil && !slices.Contains(answers, name) {
			want := "a member of the answers to " + c.Ask + rule.DidYouMean(name, slices.Values(answers))
			faults = append(faults, &rule.Invalid{Member: "expect." + name, Want: want})
		}
	}
	return c.faults(faults...)
}

// CheckClocks returns an error if the case expects an answer, but the policy lacks a
// value that the answer needs for the case's dates, such as a payment rate or the bank
// holidays. A case like that tests no rule, even if it passes.
func (c Case) CheckClocks(p *pep.Policy) error {
	expects, _ := object(c.Expect)
	r := Answer(p, c.Question())
	if expects["refused"] != nil || r["reason"] != rule.NoRate.String() && r["reason"] != rule.BeyondHolidays.String() {
		return nil
	}
	return c.faults(&rule.Invalid{Member: "given", Want: fmt.Sprintf("dates for which the policy has an answer, or the case must expect the refusal %v: %v", r["refused"], r["message"])})
}

// within returns the faults in err, and puts the member's name before each path.
func within(member string, err error) (faults []error) {
	for _, f := range rule.Invalids(err) {
		path := member
		if f.Member != "" {
			path += "." + f.Member
		}
		faults = append(faults, &rule.Invalid{Member: path, Want: f.Want})
	}
	return faults
}

// faults joins the faults of the case, and puts the case's id before each fault.
func (c Case) faults(all ...error) error {
	var named []error
	for _, f := range all {
		named = append(named, fmt.Errorf("case %s: %w", c.ID, f))
	}
	return errors.Join(named...)
}

func object(doc []byte) (members map[string]any, ok bool) {
	return members, json.Unmarshal(doc, &members) == nil && members != nil
}
