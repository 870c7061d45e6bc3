package export

import (
	"fmt"
	"strings"
	"unicode"
)

// Visible returns a text in which every character is visible. Line breaks and tabs stay,
// each line break as one "\n". Any other character that is invisible or changes the order
// of others appears as its code, such as "[U+202E]". A byte that is not UTF-8 appears as
// U+FFFD.
func Visible(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	if strings.IndexFunc(text, hidden) < 0 {
		return strings.ToValidUTF8(text, "\uFFFD")
	}
	var out strings.Builder
	for _, r := range text {
		if hidden(r) {
			fmt.Fprintf(&out, "[%U]", r)
		} else {
			out.WriteRune(r)
		}
	}
	return out.String()
}

// hidden reports whether a character is invisible or changes the order of others.
func hidden(r rune) bool {
	if r == '\n' || r == '\t' || r > ' ' && r < 0x7f {
		return false
	}
	if r == '\ufe0e' || r == '\ufe0f' { // these two characters choose how the symbol before them looks
		return false
	}
	return !unicode.IsGraphic(r) || unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}
