package forms

import (
	"strings"
	"unicode"

	"virtualschool.example/pep/rule"
)

// Fill is what the text of one box amounts to. The zero Fill is not judged.
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

// Judge returns what text amounts to. SECT-3: "blank = empty or whitespace;
// N/A case-insensitive counts as answered". Characters that show nothing, such
// as a zero-width space, are white space here.
func Judge(text string) Fill {
	switch text = strings.TrimFunc(text, unseen); {
	case text == "":
		return Blank
	case strings.EqualFold(text, "N/A"):
		return NotApplicable
	}
	return Answered
}

// unseen reports whether r shows nothing: white space, control and format
// characters, and what Unicode says to ignore where it is not drawn.
func unseen(r rune) bool {
	if r > ' ' && r < 0x7f {
		return false
	}
	return unicode.IsSpace(r) || unicode.IsControl(r) ||
		unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// ParseFill returns the fill whose text form is s, such as "blank".
func ParseFill(s string) (Fill, error) {
	return rule.Find[Fill](len(fillNames), s, "fill", "a fill: blank, not_applicable or answered")
}

// String returns the text form of f, or "" for one not judged.
func (f Fill) String() string { return rule.Row(fillNames[:], f).name }

// Words returns f in words that follow "the box is", such as "left blank".
func (f Fill) Words() string { return rule.Row(fillNames[:], f).words }

// MarshalText returns the text form of f.
func (f Fill) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// UnmarshalText reads the text form of a fill as ParseFill does, and empty text
// as the zero Fill.
func (f *Fill) UnmarshalText(text []byte) error { return rule.Unmarshal(text, f, ParseFill) }
