package forms

import (
	"errors"
	"strconv"

	"virtualschool.example/pep/rule"
)

// Title is the heading of a section.
type Title struct {
	Text     string
	Proposed bool // ours: the council has not published its own
}

// Titles are the headings of the sections of every form type. They are
// immutable; the zero Titles has none. The questions under them are those of
// TemplateOf: a plan keeps one bit a question, by its place.
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

// LancashireTitles returns the council's titles, always the same ones: the
// first two and the last of each form are published (SECT-2).
func LancashireTitles() *Titles { return &lancashireTitles }

// NewTitles returns the titles of each form type, one for each of its sections.
// It returns every *rule.Invalid at once, each naming its member by path, such
// as "sectionTitles.early_years.3", counted from 0.
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

// Of returns the titles of a form type, in a slice of the caller's own; none
// for no form type.
func (t *Titles) Of(form Type) (titles []Title) {
	for section := range t.Template(form).Sections() {
		titles = append(titles, Title{section.Title, section.Proposed})
	}
	return titles
}

// Template returns the sections of a form type under these titles, nil for no
// form type.
func (t *Titles) Template(form Type) *Template {
	if t == nil || int(form) >= len(t.templates) {
		return nil
	}
	return t.templates[form]
}

// titled returns a copy of t under other titles, one for each section.
func (t *Template) titled(titles []Title) *Template {
	other := &Template{}
	for n, p := range t.sections {
		copied := *p
		copied.title, copied.known = titles[n].Text, !titles[n].Proposed
		other.sections = append(other.sections, &copied)
	}
	return other
}
