package pdf

import (
	"fmt"

	"virtualschool.example/forms"
	"virtualschool.example/pep/export"
	"virtualschool.example/pep/private"
)

// row is one line of the document before it is placed on a page.
type row struct {
	style  style
	label  string  // the text printed in bold at the left margin
	indent float64 // the distance from the margin to the text
	text   string
	gap    float64 // the space before the row, unless the row begins a page
	keep   bool    // whether the next row must be on the same page
	mark   string  // the title of the bookmark that leads to the row
}

// height returns the height of a row. The gap of the first row of a page does not count.
func (r *row) height(first bool) float64 {
	if first {
		return r.style.leading
	}
	return r.gap + r.style.leading
}

// The layout of a document.
const (
	detailIndent = 110 // the distance from the margin to the values of the details, in points
	answerIndent = 10  // the distance from the margin to the answers
	handLines    = 4   // the number of lines to write on in an empty box
)

// flow collects the rows of a document in order.
type flow struct {
	*sheet
	rows []row
}

// compose returns the rows of a document.
func (s *sheet) compose(d *export.Document) []row {
	f := flow{sheet: s}
	f.text(row{style: heading}, d.Child.Reveal(private.Exporting))
	f.text(row{style: huge, gap: 2}, d.Title)
	f.text(row{style: plain, gap: 8}, d.Note)
	for n, detail := range d.Details {
		r := row{style: plain, indent: detailIndent, label: s.printable(detail.Label)}
		if n == 0 {
			r.gap = 8
		}
		f.text(r, detail.Value)
	}
	for n := range d.Parts {
		f.part(&d.Parts[n])
	}
	if s.lacks {
		f.text(row{style: small, gap: 24}, fmt.Sprintf("%c stands for a character that the font of this document does not have.", lacking))
	}
	return f.rows
}

// part adds the rows of a section.
func (f *flow) part(p *export.Part) {
	title := fmt.Sprintf("Section %d: %s", p.Number, p.Title)
	f.text(row{style: heading, gap: 22, keep: true, mark: f.printable(title)}, title)
	if p.LeftOut {
		f.text(row{style: plain, gap: 2}, "This section was left out of this export.")
	}
	f.text(row{style: small, gap: 2, keep: true}, p.State)
	for _, b := range p.Boxes {
		f.text(row{style: bold, gap: 10, keep: true}, b.Question)
		f.box(&b)
	}
}

// box adds the rows of a box: its answer, or room to write.
func (f *flow) box(b *export.Box) {
	switch b.Fill {
	case forms.Answered:
		f.text(row{style: plain, indent: answerIndent, gap: 2}, b.Answer.Reveal(private.Exporting))
	case forms.NotApplicable:
		f.text(row{style: plain, indent: answerIndent, gap: 2}, "N/A (not applicable)")
	case forms.Blank:
		f.text(row{style: plain, indent: answerIndent, gap: 2}, "[left blank]")
	default:
		for n := range handLines {
			f.rows = append(f.rows, row{style: hand, keep: n < handLines-1})
		}
	}
}

// text adds the rows of a text. Each is a copy of r, but only the first has the label, the
// gap and the bookmark. An empty text adds no row.
func (f *flow) text(r row, text string) {
	if text == "" {
		return
	}
	for _, line := range f.wrap(r.style, width-r.indent, text) {
		r.text = line
		f.rows = append(f.rows, r)
		r.label, r.gap, r.mark = "", 0, ""
	}
}

// paginate divides rows into pages of the given height. A row whose keep is set is on the same
// page as the next row, unless no page has room for both. There is at least one page.
func paginate(rows []row, height float64) (pages [][]row) {
	page, used := []row{}, 0.0
	for len(rows) > 0 {
		n, need := together(rows, len(page) == 0)
		if len(page) > 0 && used+need > height {
			pages, page, used = append(pages, page), nil, 0
			n, need = together(rows, true)
		}
		if need > height {
			n, need = 1, rows[0].height(len(page) == 0)
		}
		page, used, rows = append(page, rows[:n]...), used+need, rows[n:]
	}
	return append(pages, page)
}

// together returns how many rows at the start must share a page, and their total height.
func together(rows []row, first bool) (n int, height float64) {
	for {
		height += rows[n].height(first && n == 0)
		if n++; n == len(rows) || !rows[n-1].keep {
			return n, height
		}
	}
}
