package term

import (
	"strconv"
	"strings"

	"virtualschool.example/pep/rule"
)

// Parse returns the term that s names, as in "SPRING 2026": the season in
// upper case, one space, four digits. Otherwise a *rule.Invalid of member "term".
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

// MustParse returns the term that s names, for terms written in programs. It
// panics where Parse returns an error.
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
	year := strconv.Itoa(10_000 + int(t.year)) // four digits after the first
	return t.season.String() + " " + year[1:]
}

// MarshalText returns t as "SPRING 2026", empty for the zero Term. It returns
// no error.
func (t Term) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads a term as Parse does; empty text is the zero Term. On an
// error t is left as it was.
func (t *Term) UnmarshalText(text []byte) error { return rule.Unmarshal(text, t, Parse) }
