package main

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"errors"
	"io"

	"github.com/google/uuid"

	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/term/civil"
)

// shipped is a synthetic file of children: nobody in it exists.
//
//go:embed children.csv
var shipped []byte

// pupil is one row of the file: a child, where they are taught, and which
// course their plan takes.
type pupil struct {
	record.Child
	Place   *record.Establishment // nil for a child in no establishment
	Teacher *record.Contributor   // nil likewise
	Meeting civil.Date
	Course  *course
}

// ref is how the story names a child: by the number that the social care
// system gives, never by name.
func (p *pupil) ref() string { return p.SUNumber.Reveal(private.Showing) }

// leaves returns the day on which the child leaves care, zero for none known.
func (p *pupil) leaves() civil.Date { return p.Care.Episodes[0].To }

// ids is the namespace of this program's ids: they are derived, so that every
// run gives the same child, teacher, plan and person the same one.
var ids = uuid.UUID{0x1f, 0x6b, 0x0c, 0x54, 0x90, 0x3d, 0x4a, 0x6e, 0x8d, 0x21, 0x7c, 0x0a, 0x5e, 0x12, 0x90, 0x44}

// idOf returns the id of what a text names among things of one kind.
func idOf(kind, text string) uuid.UUID { return uuid.NewSHA1(ids, []byte(kind+"/"+text)) }

// bom is what some spreadsheets put before the first byte of a file.
var bom = []byte{0xEF, 0xBB, 0xBF}

// readChildren reads a whole file of children. The error is every fault that
// it has, as faults; then there are no pupils.
func readChildren(file []byte) ([]*pupil, error) {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(file, bom)))
	r.FieldsPerRecord = -1
	s := sheet{numbers: map[string]int{}, places: map[record.EstablishmentID]*row{}}
	for first := true; ; first = false {
		cells, err := r.Read()
		var malformed *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return s.result()
		case errors.As(err, &malformed):
			if s.fault(malformed.Line, "", wantQuotes); first {
				return s.result()
			}
		case first:
			s.header(cells)
		default:
			line, _ := r.FieldPos(0)
			s.read(line, cells)
		}
	}
}

// sheet is a file while it is read.
type sheet struct {
	columns []*column // in the order of the file; nil for one that is not known
	pupils  []*pupil
	numbers map[string]int                  // on which line each SU number is
	places  map[record.EstablishmentID]*row // the first row that names each establishment
	faults  faults
}

// result returns the pupils or, if there is any, the faults.
func (s *sheet) result() ([]*pupil, error) {
	if s.columns == nil && len(s.faults) == 0 {
		s.fault(1, "", wantHeader)
	}
	if len(s.faults) > 0 {
		return nil, s.faults
	}
	return s.pupils, nil
}

// header reads the names of the columns: each one of the table, once.
func (s *sheet) header(cells []string) {
	seen := map[*column]bool{}
	for _, name := range cells {
		c := columnOf(name)
		if c == nil {
			s.fault(1, "", "there is a column that is not known; want "+columnNames())
		} else if seen[c] {
			s.fault(1, c.name, "the column is there twice")
		}
		seen[c] = true
		s.columns = append(s.columns, c)
	}
	for i := range columns {
		if !seen[&columns[i]] {
			s.fault(1, columns[i].name, "the column is missing")
		}
	}
}

// read reads one row below the header.
func (s *sheet) read(line int, cells []string) {
	if len(cells) != len(s.columns) {
		s.fault(line, "", "the row has another number of cells than the header")
		return
	}
	r := &row{line: line, cells: map[string]string{}, bad: map[string]bool{}}
	for i, c := range s.columns {
		if c != nil {
			r.cells[c.name] = cells[i]
		}
	}
	for i := range columns {
		if _, there := r.cells[columns[i].name]; there {
			r.readCell(&columns[i])
		} else {
			r.bad[columns[i].name] = true // the header has said so
		}
	}
	for _, c := range checks {
		r.check(s, c)
	}
	s.faults = append(s.faults, r.faults...)
	s.pupils = append(s.pupils, r.pupil())
}

func (s *sheet) fault(line int, column, why string) {
	s.faults = append(s.faults, fault{line, column, why})
}
