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

// pupil is a child, with the day on which the year group is wanted.
type pupil struct {
	born, on civil.Date
	recorded recordedYear
}

// recordedYear is a year group from a register, with the day on which it was recorded.
// If no form exists for the year group, the field beyond holds the refusal (YEAR-4).
type recordedYear struct {
	forms.Recorded
	beyond error
}

// readRecorded reads a recorded year group and the day on which it was recorded. The
// text "X", like an absent member, means that no year group is recorded.
func readRecorded(in *strict.Members) recordedYear {
	r := strict.Parsed(in.May("recordedYear"), "", func(s string) (r recordedYear, err error) {
		if s == "" {
			s = "nothing"
		}
		r.Year, err = forms.ParseRecorded(s)
		if errors.Is(err, rule.YEAR4) {
			r.Year, r.beyond = forms.Y13+1, err
			return r, nil
		}
		return r, err
	})
	r.On = in.May("recordedOn").Date()
	return r
}

func readPupil(in *strict.Members) pupil {
	return pupil{in.Need("born").Date(), in.Need("on").Date(), readRecorded(in)}
}

// year returns the year group and the rules that decided it.
func (c pupil) year(p *pep.Policy) (forms.YearGroup, []rule.ID, error) {
	if err := term.CheckBorn(c.born, c.on, p.Parameters(inTermOf(p, c.on)).LeapBirthday); err != nil {
		return 0, nil, err
	}
	if c.recorded.beyond != nil {
		return 0, nil, c.recorded.beyond
	}
	y, err := forms.YearGroupAt(c.born, c.on, c.recorded.Recorded)
	if c.recorded.Counts(c.on) {
		return y, []rule.ID{rule.YEAR2}, err
	}
	return y, []rule.ID{rule.YEAR1}, err
}

func formsYearGroup(in *strict.Members) decide {
	c := readPupil(in)
	return func(p *pep.Policy) (Reply, rule.Explanation, error) {
		y, rules, err := c.year(p)
		e := c.explain()
		if err != nil {
			return nil, e, err
		}
		e.Says("the year group on %s is %s, %s", c.on.Words(), y, c.basis())
		r := Reply{"yearGroup": y.String(), "keyStage": orNull(y.KeyStage())}
		return r.because(append(rules, rule.YEAR5), "year_group"), e, nil
	}
}

// explain returns the facts that a year group rests on: the recorded year group and its
// day, and also the birth date if that decides. The birth date's value is not shown.
func (c pupil) explain() (e rule.Explanation) {
	e.Given("recordedYear", recordedName(c.recorded.Year))
	counts := c.recorded.Counts(c.on)
	if !c.recorded.On.IsZero() && c.recorded.Year != 0 {
		e.Given("recordedOn", c.recorded.On)
	}
	if !counts {
		e.Given("born", rule.Private)
	}
	if !counts || !c.recorded.On.IsZero() {
		e.Given("on", c.on)
	}
	return e
}

// recordedName returns the name of a recorded year group, even if no form exists for it.
func recordedName(y forms.YearGroup) string {
	if y > forms.Y13 {
		return "beyond " + forms.Y13.String()
	}
	return y.String()
}

func (c pupil) basis() string {
	switch recorded := c.recorded; {
	case !recorded.Counts(c.on):
	case recorded.On.IsZero():
		return "as recorded"
	default:
		return "worked out from the year group recorded on " + recorded.On.Words()
	}
	return "worked out from the birth date and the school year"
}

// setting is where a pupil is educated: nowhere, in an establishment of a known type, or
// in an establishment that is known only to be special or not special.
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
		gias.Fault("left out if special is given")
	case v.IsObject() && !special.Given() && !gias.Given():
		v.Fault("null, or an object with special or gias")
	}
	return setting{special: special.Bool(), gias: readGIAS(gias)}
}

func readGIAS(v strict.Value) forms.GIAS {
	return forms.GIAS(v.IntFrom(1, math.MaxUint8, "an establishment type code, such as 1"))
}

// of returns the setting that decides the form type on a day, and the rule behind that
// setting.
func (s setting) of(p *pep.Policy, on civil.Date) (forms.Setting, []rule.ID) {
	switch {
	case s.nowhere:
		return forms.NoSetting, []rule.ID{rule.FORM8}
	case s.gias != 0:
		return p.Parameters(on).Special.Setting(s.gias), []rule.ID{rule.FORM7}
	}
	return forms.SettingOf(s.special), nil
}

// typeRules holds the rule that gives each form type.
var typeRules = [...]rule.ID{
	forms.EarlyYears: rule.FORM1, forms.PrimaryMainstream: rule.FORM2, forms.SecondaryMainstream: rule.FORM3,
	forms.KeyStage5: rule.FORM4, forms.PrimarySpecial: rule.FORM5, forms.SecondarySpecial: rule.FORM6,
}

func formsType(in *strict.Members) decide {
	c, where := readPupil(in), readSetting(in.Said("setting"))
	return func(p *pep.Policy) (Reply, rule.Explanation, error) {
		y, years, err := c.year(p)
		e := c.explain()
		if err != nil {
			return nil, e, err
		}
		s, places := where.of(p, c.on)
		where.explain(&e, s, c.on)
		form, err := p.Parameters(c.on).FormTypes.Type(y, s)
		if err != nil {
			return nil, e, err
		}
		e.Given("yearGroup", y)
		e.Says("a child in year group %s on %s, %s, uses the %s form", y, c.on.Words(), settings[s], form.Words())
		r := Reply{"formType": form.String(), "yearGroup": y.String(), "sections": forms.TemplateOf(form).Len()}
		rules := append(append([]rule.ID{typeRules[form]}, places...), append(years, rule.SECT1)...)
		return r.because(rules, "form_type"), e, nil
	}
}

// settings holds the words that a sentence uses for each setting.
var settings = [...]string{
	forms.NoSetting: "with no establishment", forms.Mainstream: "at a school that is not a special school", forms.Special: "at a special school",
}

// explain adds the facts and parameters that the setting rests on.
func (s setting) explain(e *rule.Explanation, is forms.Setting, on civil.Date) {
	if s.gias != 0 {
		e.Given("gias", int(s.gias))
		e.Uses(on, "specialTypes")
	}
	e.Given("setting", is)
	e.Uses(on, "formTypes")
}

func formsSections(in *strict.Members) decide {
	form := strict.Named(in.Need("formType"), "", forms.ParseType)
	return func(p *pep.Policy) (Reply, rule.Explanation, error) {
		template, latest := latestTemplate(p, form)
		titles := []string{}
		for s := range template.Sections() {
			titles = append(titles, s.Title)
		}
		r := Reply{
			"sections": len(titles), "titles": titles,
			"first": titles[0], "second": titles[1], "last": titles[len(titles)-1],
		}
		var e rule.Explanation
		e.Given("formType", form)
		e.Uses(latest, "sectionTitles")
		e.Says("the %s form has %d sections, in a fixed order", form.Words(), len(titles))
		return r.because([]rule.ID{rule.SECT1, rule.SECT2}, "sections"), e, nil
	}
}

// textAnswer is the kind of question that is answered with text. So far, every question
// is of this kind.
const textAnswer = "text"

func formsQuestions(in *strict.Members) decide {
	form := strict.Named(in.Need("formType"), "", forms.ParseType)
	only := in.May("section")
	number := only.IntFrom(1, forms.MaxSections, wantSection)
	return func(p *pep.Policy) (Reply, rule.Explanation, error) {
		template, latest := latestTemplate(p, form)
		sections, questions := []Reply{}, 0
		for s := range template.Sections() {
			if number == 0 || s.Number == number {
				sections, questions = append(sections, asked(s)), questions+len(s.Questions)
			}
		}
		var e rule.Explanation
		if len(sections) == 0 {
			return nil, e, &rule.Invalid{Member: "section", Want: wantSection}
		}
		e.Given("formType", form)
		e.Given("section", nil)
		if number != 0 {
			e.Facts[1].Value = number
		}
		e.Uses(latest, "sectionTitles")
		e.Says("the %s form asks %d questions in %d of its %d sections", form.Words(), questions, len(sections), template.Len())
		return Reply{"sections": sections}.because([]rule.ID{rule.SECT1, rule.SECT2}, "questions"), e, nil
	}
}

const wantSection = "the number of a section of the form"

// asked returns a section with its questions as an answer shows them.
func asked(s forms.Section) Reply {
	questions := make([]Reply, 0, len(s.Questions))
	for _, q := range s.Questions {
		one := Reply{"id": q.ID, "text": q.Text, "kind": textAnswer}
		if q.Statutory != forms.NoItem {
			one["item"] = q.Statutory.String()
		}
		questions = append(questions, one)
	}
	return Reply{"section": s.Number, "title": s.Title, "proposed": s.Proposed, "author": s.By.String(), "questions": questions}
}

// latestTemplate returns the form with the section titles of the policy's last edition,
// and the day from which that edition holds.
func latestTemplate(p *pep.Policy, form forms.Type) (*forms.Template, civil.Date) {
	editions := p.Editions()
	latest := editions[len(editions)-1].From
	return p.Template(form, latest), latest
}
