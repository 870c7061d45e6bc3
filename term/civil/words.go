package civil

import "strconv"

// Words returns the day as a sentence has it, such as "14 January 2026", or ""
// for the zero Date.
func (d Date) Words() string {
	if d.IsZero() {
		return ""
	}
	return strconv.Itoa(d.Day()) + " " + d.Month().String() + " " + strconv.Itoa(d.Year())
}
