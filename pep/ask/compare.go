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
	A, B    json.RawMessage // the answers; nil where there was none
	Changes []Change        // the places where they differ
	Err     error           // why there was no answer, of either
}

// Change is one place where two answers differ.
type Change struct {
	Where string          // its path, such as "steps.3.stage"
	A, B  json.RawMessage // what is there; nil for nothing
	Rules []string        // the rule that decided there in the one answer and, where it is another, in the other
}

// Compare asks every case of the corpora of a and of b, and yields those that
// they answer differently, in order. What a case expects does not matter, nor
// does what explains an answer: its sentence, facts, parameters and revision. A
// member that is null is as if it were not there.
//
// What decided is the first of the rules that the answer names, or within a run
// of the workflow the step. Where none is named, as in what a run ends with,
// it is what the case pins.
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

// Rules returns the rules by which the answers differ: of a run of the workflow
// those of the steps that differ, if any does.
func (d Difference) Rules() (rules []string) {
	steps := slices.ContainsFunc(d.Changes, Change.ofStep)
	for _, c := range d.Changes {
		if c.ofStep() == steps {
			rules = append(rules, c.Rules...)
		}
	}
	return once(rules)
}

// Explains reports whether the change is only in what explains an answer: the
// list of the rules that decided.
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

// values notes where two values differ, about which the rules decided.
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

// objects notes where two objects differ, apart from what explains them.
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
		delete(names, "revision") // of the policy; within, of a plan
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		d.values(join(path, name), a[name], b[name], rules)
	}
}

// deciding returns the first rule that an answer or a step names. The rules of
// a run are those of all its steps, and decide nothing.
func deciding(answer map[string]any) []string {
	rules, ok := answer["rules"].([]any)
	if _, run := answer["steps"]; run || !ok || len(rules) == 0 {
		return nil
	}
	return []string{fmt.Sprint(rules[0])}
}

// asJSON returns a value as JSON, nil for nothing.
func asJSON(v any) json.RawMessage {
	if v == nil {
		return nil
	}
	doc, err := json.Marshal(v)
	if err != nil {
		return nil // it was read from JSON
	}
	return doc
}
