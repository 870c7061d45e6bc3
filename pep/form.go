package pep

import (
	"virtualschool.example/forms"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/term/civil"
)

// FormType returns the type of the form of a child for a meeting (FORM-1 to
// FORM-8): by the year group on that day, as recorded or by birth date (YEAR-1
// to YEAR-3), and the setting. A year group for which there is no form is a
// *rule.Refusal of YEAR-4.
func (p *Policy) FormType(child *record.Child, meeting civil.Date, in forms.Setting) (forms.Type, error) {
	year, err := forms.YearGroupAt(child.Born.Reveal(private.Deciding), meeting, child.Recorded())
	if err != nil {
		return 0, err
	}
	return p.on(meeting).FormTypes.Type(year, in)
}

// formType returns the type of the form for a meeting of the act's child.
func (a *Act) formType(meeting civil.Date) (forms.Type, error) {
	return a.Policy.FormType(&a.Facts.Child, meeting, a.Policy.Setting(a.Facts.Establishment, meeting))
}

// Setting returns the setting that the form type of a meeting depends on (FORM-7,
// FORM-8), given the establishment in which the child is educated: nil for a child
// in no establishment.
func (p *Policy) Setting(at *record.Establishment, meeting civil.Date) forms.Setting {
	switch {
	case at == nil:
		return forms.NoSetting
	case at.Special:
		return forms.Special
	}
	return p.on(meeting).Special.Setting(at.Type)
}
