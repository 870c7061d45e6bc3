package delegation

import (
	"virtualschool.example/pep/rule"
)

// State says how far one section of a form has come. The zero State means that
// the form has no such section.
type State uint8

// The states.
const (
	Editable  State = 1 + iota // with the social worker: not yet delegated, or retracted
	Delegated                  // with the contributor, who has saved nothing in it
	Saved                      // with the contributor, who has saved something; the section has a star
	Locked                     // returned, or passed on to business support
	Activated                  // returned and unlocked for the social worker
	states                     // one past the last
)

var stateNames = [...]struct{ name, words string }{
	Editable:  {"editable", "with the social worker"},
	Delegated: {"delegated", "with the contributor"},
	Saved:     {"saved", "with the contributor, who has written in it"},
	Locked:    {"locked", "locked"},
	Activated: {"activated", "activated for the social worker"},
}

// ParseState returns the state whose text form is s, such as "locked". For any
// other text it returns a *rule.Invalid of member "state".
func ParseState(s string) (State, error) {
	return rule.Find[State](len(stateNames), s, "state", "editable, delegated, saved, locked or activated")
}

// String returns the text form of s, or "" for the zero State.
func (s State) String() string { return rule.Row(stateNames[:], s).name }

// Words returns s in words that follow "the section is", such as "locked".
func (s State) Words() string { return rule.Row(stateNames[:], s).words }

// MarshalText returns the text form of s.
func (s State) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads a state as ParseState does. Empty text is the zero State.
func (s *State) UnmarshalText(text []byte) error { return rule.Unmarshal(text, s, ParseState) }

// After returns the state to which m takes s, or false if the table of section
// states has no such move.
func (s State) After(m Move) (State, bool) {
	if s >= states || m >= moves {
		return 0, false
	}
	to := next[s][m]
	return to, to != 0
}

// Outstanding reports whether the section is with the contributor.
func (s State) Outstanding() bool { return s == Delegated || s == Saved }
