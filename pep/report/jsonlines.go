package report

import (
	"encoding/json"
	"io"

	"virtualschool.example/pep/payment"
	"virtualschool.example/pep/record"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// JSONLines writes a report or a payment run as JSON Lines, one object on each line. The
// member "row" says what the object is. The objects hold the ids of children but no names.
type JSONLines struct{ to *json.Encoder }

// NewJSONLines returns a JSONLines that writes to w, with one call of w.Write for each
// object.
func NewJSONLines(w io.Writer) JSONLines { return JSONLines{json.NewEncoder(w)} }

// Line writes a child's line: an object "line" with the members of Line, the child's id and
// the reason in words.
func (j JSONLines) Line(l *Line) error {
	return j.to.Encode(struct {
		Row   string         `json:"row"`
		Child record.ChildID `json:"child"`
		Words string         `json:"words"`
		*Line
	}{"line", l.Child.ID, l.Sentence(), l})
}

// Summary writes a summary: an object "report"; for each term an object "term" and then
// its objects "reason", "stage", "group", "figure" and "coverage"; and an object
// "failure" for each child in Failures.
func (j JSONLines) Summary(s *Summary) error {
	return j.all(func(put func(any)) {
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
	})
}

// Settlement writes a payment run: an object "run", and then objects "payment",
// "payment_total", "unpaid" and "undecided", one for each row of CSV.Payments.
func (j JSONLines) Settlement(s *Settlement) error {
	return j.all(func(put func(any)) {
		put(struct {
			Row      string `json:"row"`
			Pence    int    `json:"pence"`
			Revision int    `json:"revision"`
		}{"run", s.Pence, s.Revision})
		for _, l := range s.Lines {
			put(struct {
				Row string `json:"row"`
				payment.Line
			}{"payment", l})
		}
		for _, p := range s.Totals {
			put(struct {
				Row string `json:"row"`
				PaidTotal
			}{"payment_total", p})
		}
		for _, e := range s.Exceptions {
			put(struct {
				Row string `json:"row"`
				payment.Exception
			}{"unpaid", e})
		}
		for _, u := range s.Undecided {
			put(struct {
				Row string `json:"row"`
				UndecidedPlan
			}{"undecided", u})
		}
	})
}

// all writes each object that the given function puts. After the first error it writes
// nothing more, and it returns that error.
func (j JSONLines) all(rows func(put func(any))) (err error) {
	rows(func(row any) {
		if err == nil {
			err = j.to.Encode(row)
		}
	})
	return err
}

// inRow holds the first members of each object about a term.
type inRow struct {
	Row  string    `json:"row"`
	Term term.Term `json:"term"`
}

// rows calls put with each object of a term.
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
