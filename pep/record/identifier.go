package record

import (
	"strings"
	"unicode"
)

// The identifiers of ID-1, as an error asks for them.
const (
	upnWant = "a UPN: a check letter, eleven digits and a digit or letter"
	dfeWant = "a DfE number: three digits, a slash and four digits, not all zeros"
	urnWant = "a URN: six digits, not all zeros"
)

// upnLetters are the check letters of a UPN by their value: no I, O or S. The
// last letter of a temporary UPN counts in the same way.
const upnLetters = "ABCDEFGHJKLMNPQRTUVWXYZ"

// ParseUPN returns the unique pupil number that s is, in capitals and without
// spaces, and whether it is one (ID-1): its first letter is the check of the
// rest. A temporary one ends in a letter. Any local authority may have issued it.
func ParseUPN(s string) (normal string, ok bool) {
	normal = strings.Map(upnRune, s)
	if len(normal) != 13 || !digits(normal[1:12]) {
		return "", false
	}
	last := strings.IndexByte(upnLetters, normal[12])
	if digits(normal[12:]) {
		last = int(normal[12] - '0')
	}
	if last < 0 || normal[0] != upnCheck(normal[1:12], last) {
		return "", false
	}
	return normal, true
}

// upnRune returns r as a capital, and drops a space.
func upnRune(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return -1
	case r >= 'a' && r <= 'z':
		return r - 'a' + 'A'
	}
	return r
}

// upnCheck returns the check letter: the sum of position times value over
// positions 2 to 13, modulo 23. The last place has the value last.
func upnCheck(middle string, last int) byte {
	sum := 13 * last
	for i := range len(middle) {
		sum += (i + 2) * int(middle[i]-'0')
	}
	return upnLetters[sum%len(upnLetters)]
}

// ParseDfENumber returns the DfE number that s is, as 888/4000, and whether it
// is one (ID-1): the authority's three digits and the establishment's four,
// with or without the slash. Zeros alone are no number.
func ParseDfENumber(s string) (normal string, ok bool) {
	authority, establishment, slash := strings.Cut(s, "/")
	if !slash && len(s) == 7 {
		authority, establishment = s[:3], s[3:]
	}
	if len(authority) != 3 || len(establishment) != 4 || !digits(authority) || !digits(establishment) || zeros(authority+establishment) {
		return "", false
	}
	return authority + "/" + establishment, true
}

// ParseURN returns the unique reference number that s is, and whether it is
// one (ID-1): six digits. Zeros alone are no number.
func ParseURN(s string) (normal string, ok bool) {
	if len(s) != 6 || !digits(s) || zeros(s) {
		return "", false
	}
	return s, true
}

// zeros reports whether s is zeros alone.
func zeros(s string) bool { return strings.Trim(s, "0") == "" }

// digits reports whether s is decimal digits alone.
func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
