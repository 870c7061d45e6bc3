package term

import "virtualschool.example/pep/rule"

// Season is one of the three terms that every year has. Its text form is upper
// case, such as "SPRING". The zero Season is not a season.
type Season uint8

// The seasons, in the order in which they come in a calendar year (TERM-3).
const (
	Spring Season = 1 + iota
	Summer
	Autumn
)

const seasons = int(Autumn)

var seasonNames = [...]struct{ name, words string }{Spring: {"SPRING", "spring"}, Summer: {"SUMMER", "summer"}, Autumn: {"AUTUMN", "autumn"}}

// ParseSeason returns the Season whose text form is s, which must be in upper
// case. For any other text it returns a *rule.Invalid of member "season".
func ParseSeason(s string) (Season, error) {
	return rule.Find[Season](len(seasonNames), s, "season", "SPRING, SUMMER or AUTUMN")
}

// String returns the text form of s, or "" for the zero Season.
func (s Season) String() string { return rule.Row(seasonNames[:], s).name }

// Words returns s in words, such as "spring", or "" for the zero Season.
func (s Season) Words() string { return rule.Row(seasonNames[:], s).words }

// MarshalText returns the text form of s, which is empty for the zero Season.
// It never returns an error.
func (s Season) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads a Season as ParseSeason does. Empty text is the zero
// Season. If UnmarshalText returns an error, s is unchanged.
func (s *Season) UnmarshalText(text []byte) error { return rule.Unmarshal(text, s, ParseSeason) }
