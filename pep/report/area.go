package report

import (
	"strings"

	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
)

// Area says whether a child is educated in the council's own area. A child who needs no
// plan has the zero Area.
type Area uint8

// The areas. A DfE number begins with the number of the authority in whose area the
// establishment lies.
const (
	InArea Area = 1 + iota
	OutOfArea
	AreaUnknown     // the establishment has no DfE number on record
	NoEstablishment // the child is in no establishment
)

var areas = [...]struct{ name, words string }{
	InArea:          {"in_area", "in the council's area"},
	OutOfArea:       {"out_of_area", "out of the council's area"},
	AreaUnknown:     {"unknown", "in an establishment without a DfE number"},
	NoEstablishment: {"no_establishment", "in no establishment"},
}

// ParseArea returns the area whose text form is s, such as "out_of_area".
func ParseArea(s string) (Area, error) {
	return rule.Find[Area](len(areas), s, "area", "in_area, out_of_area, unknown or no_establishment")
}

// String returns the area's text form, or "" for the zero Area.
func (a Area) String() string { return rule.Row(areas[:], a).name }

// Words returns words that can follow "the child is educated", such as "out of the
// council's area".
func (a Area) Words() string { return rule.Row(areas[:], a).words }

// MarshalText returns the area's text form.
func (a Area) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads the text form of an area as ParseArea does, and empty text as
// the zero Area.
func (a *Area) UnmarshalText(text []byte) error { return rule.Unmarshal(text, a, ParseArea) }

// areaOf returns the area of an establishment, given the council's LA number.
func areaOf(at *record.Establishment, la string) Area {
	if at == nil {
		return NoEstablishment
	}
	number, ok := record.ParseDfENumber(at.DfENumber)
	switch {
	case !ok:
		return AreaUnknown
	case strings.HasPrefix(number, la+"/"):
		return InArea
	}
	return OutOfArea
}
