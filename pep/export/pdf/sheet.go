package pdf

import (
	"strings"

	"github.com/signintech/gopdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/text/unicode/norm"

	"virtualschool.example/pep/export"
)

// style is the font and the size of a line, in points.
type style struct {
	font          string
	size, leading float64
}

// The styles.
var (
	huge    = style{"bold", 18, 24}
	heading = style{"bold", 13, 18}
	bold    = style{"bold", 10, 14}
	plain   = style{"regular", 10, 14}
	small   = style{"regular", 8, 10.5}
	hand    = style{"regular", 10, 22} // a line to write on by hand
)

// lacking replaces a character that the fonts do not have.
const lacking = '□'

// sheet is a PDF that is being written. After an error it does nothing more.
type sheet struct {
	pdf    gopdf.GoPdf
	widths map[style]map[rune]float64
	has    map[rune]bool
	lacks  bool // whether any character was printed as a square, because the fonts lack it
	err    error
}

// newSheet returns a sheet with both fonts and no page.
func newSheet() *sheet {
	s := &sheet{widths: map[style]map[rune]float64{}, has: map[rune]bool{}}
	s.pdf.Start(gopdf.Config{PageSize: *gopdf.PageSizeA4})
	s.try(s.pdf.AddTTFFontData("bold", gobold.TTF))
	s.try(s.pdf.AddTTFFontData("regular", goregular.TTF))
	s.set(plain)
	return s
}

// try notes the first error.
func (s *sheet) try(err error) {
	if s.err == nil {
		s.err = err
	}
}

// set chooses the font for the next text that is printed or measured.
func (s *sheet) set(in style) {
	if s.err == nil {
		s.try(s.pdf.SetFont(in.font, "", in.size))
	}
}

// printable returns a text as the fonts can print it. A hidden character becomes its code.
// A character that the fonts do not have becomes a square. If they have a letter but not
// its accented form, only the accent becomes a square.
func (s *sheet) printable(text string) string {
	var out strings.Builder
	for _, r := range norm.NFC.String(export.Visible(text)) {
		if s.prints(r) {
			out.WriteRune(r)
			continue
		}
		for _, part := range norm.NFD.String(string(r)) {
			if !s.prints(part) {
				part, s.lacks = lacking, true
			}
			out.WriteRune(part)
		}
	}
	return out.String()
}

// prints reports whether the fonts have a character. Both have the same characters.
func (s *sheet) prints(r rune) bool {
	has, known := s.has[r]
	if !known && s.err == nil {
		has, _ = s.pdf.IsCurrFontContainGlyph(r)
		has = has || r == '\n' || r == '\t'
		s.has[r] = has
	}
	return has
}

// wrap breaks a text into lines that fit into a width. It cuts a word that is too long for
// a line.
func (s *sheet) wrap(in style, width float64, text string) (lines []string) {
	for paragraph := range strings.SplitSeq(s.printable(text), "\n") {
		line := ""
		for word := range strings.FieldsSeq(paragraph) {
			if line == "" {
				line = word
			} else if joined := line + " " + word; s.fit(in, width, joined) == len(joined) {
				line = joined
			} else {
				lines, line = append(lines, line), word
			}
			for n := s.fit(in, width, line); n < len(line); n = s.fit(in, width, line) {
				lines, line = append(lines, line[:n]), line[n:]
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// fit returns how many bytes of a text fit into a width. It always includes the first
// character.
func (s *sheet) fit(in style, width float64, text string) int {
	used := 0.0
	for at, r := range text {
		if used += s.advance(in, r); used > width && at > 0 {
			return at
		}
	}
	return len(text)
}

// width returns the width of a text.
func (s *sheet) width(in style, text string) (sum float64) {
	for _, r := range text {
		sum += s.advance(in, r)
	}
	return sum
}

// advance returns the width of a character. The fonts are set without kerning, so the width
// of a text is the sum of the widths of its characters.
func (s *sheet) advance(in style, r rune) float64 {
	widths := s.widths[in]
	if widths == nil {
		widths = map[rune]float64{}
		s.widths[in] = widths
	}
	w, known := widths[r]
	if !known && s.err == nil {
		s.set(in)
		var err error
		w, err = s.pdf.MeasureTextWidth(string(r))
		s.try(err)
		widths[r] = w
	}
	return w
}
