package strict

import (
	"iter"
	"slices"
)

// Shape says what a value may be. It comes from the same code that reads the value:
// [Describe] runs that code without a document, and notes what it asks for. A
// shape and its reader therefore cannot differ.
type Shape struct {
	Type    string   // the JSON type; "" for any
	Null    bool     // whether it may be null
	Want    string   // what it must be, in words; "" if the reader gives no words
	Names   []string // the texts that it may be; nil for any
	Pattern string   // a regular expression that a text must match; "" for any
	Day     bool     // whether a text must be a day of the calendar
	Filled  bool     // whether a text must not be empty
	Longest int      // the most characters that a text may have; 0 for no limit
	Bounded bool     // whether a number must be from Low to High
	Low     int
	High    int
	Needed  bool     // whether an object must have this member
	Or      []*Shape // other shapes that it may have instead

	Element *Shape   // the elements of a list
	Least   int      // the fewest elements that a list may have
	Most    int      // the most elements that a list may have; 0 for no limit
	Unique  bool     // whether all elements must differ
	Having  string   // a text that must be one of the elements; "" for none
	Members []Member // the members of an object, in the order of asking
	One     []string // a list of members of which exactly one must be given; nil if there is no such rule
	Open    bool     // whether the object may have other members
	Choice  string   // the member that chooses among Choices; "" for none
	Choices []Choice
}

// Member is a member of an object: its name and what it may be.
type Member struct {
	Name  string
	Shape *Shape
}

// Choice says which further members an object has when its choosing member has one
// particular value.
type Choice struct {
	Value string
	Shape *Shape
}

// Describe returns the shape of the objects that the function read accepts. It
// calls read with every value missing, so read must not depend on the values.
func Describe(read func(*Members)) *Shape {
	s := &Shape{Type: "object"}
	m := (&document{}).object(nil, "")
	m.shape = s
	read(m)
	return s
}

// Chosen reads a member that names a value of a type, and then the rest of the object,
// which depends on that value. The shape includes every choice.
func Chosen[T Enum](in *Members, name string, parse func(string) (T, error), then func(in *Members, chosen T)) T {
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

// Either reads the value with the first function if the value is a list whose first
// element is an object, or an empty list that the second function cannot read.
// Otherwise Either uses the second function. The shape allows both.
func Either[T any](v Value, rows, bare func(Value) T) T {
	empty := func() bool {
		of := &Shape{}
		bare(Value{doc: &document{}, shape: of})
		return len(v.tree) == 1 && of.Type != types[listKind]
	}
	return choose(v, rows, bare, func() bool {
		return v.has(listKind) && (len(v.tree) > 1 && v.tree[1].kind == objectKind || empty())
	})
}

// choose reads the value with the first function if isFirst returns true, and otherwise
// with the second. The shape allows both.
func choose[T any](v Value, first, second func(Value) T, isFirst func() bool) T {
	if v.shape != nil {
		or := &Shape{}
		first(Value{doc: v.doc, shape: or})
		v.shape.Or = append(v.shape.Or, or)
		return second(v)
	}
	if isFirst() {
		return first(v)
	}
	return second(v)
}

// Having reads the value with one of two functions: the first if the value is an object
// that has the named member, and otherwise the second. The shape allows both.
func Having[T any](v Value, name string, with, without func(Value) T) T {
	return choose(v, with, without, func() bool { return v.IsObject() && v.tree.member(name) })
}

// Opened allows other members in the objects of the shape.
func (s *Shape) Opened() {
	if s == nil {
		return
	}
	s.Open = true
	s.Element.Opened()
	for _, or := range s.Or {
		or.Opened()
	}
	for _, m := range s.Members {
		m.Shape.Opened()
	}
}

// At returns the shape at a path of members, or nil if there is none.
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

// member notes a member that is asked for, and returns its shape.
func (s *Shape) member(name string, needed, null bool) *Shape {
	if s == nil {
		return nil
	}
	if known := s.at(name); known != nil {
		return known
	}
	of := &Shape{Null: null, Needed: needed}
	s.Members = append(s.Members, Member{name, of})
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

// element yields a single element, whose shape becomes that of every element of the
// list.
func (s *Shape) element(d *document) iter.Seq[Value] {
	return func(yield func(Value) bool) {
		if s == nil {
			return
		}
		s.Element = &Shape{}
		yield(Value{doc: d, shape: s.Element})
	}
}

// Matching notes that the value, a text, must match a regular expression. It
// checks nothing: the code that reads the value must refuse any other text.
func (v Value) Matching(pattern string) Value {
	return v.Described(func(s *Shape) { s.Pattern = pattern })
}

// Described passes the value's shape to the given function if the value is being
// described. The function adds to the shape what reading the value alone does not show,
// such as a check that is made elsewhere.
func (v Value) Described(say func(*Shape)) Value {
	if v.shape != nil {
		say(v.shape)
	}
	return v
}
