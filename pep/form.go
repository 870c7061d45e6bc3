package pep

import (
	"virtualschool.example/forms"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/term/civil"
)

// FormType returns the type of a child's form for a meeting (FORM-1 to FORM-8). The
// type depends on the setting and on the child's year group on the day of the
// meeting. The year group is either recorded or follows from the birth date
// (YEAR-1 to YEAR-3). FormType returns a *rule.Refusal of YEAR-4 if the year
// group has no form.
func (p *Policy) FormType(child *record.Child, meeting civil.Date, in forms.Setting) (forms.Type, error) {
	year, err := forms.YearGroupAt(child.Born.Reveal(private.Deciding), meeting, child.Recorded())
	if err != nil {
		return 0, err
	}
	return p.on(meeting).FormTypes.Type(year, in)
}

// formType returns the form type that the act's child needs for a meeting.
func (a *Act) formType(meeting civil.Date) (forms.Type, error) {
	return a.Policy.FormType(&a.Facts.Child, meeting, a.Policy.Setting(a.Facts.Establishment, meeting))
}

// Setting returns the setting on which the form type for a meeting depends (FORM-7,
// FORM-8), given the establishment in which the child is educated, or nil for a
// child in no establishment.
func (p *Policy) Setting(at *record.Establishment, meeting civil.Date) forms.Setting {
	switch {
	case at == nil:
		return forms.NoSetting
	case at.Special:
		return forms.Special
	}
	return p.on(meeting).Special.Setting(at.Type)
}
