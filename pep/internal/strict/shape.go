package strict

import (
	"iter"
	"slices"
)

// Shape is what a value may be. It is made by the reader that reads the value:
// [Describe] has it read nothing, and what it asks for is the shape. So the
// two cannot differ.
type Shape struct {
	Type    string   // the JSON type; "" for any
	Null    bool     // whether it may be null
	Want    string   // what is wanted, in words; "" where it is not said
	Names   []string // the texts that it may be; nil for any
	Pattern string   // a regular expression that a text matches; "" for any
	Filled  bool     // whether a text is not empty
	Bounded bool     // whether a number is from Low to High
	Low     int
	High    int
	Or      []string // texts that it may be instead

	Element *Shape   // of a list
	Members []Member // of an object, in the order of asking
	One     []string // members of which one must be there; nil for none
	Open    bool     // whether there may be others
	Choice  string   // the member that chooses among Choices; "" for none
	Choices []Choice
}

// Member is a member of an object: its name, whether it must be there, and
// what it may be.
type Member struct {
	Name   string
	Needed bool
	Shape  *Shape
}

// Choice is what else an object has where its choosing member has a value.
type Choice struct {
	Value string
	Shape *Shape
}

// Describe returns the shape of the objects that read reads. What it does with
// the values, all missing, must not matter.
func Describe(read func(*Members)) *Shape {
	s := &Shape{Type: "object"}
	m := (&document{}).object(nil, "")
	m.shape = s
	read(m)
	return s
}

// Chosen reads a member that is one of the names of a type and then, with what
// it chooses, the rest of the object. Every choice is described.
func Chosen[T interface {
	~uint8
	String() string
}](in *Members, name string, parse func(string) (T, error), then func(in *Members, chosen T)) T {
	chosen := Named(in.Need(name), "", parse)
	if in.shape == nil {
		then(in, chosen)
		return chosen
	}
	in.shape.Choice = name
	for _, value := range in.shape.At(name).Names {
		of, _ := parse(value)
		in.shape.Choices = append(in.shape.Choices, Choice{value, Describe(func(m *Members) { then(m, of) })})
	}
	return chosen
}

// Opened lets the objects of the shape have other members too.
func (s *Shape) Opened() {
	if s == nil {
		return
	}
	s.Open = true
	s.Element.Opened()
	for _, m := range s.Members {
		m.Shape.Opened()
	}
}

// At returns the shape at a path of members, nil where there is none.
func (s *Shape) At(path ...string) *Shape {
	for _, name := range path {
		if s == nil {
			return nil
		}
		s = s.at(name)
	}
	return s
}

func (s *Shape) at(name string) *Shape {
	n := slices.IndexFunc(s.Members, func(m Member) bool { return m.Name == name })
	if n < 0 {
		return nil
	}
	return s.Members[n].Shape
}

// member writes down a member that is asked for, and returns its shape.
func (s *Shape) member(name string, needed, null bool) *Shape {
	if s == nil {
		return nil
	}
	if known := s.at(name); known != nil {
		return known
	}
	of := &Shape{Null: null}
	s.Members = append(s.Members, Member{name, needed, of})
	return of
}

// The JSON type of each kind.
var types = [...]string{boolKind: "boolean", numberKind: "integer", textKind: "string", listKind: "array", objectKind: "object"}

func (s *Shape) is(k kind, want string) {
	if s != nil {
		s.Type = types[k]
		s.wants(want)
	}
}

func (s *Shape) wants(want string) {
	if s != nil && want != "" {
		s.Want = want
	}
}

func (s *Shape) matches(pattern string) {
	if s != nil {
		s.Pattern = pattern
	}
}

func (s *Shape) notEmpty() {
	if s != nil {
		s.Filled = true
	}
}

func (s *Shape) between(low, high int) {
	if s != nil {
		s.Bounded, s.Low, s.High = true, low, high
	}
}

func (s *Shape) orIs(text string) {
	if s != nil {
		s.Or = append(s.Or, text)
	}
}

func (s *Shape) one(names ...string) {
	if s != nil {
		s.One = names
	}
}

// element has a list read that has one element.
func (s *Shape) element(d *document) iter.Seq[Value] {
	return func(yield func(Value) bool) {
		if s == nil {
			return
		}
		s.Element = &Shape{}
		yield(Value{doc: d, shape: s.Element})
	}
}

// Matching says that the value, a text, matches a regular expression. What
// reads it refuses every other; this is for those who only know the shape.
func (v Value) Matching(pattern string) Value {
	v.shape.matches(pattern)
	return v
}

// Schema returns the shape as a JSON Schema, in values that encoding/json
// writes.
func (s *Shape) Schema() map[string]any {
	if len(s.Or) > 0 {
		bare := *s
		bare.Or = nil
		return map[string]any{"anyOf": []any{map[string]any{"enum": s.Or}, bare.Schema()}}
	}
	out := map[string]any{}
	s.describe(out)
	switch s.Type {
	case "array":
		if s.Element != nil {
			out["items"] = s.Element.Schema()
		}
	case "object":
		s.object(out)
	}
	return out
}

// describe fills in what is not about elements and members.
func (s *Shape) describe(out map[string]any) {
	switch {
	case s.Type != "" && s.Null:
		out["type"] = []string{s.Type, "null"}
	case s.Type != "":
		out["type"] = s.Type
	}
	if s.Want != "" {
		out["description"] = s.Want
	}
	if s.Names != nil {
		out["enum"] = s.names()
	}
	if s.Pattern != "" {
		out["pattern"] = s.Pattern
	}
	if s.Filled {
		out["minLength"] = 1
	}
	if s.Bounded {
		out["minimum"], out["maximum"] = s.Low, s.High
	}
}

func (s *Shape) names() (all []any) {
	for _, n := range s.Names {
		all = append(all, n)
	}
	if s.Null {
		all = append(all, nil)
	}
	return all
}

// object fills in the members of an object.
func (s *Shape) object(out map[string]any) {
	properties, needed := map[string]any{}, []string{}
	for _, m := range s.Members {
		properties[m.Name] = m.Shape.Schema()
		if m.Needed {
			needed = append(needed, m.Name)
		}
	}
	out["properties"], out["required"] = properties, needed
	if !s.Open {
		out["additionalProperties"] = false
	}
	var either []any
	for _, name := range s.One {
		either = append(either, map[string]any{"required": []string{name}})
	}
	for _, c := range s.Choices {
		chosen := c.Shape.Schema()
		chosen["properties"].(map[string]any)[s.Choice] = map[string]any{"const": c.Value}
		for _, m := range c.Shape.Members {
			properties[m.Name] = map[string]any{}
		}
		delete(chosen, "additionalProperties")
		either = append(either, chosen)
	}
	if either != nil {
		out["anyOf"] = either
	}
}
