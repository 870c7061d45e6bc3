package report

import (
	"io"

	"virtualschool.example/pep/private"
)

// lineColumns are the columns of the table of lines.
var lineColumns = [...]column[*Line]{
	{"child", "id of the child", func(c *cells, l *Line) { c.id(l.Child.ID.UUID) }},
	{"term", "the term, such as SPRING 2026", func(c *cells, l *Line) { c.Text(l.Term.String()) }},
	{"standing", "not_required, satisfied, excused or missing", func(c *cells, l *Line) { c.Text(l.Standing.String()) }},
	{"reason", "the reason for the standing", func(c *cells, l *Line) { c.Text(l.Why()) }},
	{"words", "the reason in words", func(c *cells, l *Line) { c.Text(l.Sentence()) }},
	{"rules", "the rules that decided, the deciding one first", func(c *cells, l *Line) { c.rules(l.Rules) }},
	{"by", "the deadline or due date behind the reason; blank if the reason has no date", func(c *cells, l *Line) { c.day(l.By) }},
	{"stage", "the stage that the plan has reached; none if there is no plan", func(c *cells, l *Line) { c.Text(l.Stage.String()) }},
	{"worker", "id of the social worker", func(c *cells, l *Line) { c.id(l.Worker.UUID) }},
	{"establishment", "id of the establishment", func(c *cells, l *Line) { c.id(l.Establishment.UUID) }},
	{"establishment_name", "its name", func(c *cells, l *Line) { c.Text(c.establishment(l.Establishment).Name) }},
	{"year_group", "pre-nursery, N1, N2, R or Y1 to Y13", func(c *cells, l *Line) { c.Text(l.YearGroup.String()) }},
	{"form_type", "the type of the plan's form", func(c *cells, l *Line) { c.Text(l.FormType.String()) }},
	{"area", "in_area, out_of_area, unknown or no_establishment", func(c *cells, l *Line) { c.Text(l.Area.String()) }},
}

// nameColumns come after lineColumns if the host asks for names.
var nameColumns = [...]column[*Line]{
	{"su_number", "the child's number in the social care system; only with names", func(c *cells, l *Line) { c.Text(l.Child.SUNumber.Reveal(private.Exporting)) }},
	{"child_name", "the child's name; only with names", func(c *cells, l *Line) { c.Text(l.Child.Name.Reveal(private.Exporting)) }},
}

// LineTable writes lines as CSV, one row for each call of Write.
type LineTable struct {
	cells   *cells
	columns []column[*Line]
}

// Lines begins a table of lines.
func (form CSV) Lines(w io.Writer) *LineTable {
	t := &LineTable{columns: lineColumns[:]}
	if form.Names {
		t.columns = append(t.columns[:len(t.columns):len(t.columns)], nameColumns[:]...)
	}
	t.cells = begin(w, &form, t.columns)
	return t
}

// Write writes a line. Do not write a line that came with an error: it holds only the
// child. After its first error Write writes nothing more, and Flush returns that error too.
func (t *LineTable) Write(l *Line) error { return add(t.cells, t.columns, l) }

// Flush ends the table.
func (t *LineTable) Flush() error { return t.cells.Flush() }
