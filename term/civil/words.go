package civil

import "fmt"

// Words returns the day as it is written in a sentence, such as "14 January
// 2026". The year has four digits. Words returns "" for the zero Date.
func (d Date) Words() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d %s %04d", d.Day(), d.Month(), d.Year())
}
