package strict

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"iter"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// state says whether a value was found.
type state uint8

const (
	inert  state = iota // the object is missing or faulty, so the value causes no further fault
	absent              // there is no such member
	null
	given
)

// Value is the value of one member. It must be read once, as the type that it must
// have.
type Value struct {
	doc      *document
	name     string
	tree     tree // the value's JSON; nil unless the value is given or null
	state    state
	required bool
	shape    *Shape // the shape that records how the value is read; nil when a document is being read
}

// holding returns v with its value from the document.
func (v Value) holding(t tree) Value {
	v.tree, v.state = t, given
	if t[0].kind == nullKind {
		v.state = null
	}
	return v
}

// has reports whether the value is given and has the kind k.
func (v Value) has(k kind) bool { return v.state == given && v.tree[0].kind == k }

// Missing reports whether there is no value to read, and records a fault if the value
// is required. A value that is being described is not missing.
func (v Value) Missing(want string) bool {
	missing := v.state != given && v.shape == nil
	if missing && v.state != inert && v.required {
		v.absent(want)
	}
	return missing
}

// Given reports whether there is a value that is not null.
func (v Value) Given() bool { return v.state == given }

// Null reports whether the value is present and null.
func (v Value) Null() bool { return v.state == null }

// Is reports whether the value is the given text.
func (v Value) Is(text string) bool {
	v.Described(func(s *Shape) { s.Or = append(s.Or, &Shape{Names: []string{text}}) })
	return v.IsText() && string(v.tree.text()) == text
}

// IsText reports whether the value is text.
func (v Value) IsText() bool { return v.has(textKind) }

// IsObject reports whether the value is an object.
func (v Value) IsObject() bool { return v.has(objectKind) }

// Fault records that the value is not what it must be.
func (v Value) Fault(want string) { v.doc.faults.Add(v.name, want) }

// is reports whether the value is given and has the kind k. If the value has
// another kind, or is required and missing, the method records a fault.
func (v Value) is(k kind, want string) bool {
	v.shape.is(k, want)
	switch {
	case v.has(k):
		return true
	case v.state == given:
		v.Fault(want + v.quotes(k))
	case v.state != inert && v.required:
		v.absent(want)
	}
	return false
}

// absent records that a required value is missing, and what it must be.
func (v Value) absent(want string) { v.Fault("given, as " + want) }

// quotes says whether adding or removing quotes would give the value the kind k. It
// returns "" if neither would.
func (v Value) quotes(k kind) string {
	inner := bytes.Trim(v.tree[0].raw, `"`)
	_, err := strconv.Atoi(string(inner))
	switch {
	case k == textKind && (v.has(numberKind) || v.has(boolKind)):
		return ", in quotes"
	case k == numberKind && v.IsText() && err == nil:
		return ", as a number without quotes"
	case k == boolKind && v.IsText() && (string(inner) == "true" || string(inner) == "false"):
		return ", without quotes"
	}
	return ""
}

// Token returns the JSON of a number, or of a text of at most 1,000 characters.
// It returns nil if the value is neither.
func (v Value) Token(want string) []byte {
	v.Described(func(s *Shape) {
		s.Or = append(s.Or, &Shape{Type: "number"})
		s.Longest = maxName
	})
	faults := v.doc.faults.Len()
	if v.has(numberKind) && len(v.tree[0].raw) <= maxName {
		return v.tree[0].raw
	}
	if v.text(want, maxName); !v.IsText() || v.doc.faults.Len() > faults {
		return nil
	}
	return v.tree[0].raw
}

// Raw returns the value's JSON, whatever it is, or nil if it is missing or
// null.
func (v Value) Raw(want string) []byte {
	v.shape.wants(want)
	if v.Missing(want) || v.shape != nil {
		return nil
	}
	return v.tree[0].raw
}

// The most characters that a text and a name may have.
const (
	maxText = 20_000
	maxName = 1_000
)

// Text returns a string in UTF-8 of at most 20,000 characters, or "" if there
// is none.
func (v Value) Text(want string) string { return v.text(want, maxText) }

// Name returns a string of 1 to 1,000 characters, or "" if the value is not one.
func (v Value) Name(want string) string {
	s := v.text(want, maxName)
	v.Described(func(s *Shape) { s.Filled = true })
	if s == "" && v.IsText() {
		v.Fault(want)
	}
	return s
}

func (v Value) text(want string, most int) string {
	v.Described(func(s *Shape) { s.Longest = most })
	if !v.is(textKind, want) {
		return ""
	}
	text := v.tree.text()
	if len(text) > most && utf8.RuneCount(text) > most {
		v.Fault(fmt.Sprintf("%s, of at most %d characters", want, most))
	}
	return string(text)
}

// Bool returns true or false. It returns false if there is no value.
func (v Value) Bool() bool { return v.is(boolKind, "true or false") && string(v.tree[0].raw) == "true" }

// Int returns a whole number, or 0 if the value is not one.
func (v Value) Int(want string) int {
	n, _ := v.int(want)
	return n
}

// IntFrom returns a whole number from low to high, or 0 if the value is not one.
func (v Value) IntFrom(low, high int, want string) int {
	n, ok := v.int(want)
	v.Described(func(s *Shape) { s.Bounded, s.Low, s.High = true, low, high })
	if ok && (n < low || n > high) {
		v.Fault(want)
		return 0
	}
	return n
}

func (v Value) int(want string) (int, bool) {
	if !v.is(numberKind, want) {
		return 0, false
	}
	n, ok := whole(string(v.tree[0].raw))
	if !ok {
		v.Fault(want)
	}
	return n, ok
}

// whole returns a JSON number as an int if it is a whole number, however it is
// written: 12, 12.0 and 1.2e1 are the same.
func whole(raw string) (n int, ok bool) {
	digits, negative := strings.CutPrefix(strings.ToLower(raw), "-")
	digits, power, _ := strings.Cut(digits, "e")
	digits, fraction, _ := strings.Cut(digits, ".")
	shift, err := strconv.Atoi(cmp.Or(power, "0"))
	shift -= len(fraction)
	if digits = strings.TrimLeft(digits+fraction, "0"); digits == "" {
		return 0, true
	}
	point := max(0, len(digits)+min(shift, 0)) // the number of digits before the point
	if strings.Trim(digits[point:], "0") != "" || err != nil {
		return 0, false
	}
	digits = digits[:point] + strings.Repeat("0", min(max(shift, 0), longestInt))
	if negative {
		digits = "-" + digits
	}
	n, err = strconv.Atoi(digits)
	return n, err == nil
}

// longestInt is more digits than any int can have.
const longestInt = 20

// Date returns a day written as 2006-01-02, or the zero Date if the value is not one.
func (v Value) Date() civil.Date {
	v.Described(func(s *Shape) { s.Pattern, s.Day = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", true })
	return Parsed(v, "a date such as 2006-01-02", civil.Parse)
}

// Instant returns an instant in the form of RFC 3339, or the zero Time if there
// is none.
func (v Value) Instant() time.Time {
	return Parsed(v, "an instant such as 2006-01-02T15:04:05Z", ParseInstant)
}

var errInstant = errors.New("not an instant of RFC 3339")

// ParseInstant reads an instant in the form of RFC 3339. It is stricter than
// package time, which also accepts an hour of one digit, a comma before the
// fraction, and an offset of 24 hours or 60 minutes.
func ParseInstant(s string) (t time.Time, err error) {
	if err := t.UnmarshalText([]byte(s)); err != nil {
		return time.Time{}, err
	}
	offset := s[len(s)-len("07:00"):]
	inRange := offset[:2] < "24" && offset[3:] < "60"
	if s[13] != ':' || s[19] == ',' || s[len(s)-1] != 'Z' && !inRange {
		return time.Time{}, errInstant
	}
	return t, nil
}

// Parsed returns the result of parse for a string of at most 1,000 characters, or
// the zero value if there is none. The fault has the Want of the *rule.Invalid
// that parse returns, or the argument want if parse returns any other error. If the
// value is not a string, Parsed calls parse with "" to obtain that Want.
func Parsed[T any](v Value, want string, parse func(string) (T, error)) (none T) {
	v.Described(func(s *Shape) { s.Longest = maxName })
	text := ""
	if v.IsText() {
		text = string(v.tree.text())
	}
	read, err := parse(text)
	var invalid *rule.Invalid
	if errors.As(err, &invalid) {
		want = invalid.Want
	}
	switch {
	case !v.is(textKind, want):
		return none
	case err != nil, len(text) > maxName && utf8.RuneCountInString(text) > maxName:
		v.Fault(want)
		return none
	}
	return read
}

// Enum is a type whose values have names.
type Enum interface {
	~uint8
	String() string
}

// Named does what Parsed does, and adds the valid names to the shape: the names of
// the values of T that parse can read.
func Named[T Enum](v Value, want string, parse func(string) (T, error)) T {
	for n := 0; v.shape != nil && n <= math.MaxUint8; n++ {
		name := T(n).String()
		if name == "" {
			continue
		}
		if read, err := parse(name); err == nil && read == T(n) {
			v.shape.Names = append(v.shape.Names, name)
		}
	}
	return Parsed(v, want, parse)
}

// Apart opens the value as an object, just as Read opens a document. The object's
// faults are not reported with the faults of this document.
func (v Value) Apart() *Members { return (&document{}).whole(v.tree, v.name) }

// Object opens the value as an object.
func (v Value) Object() *Members {
	t := v.tree
	if !v.is(objectKind, "an object") {
		t = nil
	}
	m := v.doc.object(t, v.inner())
	m.shape = v.shape
	return m
}

// inner returns the prefix for the names of members inside the value.
func (v Value) inner() string {
	if !v.doc.paths {
		return ""
	}
	return v.name + "."
}

// List iterates over the elements of the value, which must be a list. The parameter
// most is the greatest number of elements that the list may have. An element that
// is null counts as not given. If faults have bare names, a fault in an element has
// the name of the list.
func (v Value) List(most int, want string) iter.Seq[Value] {
	v.Described(func(s *Shape) { s.Most = most })
	if !v.is(listKind, want) {
		return v.shape.element(v.doc)
	}
	if v.tree[1:].len() > most {
		v.Fault(fmt.Sprintf("%s, at most %d of them", want, most))
		return func(func(Value) bool) {}
	}
	return func(yield func(Value) bool) {
		for n, rest := 0, v.tree[1:]; len(rest) > 0; n++ {
			var first tree
			if first, rest = rest.cut(); !yield(v.element(n, first)) {
				return
			}
		}
	}
}

// Set returns the result of read for each element of a list, except the faulty
// ones. An element that repeats an earlier one is faulty.
func Set[T comparable](v Value, most int, want string, read func(Value) T) (all []T) {
	v.Described(func(s *Shape) { s.Unique = true })
	known := map[T]bool{}
	for element := range v.List(most, want) {
		faults := v.doc.faults.Len()
		switch t := read(element); {
		case v.doc.faults.Len() > faults:
		case known[t]:
			element.Fault("different from every element before it")
		default:
			known[t], all = true, append(all, t)
		}
	}
	return all
}

// Exactly returns the result of read for each element of a list, which must
// have n elements.
func Exactly[T any](v Value, n int, want string, read func(Value) T) (all []T) {
	v.Described(func(s *Shape) { s.Least = n })
	for element := range v.List(n, want) {
		all = append(all, read(element))
	}
	if v.has(listKind) && v.tree[1:].len() < n {
		v.Fault(fmt.Sprintf("%s, %d of them", want, n))
	}
	return all
}

func (v Value) element(n int, t tree) Value {
	e := Value{doc: v.doc, name: v.name, required: true}
	if v.doc.paths {
		e.name += "." + strconv.Itoa(n)
	}
	return e.holding(t)
}
