package main

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// column is one column of the file.
type column struct {
	name string
	need bool // a blank cell is a fault
	read func(r *row, cell string) error
}

// columns is the whole format of the file: every column, what makes its cells
// right and where they go.
var columns = [...]column{
	{"su", true, func(r *row, s string) error { r.child.SUNumber = private.NewText(s); return checkNumber(s) }},
	{"name", true, func(r *row, s string) error { r.child.Name = private.NewText(s); return nil }},
	{"born", true, func(r *row, s string) error { return r.date(&r.born, s) }},
	{"upn", false, func(r *row, s string) error { return r.readUPN(s) }},
	{"consent", false, func(r *row, s string) (err error) { r.child.Consent, err = record.ParseConsent(s); return err }},
	{"recorded_year", false, func(r *row, s string) (err error) { r.child.RecordedYear, err = forms.ParseRecorded(s); return err }},
	{"care_from", true, func(r *row, s string) error { return r.date(&r.care.From, s) }},
	{"care_to", false, func(r *row, s string) error { return r.date(&r.care.To, s) }},
	{"short_break", false, func(r *row, s string) (err error) { r.care.ShortBreak, err = yes(s); return err }},
	{"authority", false, func(r *row, s string) error { return r.readAuthority(s) }},
	{"education", false, func(r *row, s string) (err error) { r.education.Kind, err = record.ParseEducationKind(s); return err }},
	{"education_from", false, func(r *row, s string) error { return r.date(&r.education.From, s) }},
	{"education_to", false, func(r *row, s string) error { return r.date(&r.education.To, s) }},
	{"establishment", false, func(r *row, s string) error { r.place.Name = s; return nil }},
	{"post_code", false, func(r *row, s string) error { r.place.PostCode = s; return nil }},
	{"dfe_number", false, func(r *row, s string) error { return r.readDfENumber(s) }},
	{"gias_type", false, func(r *row, s string) (err error) { r.place.Type, err = giasType(s); return err }},
	{"status", false, func(r *row, s string) (err error) { r.place.Status, err = record.ParseStatus(s); return err }},
	{"teacher_actioned", false, func(r *row, s string) (err error) { r.actioned, err = time.Parse(time.RFC3339, s); return at(err) }},
	{"meeting", true, func(r *row, s string) error { return r.date(&r.meeting, s) }},
	{"course", false, func(r *row, s string) (err error) { r.course, err = courseOf(s); return err }},
}

// columnOf returns the column of a name, nil where there is none.
func columnOf(name string) *column {
	for i := range columns {
		if columns[i].name == name {
			return &columns[i]
		}
	}
	return nil
}

func columnNames() string {
	names := make([]string, 0, len(columns))
	for i := range columns {
		names = append(names, columns[i].name)
	}
	return strings.Join(names, ", ")
}

// row is one row while it is read.
type row struct {
	line      int
	cells     map[string]string // by the name of the column
	bad       map[string]bool   // the columns with a fault
	faults    faults
	child     record.Child
	born      civil.Date
	care      record.Episode
	education record.Education
	place     record.Establishment
	actioned  time.Time
	meeting   civil.Date
	course    *course
}

func (r *row) readCell(c *column) {
	cell := r.cells[c.name]
	switch {
	case !utf8.ValidString(cell):
		r.fault(c.name, "want text in UTF-8")
	case strings.TrimSpace(cell) != cell:
		r.fault(c.name, "want no space at the beginning or end")
	case cell == "" && c.need:
		r.fault(c.name, "the cell is blank and must not be")
	case cell != "":
		if err := c.read(r, cell); err != nil {
			r.fault(c.name, whyOf(err))
		}
	}
}

func (r *row) fault(column, why string) {
	r.bad[column] = true
	r.faults = append(r.faults, fault{r.line, column, why})
}

func (r *row) date(to *civil.Date, s string) (err error) {
	if *to, err = civil.Parse(s); err != nil {
		return want("a date as 2006-01-02")
	}
	return nil
}

// readAuthority reads who looks after the child: the council or another
// authority, and nothing that the policy does not recognise.
func (r *row) readAuthority(s string) error {
	r.care.Authority = s
	return pep.Lancashire().CheckCare(record.Care{Episodes: []record.Episode{r.care}})
}

func (r *row) readUPN(s string) error {
	normal, ok := record.ParseUPN(s)
	if !ok {
		return want("a UPN: a check letter, eleven digits and a digit or letter")
	}
	r.child.UPN = private.NewText(normal)
	return nil
}

func (r *row) readDfENumber(s string) (err error) {
	normal, ok := record.ParseDfENumber(s)
	if !ok {
		return want("a DfE number, as 888/4000")
	}
	r.place.DfENumber = normal
	return nil
}

func checkNumber(s string) error {
	for _, c := range []byte(s) {
		if len(s) > 12 || (c < '0' || c > '9') && (c < 'A' || c > 'Z') {
			return want("an SU number: 1 to 12 capitals and digits")
		}
	}
	return nil
}

func yes(s string) (bool, error) {
	if s != "yes" {
		return false, want("yes, or a blank cell for no")
	}
	return true, nil
}

func giasType(s string) (forms.GIAS, error) {
	n, err := strconv.ParseUint(s, 10, 8)
	if err != nil || n == 0 || n > 99 {
		return 0, want("an establishment type of GIAS: a number from 1 to 99")
	}
	return forms.GIAS(n), nil
}

func at(err error) error {
	if err != nil {
		return want("an instant as 2006-01-02T15:04:05Z")
	}
	return nil
}

// check is something that several cells of a row, or of several rows, must
// agree on. It is asked where none of its cells is at fault; the fault is the
// first one's.
type check struct {
	columns []string
	right   func(s *sheet, r *row) bool
	why     string
}

var checks = [...]check{
	{[]string{"su"}, (*sheet).newNumber, "the SU number is on an earlier line"},
	{[]string{"born", "meeting"}, func(_ *sheet, r *row) bool { return r.plausible() }, "AGE-3: want a birth date on the meeting's day or at most 25 years before it"},
	{[]string{"care_to", "care_from"}, func(_ *sheet, r *row) bool { return notBefore(r.care.To, r.care.From) }, "want the first day out of care, not before care_from"},
	{[]string{"education_from", "education"}, func(_ *sheet, r *row) bool { return r.has("education_from") == r.has("education") }, "want the first day where there is education, and a blank cell where there is none"},
	{[]string{"education_to", "education_from"}, func(_ *sheet, r *row) bool { return notBefore(r.education.To, r.education.From) }, "want the first day no longer there, not before education_from"},
	{[]string{"establishment", "education"}, func(_ *sheet, r *row) bool { return !r.has("establishment") || r.has("education") }, "want a blank cell where there is no education"},
	{[]string{"post_code", "establishment"}, func(_ *sheet, r *row) bool { return r.has("post_code") == r.has("establishment") }, "PRE-4: want the post code of an establishment, and a blank cell where there is none"},
	{[]string{"status", "establishment"}, func(_ *sheet, r *row) bool { return r.has("status") == r.has("establishment") }, "want current or ended for an establishment, and a blank cell where there is none"},
	{[]string{"dfe_number", "establishment", "post_code"}, func(s *sheet, r *row) bool { return s.same(r, "dfe_number") }, "the establishment has another DfE number on an earlier line"},
	{[]string{"gias_type", "establishment", "post_code"}, func(s *sheet, r *row) bool { return s.same(r, "gias_type") }, "the establishment has another type on an earlier line"},
	{[]string{"status", "establishment", "post_code"}, func(s *sheet, r *row) bool { return s.same(r, "status") }, "the establishment has another status on an earlier line"},
	{[]string{"teacher_actioned", "establishment", "post_code"}, func(s *sheet, r *row) bool { return s.same(r, "teacher_actioned") }, "the establishment's teacher has another instant on an earlier line"},
	{[]string{"care_to", "course"}, func(_ *sheet, r *row) bool { return r.has("care_to") || !r.course.leaves() }, "want the first day out of care for this course"},
	{[]string{"meeting"}, func(_ *sheet, r *row) bool { return workingDay(r.meeting) }, "DUE-7: want a working day for which the bank holidays are published"},
}

func (r *row) check(s *sheet, c check) {
	for _, name := range c.columns {
		if r.bad[name] {
			return
		}
	}
	if !c.right(s, r) {
		r.fault(c.columns[0], c.why)
	}
}

func (r *row) has(column string) bool { return r.cells[column] != "" }

// plausible is AGE-3 on the day of the meeting.
func (r *row) plausible() bool {
	return term.CheckBorn(r.born, r.meeting, civil.March1) == nil
}

func notBefore(to, from civil.Date) bool { return to.IsZero() || !to.Before(from) }

// workingDay reports whether a day is known to be one.
func workingDay(day civil.Date) bool {
	working, err := pep.Lancashire().Delegation(day).Workdays.Is(day)
	return working && err == nil
}

func (s *sheet) newNumber(r *row) bool {
	number := r.cells["su"]
	_, taken := s.numbers[number]
	s.numbers[number] = r.line
	return !taken
}

// first returns the first row of the file that names the row's establishment,
// which may be itself. PRE-4: it is found by name and post code.
func (s *sheet) first(r *row) *row {
	id := r.placeID()
	if s.places[id] == nil {
		s.places[id] = r
	}
	return s.places[id]
}

func (s *sheet) same(r *row, column string) bool {
	return !r.has("establishment") || s.first(r).cells[column] == r.cells[column]
}

// placeID returns the id of the row's establishment, zero for none.
func (r *row) placeID() record.EstablishmentID {
	if !r.has("establishment") {
		return record.EstablishmentID{}
	}
	return record.EstablishmentID{UUID: idOf("establishment", r.place.Name+"/"+r.place.PostCode)}
}

// pupil returns what a row without a fault says.
func (r *row) pupil() *pupil {
	p := &pupil{Child: r.child, Meeting: r.meeting, Course: r.course}
	p.ID = record.ChildID{UUID: idOf("child", r.cells["su"])}
	p.Born = private.NewDate(r.born)
	p.Care.Episodes = []record.Episode{r.care}
	if r.has("education") {
		r.education.Establishment = r.placeID()
		p.Education = []record.Education{r.education}
	}
	if r.has("establishment") {
		place := r.place
		place.ID = r.placeID()
		teacher := record.ContributorID{UUID: idOf("teacher", place.ID.String())}
		p.Place, p.Teacher = &place, &record.Contributor{ID: teacher, Establishment: place.ID, Active: true, Actioned: r.actioned}
	}
	if p.Course == nil {
		p.Course = &courses[0]
	}
	return p
}
