package story

import (
	_ "embed"
	"io"
	"slices"

	"github.com/google/uuid"

	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/sheet"
	"virtualschool.example/term/civil"
)

// shipped is a file of invented children.
//
//go:embed children.csv
var shipped []byte

// Pupil is one child of the file, with the establishment where they learn and the
// course that their plan takes.
type Pupil struct {
	record.Child
	Place   *record.Establishment // nil for a child without an establishment
	Teacher *record.Contributor   // nil for a child without an establishment
	Meeting civil.Date
	Course  *course
}

// ref returns the SU number, by which the story names a child. The story never prints
// the child's name.
func (p *Pupil) ref() string { return p.SUNumber.Reveal(private.Showing) }

// leaves returns the day on which the child leaves care, or the zero Date if it is not
// known.
func (p *Pupil) leaves() civil.Date {
	return slices.MaxFunc(p.Care.Episodes, func(a, b record.Episode) int { return a.From.Compare(b.From) }).To
}

// ids is the namespace of this program's ids. They are derived, so that a child,
// teacher, plan or person has the same id in every run.
var ids = uuid.UUID{0x1f, 0x6b, 0x0c, 0x54, 0x90, 0x3d, 0x4a, 0x6e, 0x8d, 0x21, 0x7c, 0x0a, 0x5e, 0x12, 0x90, 0x44}

// idOf returns the id of a thing from its kind and a text that names it.
func idOf(kind, text string) uuid.UUID { return uuid.NewSHA1(ids, []byte(kind+"/"+text)) }

// readChildren reads a file of children. If the file has faults, it returns no pupils
// and an error that names every fault.
func readChildren(file io.Reader) ([]*Pupil, error) {
	t, err := sheet.Form{Name: checkColumn, Needed: slices.Collect(columnNames)}.Read(file)
	if err != nil {
		return nil, err
	}
	f := intake{places: map[record.EstablishmentID]*row{}}
	var pupils []*Pupil
	for rows := range t.Records("su") {
		pupils = append(pupils, f.read(rows))
	}
	if err := t.Err(); err != nil {
		return nil, err
	}
	return pupils, nil
}

// intake holds what is known so far about a file that is being read.
type intake struct {
	places map[record.EstablishmentID]*row // the first row that names each establishment
}

// read reads the rows of one child. Each row has a period of care and may add a
// period of education; the first row has everything else.
func (f *intake) read(rows []*sheet.Row) *Pupil {
	first := newRow(rows[0])
	first.read(f, func(column) bool { return true })
	p := first.pupil()
	for _, later := range rows[1:] {
		r := first.continued(later)
		r.read(f, func(c column) bool { return c.again })
		for _, e := range p.Care.Episodes {
			if e.From == r.care.From {
				r.fault("care_from", "a different day from the earlier lines with this SU number")
			}
		}
		p.Care.Episodes = append(p.Care.Episodes, r.care)
		if r.has("education") && r.education.Span != first.education.Span {
			p.Education = append(p.Education, r.educated())
		}
	}
	return p
}
