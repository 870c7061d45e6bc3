package term

import (
	"strconv"
	"strings"

	"virtualschool.example/pep/rule"
)

// Parse returns the term that s names, such as "SPRING 2026": the season in
// upper case, one space and four digits. For any other text it returns a
// *rule.Invalid of member "term".
func Parse(s string) (Term, error) {
	name, digits, _ := strings.Cut(s, " ")
	season, err := ParseSeason(name)
	year, bad := strconv.ParseUint(digits, 10, 16)
	t := New(season, int(year))
	if err != nil || bad != nil || len(digits) != 4 || t.IsZero() {
		return Term{}, &rule.Invalid{Member: "term", Want: "a season and a year, such as SPRING 2026"}
	}
	return t, nil
}

// MustParse returns the term that s names. It is for terms written in programs,
// and panics if Parse returns an error.
func MustParse(s string) Term {
	t, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return t
}

// String returns t as "SPRING 2026", or "" for the zero Term.
func (t Term) String() string {
	if t.IsZero() {
		return ""
	}
	year := strconv.Itoa(10_000 + int(t.year)) // a 1, then the four digits of the year
	return t.season.String() + " " + year[1:]
}

// MarshalText returns t as "SPRING 2026", or empty text for the zero Term. It
// never returns an error.
func (t Term) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads a term as Parse does. Empty text is the zero Term. If
// UnmarshalText returns an error, t is unchanged.
func (t *Term) UnmarshalText(text []byte) error { return rule.Unmarshal(text, t, Parse) }
