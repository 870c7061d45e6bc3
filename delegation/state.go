package delegation

import (
	"virtualschool.example/pep/rule"
)

// State is where one section of a form stands. The zero State is none: the
// form has no such section.
type State uint8

// The states.
const (
	Editable  State = 1 + iota // with the social worker, not yet delegated or retracted
	Delegated                  // with the contributor, who has saved nothing into it
	Saved                      // with the contributor, who has: the star
	Locked                     // returned, or passed on to business support
	Activated                  // returned and unlocked for the social worker
	states                     // one past the last
)

var stateNames = [...]string{"", "editable", "delegated", "saved", "locked", "activated"}

// ParseState returns the state whose text form is s, such as "locked".
func ParseState(s string) (State, error) {
	return rule.Named[State](stateNames[:], s, "state", "editable, delegated, saved, locked or activated")
}

// String returns the text form of s, or "" for none.
func (s State) String() string { return rule.Name(stateNames[:], s) }

// MarshalText returns the text form of s.
func (s State) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the text form of a state; "" is none. It refuses what
// ParseState refuses.
func (s *State) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*s = 0
		return nil
	}
	*s, err = ParseState(string(text))
	return err
}

// After returns the state that follows s by m, and false where the table of
// section states has no such move.
func (s State) After(m Move) (State, bool) {
	if s >= states || m >= moves {
		return 0, false
	}
	to := next[s][m]
	return to, to != 0
}

// Outstanding reports whether the section is with the contributor.
func (s State) Outstanding() bool { return s == Delegated || s == Saved }
