package report

import (
	"io"
	"iter"

	"github.com/google/uuid"

	"virtualschool.example/pep/record"
	"virtualschool.example/term/civil"
)

// of is a row of a summary's table: one value for one term.
type of[T any] struct {
	on   civil.Date
	term *TermSummary
	it   T
}

// inTerm returns the columns of a table about terms: the term, the given columns, and the
// as-at day.
func inTerm[T any](columns ...column[of[T]]) []column[of[T]] {
	all := append([]column[of[T]]{{"term", "the term, such as SPRING 2026", func(c *cells, r of[T]) { c.Text(r.term.Term.String()) }}}, columns...)
	return append(all, column[of[T]]{"as_at", "the as-at day of the row", func(c *cells, r of[T]) { c.day(r.on) }})
}

func termColumns() []column[of[Count]] {
	return inTerm(append([]column[of[Count]]{
		{"first", "the first day of the term", func(c *cells, r of[Count]) { c.day(r.term.First) }},
		{"last", "the last day of the term", func(c *cells, r of[Count]) { c.day(r.term.Last) }},
		{"children", "how many children the report counts", func(c *cells, r of[Count]) { c.Number(r.term.Children) }},
	}, countColumns(func(n Count) Count { return n })...)...)
}

// countColumns are the columns of a count of children.
func countColumns[T any](count func(T) Count) []column[of[T]] {
	return []column[of[T]]{
		{"needed", "children who need a plan: the sum of the next three columns", func(c *cells, r of[T]) { c.Number(count(r.it).Needed) }},
		{"satisfied", "children who have the plan", func(c *cells, r of[T]) { c.Number(count(r.it).Satisfied) }},
		{"excused", "children who are excused", func(c *cells, r of[T]) { c.Number(count(r.it).Excused) }},
		{"missing", "children who need a plan, are not excused and do not have it", func(c *cells, r of[T]) { c.Number(count(r.it).Missing) }},
	}
}

func reasonColumns() []column[of[ReasonCount]] {
	return inTerm([]column[of[ReasonCount]]{
		{"standing", "not_required, satisfied, excused or missing", func(c *cells, r of[ReasonCount]) { c.Text(r.it.Standing.String()) }},
		{"reason", "the reason for the standing", func(c *cells, r of[ReasonCount]) { c.Text(r.it.Reason) }},
		{"words", "the reason in words", func(c *cells, r of[ReasonCount]) { c.Text(r.it.Words) }},
		{"children", "how many children have that standing for that reason", func(c *cells, r of[ReasonCount]) { c.Number(r.it.Children) }},
	}...)
}

func stageColumns() []column[of[StageCount]] {
	return inTerm([]column[of[StageCount]]{
		{"stage", "the stage that the plan has reached; none if there is no plan", func(c *cells, r of[StageCount]) { c.Text(r.it.Stage.String()) }},
		{"words", "the stage in words", func(c *cells, r of[StageCount]) { c.Text(r.it.Words()) }},
		{"children", "how many children who need a plan have one at that stage", func(c *cells, r of[StageCount]) { c.Number(r.it.Children) }},
	}...)
}

func groupColumns() []column[of[Group]] {
	return inTerm(append([]column[of[Group]]{
		{"by", "worker, establishment, year_group, form_type or area", func(c *cells, r of[Group]) { c.Text(r.it.By.String()) }},
		{"key", "the id or code of the group; blank if the register does not say", func(c *cells, r of[Group]) { c.Text(r.it.Key) }},
		{"words", "the group in words, or the establishment's name; blank for a social worker", func(c *cells, r of[Group]) { c.Text(c.group(r.it)) }},
	}, countColumns(func(g Group) Count { return g.Count })...)...)
}

func figureColumns() []column[of[Figure]] {
	return inTerm([]column[of[Figure]]{
		{"measure", "the measure, such as plans_in_place", func(c *cells, r of[Figure]) { c.Text(r.it.Measure.String()) }},
		{"words", "what the numerator counts", func(c *cells, r of[Figure]) { c.Text(r.it.Measure.Words()) }},
		{"numerator", "the number that the measure counts", func(c *cells, r of[Figure]) { c.Number(r.it.Numerator) }},
		{"denominator", "the number out of which it counts", func(c *cells, r of[Figure]) { c.Number(r.it.Denominator) }},
		{"of", "what the denominator counts", func(c *cells, r of[Figure]) { c.Text(r.it.Measure.Of()) }},
		{"rule", "the rule that the measure follows; blank if it follows none", func(c *cells, r of[Figure]) { c.Text(r.it.Measure.Rule().String()) }},
	}...)
}

func coverageColumns() []column[of[ItemCoverage]] {
	return inTerm([]column[of[ItemCoverage]]{
		{"item", "the item of Schedule 1, such as history", func(c *cells, r of[ItemCoverage]) { c.Text(r.it.Item.String()) }},
		{"words", "the item in words", func(c *cells, r of[ItemCoverage]) { c.Text(r.it.Item.Words()) }},
		{"answered", "boxes with an answer", func(c *cells, r of[ItemCoverage]) { c.Number(r.it.Answered) }},
		{"not_applicable", "boxes that hold N/A", func(c *cells, r of[ItemCoverage]) { c.Number(r.it.NotApplicable) }},
		{"blank", "blank boxes", func(c *cells, r of[ItemCoverage]) { c.Number(r.it.Blank) }},
		{"plans", "how many plans in place the row counts", func(c *cells, r of[ItemCoverage]) { c.Number(r.term.Plans) }},
	}...)
}

// group returns the words of a group, or the name of an establishment.
func (c *cells) group(g Group) string {
	if id, err := uuid.Parse(g.Key); err == nil {
		if g.By == ByEstablishment {
			return c.establishment(record.EstablishmentID{UUID: id}).Name
		}
		return ""
	}
	return g.Words()
}

// each returns the rows of a table. Each term has one row for every value that the given
// function returns for it.
func each[T any](s *Summary, several func(*TermSummary) []T) iter.Seq[of[T]] {
	return func(yield func(of[T]) bool) {
		for i := range s.Terms {
			t := &s.Terms[i]
			for _, it := range several(t) {
				if !yield(of[T]{s.On, t, it}) {
					return
				}
			}
		}
	}
}

// Summary iterates over the tables of a summary. For each table it yields the name, such
// as "groups", and a function that writes the table. The tables "figures" and "coverage"
// have no rows if the summary has no measures.
func (form CSV) Summary(s *Summary) iter.Seq2[string, func(io.Writer) error] {
	return func(yield func(string, func(io.Writer) error) bool) {
		_ = yield("terms", table(form, termColumns(), each(s, func(t *TermSummary) []Count { return []Count{t.Count} }))) &&
			yield("reasons", table(form, reasonColumns(), each(s, func(t *TermSummary) []ReasonCount { return t.Reasons }))) &&
			yield("stages", table(form, stageColumns(), each(s, func(t *TermSummary) []StageCount { return t.Stages }))) &&
			yield("groups", table(form, groupColumns(), each(s, func(t *TermSummary) []Group { return t.Groups }))) &&
			yield("figures", table(form, figureColumns(), each(s, func(t *TermSummary) []Figure { return t.Figures }))) &&
			yield("coverage", table(form, coverageColumns(), each(s, func(t *TermSummary) []ItemCoverage { return t.Coverage })))
	}
}
