package report

import (
	"io"
	"iter"

	"github.com/google/uuid"

	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/sheet"
	"virtualschool.example/term/civil"
)

// CSV says how the tables of a report are written as CSV. [sheet.Writer] writes the cells,
// so that no spreadsheet takes a cell for a formula. The file columns.md lists the columns
// of each table. The zero CSV writes ids without names, and days as 2026-03-31.
type CSV struct {
	Mark    bool // whether each file begins with a byte order mark, so that Excel reads it as UTF-8
	British bool // whether days are written as 31/03/2026

	// Names adds the number and the name of each child to the table of lines. Everybody
	// who can read the file can read them.
	Names bool

	// Establishment returns an establishment from the register. If the function is nil,
	// the columns of names and DfE numbers are blank.
	Establishment func(record.EstablishmentID) record.Establishment
}

// column is one column of a table that has a row for each value of type T.
type column[T any] struct {
	name, meaning string
	cell          func(*cells, T)
}

// cells writes the cells of one table.
type cells struct {
	*sheet.Writer
	form *CSV
}

// begin writes the header row. If that fails, Flush returns the error.
func begin[T any](w io.Writer, form *CSV, columns []column[T]) *cells {
	c := &cells{sheet.NewWriter(w), form}
	if form.Mark {
		c.Mark()
	}
	for _, of := range columns {
		c.Text(of.name)
	}
	_ = c.End()
	return c
}

// add writes a row.
func add[T any](c *cells, columns []column[T], row T) error {
	for i := range columns {
		columns[i].cell(c, row)
	}
	return c.End()
}

// table returns a function that writes a whole table.
func table[T any](form CSV, columns []column[T], rows iter.Seq[T]) func(io.Writer) error {
	return func(w io.Writer) error {
		c := begin(w, &form, columns)
		for row := range rows {
			if err := add(c, columns, row); err != nil {
				return err
			}
		}
		return c.Flush()
	}
}

// day writes a day.
func (c *cells) day(d civil.Date) {
	if text := d.String(); c.form.British && text != "" {
		c.Text(text[8:] + "/" + text[5:7] + "/" + text[:4])
	} else {
		c.Text(text)
	}
}

// id writes an id; the zero id is blank.
func (c *cells) id(id uuid.UUID) { c.Text(key{id: id}.uuid()) }

// rules writes the rules behind a decision, beginning with the rule that decided it.
func (c *cells) rules(ids rule.IDs) {
	text := ""
	for i, id := range ids.List() {
		if i > 0 {
			text += " "
		}
		text += id.String()
	}
	c.Text(text)
}

// establishment returns an establishment, or the zero Establishment if it is unknown.
func (c *cells) establishment(id record.EstablishmentID) (e record.Establishment) {
	if c.form.Establishment != nil && !id.IsZero() {
		e = c.form.Establishment(id)
	}
	return e
}
