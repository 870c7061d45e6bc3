package civil

// LeapBirthday says on which day one born on 29 February attains an age in a
// year that has none (AGE-2). The zero LeapBirthday is not said, and counts
// as March1.
type LeapBirthday uint8

// The leap birthdays. March1 is the English convention and the default;
// February28 is the other reading.
const (
	March1 LeapBirthday = 1 + iota
	February28
)

var leapBirthdays = [...]string{March1: "mar1", February28: "feb28"}

// ParseLeapBirthday returns the LeapBirthday whose text form is s, "mar1" or
// "feb28", or ErrLeapBirthday.
func ParseLeapBirthday(s string) (LeapBirthday, error) {
	for l, name := range leapBirthdays {
		if l != 0 && name == s {
			return LeapBirthday(l), nil
		}
	}
	return 0, ErrLeapBirthday
}

// String returns the text form of l, or "" where none is said.
func (l LeapBirthday) String() string {
	if int(l) >= len(leapBirthdays) {
		return ""
	}
	return leapBirthdays[l]
}

// MarshalText returns the text form of l, empty where none is said. It
// returns no error.
func (l LeapBirthday) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText reads the text form of a LeapBirthday. It refuses what
// ParseLeapBirthday refuses, and then leaves l as it was.
func (l *LeapBirthday) UnmarshalText(text []byte) error {
	read, err := ParseLeapBirthday(string(text))
	if err == nil {
		*l = read
	}
	return err
}
