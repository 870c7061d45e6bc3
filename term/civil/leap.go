package civil

// LeapBirthday is the birthday of a person born on 29 February in a year that
// is not a leap year (AGE-2). The zero LeapBirthday counts as March1.
type LeapBirthday uint8

// The leap birthdays. March1 is the English convention and the default;
// February28 is the other one.
const (
	March1 LeapBirthday = 1 + iota
	February28
)

var leapBirthdays = [...]string{March1: "mar1", February28: "feb28"}

// ParseLeapBirthday returns the LeapBirthday whose text form is s, "mar1" or
// "feb28". For any other text it returns ErrLeapBirthday.
func ParseLeapBirthday(s string) (LeapBirthday, error) {
	for l, name := range leapBirthdays {
		if l != 0 && name == s {
			return LeapBirthday(l), nil
		}
	}
	return 0, ErrLeapBirthday
}

// String returns the text form of l, or "" for the zero LeapBirthday.
func (l LeapBirthday) String() string {
	if int(l) >= len(leapBirthdays) {
		return ""
	}
	return leapBirthdays[l]
}

// MarshalText returns the text form of l, which is empty for the zero
// LeapBirthday. It never returns an error.
func (l LeapBirthday) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText reads a LeapBirthday as ParseLeapBirthday does, so that empty
// text is an error too. If it returns an error, l is unchanged.
func (l *LeapBirthday) UnmarshalText(text []byte) error {
	read, err := ParseLeapBirthday(string(text))
	if err == nil {
		*l = read
	}
	return err
}
