package report

import "strconv"

// Percent returns n as a percentage of several, with one decimal, rounded half away
// from zero, such as "66.7"; "" where several is 0. Neither is negative.
func Percent(n, several int) string { return quotient(100*n, several) }

// Words returns what a figure comes to: "66.7 per cent", of days late the mean "4.5 days
// a plan", and where the denominator is 0 what there is none of, "no plans that were
// late".
func (f Figure) Words() string {
	switch {
	case f.Denominator == 0:
		return "no " + f.Measure.Of()
	case f.Measure == DaysLate:
		return quotient(f.Numerator, f.Denominator) + " days a plan"
	}
	return Percent(f.Numerator, f.Denominator) + " per cent"
}

// quotient returns n/of with one decimal, rounded half away from zero.
func quotient(n, of int) string {
	if of == 0 {
		return ""
	}
	tenths := (20*n + of) / (2 * of)
	return strconv.Itoa(tenths/10) + "." + strconv.Itoa(tenths%10)
}
