package report

import (
	"encoding/json"
	"io"

	"virtualschool.example/pep/record"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// JSONLines writes a report as JSON Lines: one object a line, whose member "row" says
// what it is. It has ids and no names of children.
type JSONLines struct{ to *json.Encoder }

// NewJSONLines returns a JSONLines to w. It calls w.Write once for each object.
func NewJSONLines(w io.Writer) JSONLines { return JSONLines{json.NewEncoder(w)} }

// Line writes a line of a child: an object "line", with the members of Line, the
// child's id and the reason in words.
func (j JSONLines) Line(l *Line) error {
	return j.to.Encode(struct {
		Row   string         `json:"row"`
		Child record.ChildID `json:"child"`
		Words string         `json:"words"`
		*Line
	}{"line", l.Child.ID, l.Sentence(), l})
}

// Summary writes a summary: an object "report"; of each term an object "term" and then
// its objects "reason", "stage", "group", "figure" and "coverage"; and an object
// "failure" for each child who could not be decided and is listed.
func (j JSONLines) Summary(s *Summary) (err error) {
	put := func(row any) {
		if err == nil {
			err = j.to.Encode(row)
		}
	}
	put(struct {
		Row      string     `json:"row"`
		Council  string     `json:"council"`
		Policy   string     `json:"policy"`
		Revision int        `json:"revision"`
		On       civil.Date `json:"on"`
		Failed   int        `json:"failed"`
	}{"report", s.Council, s.Policy, s.Revision, s.On, s.Failed})
	for i := range s.Terms {
		s.Terms[i].rows(put)
	}
	for _, f := range s.Failures {
		put(struct {
			Row string `json:"row"`
			Failure
		}{"failure", f})
	}
	return err
}

// inRow is how each object about a term begins.
type inRow struct {
	Row  string    `json:"row"`
	Term term.Term `json:"term"`
}

// rows puts the objects of a term.
func (t *TermSummary) rows(put func(any)) {
	put(struct {
		inRow
		First    civil.Date `json:"first"`
		Last     civil.Date `json:"last"`
		Children int        `json:"children"`
		Count
		Plans int `json:"plans"`
	}{inRow{"term", t.Term}, t.First, t.Last, t.Children, t.Count, t.Plans})
	for _, r := range t.Reasons {
		put(struct {
			inRow
			ReasonCount
		}{inRow{"reason", t.Term}, r})
	}
	for _, r := range t.Stages {
		put(struct {
			inRow
			StageCount
		}{inRow{"stage", t.Term}, r})
	}
	for _, g := range t.Groups {
		put(struct {
			inRow
			Group
		}{inRow{"group", t.Term}, g})
	}
	for _, f := range t.Figures {
		put(struct {
			inRow
			Figure
		}{inRow{"figure", t.Term}, f})
	}
	for _, c := range t.Coverage {
		put(struct {
			inRow
			ItemCoverage
		}{inRow{"coverage", t.Term}, c})
	}
}
