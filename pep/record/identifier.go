package record

import (
	"strings"
	"unicode"
)

// The words in which an error says what each identifier must be (ID-1).
const (
	upnWant = "a UPN: a check letter, eleven digits and a digit or letter"
	dfeWant = "a DfE number: three digits, a slash and four digits, not all zeros"
	urnWant = "a URN: six digits, not all zeros"
)

// upnLetters holds the check letters of a UPN, each at the index of its value.
// I, O and S are not used. The letter at the end of a temporary UPN has its value
// in this list too.
const upnLetters = "ABCDEFGHJKLMNPQRTUVWXYZ"

// ParseUPN reports whether s is a unique pupil number (ID-1), and returns it in
// capitals and without spaces. The first letter must be the check letter of the
// rest. A temporary UPN ends in a letter. Any local authority may have issued
// it.
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

// upnRune returns r as a capital, and -1 for a space, which is dropped.
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
// positions 2 to 13, modulo 23. The argument last is the value at position 13.
func upnCheck(middle string, last int) byte {
	sum := 13 * last
	for i := range len(middle) {
		sum += (i + 2) * int(middle[i]-'0')
	}
	return upnLetters[sum%len(upnLetters)]
}

// ParseDfENumber reports whether s is a DfE number (ID-1), and returns it in
// the form 888/4000: the authority's three digits and the establishment's four.
// The slash may be missing from s. A number of only zeros is refused.
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

// ParseURN reports whether s is a unique reference number (ID-1), and returns
// it: six digits, not all zeros.
func ParseURN(s string) (normal string, ok bool) {
	if len(s) != 6 || !digits(s) || zeros(s) {
		return "", false
	}
	return s, true
}

// zeros reports whether s has nothing but zeros.
func zeros(s string) bool { return strings.Trim(s, "0") == "" }

// digits reports whether s has nothing but decimal digits.
func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
