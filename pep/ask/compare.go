package ask

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
)

// Difference is a case that two askers answer differently.
type Difference struct {
	Corpus  string
	Case    Case
	A, B    json.RawMessage // the two answers; nil if there was none
	Changes []Change        // the places where the answers differ
	Err     error           // the reason why one or both askers gave no answer; nil if both answered
}

// Change is one place where two answers differ.
type Change struct {
	Where string          // the path, such as "steps.3.stage"
	A, B  json.RawMessage // the value in each answer; nil if it is absent
	Rules []string        // the rules that decided the values: one, or two if the answers name different rules
}

// Compare asks both Askers every case of the corpora, and yields, in order, the cases
// that they answer differently. It ignores what a case expects, and the members that
// explain an answer: its sentence, facts, parameters and revision. A null member counts
// as absent.
//
// Compare attributes a change to the first rule that each answer names or, in a run, that
// each step names. If no rule is named, as in the final plan of a run, Compare
// attributes the change to the rules that the case tests.
func Compare(a, b Asker, corpora ...Corpus) iter.Seq[Difference] {
	return func(yield func(Difference) bool) {
		for _, corpus := range corpora {
			for _, c := range corpus.Cases {
				d := difference(c.run(a), c.run(b))
				d.Corpus = corpus.Name
				if (d.Err != nil || len(d.Changes) > 0) && !yield(d) {
					return
				}
			}
		}
	}
}

// Rules returns the rules that decided the values that differ. If steps of a run
// differ, it returns the rules of those steps only.
func (d Difference) Rules() (rules []string) {
	steps := slices.ContainsFunc(d.Changes, Change.ofStep)
	for _, c := range d.Changes {
		if c.ofStep() == steps {
			rules = append(rules, c.Rules...)
		}
	}
	return once(rules)
}

// Explains reports whether the change concerns only the explanation of an answer,
// namely the list of the rules that decided.
func (c Change) Explains() bool { return slices.Contains(strings.Split(c.Where, "."), "rules") }

func (c Change) ofStep() bool { return strings.HasPrefix(c.Where, "steps.") }

// difference returns how two answers to one case differ.
func difference(a, b Result) Difference {
	d := Difference{Case: a.Case, A: a.Got, B: b.Got, Err: errors.Join(a.Err, b.Err)}
	var inA, inB any
	switch {
	case d.Err != nil || bytes.Equal(a.Got, b.Got):
	case decode(a.Got, &inA) && decode(b.Got, &inB):
		d.values("", inA, inB, d.Case.Rules)
	default:
		d.Changes = []Change{{here(""), a.Got, b.Got, d.Case.Rules}}
	}
	return d
}

// values records the places where two values differ. It attributes each difference to the
// given rules, which decided both values.
func (d *Difference) values(path string, a, b any, rules []string) {
	objectA, ok := a.(map[string]any)
	objectB, both := b.(map[string]any)
	if ok && both {
		d.objects(path, objectA, objectB, rules)
		return
	}
	listA, ok := a.([]any)
	listB, both := b.([]any)
	if ok && both && len(listA) == len(listB) {
		for n := range listA {
			d.values(join(path, fmt.Sprint(n)), listA[n], listB[n], rules)
		}
		return
	}
	if c := differs(a, b, path); c.Where != "" {
		c.Rules = rules
		d.Changes = append(d.Changes, c)
	}
}

// objects records where two objects differ, ignoring the members that explain them.
func (d *Difference) objects(path string, a, b map[string]any, rules []string) {
	if by := once(append(deciding(a), deciding(b)...)); len(by) > 0 {
		rules = by
	}
	names := maps.Clone(a)
	maps.Copy(names, b)
	delete(names, "message")
	delete(names, "facts")
	if path == "" {
		delete(names, "parameters")
		delete(names, "revision") // at the top level, "revision" is the policy's; deeper down, it is a plan's
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		d.values(join(path, name), a[name], b[name], rules)
	}
}

// deciding returns the first rule that an answer or a step names. It returns nil for a
// whole run, which names the rules of all its steps.
func deciding(answer map[string]any) []string {
	rules, ok := answer["rules"].([]any)
	if _, run := answer["steps"]; run || !ok || len(rules) == 0 {
		return nil
	}
	return []string{fmt.Sprint(rules[0])}
}

// asJSON returns a value as JSON, or nil if there is no value.
func asJSON(v any) json.RawMessage {
	if v == nil {
		return nil
	}
	doc, err := json.Marshal(v)
	if err != nil {
		return nil // cannot happen: the value was read from JSON
	}
	return doc
}
