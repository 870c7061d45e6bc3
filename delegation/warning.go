package delegation

import "virtualschool.example/pep/rule"

// Warning is something that is allowed and worth a second look. The zero
// Warning is none.
type Warning uint8

// The warnings.
const (
	SameTerm         Warning = 1 + iota // the next meeting is in the form's own term (ASSIGN-3)
	SkipsTerm                           // the next meeting leaves a term without one (ASSIGN-3)
	DueBeforeMeeting                    // the form is due before its meeting (DELEG-3)
	LatePreparation                     // the social worker's sections were ready late (SECT-4)
)

var warningNames = [...]string{"", "same_term", "skips_term", "due_before_meeting", "late_preparation"}

// ParseWarning returns the warning whose text form is s, such as "same_term".
func ParseWarning(s string) (Warning, error) {
	return rule.Named[Warning](warningNames[:], s, "warning", "same_term, skips_term, due_before_meeting or late_preparation")
}

// String returns the text form of w, or "" for none.
func (w Warning) String() string { return rule.Name(warningNames[:], w) }

// MarshalText returns the text form of w.
func (w Warning) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

// UnmarshalText reads the text form of a warning. It refuses what ParseWarning refuses.
func (w *Warning) UnmarshalText(text []byte) (err error) {
	*w, err = ParseWarning(string(text))
	return err
}
