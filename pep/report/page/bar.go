package page

import (
	"strconv"

	"virtualschool.example/pep/report"
)

// part is one part of a bar.
type part struct {
	Fill  string // the CSS class that gives the part its pattern; page.html defines the class
	Words string // what the part counts
	N     int
	X, W  string // the beginning and the width of the part, as percentages of the bar
}

// Number returns the number of a part, such as "1,204".
func (p part) Number() string { return number(p.N) }

// bar places parts one after another along a bar. The parameter several is the
// count that the whole bar represents.
func bar(several int, parts ...part) []part {
	before := 0
	for i := range parts {
		p := &parts[i]
		p.X, p.W = along(before, several), along(p.N, several)
		before += p.N
	}
	return parts
}

// along returns n/several as a percentage with two decimals, such as "66.67%", or "0%" if
// several is 0.
func along(n, several int) string {
	if several == 0 {
		return "0%"
	}
	return strconv.FormatFloat(100*float64(n)/float64(several), 'f', 2, 64) + "%"
}

// standing returns the bar of a count of children.
func standing(c report.Count) []part {
	return bar(c.Needed,
		part{Fill: "good", Words: "have the plan", N: c.Satisfied},
		part{Fill: "excused", Words: "are excused", N: c.Excused},
		part{Fill: "bad", Words: "are missing a plan", N: c.Missing},
	)
}

// number returns a number with commas between its thousands.
func number(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// pounds returns pence as an amount, such as "£1,240.50".
func pounds(pence int) string {
	return "£" + number(pence/100) + "." + strconv.Itoa(pence/10%10) + strconv.Itoa(pence%10)
}
