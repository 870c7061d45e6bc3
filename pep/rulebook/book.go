package rulebook

import (
	_ "embed"
	"html/template"
	"io"

	"virtualschool.example/pep"
	"virtualschool.example/pep/ask"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Book holds everything that a rule book is made of. Policy and On are needed.
type Book struct {
	Policy  *pep.Policy
	On      civil.Date   // the day for which the book is written: the values in force then are marked
	Corpora []ask.Corpus // the cases that prove the rules; the book's examples are taken from them
}

//go:embed page.html
var layout string

// HTML writes the book as one page. It returns a *rule.Invalid that names the missing
// member if the book has no policy or no day, and otherwise any error from w.
func (b Book) HTML(w io.Writer) error {
	switch {
	case b.Policy == nil:
		return &rule.Invalid{Member: "policy", Want: "a policy"}
	case b.On.IsZero():
		return &rule.Invalid{Member: "on", Want: "the day for which the book is written"}
	}
	page, err := template.New("rule book").Funcs(template.FuncMap{"day": civil.Date.Words, "counted": counted}).Parse(layout)
	if err != nil {
		return err
	}
	return page.Execute(w, b.page())
}

// page holds everything that the book shows.
type page struct {
	Answers   []answer
	Name      string
	Council   pep.Council
	Revision  int
	On        civil.Date
	Cases     int
	Families  []chapter
	Rules     int
	Seasons   []season
	Terms     []termRow
	Settings  []string
	Forms     []formRow
	Sections  []sectionRow
	Holidays  []holidayRow
	Published string
	Drawing   *drawing
	Workflow  []workflowRow
	Roles     []string
	Matrix    []matrixRow
	Idle      string
	Notices   []noticeRow
	Criteria  []criterionRow
	Access    []accessRow
}

func (b Book) page() page {
	par := b.Policy.Parameters(b.On)
	p := page{
		Name: par.Name, Council: par.Council, Revision: par.Revision, On: b.On,
		Answers:  b.answers(),
		Families: b.chapters(),
		Seasons:  seasons(par.Delegation.Terms), Terms: terms(par.Delegation.Terms, b.On),
		Sections: sections(par.Titles),
		Drawing:  draw(), Workflow: workflow(),
	}
	for _, corpus := range b.Corpora {
		p.Cases += len(corpus.Cases)
	}
	for _, c := range p.Families {
		p.Rules += len(c.Rules)
	}
	p.Settings, p.Forms = formTypes(par.FormTypes)
	p.Holidays, p.Published = holidays(par.Delegation.Workdays)
	p.Roles, p.Matrix, p.Idle = matrix()
	p.Notices, p.Criteria, p.Access = noticeRows(), criteria(), accesses()
	return p
}
