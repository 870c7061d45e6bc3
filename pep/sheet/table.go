package sheet

import (
	"fmt"
	"iter"

	"virtualschool.example/pep/rule"
)

// Table is a file that was read.
type Table struct {
	columns []string
	places  map[string]int // the index of each column by its name
	rows    []*Row
	faults  rule.Faults
}

// Row is one row below the header.
type Row struct {
	Line  int // the line of the file on which the row begins
	table *Table
	cells []string
}

// Columns returns the names of the columns in the order of the file.
func (t *Table) Columns() []string { return t.columns }

// Rows returns the rows in the order of the file. Each has a filled cell.
func (t *Table) Rows() []*Row { return t.rows }

// Records groups the rows that have the same text in a column, and iterates over the
// groups in the order of their first rows. A row in which that cell is blank is a
// group of its own.
func (t *Table) Records(column string) iter.Seq[[]*Row] {
	of, records := map[string]int{}, [][]*Row{}
	for _, row := range t.rows {
		id := row.Cell(column)
		n, known := of[id]
		if !known || id == "" {
			n, records = len(records), append(records, nil)
			of[id] = n
		}
		records[n] = append(records[n], row)
	}
	return func(yield func([]*Row) bool) {
		for _, rows := range records {
			if !yield(rows) {
				return
			}
		}
	}
}

// Cell returns the cell of a column, or "" if it is blank or there is no such
// column.
func (r *Row) Cell(column string) string {
	n, known := r.table.places[column]
	if !known {
		return ""
	}
	return r.cells[n]
}

// Fault records that the row's cell in a column is wrong, and what it must be.
// If the table does not have the column, the fault has only the column's name.
func (r *Row) Fault(column, want string) { r.table.fault(r.Line, column, want) }

// Err returns everything that is wrong with the table so far, joined as rule.Faults
// joins them, or nil if nothing is wrong. Each fault is a *rule.Invalid whose
// Member is the line and the column.
func (t *Table) Err() error { return t.faults.Err() }

func (t *Table) fault(line int, column, want string) {
	if n, known := t.places[column]; known {
		column = letters(n) + " (" + column + ")"
	}
	t.faults.Add(fmt.Sprintf("line %d, column %s", line, column), want)
}

// letters returns the name that a spreadsheet gives to column n, counted from 0:
// A to Z, then AA and so on.
func letters(n int) string {
	if n >= 26 {
		return letters(n/26-1) + letters(n%26)
	}
	return string(rune('A' + n))
}
