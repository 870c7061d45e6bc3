package report

import (
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// Summary is what a report has counted: plain values to show, to send or to print.
type Summary struct {
	Council  string        `json:"council"`
	Policy   string        `json:"policy"`
	Revision int           `json:"revision"`
	On       civil.Date    `json:"on"` // the day as at which every figure holds
	Terms    []TermSummary `json:"terms"`
	Failed   int           `json:"failed"`   // how many children could not be decided, which no figure counts
	Failures []Failure     `json:"failures"` // the first hundred of them
}

// TermSummary is what a report has counted of one term.
type TermSummary struct {
	Term     term.Term  `json:"term"`
	First    civil.Date `json:"first"` // the first day of the term
	Last     civil.Date `json:"last"`  // and the last one
	Children int        `json:"children"`
	Count
	Reasons  []ReasonCount  `json:"reasons"`  // by standing; together they are all children
	Stages   []StageCount   `json:"stages"`   // together they are the children who need a plan
	Groups   []Group        `json:"groups"`   // those of each dimension are together the children who need a plan
	Figures  []Figure       `json:"figures"`  // empty unless the question asked for measures
	Plans    int            `json:"plans"`    // the plans in place whose boxes Coverage counts
	Coverage []ItemCoverage `json:"coverage"` // likewise
}

// Group is the children who have one value of a dimension.
type Group struct {
	By  Dimension `json:"by"`
	Key string    `json:"key"` // the text form of the value, such as Y7; "" where the register has none
	Count
}

// Summary returns what the report has counted so far.
func (r *Report) Summary() Summary {
	p := r.q.Policy
	s := Summary{
		Council: p.Council().Name(), Policy: p.Name(), Revision: p.Revision(), On: r.q.On,
		Terms: make([]TermSummary, 0, len(r.terms)), Failed: r.failed, Failures: append([]Failure{}, r.failures...),
	}
	for _, t := range r.terms {
		s.Terms = append(s.Terms, r.summary(t))
	}
	return s
}

func (r *Report) summary(t *tally) TermSummary {
	terms := r.q.Policy.Calendar()
	s := TermSummary{
		Term: t.term, First: terms.First(t.term), Last: terms.Last(t.term), Children: t.children, Count: t.all,
		Reasons: t.counted(), Stages: t.reached(), Groups: make([]Group, 0, len(t.groups)),
		Figures: []Figure{}, Coverage: []ItemCoverage{},
	}
	for _, k := range t.ordered() {
		s.Groups = append(s.Groups, Group{By: k.by, Key: dimensions[k.by].text(k), Count: *t.groups[k]})
	}
	if r.q.Measures {
		s.Figures, s.Plans, s.Coverage = r.figures(t), t.plans, t.coverage[:]
	}
	return s
}

// figures returns the measures of a term.
func (r *Report) figures(t *tally) []Figure {
	for _, graded := range t.graded {
		t.of(EstablishmentsGraded, graded)
	}
	all := make([]Figure, 0, len(measures))
	for m := range AllMeasures() {
		f := t.figures[m]
		if f.Measure, f.On = m, r.q.On; m == ReadyForReview && r.q.Review == nil {
			continue
		}
		all = append(all, f)
	}
	t.figures[EstablishmentsGraded] = Figure{} // counted afresh the next time
	return all
}
