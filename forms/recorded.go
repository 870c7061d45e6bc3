package forms

import (
	"strings"

	"virtualschool.example/pep/rule"
)

// ParseRecorded reads a year group as registers record it: N1, N2, R, Y1 to
// Y13, or a bare number from 1 to 13. It returns zero for X and for "", which
// mean that none is recorded (YEAR-2). It returns a *rule.Refusal of YEAR-4 for
// a number above 13, and a *rule.Invalid of member "recordedYear" for any other
// text.
func ParseRecorded(s string) (YearGroup, error) {
	switch s {
	case "", "X":
		return 0, nil
	case "N1":
		return N1, nil
	case "N2":
		return N2, nil
	case "R":
		return R, nil
	}
	return numberedYear(strings.TrimPrefix(s, "Y"))
}

// numberedYear returns the year group with the given number, Y1 or later.
func numberedYear(digits string) (YearGroup, error) {
	n, ok := number(digits)
	switch {
	case !ok:
		return 0, &rule.Invalid{Member: "recordedYear", Want: "N1, N2, R, Y1 to Y13, 1 to 13, or X"}
	case n > int(Y13-R):
		return 0, beyondY13()
	}
	return R + YearGroup(n), nil
}

// number reads a decimal number of 1 or more, without leading zeros. It returns
// 100 for every number above 100.
func number(digits string) (n int, ok bool) {
	for _, c := range []byte(digits) {
		if c < '0' || c > '9' || n == 0 && c == '0' {
			return 0, false
		}
		n = min(10*n+int(c-'0'), 100)
	}
	return n, n > 0
}
