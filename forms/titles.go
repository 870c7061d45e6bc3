package forms

import (
	"errors"
	"strconv"

	"virtualschool.example/pep/rule"
)

// Title is the heading of a section.
type Title struct {
	Text     string
	Proposed bool // whether we wrote it, because the council has not published its own
}

// Titles holds the headings of the sections of every form type. It is
// immutable, and the zero Titles is empty. The questions under the headings are
// always those of TemplateOf, because a plan identifies a question only by its
// position: it keeps one bit for each.
type Titles struct {
	templates [SecondarySpecial + 1]*Template
}

var lancashireTitles = Titles{[...]*Template{
	EarlyYears:          &templates[EarlyYears],
	PrimaryMainstream:   &templates[PrimaryMainstream],
	SecondaryMainstream: &templates[SecondaryMainstream],
	KeyStage5:           &templates[KeyStage5],
	PrimarySpecial:      &templates[PrimarySpecial],
	SecondarySpecial:    &templates[SecondarySpecial],
}}

// LancashireTitles returns the council's titles, of which the first two and the
// last of each form are published (SECT-2). It returns the same Titles every
// time.
func LancashireTitles() *Titles { return &lancashireTitles }

// NewTitles returns the titles of each form type, one for each of its sections.
// It returns every *rule.Invalid at once. Each names its member by path, such
// as "sectionTitles.early_years.3", where sections are counted from 0.
func NewTitles(of map[Type][]Title) (*Titles, error) {
	var errs []error
	t := &Titles{}
	for form := range AllTypes() {
		path := "sectionTitles." + form.String()
		if len(of[form]) != TemplateOf(form).Len() {
			errs = append(errs, &rule.Invalid{Member: path, Want: strconv.Itoa(TemplateOf(form).Len()) + " titles, one for each section"})
			continue
		}
		for n, title := range of[form] {
			if Judge(title.Text) != Answered {
				errs = append(errs, &rule.Invalid{Member: path + "." + strconv.Itoa(n), Want: "a title"})
			}
		}
		t.templates[form] = TemplateOf(form).titled(of[form])
	}
	if len(of) > len(t.templates)-1 {
		errs = append(errs, &rule.Invalid{Member: "sectionTitles", Want: "the titles of form types, such as primary_mainstream"})
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return t, nil
}

// Of returns the titles of a form type in a slice that the caller owns. The
// slice is nil if form is not a form type.
func (t *Titles) Of(form Type) (titles []Title) {
	for section := range t.Template(form).Sections() {
		titles = append(titles, Title{section.Title, section.Proposed})
	}
	return titles
}

// Template returns the sections of a form type under these titles, or nil if
// form is not a form type.
func (t *Titles) Template(form Type) *Template {
	if t == nil || int(form) >= len(t.templates) {
		return nil
	}
	return t.templates[form]
}

// titled returns a copy of t with other titles, one for each section.
func (t *Template) titled(titles []Title) *Template {
	other := &Template{}
	for n, p := range t.sections {
		copied := *p
		copied.title, copied.known = titles[n].Text, !titles[n].Proposed
		other.sections = append(other.sections, &copied)
	}
	return other
}
