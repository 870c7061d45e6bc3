package rule

import (
	"strconv"
	"unicode/utf8"
)

// NeedText returns nil where s is UTF-8 and has at most so many characters
// (runes), and otherwise an *Invalid that names the member.
func NeedText(member, s string, most int) error {
	if !utf8.ValidString(s) {
		return &Invalid{Member: member, Want: "text in UTF-8"}
	}
	if len(s) > most && utf8.RuneCountInString(s) > most {
		return &Invalid{Member: member, Want: "at most " + strconv.Itoa(most) + " characters"}
	}
	return nil
}
