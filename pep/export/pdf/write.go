package pdf

import (
	"bytes"
	"fmt"
	"io"

	"github.com/signintech/gopdf"

	"virtualschool.example/pep/export"
	"virtualschool.example/pep/private"
)

// The dimensions of a page of A4, in points.
const (
	margin = 54.0 // the left and right margins
	width  = 595.28 - 2*margin
	top    = 36.0
	bottom = 841.89 - 48 // the lower edge of the text
	foot   = 841.89 - 34 // the line with the title and the number of the page
)

// Write writes a document as PDF on pages of A4. It writes nothing to w before the document
// is complete, and it returns any error from w.
func Write(w io.Writer, d export.Document) error {
	s := newSheet()
	stamp := s.wrap(small, width, d.Stamp.Reveal(private.Exporting))
	title := s.printable(d.Title)
	rows := s.compose(&d) // called last, because it adds a row if the fonts lacked a character
	begin := top + float64(len(stamp))*small.leading + 14
	s.pdf.SetInfo(gopdf.PdfInfo{Title: title})
	pages := paginate(rows, bottom-begin)
	for n, page := range pages {
		s.pdf.AddPage()
		s.frame(stamp, title, fmt.Sprintf("Page %d of %d", n+1, len(pages)))
		s.draw(page, begin)
	}
	var out bytes.Buffer
	if s.err == nil {
		_, err := s.pdf.WriteTo(&out)
		s.try(err)
	}
	if s.err != nil {
		return s.err
	}
	_, err := out.WriteTo(w)
	return err
}

// frame draws the parts that every page has: the stamp at the top, and the title and the
// page number at the foot.
func (s *sheet) frame(stamp []string, title, number string) {
	y := top
	for _, text := range stamp {
		s.print(small, margin, y, text)
		y += small.leading
	}
	s.rule(y + 3)
	s.print(small, margin, foot, title)
	s.print(small, margin+width-s.width(small, number), foot, number)
}

// draw draws the rows of a page, beginning at y.
func (s *sheet) draw(page []row, y float64) {
	for n, r := range page {
		if n > 0 {
			y += r.gap
		}
		if r.mark != "" {
			s.pdf.SetY(y)
			s.pdf.AddOutlineWithPosition(r.mark)
		}
		if r.style == hand {
			s.rule(y + r.style.leading - 2)
		}
		s.print(bold, margin, y, r.label)
		s.print(r.style, margin+r.indent, y, r.text)
		y += r.style.leading
	}
}

// rule draws a thin line across the page.
func (s *sheet) rule(y float64) {
	s.pdf.SetLineWidth(0.5)
	s.pdf.SetStrokeColor(0x6b, 0x6b, 0x6b)
	s.pdf.Line(margin, y, margin+width, y)
}

// print prints a line that came from wrap or printable, with its top left corner at x and y.
func (s *sheet) print(in style, x, y float64, text string) {
	if text == "" {
		return
	}
	s.set(in)
	s.pdf.SetXY(x, y)
	if s.err == nil {
		s.try(s.pdf.Cell(&gopdf.Rect{W: width, H: in.leading}, text))
	}
}
