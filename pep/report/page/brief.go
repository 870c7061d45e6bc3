package page

import (
	_ "embed"
	"html/template"
	"io"

	"virtualschool.example/pep/record"
	"virtualschool.example/pep/report"
	"virtualschool.example/pep/rule"
)

// Brief holds everything that the page shows.
type Brief struct {
	Title      string // defaults to "Personal Education Plans: missing plans and measures"
	Summary    report.Summary
	Settlement *report.Settlement // nil for a page without payments

	// Establishment returns an establishment from the register, and Worker returns the
	// name of a social worker. If a function is nil or returns no name, the page shows the
	// id.
	Establishment func(record.EstablishmentID) record.Establishment
	Worker        func(record.PersonID) string
}

//go:embed page.html
var layout string

// HTML writes the page. It returns a *rule.Invalid for "summary" if the summary has no day
// or no term, and otherwise any error from w.
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
