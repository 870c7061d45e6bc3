package report

import (
	"iter"

	"github.com/google/uuid"

	"virtualschool.example/forms"
	"virtualschool.example/pep/rule"
)

// Dimension is one way to break down the children who need a plan, such as by year group.
// The zero Dimension has no meaning.
type Dimension uint8

// The dimensions.
const (
	ByWorker Dimension = 1 + iota
	ByEstablishment
	ByYearGroup
	ByFormType
	ByArea
)

// key is a value of a dimension: an id, or the number of an enumeration's value.
type key struct {
	by Dimension
	id uuid.UUID
	n  uint8
}

// dimensions holds, for each dimension, its text form, its words, a function that returns
// the key of a line, and one that returns the text form of a key. The latter returns ""
// if the register has no value.
var dimensions = [...]struct {
	name, words string
	key         func(*Line) key
	text        func(key) string
}{
	ByWorker:        {"worker", "social worker", func(l *Line) key { return key{id: l.Worker.UUID} }, key.uuid},
	ByEstablishment: {"establishment", "establishment", func(l *Line) key { return key{id: l.Establishment.UUID} }, key.uuid},
	ByYearGroup:     {"year_group", "year group", func(l *Line) key { return key{n: uint8(l.YearGroup)} }, func(k key) string { return forms.YearGroup(k.n).String() }},
	ByFormType:      {"form_type", "form type", func(l *Line) key { return key{n: uint8(l.FormType)} }, func(k key) string { return forms.Type(k.n).String() }},
	ByArea:          {"area", "area", func(l *Line) key { return key{n: uint8(l.Area)} }, func(k key) string { return Area(k.n).String() }},
}

func (k key) uuid() string {
	if k.id == (uuid.UUID{}) {
		return ""
	}
	return k.id.String()
}

// AllDimensions iterates over the dimensions, in the order of their constants.
func AllDimensions() iter.Seq[Dimension] { return rule.Members[Dimension](len(dimensions)) }

// ParseDimension returns the dimension whose text form is s, such as "worker".
func ParseDimension(s string) (Dimension, error) {
	return rule.Find[Dimension](len(dimensions), s, "by", "worker, establishment, year_group, form_type or area")
}

// String returns the text form of d, or "" for the zero Dimension.
func (d Dimension) String() string { return rule.Row(dimensions[:], d).name }

// Words returns d in words that follow "by", such as "social worker".
func (d Dimension) Words() string { return rule.Row(dimensions[:], d).words }

// MarshalText returns the text form of d.
func (d Dimension) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the text form of a dimension as ParseDimension does, and empty
// text as the zero Dimension.
func (d *Dimension) UnmarshalText(text []byte) error {
	return rule.Unmarshal(text, d, ParseDimension)
}

// keyOf returns the key of a line in a dimension.
func keyOf(d Dimension, l *Line) key {
	k := dimensions[d].key(l)
	k.by = d
	return k
}
