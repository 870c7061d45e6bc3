package sheet

import (
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Writer writes a table as CSV, with commas between the cells and CRLF at the
// end of a row. [Form.Read] and encoding/csv read back what was written, except
// that apostrophes may have been added.
//
// Text puts an apostrophe before a text that a spreadsheet could take for a
// formula. Apart from any blanks, quotation marks, apostrophes and invisible
// characters, such a text begins with = + - or @, or a full-width form of one of
// these. Text does the same for a formula that follows a semicolon, a tab or a
// line end within a text, because a spreadsheet that uses another separator
// begins a cell there. Numbers get no apostrophe.
//
// Text removes the blanks around a text, and writes a line end within it as LF.
// It replaces any other control character except the tab with U+FFFD, because
// some readers refuse a file with control characters. It also replaces a byte
// that is not UTF-8. After the first error of the io.Writer, nothing more
// is written; End and Flush return that error.
type Writer struct {
	to   io.Writer
	file []byte // the bytes still to be written
	row  bool   // whether the row has a cell
	err  error
}

// handOver is the number of bytes that a Writer collects before it writes them.
const handOver = 32 << 10

// NewWriter returns a Writer to w.
func NewWriter(w io.Writer) *Writer { return &Writer{to: w} }

// Mark writes a byte order mark, so that Excel reads the file as UTF-8. Call it before
// anything else.
func (w *Writer) Mark() { w.file = append(w.file, "\ufeff"...) }

// Text writes a cell that holds a text.
func (w *Writer) Text(s string) {
	w.cell()
	if plain(s) {
		w.file = append(w.file, s...)
		return
	}
	s = strings.TrimSpace(strings.Map(shown, lineEnds(s)))
	if s = neutral(s); strings.ContainsAny(s, ",;\t\n\"") {
		s = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	w.file = append(w.file, s...)
}

// Number writes a cell that holds a whole number.
func (w *Writer) Number(n int) {
	w.cell()
	w.file = strconv.AppendInt(w.file, int64(n), 10)
}

// Hundredths writes a cell that holds n hundredths as a number with two
// decimals: 61000 becomes 610.00.
func (w *Writer) Hundredths(n int) {
	w.cell()
	if n < 0 {
		w.file, n = append(w.file, '-'), -n
	}
	w.file = strconv.AppendInt(w.file, int64(n/100), 10)
	w.file = append(w.file, '.', byte('0'+n/10%10), byte('0'+n%10))
}

// End ends a row.
func (w *Writer) End() error {
	w.file, w.row = append(w.file, "\r\n"...), false
	if len(w.file) < handOver {
		return w.err
	}
	return w.Flush()
}

// Flush writes everything to the io.Writer.
func (w *Writer) Flush() error {
	if w.err == nil {
		_, w.err = w.to.Write(w.file)
	}
	w.file = w.file[:0]
	return w.err
}

// cell begins a cell.
func (w *Writer) cell() {
	if w.row {
		w.file = append(w.file, ',')
	}
	w.row = true
}

// plain reports whether Text can write a text unchanged. Most texts are plain.
func plain(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
		case i > 0 && (c == '-' || c == '_' || c == '/' || c == '.'):
		case i > 0 && i < len(s)-1 && c == ' ':
		default:
			return false
		}
	}
	return true
}

// shown returns r, or U+FFFD for a control character. For a byte that is not
// UTF-8, strings.Map passes U+FFFD.
func shown(r rune) rune {
	if unicode.IsControl(r) && r != '\t' && r != '\n' {
		return '\ufffd'
	}
	return r
}

func lineEnds(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// neutral returns a text with an apostrophe before each part that a spreadsheet
// could take for a formula.
func neutral(s string) string {
	var out strings.Builder
	for s != "" {
		end := strings.IndexAny(s, ";\t\n") + 1
		if end == 0 {
			end = len(s)
		}
		if formula(s[:end]) {
			out.WriteByte('\'')
		}
		out.WriteString(s[:end])
		s = s[end:]
	}
	return out.String()
}

// formula reports whether a spreadsheet could take a text for a formula. It
// skips apostrophes, so that a reader can tell which of them Text added.
func formula(s string) bool {
	s = strings.TrimLeftFunc(s, func(r rune) bool {
		return r == '\'' || r == '"' || unicode.IsSpace(r) || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Mn)
	})
	first, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("=+-@＝＋－＠﹦﹢﹣﹫", first)
}
