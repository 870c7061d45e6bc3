package rule

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// NeedText returns nil if s is valid UTF-8 and has at most the given number of
// characters (runes). Otherwise it returns an *Invalid that names the member.
func NeedText(member, s string, most int) error {
	if !utf8.ValidString(s) {
		return &Invalid{Member: member, Want: "text in UTF-8"}
	}
	if len(s) > most && utf8.RuneCountInString(s) > most {
		return &Invalid{Member: member, Want: "at most " + strconv.Itoa(most) + " characters"}
	}
	return nil
}

// Foreign recognises, by its first bytes, a file that is not text in UTF-8. It returns
// what the file is and how to save it in UTF-8, or "" if it recognises nothing.
func Foreign(file []byte) string {
	for _, kind := range foreign {
		if bytes.HasPrefix(file, []byte(kind.begins)) {
			return kind.says
		}
	}
	if head := file[:min(len(file), 4)]; bytes.IndexByte(head, 0) >= 0 {
		return utf16
	}
	return ""
}

const (
	utf16    = "the file is in UTF-16; save it in UTF-8"
	workbook = "the file is an Excel workbook; save it as CSV UTF-8"
)

var foreign = [...]struct{ begins, says string }{
	{"PK\x03\x04", workbook},
	{"\xd0\xcf\x11\xe0", workbook},
	{"\xff\xfe", utf16},
	{"\xfe\xff", utf16},
}

// WithoutMark returns text without the byte order mark that some programs put at
// the start of a file.
func WithoutMark(text []byte) []byte { return bytes.TrimPrefix(text, []byte("\ufeff")) }
