package rule

import (
	"iter"
	"strings"
)

// longest is the greatest number of bytes in a text or a name that DidYouMean compares.
const longest = 64

// DidYouMean returns a question to end a message with, such as "; did you mean
// \"born\"?". It suggests the name that can be made from s with the fewest
// one-character changes. Exchanging two neighbouring characters counts as one
// change, and a change of case does not count. DidYouMean returns "" if every
// name needs more than one change for every three characters of s.
func DidYouMean(s string, names iter.Seq[string]) string {
	if s == "" || len(s) > longest {
		return ""
	}
	best, nearest := len(s)/3+1, ""
	for name := range names {
		if name == "" || len(name) > longest {
			continue
		}
		if d := distance(strings.ToLower(s), strings.ToLower(name)); d < best {
			best, nearest = d, name
		}
	}
	if nearest == "" {
		return ""
	}
	return `; did you mean "` + nearest + `"?`
}

// distance returns how many bytes must be added, removed, changed or exchanged with
// a neighbour to turn a into b.
func distance(a, b string) int {
	var before, last, row []int // rows of distances between prefixes of a and prefixes of b
	for j := range len(b) + 1 {
		last = append(last, j)
	}
	for i := range len(a) {
		row = append(make([]int, 0, len(b)+1), i+1)
		for j := range len(b) {
			d := min(last[j+1], row[j], last[j]) + 1
			if a[i] == b[j] {
				d = last[j]
			}
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				d = min(d, before[j-1]+1)
			}
			row = append(row, d)
		}
		before, last = last, row
	}
	return last[len(b)]
}
