package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"virtualschool.example/pep/rule"
)

// The limits of a file.
const (
	MaxBytes   = 16 << 20
	MaxColumns = 1_000
	MaxRows    = 100_000 // not counting the header
)

// Form says what the columns of a file must be.
type Form struct {
	Name   func(column string) (want string) // returns what the column's name must be, or "" if the name is valid
	Needed []string                          // the columns that a file must have
}

// Read reads a file. It returns an error if r returns one. If the file or its
// columns are so wrong that no row can be read, it returns an error that holds
// every fault at once, as Table.Err does. A fault in a row is in the Table instead,
// and Table.Err returns it.
func (f Form) Read(r io.Reader) (*Table, error) {
	file, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, err
	}
	t := &Table{places: map[string]int{}}
	if want := checkFile(file); want != "" {
		t.faults.Add("file", want)
		return nil, t.Err()
	}
	text := rule.WithoutMark(file)
	comma := separator(text)
	if line := wide(text, comma); line > 0 {
		t.faults.Add(fmt.Sprint("line ", line), fmt.Sprintf("at most %d columns", MaxColumns))
		return nil, t.Err()
	}
	in := csv.NewReader(bytes.NewReader(text))
	in.Comma, in.FieldsPerRecord = comma, -1
	f.header(t, in)
	if t.Err() == nil {
		t.read(in)
	}
	if len(t.rows) == 0 {
		return nil, t.Err()
	}
	return t, nil
}

// checkFile says what the file must be. It returns "" if the file is text and
// within the size limit.
func checkFile(file []byte) (want string) {
	switch foreign := rule.Foreign(file); {
	case len(file) > MaxBytes:
		return fmt.Sprintf("CSV of at most %d bytes", MaxBytes)
	case foreign != "":
		return "CSV: " + foreign
	case !utf8.Valid(file):
		return "text in UTF-8: save it as CSV UTF-8"
	}
	return ""
}

// separator returns the separator that is most frequent in the first row, or a
// comma if the row has no separator.
func separator(text []byte) rune {
	best, most := ',', 0
	for _, comma := range ",;\t" {
		n := 0
		each(text, func(_ int, c byte) bool {
			if c == byte(comma) {
				n++
			}
			return c != '\n'
		})
		if n > most {
			best, most = comma, n
		}
	}
	return best
}

// wide returns the line of the first row that has too many cells, or 0 if there
// is none.
func wide(text []byte, comma rune) (line int) {
	cells := 1
	each(text, func(at int, c byte) bool {
		switch c {
		case byte(comma):
			cells++
		case '\n':
			cells = 1
		}
		if cells > MaxColumns {
			line = at
		}
		return line == 0
	})
	return line
}

// each calls the given function for every byte outside quotes, with the byte and the
// number of its line, until the function returns false.
func each(text []byte, do func(line int, c byte) bool) {
	line, quoted := 1, false
	for _, c := range text {
		if c == '"' {
			quoted = !quoted
		}
		if !quoted && !do(line, c) {
			return
		}
		if c == '\n' {
			line++
		}
	}
}

// header reads the names of the columns.
func (f Form) header(t *Table, in *csv.Reader) {
	names, line, ok := t.next(in)
	if !ok {
		if t.Err() == nil {
			t.faults.Add("file", "CSV with a first row that names the columns: the file is empty")
		}
		return
	}
	for len(names) > 0 && names[len(names)-1] == "" {
		names = names[:len(names)-1]
	}
	t.columns = names
	for n, name := range names {
		want := f.Name(name)
		switch _, twice := t.places[name]; {
		case name == "":
			t.fault(line, letters(n), "filled in: the column has no name")
			continue
		case twice:
			want = "the only column of this name"
		default:
			t.places[name] = n
		}
		if want != "" {
			t.faults.Add(fmt.Sprintf("line %d, column %s (%s)", line, letters(n), name), want)
		}
	}
	for _, name := range f.Needed {
		if !slices.Contains(names, name) {
			t.fault(line, name, "present: the file has no column of this name")
		}
	}
}

// read reads the rows below the header.
func (t *Table) read(in *csv.Reader) {
	for {
		cells, line, ok := t.next(in)
		row := &Row{Line: line, table: t, cells: cells}
		switch {
		case !ok:
			if len(t.rows) == 0 && t.Err() == nil {
				t.faults.Add("file", "CSV with a row below its header: the file has only the header")
			}
			return
		case len(t.rows) == MaxRows:
			t.faults.Add(fmt.Sprint("line ", line), fmt.Sprintf("among the first %d rows", MaxRows))
			return
		}
		if full := filled(cells); full > len(t.columns) {
			row.Fault(letters(full-1), "blank: the column has no name")
		}
		row.cells = append(cells, make([]string, max(0, len(t.columns)-len(cells)))...)
		t.rows = append(t.rows, row)
	}
}

const wantQuotes = "CSV: a cell with quotation marks must begin and end with one, and each one inside it must be doubled"

// next returns the next row with a filled cell, and its line. It returns false at
// the end of the file, or at the point where the file stops being CSV.
func (t *Table) next(in *csv.Reader) (cells []string, line int, ok bool) {
	for {
		cells, err := in.Read()
		var malformed *csv.ParseError
		if errors.As(err, &malformed) {
			t.faults.Add(fmt.Sprintf("line %d, character %d", malformed.Line, malformed.Column), wantQuotes)
		}
		if err != nil { // the end of the text, or malformed CSV
			return nil, 0, false
		}
		for n := range cells {
			cells[n] = strings.TrimSpace(cells[n])
		}
		if filled(cells) > 0 {
			line, _ = in.FieldPos(0)
			return cells, line, true
		}
	}
}

// filled returns the number of cells up to the last filled one.
func filled(cells []string) (n int) {
	for i, cell := range cells {
		if cell != "" {
			n = i + 1
		}
	}
	return n
}
