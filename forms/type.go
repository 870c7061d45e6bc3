package forms

import (
	"iter"
	"strings"

	"virtualschool.example/pep/rule"
)

// Type is the type of a form. The zero Type is none.
type Type uint8

// The six form types of the guide.
const (
	EarlyYears Type = 1 + iota
	PrimaryMainstream
	SecondaryMainstream
	KeyStage5
	PrimarySpecial
	SecondarySpecial
)

var typeNames = [...]string{
	EarlyYears:          "early_years",
	PrimaryMainstream:   "primary_mainstream",
	SecondaryMainstream: "secondary_mainstream",
	KeyStage5:           "key_stage_5",
	PrimarySpecial:      "primary_special",
	SecondarySpecial:    "secondary_special",
}

// AllTypes iterates over the six form types, in the order of their constants.
func AllTypes() iter.Seq[Type] {
	return func(yield func(Type) bool) {
		for t := EarlyYears; t <= SecondarySpecial && yield(t); t++ {
		}
	}
}

// ParseType returns the form type whose text form is s, such as "early_years".
func ParseType(s string) (Type, error) {
	return rule.Named[Type](typeNames[:], s, "formType", "a form type, such as primary_mainstream")
}

// String returns the text form of t, or "" for none.
func (t Type) String() string { return rule.Name(typeNames[:], t) }

// Words returns the form type as a sentence has it, such as "early years", or ""
// for none.
func (t Type) Words() string { return strings.ReplaceAll(t.String(), "_", " ") }

// MarshalText returns the text form of t.
func (t Type) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads the text form of a form type. It refuses what ParseType
// refuses.
func (t *Type) UnmarshalText(text []byte) (err error) {
	*t, err = ParseType(string(text))
	return err
}
