package delegation

import (
	"strings"
	"time"
	"unicode/utf8"

	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

const notApplicable = "N/A"

// readComment is ASSIGN-1: the comment is TERM—dd/mm/yyyy or TERM—N/A and
// nothing else, the day first. The dash is an em dash, an en dash or a hyphen
// with or without white space around it; letters are of either case.
func readComment(s string) (season term.Season, next civil.Date, ok bool) {
	word, rest := cutWord(strings.TrimSpace(s))
	season, known := seasonNamed(word)
	rest, dashed := cutDash(strings.TrimSpace(rest))
	if !known || !dashed {
		return 0, civil.Date{}, false
	}
	next, ok = readNext(strings.TrimSpace(rest))
	return season, next, ok
}

// cutWord cuts the ASCII letters off the front of s.
func cutWord(s string) (word, rest string) {
	n := 0
	for n < len(s) && 'a' <= s[n]|0x20 && s[n]|0x20 <= 'z' {
		n++
	}
	return s[:n], s[n:]
}

func seasonNamed(word string) (term.Season, bool) {
	for season := term.Spring; season <= term.Autumn; season++ {
		if strings.EqualFold(word, season.String()) {
			return season, true
		}
	}
	return 0, false
}

// cutDash cuts one em dash, en dash or hyphen off the front of s.
func cutDash(s string) (rest string, ok bool) {
	r, n := utf8.DecodeRuneInString(s)
	return s[n:], r == '—' || r == '–' || r == '-'
}

// readNext reads the next meeting: a date, or N/A as the zero Date.
func readNext(s string) (civil.Date, bool) {
	if len(s) == len(notApplicable) && strings.EqualFold(s, notApplicable) {
		return civil.Date{}, true
	}
	day, s, _ := strings.Cut(s, "/")
	month, year, _ := strings.Cut(s, "/")
	d, dOK := number(day, 1, 2)
	m, mOK := number(month, 1, 2)
	y, yOK := number(year, 4, 4)
	on, err := civil.New(y, time.Month(m), d)
	return on, dOK && mOK && yOK && err == nil
}

// number reads s, which is so many ASCII digits at least and at most.
func number(s string, least, most int) (n int, ok bool) {
	if len(s) < least || len(s) > most {
		return 0, false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = 10*n + int(s[i]-'0')
	}
	return n, true
}
