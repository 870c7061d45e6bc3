package report

import (
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// Summary holds the counts of a report as plain values to show, to send or to print.
type Summary struct {
	Council  string        `json:"council"`
	Policy   string        `json:"policy"`
	Revision int           `json:"revision"`
	On       civil.Date    `json:"on"` // the as-at day of every figure
	Terms    []TermSummary `json:"terms"`
	Failed   int           `json:"failed"`   // the number of children about whom the report could not decide; no figure counts them
	Failures []Failure     `json:"failures"` // the first hundred failures
}

// TermSummary holds the counts of a report for one term.
type TermSummary struct {
	Term     term.Term  `json:"term"`
	First    civil.Date `json:"first"` // the first day of the term
	Last     civil.Date `json:"last"`  // the last day of the term
	Children int        `json:"children"`
	Count
	Reasons  []ReasonCount  `json:"reasons"`  // ordered by standing; the counts add up to Children
	Stages   []StageCount   `json:"stages"`   // the counts add up to the number of children who need a plan
	Groups   []Group        `json:"groups"`   // the groups of each dimension add up to the number of children who need a plan
	Figures  []Figure       `json:"figures"`  // empty unless the question asked for measures
	Plans    int            `json:"plans"`    // the number of plans in place, whose boxes Coverage counts
	Coverage []ItemCoverage `json:"coverage"` // empty unless the question asked for measures
}

// Group counts the children who share one value of a dimension.
type Group struct {
	By  Dimension `json:"by"`
	Key string    `json:"key"` // the text form of the value, such as Y7; "" if the register has no value
	Count
}

// Summary returns the counts so far.
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
	t.figures[EstablishmentsGraded] = Figure{} // reset, because the next Summary counts them again
	return all
}
