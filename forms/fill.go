package forms

import (
	"strings"
	"unicode"

	"virtualschool.example/pep/rule"
)

// Fill says whether a box is blank, not applicable or answered. The zero Fill
// means that the box has not been judged.
type Fill uint8

// The fills. NotApplicable and Answered both count as filled.
const (
	Blank Fill = 1 + iota
	NotApplicable
	Answered
)

var fillNames = [...]struct{ name, words string }{
	Blank:         {"blank", "left blank"},
	NotApplicable: {"not_applicable", "not applicable"},
	Answered:      {"answered", "answered"},
}

// Judge returns the fill of a box that holds text. SECT-3: "blank = empty or
// whitespace; N/A case-insensitive counts as answered". Characters that cannot
// be seen, such as a zero-width space, count as white space.
func Judge(text string) Fill {
	switch text = strings.TrimFunc(text, unseen); {
	case text == "":
		return Blank
	case strings.EqualFold(text, "N/A"):
		return NotApplicable
	}
	return Answered
}

// unseen reports whether r cannot be seen: white space, control and format
// characters, and those that Unicode says to ignore if they cannot be drawn.
func unseen(r rune) bool {
	if r > ' ' && r < 0x7f {
		return false
	}
	return unicode.IsSpace(r) || unicode.IsControl(r) ||
		unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// ParseFill returns the fill whose text form is s, such as "blank". For any
// other text it returns a *rule.Invalid of member "fill".
func ParseFill(s string) (Fill, error) {
	return rule.Find[Fill](len(fillNames), s, "fill", "a fill: blank, not_applicable or answered")
}

// String returns the text form of f, or "" for the zero Fill.
func (f Fill) String() string { return rule.Row(fillNames[:], f).name }

// Words returns f in words that follow "the box is", such as "left blank".
func (f Fill) Words() string { return rule.Row(fillNames[:], f).words }

// MarshalText returns the text form of f.
func (f Fill) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// UnmarshalText reads a fill as ParseFill does. Empty text is the zero Fill.
func (f *Fill) UnmarshalText(text []byte) error { return rule.Unmarshal(text, f, ParseFill) }
