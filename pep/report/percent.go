package report

import "strconv"

// Percent returns 100*n/several with one decimal, such as "66.7". It rounds halves up, and
// returns "" if several is 0. Neither number may be negative.
func Percent(n, several int) string { return quotient(100*n, several) }

// Words returns the result in words, such as "66.7 per cent". For DaysLate it is the mean,
// such as "4.5 days a plan". If the denominator is 0, it says what is missing, such as "no
// plans that were late".
func (f Figure) Words() string {
	switch {
	case f.Denominator == 0:
		return "no " + f.Measure.Of()
	case f.Measure == DaysLate:
		return quotient(f.Numerator, f.Denominator) + " days a plan"
	}
	return Percent(f.Numerator, f.Denominator) + " per cent"
}

// quotient returns n/of with one decimal, halves rounded up.
func quotient(n, of int) string {
	if of == 0 {
		return ""
	}
	tenths := (20*n + of) / (2 * of)
	return strconv.Itoa(tenths/10) + "." + strconv.Itoa(tenths%10)
}
