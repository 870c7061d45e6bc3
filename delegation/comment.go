package delegation

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// Grammar says how the assignment comment is written: a term, a dash, and
// either a date or the words for no date.
type Grammar struct {
	Dashes string // the characters that are accepted as a dash; a hyphen may be doubled. FormatAssignment writes the first
	None   string // the words for when there is no next meeting, such as N/A
}

const wantGrammar = "dashes that are not letters, digits or white space, and words for when there is no next meeting that cannot be read as a date"

// valid reports whether every comment of g can be read in only one way.
func (g Grammar) valid() bool {
	_, date := readDate(g.None)
	return g.Dashes != "" && utf8.ValidString(g.Dashes) && !strings.ContainsFunc(g.Dashes, inWord) &&
		g.None != "" && g.None == strings.TrimSpace(g.None) && utf8.ValidString(g.None) && !date
}

// inWord reports whether r can be part of a term or a date, or of the space
// around them.
func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsSpace(r) || r == '/'
}

// dash returns the dash that FormatAssignment writes.
func (g Grammar) dash() string {
	_, n := utf8.DecodeRuneInString(g.Dashes)
	return g.Dashes[:n]
}

// read is ASSIGN-1: the comment is TERM—dd/mm/yyyy or TERM—N/A and nothing
// else, with the day first. The dash is one of the grammar's, with or without
// white space around it. Letters may be upper or lower case. The result fault is
// zero if the comment can be read, and otherwise the code of the first part that
// is wrong.
func (g Grammar) read(s string) (season term.Season, next civil.Date, fault rule.Code) {
	word, rest := cutWord(strings.TrimSpace(s))
	season, known := seasonNamed(word)
	rest, dashed := g.cutDash(strings.TrimSpace(rest))
	next, dated := g.readNext(strings.TrimSpace(rest))
	switch {
	case !known:
		return 0, civil.Date{}, rule.CommentTerm
	case !dashed:
		return 0, civil.Date{}, rule.CommentDash
	case !dated:
		return 0, civil.Date{}, rule.CommentDate
	}
	return season, next, 0
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

// cutDash cuts one dash, or two hyphens, off the front of s.
func (g Grammar) cutDash(s string) (rest string, ok bool) {
	r, n := utf8.DecodeRuneInString(s)
	if strings.HasPrefix(s, "--") {
		n = len("--")
	}
	return s[n:], n > 0 && strings.ContainsRune(g.Dashes, r)
}

// readNext reads the next meeting: a date, or the zero Date if s says N/A.
func (g Grammar) readNext(s string) (civil.Date, bool) {
	if strings.EqualFold(s, g.None) && len(s) == len(g.None) {
		return civil.Date{}, true
	}
	return readDate(s)
}

// readDate reads a date as dd/mm/yyyy.
func readDate(s string) (civil.Date, bool) {
	day, s, _ := strings.Cut(s, "/")
	month, year, _ := strings.Cut(s, "/")
	d, dOK := number(day, 1, 2)
	m, mOK := number(month, 1, 2)
	y, yOK := number(year, 4, 4)
	on, err := civil.New(y, time.Month(m), d)
	return on, dOK && mOK && yOK && err == nil
}

// number reads the number in s, which must consist of ASCII digits. The
// arguments least and most limit how many digits there may be.
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
