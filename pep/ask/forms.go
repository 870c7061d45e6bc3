package ask

import (
	"errors"
	"math"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// pupil is somebody's year group to be found on a day.
type pupil struct {
	born, on civil.Date
	recorded recordedYear
}

// recordedYear is a year group as a register has it; beyond is the refusal of
// one for which there is no form (YEAR-4).
type recordedYear struct {
	year   forms.YearGroup
	beyond error
}

// readRecorded reads a recorded year group. Nothing recorded is X or no member.
func readRecorded(v strict.Value) recordedYear {
	return strict.Parsed(v, "", func(s string) (r recordedYear, err error) {
		if s == "" {
			s = "nothing"
		}
		r.year, err = forms.ParseRecorded(s)
		if errors.Is(err, rule.YEAR4) {
			return recordedYear{forms.Y13 + 1, err}, nil
		}
		return r, err
	})
}

func readPupil(in *strict.Members) pupil {
	return pupil{in.Need("born").Date(), in.Need("on").Date(), readRecorded(in.May("recordedYear"))}
}

// year returns the year group and the rules that decided it.
func (c pupil) year(p *pep.Policy) (forms.YearGroup, []rule.ID, error) {
	if err := term.CheckBorn(c.born, c.on, p.Parameters(c.on).LeapBirthday); err != nil {
		return 0, nil, err
	}
	if c.recorded.beyond != nil {
		return 0, nil, c.recorded.beyond
	}
	y, err := forms.YearGroupAt(c.born, c.on, c.recorded.year)
	if c.recorded.year != 0 {
		return y, []rule.ID{rule.YEAR2}, err
	}
	return y, []rule.ID{rule.YEAR1}, err
}

func formsYearGroup(in *strict.Members) decide {
	c := readPupil(in)
	return func(p *pep.Policy) (Reply, error) {
		y, rules, err := c.year(p)
		if err != nil {
			return nil, err
		}
		r := Reply{"yearGroup": y.String(), "keyStage": orNull(y.KeyStage())}
		return r.because(append(rules, rule.YEAR5), "year_group", "the year group is "+y.String()), nil
	}
}

// setting is where a pupil is educated: nowhere, in a special school or not,
// or in an establishment of a type.
type setting struct {
	nowhere, special bool
	gias             forms.GIAS
}

func readSetting(v strict.Value) setting {
	if v.Null() {
		return setting{nowhere: true}
	}
	in := v.Object()
	special, gias := in.May("special"), in.May("gias")
	switch {
	case special.Given() && gias.Given():
		gias.Fault("special or gias, not both")
	case v.IsObject() && !special.Given() && !gias.Given():
		v.Fault("null, or an object with special or gias")
	}
	return setting{special: special.Bool(), gias: readGIAS(gias)}
}

func readGIAS(v strict.Value) forms.GIAS {
	return forms.GIAS(v.IntFrom(1, math.MaxUint8, "an establishment type code, such as 1"))
}

// of returns the setting as form types know it on a day, and the rule that says so.
func (s setting) of(p *pep.Policy, on civil.Date) (forms.Setting, []rule.ID) {
	switch {
	case s.nowhere:
		return forms.NoSetting, []rule.ID{rule.FORM8}
	case s.gias != 0:
		return p.Parameters(on).Special.Setting(s.gias), []rule.ID{rule.FORM7}
	}
	return forms.SettingOf(s.special), nil
}

// typeRules is the rule that gives each form type.
var typeRules = [...]rule.ID{
	forms.EarlyYears: rule.FORM1, forms.PrimaryMainstream: rule.FORM2, forms.SecondaryMainstream: rule.FORM3,
	forms.KeyStage5: rule.FORM4, forms.PrimarySpecial: rule.FORM5, forms.SecondarySpecial: rule.FORM6,
}

func formsType(in *strict.Members) decide {
	c, where := readPupil(in), readSetting(in.Said("setting"))
	return func(p *pep.Policy) (Reply, error) {
		y, years, err := c.year(p)
		if err != nil {
			return nil, err
		}
		s, places := where.of(p, c.on)
		form, err := p.Parameters(c.on).FormTypes.Type(y, s)
		if err != nil {
			return nil, err
		}
		r := Reply{"formType": form.String(), "yearGroup": y.String(), "sections": forms.TemplateOf(form).Len()}
		rules := append(append([]rule.ID{typeRules[form]}, places...), append(years, rule.SECT1)...)
		return r.because(rules, "form_type", "the form of "+y.String()+" in this setting is "+form.String()), nil
	}
}

func formsSections(in *strict.Members) decide {
	form := strict.Parsed(in.Need("formType"), "", forms.ParseType)
	return func(p *pep.Policy) (Reply, error) {
		var titles []string
		for s := range p.Template(form, civil.Date{}).Sections() {
			titles = append(titles, s.Title)
		}
		r := Reply{
			"sections": len(titles), "titles": titles,
			"first": titles[0], "second": titles[1], "last": titles[len(titles)-1],
		}
		return r.because([]rule.ID{rule.SECT1, rule.SECT2}, "sections", "the order of the sections is fixed"), nil
	}
}
