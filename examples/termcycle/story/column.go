package story

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/sheet"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// column is one column of the file.
type column struct {
	name  string
	need  bool // whether a blank cell is a fault
	again bool // whether a later row of the same child may differ
	read  func(r *row, cell string) error
}

// columns is the whole format of the file. For every column, it says how a cell is
// checked and where its value goes.
var columns = [...]column{
	{"su", true, false, func(r *row, s string) error { r.child.SUNumber = private.NewText(s); return checkNumber(s) }},
	{"name", true, false, func(r *row, s string) error { r.child.Name = private.NewText(s); return nil }},
	{"born", true, false, func(r *row, s string) error { return r.date(&r.born, s) }},
	{"upn", false, false, func(r *row, s string) error { return r.readUPN(s) }},
	{"consent", false, false, func(r *row, s string) (err error) { r.child.Consent, err = record.ParseConsent(s); return err }},
	{"recorded_year", false, false, func(r *row, s string) (err error) { r.child.RecordedYear, err = forms.ParseRecorded(s); return err }},
	{"care_from", true, true, func(r *row, s string) error { return r.date(&r.care.From, s) }},
	{"care_to", false, true, func(r *row, s string) error { return r.date(&r.care.To, s) }},
	{"short_break", false, true, func(r *row, s string) (err error) { r.care.ShortBreak, err = yes(s); return err }},
	{"authority", false, true, func(r *row, s string) error { return r.readAuthority(s) }},
	{"education", false, true, func(r *row, s string) (err error) { r.education.Kind, err = record.ParseEducationKind(s); return err }},
	{"education_from", false, true, func(r *row, s string) error { return r.date(&r.education.From, s) }},
	{"education_to", false, true, func(r *row, s string) error { return r.date(&r.education.To, s) }},
	{"establishment", false, false, func(r *row, s string) error { r.place.Name = s; return nil }},
	{"post_code", false, false, func(r *row, s string) error { r.place.PostCode = s; return nil }},
	{"dfe_number", false, false, func(r *row, s string) error { return r.readDfENumber(s) }},
	{"gias_type", false, false, func(r *row, s string) (err error) { r.place.Type, err = giasType(s); return err }},
	{"status", false, false, func(r *row, s string) (err error) { r.place.Status, err = record.ParseStatus(s); return err }},
	{"teacher_actioned", false, false, func(r *row, s string) (err error) { r.actioned, err = time.Parse(time.RFC3339, s); return at(err) }},
	{"meeting", true, false, func(r *row, s string) error { return r.date(&r.meeting, s) }},
	{"course", false, false, func(r *row, s string) (err error) { r.course, err = courseOf(s); return err }},
}

// columnOf returns the column with the given name, or nil if there is none.
func columnOf(name string) *column {
	for i := range columns {
		if columns[i].name == name {
			return &columns[i]
		}
	}
	return nil
}

// columnNames iterates over the names of the columns.
func columnNames(yield func(string) bool) {
	for i := range columns {
		if !yield(columns[i].name) {
			return
		}
	}
}

// checkColumn returns "" if a column has the given name. Otherwise it returns the names
// that a column can have.
func checkColumn(name string) (want string) {
	if columnOf(name) != nil {
		return ""
	}
	return "one of " + strings.Join(slices.Collect(columnNames), ", ") + rule.DidYouMean(name, columnNames)
}

// row holds one row while it is being read.
type row struct {
	*sheet.Row
	bad       map[string]bool // the columns with a fault
	child     record.Child
	born      civil.Date
	care      record.Episode
	education record.Education
	place     record.Establishment
	actioned  time.Time
	meeting   civil.Date
	course    *course
}

func newRow(r *sheet.Row) *row { return &row{Row: r, bad: map[string]bool{}} }

// continued returns a later row for the child of r. Its cells must be blank or the same
// as in r, except in columns that may differ.
func (r *row) continued(later *sheet.Row) *row {
	next := newRow(later)
	for _, c := range columns {
		if cell := next.Cell(c.name); !c.again && cell != "" && cell != r.Cell(c.name) {
			next.fault(c.name, "blank or the same as on the first line with this SU number")
		}
	}
	next.place = r.place
	return next
}

// read reads the cells in the selected columns, and then makes the checks on them.
func (r *row) read(f *intake, these func(column) bool) {
	for i := range columns {
		if these(columns[i]) {
			r.readCell(&columns[i])
		}
	}
	for _, c := range checks {
		r.check(f, c, these)
	}
}

func (r *row) readCell(c *column) {
	cell := r.Cell(c.name)
	switch {
	case cell == "" && c.need:
		r.fault(c.name, "filled in")
	case cell != "":
		if err := c.read(r, cell); err != nil {
			r.fault(c.name, whyOf(err))
		}
	}
}

func (r *row) fault(column, want string) {
	r.bad[column] = true
	r.Fault(column, want)
}

func (r *row) date(to *civil.Date, s string) (err error) {
	if *to, err = civil.Parse(s); err != nil {
		return want("a date such as 2006-01-02" + sheet.MistakenDate(s))
	}
	return nil
}

// readAuthority reads the authority that looks after the child. The policy must
// recognise it.
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
		return want("a DfE number such as 888/4000")
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
		return 0, want("a GIAS establishment type: a number from 1 to 99")
	}
	return forms.GIAS(n), nil
}

func at(err error) error {
	if err != nil {
		return want("an instant such as 2006-01-02T15:04:05Z")
	}
	return nil
}

// check is a condition on several cells of a row, or of several rows. It is checked
// only if none of its cells has a fault. A fault is reported for the first column of
// the check.
type check struct {
	columns []string
	right   func(f *intake, r *row) bool
	want    string
}

var checks = [...]check{
	{[]string{"born", "meeting"}, func(_ *intake, r *row) bool { return r.plausible() }, "a birth date on the meeting's day or at most 25 years before it (AGE-3)"},
	{[]string{"care_to", "care_from"}, func(_ *intake, r *row) bool { return notBefore(r.care.To, r.care.From) }, "the first day out of care, not before care_from"},
	{[]string{"education_from", "education"}, func(_ *intake, r *row) bool { return r.has("education_from") == r.has("education") }, "the first day of education, or blank if there is no education"},
	{[]string{"education_to", "education_from"}, func(_ *intake, r *row) bool { return notBefore(r.education.To, r.education.From) }, "the first day after that education, not before education_from"},
	{[]string{"establishment", "education"}, func(_ *intake, r *row) bool { return !r.has("establishment") || r.has("education") }, "blank if there is no education"},
	{[]string{"post_code", "establishment"}, func(_ *intake, r *row) bool { return r.has("post_code") == r.has("establishment") }, "the establishment's post code, or blank if there is no establishment (PRE-4)"},
	{[]string{"status", "establishment"}, func(_ *intake, r *row) bool { return r.has("status") == r.has("establishment") }, "current or ended, or blank if there is no establishment"},
	same("dfe_number"), same("gias_type"), same("status"), same("teacher_actioned"),
	{[]string{"care_to", "course"}, func(_ *intake, r *row) bool { return r.has("care_to") || !r.course.leaves() }, "the first day out of care, which this course needs"},
	{[]string{"meeting"}, func(_ *intake, r *row) bool { return workingDay(r.meeting) }, "a working day for which the bank holidays are published (DUE-7)"},
}

// same returns a check that requires all rows of an establishment to agree in a column.
func same(column string) check {
	return check{
		[]string{column, "establishment", "post_code"},
		func(f *intake, r *row) bool {
			return !r.has("establishment") || f.first(r).Cell(column) == r.Cell(column)
		},
		"the same as on the first line with this establishment",
	}
}

func (r *row) check(f *intake, c check, these func(column) bool) {
	for _, name := range c.columns {
		if r.bad[name] || !these(*columnOf(name)) {
			return
		}
	}
	if !c.right(f, r) {
		r.fault(c.columns[0], c.want)
	}
}

func (r *row) has(column string) bool { return r.Cell(column) != "" }

// plausible reports whether the birth date passes AGE-3 on the day of the meeting.
func (r *row) plausible() bool {
	return term.CheckBorn(r.born, r.meeting, civil.March1) == nil
}

func notBefore(to, from civil.Date) bool { return to.IsZero() || !to.Before(from) }

// workingDay reports whether a day is known to be a working day.
func workingDay(day civil.Date) bool {
	working, err := pep.Lancashire().Delegation(day).Workdays.Is(day)
	return working && err == nil
}

// first returns the first row of the file that names the same establishment as r. That
// row may be r itself. Name and post code identify an establishment (PRE-4).
func (f *intake) first(r *row) *row {
	id := r.placeID()
	if f.places[id] == nil {
		f.places[id] = r
	}
	return f.places[id]
}

// placeID returns the id of the row's establishment, or the zero id if it has none.
func (r *row) placeID() record.EstablishmentID {
	if r.place.Name == "" {
		return record.EstablishmentID{}
	}
	return record.EstablishmentID{UUID: idOf("establishment", r.place.Name+"/"+r.place.PostCode)}
}

// pupil returns the child that a row without faults describes.
func (r *row) pupil() *Pupil {
	p := &Pupil{Child: r.child, Meeting: r.meeting, Course: r.course}
	p.ID = record.ChildID{UUID: idOf("child", r.Cell("su"))}
	p.Born, p.Worker = private.NewDate(r.born), person(pep.SocialWorker)
	p.Care.Episodes = []record.Episode{r.care}
	if r.has("education") {
		p.Education = []record.Education{r.educated()}
	}
	if r.has("establishment") {
		place := r.place
		place.ID = r.placeID()
		teacher := record.ContributorID{UUID: idOf("teacher", place.ID.String())}
		address := private.NewText("teacher." + strings.ToLower(strings.ReplaceAll(r.place.PostCode, " ", "")) + "@school.example")
		p.Place, p.Teacher = &place, &record.Contributor{ID: teacher, Establishment: place.ID, Active: true, Actioned: r.actioned, Email: address}
	}
	if p.Course == nil {
		p.Course = &courses[0]
	}
	return p
}

// educated returns the row's period of education, at the child's establishment.
func (r *row) educated() record.Education {
	r.education.Establishment = r.placeID()
	return r.education
}
