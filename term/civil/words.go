package civil

import "fmt"

// Words returns the day as a sentence has it, with four digits of the year, such as
// "14 January 2026", or "" for the zero Date.
func (d Date) Words() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d %s %04d", d.Day(), d.Month(), d.Year())
}
