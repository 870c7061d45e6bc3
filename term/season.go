package term

import "virtualschool.example/pep/rule"

// Season is one of the three terms that every year has. Its text form is
// upper case, such as "SPRING"; the zero Season is none.
type Season uint8

// The seasons, in the order in which they come in a calendar year (TERM-3).
const (
	Spring Season = 1 + iota
	Summer
	Autumn
)

const seasons = int(Autumn)

var seasonNames = [...]string{Spring: "SPRING", Summer: "SUMMER", Autumn: "AUTUMN"}

// ParseSeason returns the Season whose text form is s, in upper case exactly,
// or a *rule.Invalid of member "season".
func ParseSeason(s string) (Season, error) {
	return rule.Named[Season](seasonNames[:], s, "season", "SPRING, SUMMER or AUTUMN")
}

// String returns the text form of s, or "" for none.
func (s Season) String() string { return rule.Name(seasonNames[:], s) }

// MarshalText returns the text form of s, empty for none. It returns no error.
func (s Season) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the text form of a Season. It refuses what ParseSeason
// refuses, and then leaves s as it was.
func (s *Season) UnmarshalText(text []byte) error {
	read, err := ParseSeason(string(text))
	if err == nil {
		*s = read
	}
	return err
}
