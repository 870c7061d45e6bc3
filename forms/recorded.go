package forms

import (
	"strings"

	"virtualschool.example/pep/rule"
)

// ParseRecorded reads a year group as registers record it: N1, N2, R, Y1 to
// Y13, bare digits 1 to 13; X and "" are not recorded, zero (YEAR-2). Above 13
// it is a *rule.Refusal (YEAR-4), anything else a *rule.Invalid "recordedYear".
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

// numberedYear reads the number of a year group from Y1 on.
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

// number reads a decimal number from 1 on without leading zeros; from 100 on
// it stays at 100.
func number(digits string) (n int, ok bool) {
	for _, c := range []byte(digits) {
		if c < '0' || c > '9' || n == 0 && c == '0' {
			return 0, false
		}
		n = min(10*n+int(c-'0'), 100)
	}
	return n, n > 0
}
