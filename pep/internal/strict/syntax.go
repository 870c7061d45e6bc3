package strict

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"virtualschool.example/pep/rule"
)

// syntax says why, and where, a document is not valid JSON.
type syntax struct {
	doc []byte
	at  int // the number of bytes before the fault
	why string
}

// Error gives the line and the column of the fault, and its cause. Columns are counted in
// characters.
func (s *syntax) Error() string {
	before := s.doc[:s.at]
	line := bytes.Count(before, []byte("\n")) + 1
	column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
	return fmt.Sprintf("at line %d, column %d, %s", line, column, s.why)
}

// explained returns the decoder's error in words for the person who wrote the
// document.
func explained(doc []byte, err error) error {
	if foreign := rule.Foreign(doc); foreign != "" {
		return errors.New(foreign)
	}
	var wrong *jsontext.SyntacticError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &syntax{doc, len(doc), "the document is incomplete"}
	case errors.As(err, &wrong):
		at := int(wrong.ByteOffset)
		return &syntax{doc, at, why(string(doc[at:min(at+longestCause, len(doc))]))}
	}
	return errors.New("the document is empty")
}

// longestCause is the number of bytes that the function why receives. It is enough for
// every cause, and for the usual white space after a comma.
const longestCause = 256

// why says what is wrong with text, which is the rest of a document from the point where
// it stops being JSON.
func why(text string) string {
	if rest, comma := strings.CutPrefix(text, ","); comma {
		if rest = strings.TrimLeft(rest, " \t\r\n"); rest != "" && (rest[0] == '}' || rest[0] == ']') {
			return "there is a comma before the closing bracket"
		}
		return "there is a comma in place of a value"
	}
	for _, cause := range causes {
		if slices.ContainsFunc(cause.begins, func(s string) bool { return strings.HasPrefix(text, s) }) {
			return cause.why
		}
	}
	switch first := text[:min(len(text), 1)]; {
	case first < " ":
		return "a string has a line break or another control character, which must be written as an escape such as \\n"
	case first >= "0" && first <= "9":
		return "a comma, a colon or a bracket is missing, or a number begins with a needless zero"
	case first >= "A" && first <= "Z", first >= "a" && first <= "z":
		return "a string or the name of a member is not in double quotes"
	}
	return "a character has no meaning in JSON"
}

// causes lists common mistakes that make text invalid as JSON, each by its first
// characters.
var causes = [...]struct {
	begins []string
	why    string
}{
	{[]string{"//", "/*", "#"}, "there is a comment, and JSON does not allow comments"},
	{[]string{"NaN", "nan", "Infinity", "Inf", "I"}, "there is NaN or Infinity, which JSON does not have"},
	{[]string{"'"}, "there is a single quote, and strings must be in double quotes"},
	{[]string{"“", "”", "„", "‘", "’", "‚", "«", "»"}, `there is a typographic quote, and strings must be in straight double quotes (")`},
	{[]string{"True", "TRUE", "False", "FALSE", "None", "Null", "NULL"}, "true, false or null is not in lower case"},
	{[]string{"+", "."}, "a number does not begin with a digit or a minus sign"},
	{[]string{`\`}, `a backslash does not begin an escape; write \\ for a backslash`},
	{[]string{`"`}, "a comma or a colon is missing before a string"},
	{[]string{"}", "]"}, "there is a closing bracket that does not belong here"},
}
