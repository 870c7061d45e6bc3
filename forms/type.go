package forms

import (
	"iter"

	"virtualschool.example/pep/rule"
)

// Type is the type of a form. The zero Type is not a form type.
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

var typeNames = [...]struct{ name, words string }{
	EarlyYears:          {"early_years", "early years"},
	PrimaryMainstream:   {"primary_mainstream", "primary mainstream"},
	SecondaryMainstream: {"secondary_mainstream", "secondary mainstream"},
	KeyStage5:           {"key_stage_5", "key stage 5"},
	PrimarySpecial:      {"primary_special", "primary special"},
	SecondarySpecial:    {"secondary_special", "secondary special"},
}

// AllTypes iterates over the six form types, in the order of their constants.
func AllTypes() iter.Seq[Type] { return rule.Members[Type](len(typeNames)) }

// ParseType returns the form type whose text form is s, such as "early_years".
// For any other text it returns a *rule.Invalid of member "formType".
func ParseType(s string) (Type, error) {
	return rule.Find[Type](len(typeNames), s, "formType", "a form type, such as primary_mainstream")
}

// String returns the text form of t, or "" for the zero Type.
func (t Type) String() string { return rule.Row(typeNames[:], t).name }

// Words returns t in words, such as "early years", or "" for the zero Type.
func (t Type) Words() string { return rule.Row(typeNames[:], t).words }

// MarshalText returns the text form of t.
func (t Type) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads a form type as ParseType does. Empty text is the zero
// Type.
func (t *Type) UnmarshalText(text []byte) error { return rule.Unmarshal(text, t, ParseType) }
