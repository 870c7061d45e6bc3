package page

import (
	_ "embed"
	"html/template"
	"io"

	"virtualschool.example/pep/record"
	"virtualschool.example/pep/report"
	"virtualschool.example/pep/rule"
)

// Brief is what a page is made of.
type Brief struct {
	Title      string // "" for "Personal Education Plans: missing plans and measures"
	Summary    report.Summary
	Settlement *report.Settlement // nil where the page is to have no payments

	// Establishment and Worker return what the register knows of an establishment and
	// what a social worker is called. Where a function is nil, or returns no name, the
	// page shows the id.
	Establishment func(record.EstablishmentID) record.Establishment
	Worker        func(record.PersonID) string
}

//go:embed page.html
var layout string

// HTML writes the page. A summary without a day or a term is a *rule.Invalid of member
// "summary".
func (b Brief) HTML(w io.Writer) error {
	if b.Summary.On.IsZero() || len(b.Summary.Terms) == 0 {
		return &rule.Invalid{Member: "summary", Want: "the summary of a report"}
	}
	page, err := template.New("report").Parse(layout)
	if err != nil {
		return err
	}
	return page.Execute(w, b.view())
}
