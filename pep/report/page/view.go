package page

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/report"
	"virtualschool.example/term"
)

// view holds everything that the page shows, in words.
type view struct {
	Title, Council, Policy, On string
	Revision                   int
	Glance                     *table // nil if there is only one term
	Terms                      []termView
	Failed, Unlisted           string // the number of children about whom the report could not decide, and how many of them the page does not list; "" instead of 0
	Failures                   []string
	Settlement                 *settlementView
}

// termView holds what the page shows of one term.
type termView struct {
	ID, Name, First, Last, Children, Needed, Plans string
	Standing                                       []part
	Headline                                       table
	Reasons, Stages                                table
	Groups                                         []table
	Figures, Coverage                              *table // nil if the report made no measures
}

func (b *Brief) view() view {
	s := &b.Summary
	v := view{
		Title:   valid(cmp.Or(b.Title, "Personal Education Plans: missing plans and measures")),
		Council: valid(s.Council), Policy: valid(s.Policy), Revision: s.Revision, On: s.On.Words(),
	}
	for i := range s.Terms {
		v.Terms = append(v.Terms, b.term(&s.Terms[i], "term-"+strconv.Itoa(i+1)))
	}
	if len(s.Terms) > 1 {
		v.Glance = glance(s.Terms)
	}
	for _, f := range s.Failures {
		if !f.Child.IsZero() {
			v.Failures = append(v.Failures, f.Child.String())
		}
	}
	if s.Failed > 0 {
		v.Failed = counted(s.Failed, "child", "children")
	}
	if more := s.Failed - len(v.Failures); more > 0 {
		v.Unlisted = number(more)
	}
	if b.Settlement != nil {
		v.Settlement = b.settlement(b.Settlement)
	}
	return v
}

func (b *Brief) term(t *report.TermSummary, id string) termView {
	v := termView{
		ID: id, Name: named(t.Term), First: t.First.Words(), Last: t.Last.Words(),
		Children: counted(t.Children, "child", "children"), Needed: number(t.Needed), Plans: counted(t.Plans, "plan", "plans"),
		Standing: standing(t.Count), Headline: headline(t), Reasons: reasons(t), Stages: stages(t),
	}
	for d := range report.AllDimensions() {
		v.Groups = append(v.Groups, b.groups(t, d))
	}
	if len(t.Figures) > 0 {
		v.Figures = figures(t)
	}
	if len(t.Coverage) > 0 {
		v.Coverage = coverage(t)
	}
	return v
}

// named returns a term in words, such as "Spring term 2026".
func named(t term.Term) string {
	return capital(t.Season().Words()) + " term " + strconv.Itoa(t.Year())
}

// capital returns an ASCII text with a capital letter at its beginning.
func capital(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// counted returns a number with what it counts, such as "1 child".
func counted(n int, one, several string) string {
	if n == 1 {
		return "1 " + one
	}
	return number(n) + " " + several
}

// valid returns a text from the host as valid UTF-8. U+FFFD replaces each control character
// and each character that changes the order of others.
func valid(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return '\ufffd'
		}
		return r
	}, s) // strings.Map itself replaces a byte that is not UTF-8
}

// standingHead returns the column headers of a table of counts.
func standingHead(first string) []cell {
	return []cell{text(first), figure("Missing"), figure("Need a plan"), figure("Have it"), figure("Excused"), figure("In place")}
}

// standingRow returns the row of a count of children.
func standingRow(name string, c report.Count) row {
	return row{
		name,
		[]cell{count(c.Missing), count(c.Needed), count(c.Satisfied), count(c.Excused), share(c.Satisfied, c.Satisfied+c.Missing, "children")},
		standing(c),
	}
}

func glance(terms []report.TermSummary) *table {
	t := &table{Caption: "The terms at a glance", Head: standingHead("Term"), Legend: standing(report.Count{})}
	for i := range terms {
		t.Rows = append(t.Rows, standingRow(named(terms[i].Term), terms[i].Count))
	}
	return t
}

func headline(t *report.TermSummary) table {
	all := table{Caption: "Plans in place, excused and missing, " + named(t.Term), Head: []cell{text("Children who"), figure("Children"), figure("Of those who need a plan")}}
	for _, p := range standing(t.Count) {
		all.Rows = append(all.Rows, row{Name: p.Words, Cells: []cell{count(p.N), share(p.N, t.Needed, "children")}})
	}
	all.Rows = append(all.Rows,
		row{Name: "need a plan", Cells: []cell{count(t.Needed), share(t.Needed, t.Needed, "children")}},
		row{Name: "need no plan", Cells: []cell{count(t.Children - t.Needed), text("")}},
	)
	return all
}

// fills holds the pattern for each standing.
var fills = map[pep.Standing]string{pep.NotNeeded: "none", pep.Satisfied: "good", pep.Excused: "excused", pep.MissingPlan: "bad"}

func reasons(t *report.TermSummary) table {
	all := table{Caption: "Reasons, " + named(t.Term), Head: []cell{text("Reason"), figure("Children"), figure("Of all children"), text("The child")}}
	for _, r := range t.Reasons {
		all.Rows = append(all.Rows, row{
			capital(r.Words), []cell{count(r.Children), share(r.Children, t.Children, "children"), whole(r.Standing.Words())},
			bar(t.Children, part{Fill: fills[r.Standing], N: r.Children}),
		})
	}
	return all
}

func stages(t *report.TermSummary) table {
	all := table{Caption: "How far the plans have got, " + named(t.Term), Head: []cell{text("Stage"), figure("Children"), figure("Of those who need a plan")}}
	for _, s := range t.Stages {
		all.Rows = append(all.Rows, row{
			capital(s.Words()), []cell{count(s.Children), share(s.Children, t.Needed, "children")},
			bar(t.Needed, part{Fill: "plain", N: s.Children}),
		})
	}
	return all
}

// groups returns the table of a dimension. It begins with the social workers or the
// establishments that have the most missing plans. Other groups keep their order.
func (b *Brief) groups(t *report.TermSummary, by report.Dimension) table {
	var all []report.Group
	for _, g := range t.Groups {
		if g.By == by {
			all = append(all, g)
		}
	}
	if by == report.ByWorker || by == report.ByEstablishment {
		slices.SortStableFunc(all, func(a, b report.Group) int {
			return cmp.Or(cmp.Compare(b.Missing, a.Missing), cmp.Compare(b.Needed, a.Needed))
		})
	}
	shown, rest := largest(all)
	out := table{Caption: "By " + by.Words() + ", " + named(t.Term), Head: standingHead(capital(by.Words())), Legend: standing(report.Count{})}
	for _, g := range shown {
		out.Rows = append(out.Rows, standingRow(b.name(g), g.Count))
	}
	if len(rest) > 0 {
		out.Caption += fmt.Sprintf(": the %d of %s with the most missing plans", len(shown), number(len(all)))
		out.Rows = append(out.Rows, standingRow(number(len(rest))+" others together", sum(rest)))
	}
	return out
}

func sum(groups []report.Group) (all report.Count) {
	for _, g := range groups {
		all.Needed += g.Needed
		all.Satisfied += g.Satisfied
		all.Excused += g.Excused
		all.Missing += g.Missing
	}
	return all
}

// name returns the name of a group.
func (b *Brief) name(g report.Group) string {
	id, err := uuid.Parse(g.Key)
	name := ""
	switch {
	case err != nil:
	case g.By == report.ByWorker && b.Worker != nil:
		name = b.Worker(record.PersonID{UUID: id})
	case g.By == report.ByEstablishment:
		name = b.establishment(record.EstablishmentID{UUID: id})
	}
	return cmp.Or(valid(strings.TrimSpace(name)), capital(g.Words()))
}

// establishment returns the name of an establishment, or "" if it is not known.
func (b *Brief) establishment(id record.EstablishmentID) string {
	if b.Establishment == nil {
		return ""
	}
	return b.Establishment(id).Name
}

func figures(t *report.TermSummary) *table {
	all := &table{
		Caption: "Measures, " + named(t.Term),
		Head:    []cell{text("Measure"), text("Result"), figure("Numerator"), figure("Denominator"), text("The denominator counts"), text("As at"), text("Rule")},
	}
	for _, f := range t.Figures {
		m := f.Measure
		all.Rows = append(all.Rows, row{Name: capital(m.Words()), Cells: []cell{
			text(f.Words()), count(f.Numerator), count(f.Denominator), text(m.Of()), whole(f.On.Words()), whole(m.Rule().String()),
		}})
	}
	return all
}

func coverage(t *report.TermSummary) *table {
	all := &table{
		Caption: "Boxes of each item of Schedule 1, " + named(t.Term),
		Head:    []cell{text("Item"), figure("Answered"), figure("N/A"), figure("Blank"), figure("Answered, as a share of all")},
		Legend:  boxes(report.ItemCoverage{}),
	}
	for _, c := range t.Coverage {
		all.Rows = append(all.Rows, row{
			capital(c.Item.Words()),
			[]cell{count(c.Answered), count(c.NotApplicable), count(c.Blank), share(c.Answered, c.Answered+c.NotApplicable+c.Blank, "boxes")},
			boxes(c),
		})
	}
	return all
}

// boxes returns the bar of an item's boxes.
func boxes(c report.ItemCoverage) []part {
	return bar(c.Answered+c.NotApplicable+c.Blank,
		part{Fill: "good", Words: "answered", N: c.Answered},
		part{Fill: "excused", Words: "N/A", N: c.NotApplicable},
		part{Fill: "bad", Words: "blank", N: c.Blank},
	)
}
