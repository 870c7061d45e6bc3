package page_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"html"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/goldentest"
	"virtualschool.example/pep/payment"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/report"
	"virtualschool.example/pep/report/page"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// id returns an invented id, which is different for each n.
func id(n int) uuid.UUID {
	var id uuid.UUID
	binary.BigEndian.PutUint32(id[12:], uint32(n))
	return id
}

// on is the as-at day in these tests.
var on = civil.MustParse("2026-03-31")

// grouped adds a group to a term for each key. Each group has a different size.
func grouped(t *report.TermSummary, by report.Dimension, keys ...string) {
	for i, key := range keys {
		n := report.Count{Satisfied: 5 + 7*i%23, Excused: i % 3, Missing: 13 * i % 11}
		n.Needed = n.Satisfied + n.Excused + n.Missing
		t.Groups = append(t.Groups, report.Group{By: by, Key: key, Count: n})
	}
}

// termSummary returns an invented summary of a term with groups of every dimension.
func termSummary(name string, workers, establishments int) report.TermSummary {
	t := report.TermSummary{
		Term: term.MustParse(name), First: civil.MustParse("2026-01-01"), Last: on, Children: 1604,
		Count: report.Count{Needed: 1204, Satisfied: 812, Excused: 12, Missing: 380},
		Reasons: []report.ReasonCount{
			{Standing: pep.NotNeeded, Reason: "too_young", Words: "the child is too young", Children: 301},
			{Standing: pep.NotNeeded, Reason: "not_looked_after", Words: "the child is not looked after", Children: 99},
		},
		Stages: []report.StageCount{{Stage: pep.None, Children: 212}, {Stage: pep.Draft, Children: 108}, {Stage: pep.Delegated, Children: 72}, {Stage: pep.Returned, Children: 412}, {Stage: pep.Finalised, Children: 400}},
		Plans:  812,
		Coverage: []report.ItemCoverage{
			{Item: forms.History, Answered: 7301, NotApplicable: 209, Blank: 601}, {Item: forms.Arrangements, Answered: 5003, NotApplicable: 1207, Blank: 44},
			{Item: forms.Changes, Answered: 611, NotApplicable: 1009, Blank: 3}, {Item: forms.Leisure, Answered: 801, Blank: 11}, {Item: forms.CarersRole},
		},
	}
	for n, r := range []pep.MissingReason{pep.InTime, pep.NewToCare, pep.NoForm, pep.RolledOver, pep.InDraft, pep.OverdueReturn, pep.DelegatedNotDue} {
		s := pep.MissingPlan
		if n < 2 {
			s = pep.Satisfied + pep.Standing(n)
		}
		t.Reasons = append(t.Reasons, report.ReasonCount{Standing: s, Reason: r.String(), Words: r.Words(), Children: []int{812, 12, 212, 21, 75, 60, 12}[n]})
	}
	ids := func(n int) (keys []string) {
		for i := range n {
			keys = append(keys, id(i+1).String())
		}
		return keys
	}
	grouped(&t, report.ByWorker, append([]string{""}, ids(workers)...)...)
	grouped(&t, report.ByEstablishment, append([]string{""}, ids(establishments)...)...)
	grouped(&t, report.ByYearGroup, "", "N2", "R", "Y1", "Y6", "Y7", "Y11", "Y13")
	grouped(&t, report.ByFormType, "early_years", "primary_mainstream", "secondary_special")
	grouped(&t, report.ByArea, "in_area", "out_of_area", "unknown", "no_establishment")
	for m := range report.AllMeasures() {
		n := int(m)
		t.Figures = append(t.Figures, report.Figure{Measure: m, Numerator: 97 * n, Denominator: 1204 * (n % 5), On: on})
	}
	return t
}

// brief returns a page with every part that a page can have.
func brief(t testing.TB) page.Brief {
	s := report.Summary{
		Council: "Lancashire", Policy: "lancashire", Revision: 1, On: on, Failed: 103,
		Terms: []report.TermSummary{termSummary("AUTUMN 2025", 56, 130), termSummary("SPRING 2026", 12, 19)},
	}
	for n := range 100 {
		s.Failures = append(s.Failures, report.Failure{Child: record.ChildID{UUID: id(9000 + n)}})
	}
	run := payment.Run{Revision: 1}
	for n := range 48 {
		l := payment.Line{Plan: pep.ID{UUID: id(n)}, FinancialYear: 2025, Cause: payment.Paid}
		l.Establishment, l.Pence, l.Term, l.PaidOn = record.EstablishmentID{UUID: id(n%25 + 1)}, 55_000+n, term.MustParse("SPRING 2026"), on
		run.Lines, run.Pence = append(run.Lines, l), run.Pence+l.Pence
		cause := payment.Paid + payment.Cause(n%13)
		run.Exceptions = append(run.Exceptions, payment.Exception{Plan: pep.ID{UUID: id(500 + n)}, Verdict: payment.Held, Cause: cause})
	}
	settlement, err := report.SettlementOf(run, report.UndecidedPlan{Plan: pep.ID{UUID: id(700)}, Why: "what is stored of it is damaged"})
	require.NoError(t, err)
	return page.Brief{
		Summary: s, Settlement: &settlement,
		Establishment: func(id record.EstablishmentID) record.Establishment {
			return record.Establishment{Name: fmt.Sprintf("Ashfield %d Church of England Primary School", id.UUID[15])}
		},
		Worker: func(id record.PersonID) string { return fmt.Sprintf("Worker %d", id.UUID[15]) },
	}
}

// written returns the HTML of a page.
func written(t testing.TB, b page.Brief) string {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, b.HTML(&out))
	return out.String()
}

// small returns a page with little on it.
func small(t testing.TB) page.Brief {
	b := brief(t)
	b.Summary.Terms, b.Summary.Failed, b.Summary.Failures = []report.TermSummary{termSummary("SPRING 2026", 2, 22)}, 1, b.Summary.Failures[:1]
	return b
}

func TestTheSameValuesGiveTheSamePage(t *testing.T) {
	t.Parallel()
	goldentest.Require(t, "testdata/page.html", written(t, small(t)))
}

// read returns the text of a page without its tags.
func read(page string) string {
	text := regexp.MustCompile(`(?s)<style>.*?</style>|<[^>]*>`).ReplaceAllString(page, " ")
	return strings.Join(strings.Fields(html.UnescapeString(text)), " ")
}

func TestEveryNumberOfTheSummaryIsOnThePage(t *testing.T) {
	t.Parallel()
	b := brief(t)
	b.Establishment, b.Worker = nil, nil
	whole := strings.ReplaceAll(read(written(t, b)), ",", "")
	for _, of := range b.Summary.Terms {
		require.Contains(t, whole, fmt.Sprintf("The report counts %d children. Of these %d need a plan", of.Children, of.Needed))
		require.Contains(t, whole, fmt.Sprintf("%d have the plan %d are excused %d are missing a plan", of.Satisfied, of.Excused, of.Missing))
		for _, r := range of.Reasons {
			require.Contains(t, whole, fmt.Sprintf("%s %d %s%% %s", strings.ReplaceAll(r.Words[1:], ",", ""), r.Children, report.Percent(r.Children, of.Children), r.Standing.Words()))
		}
		for _, s := range of.Stages {
			require.Contains(t, whole, fmt.Sprintf("%s %d %s%%", s.Words()[1:], s.Children, report.Percent(s.Children, of.Needed)))
		}
		for _, f := range of.Figures {
			require.Contains(t, whole, fmt.Sprintf("%s %s %d %d %s 31 March 2026 %s", f.Measure.Words()[1:], f.Words(), f.Numerator, f.Denominator, f.Measure.Of(), f.Measure.Rule()))
		}
		for _, c := range of.Coverage {
			require.Contains(t, whole, fmt.Sprintf("%s %d %d %d", c.Item.Words()[1:], c.Answered, c.NotApplicable, c.Blank))
		}
		for d := range report.AllDimensions() {
			requireGroups(t, whole, of, d)
		}
	}
}

// requireGroups requires that a page lists all groups of a dimension or, if there are more
// than twenty, the twenty with the most missing plans and the sum of the others.
func requireGroups(t *testing.T, whole string, of report.TermSummary, by report.Dimension) {
	t.Helper()
	_, after, found := strings.Cut(whole, "By "+by.Words()+" "+of.Term.Season().String()[:1]+strings.ToLower(of.Term.Season().String()[1:]))
	require.True(t, found)
	after, _, _ = strings.Cut(after, " By ") // the next table
	var groups []report.Group
	for _, g := range of.Groups {
		if g.By == by {
			groups = append(groups, g)
		}
	}
	row := func(words string, c report.Count) string {
		return fmt.Sprintf("%s %d %d %d %d %s%%", words, c.Missing, c.Needed, c.Satisfied, c.Excused, report.Percent(c.Satisfied, c.Satisfied+c.Missing))
	}
	slices.SortStableFunc(groups, func(a, b report.Group) int { return b.Missing - a.Missing })
	var rest report.Count
	listed := 0
	for _, g := range groups {
		if in := strings.Contains(after, row(g.Words()[1:], g.Count)); in {
			listed++
			continue
		}
		require.GreaterOrEqual(t, groups[19].Missing, g.Missing, "a group is left out although it has more missing plans than one that is listed")
		rest = report.Count{Needed: rest.Needed + g.Needed, Satisfied: rest.Satisfied + g.Satisfied, Excused: rest.Excused + g.Excused, Missing: rest.Missing + g.Missing}
	}
	require.Equal(t, min(20, len(groups)), listed, by)
	if listed < len(groups) {
		require.Contains(t, after, row(fmt.Sprintf("%d others together", len(groups)-listed), rest))
		require.Contains(t, after, fmt.Sprintf("the 20 of %d with the most missing plans", len(groups)))
	}
}

func TestThePageShowsPaidAndUnpaidPlans(t *testing.T) {
	t.Parallel()
	b := brief(t)
	whole := read(written(t, b))
	require.Contains(t, whole, "£26,411.28 for 48 plans, paid on 31 March 2026.")
	require.Contains(t, whole, "Ashfield 23 Church of England Primary School 2025/26 2 £1,100.69")
	require.Contains(t, whole, "5 others together 8 £4,401.28 Total 48 £26,411.28")
	require.Contains(t, whole, "The plan is not finalised held for a later run 4")
	require.Contains(t, whole, id(700).String()+" what is stored of it is damaged")
	b.Settlement = nil
	require.NotContains(t, read(written(t, b)), "Payment run")
}

func TestThePageListsTheChildrenWithoutADecision(t *testing.T) {
	t.Parallel()
	b := brief(t)
	whole := read(written(t, b))
	require.Contains(t, whole, "The report could not use the records of 103 children. No figure includes them. 3 of them are not listed here.")
	require.Contains(t, whole, id(9000).String())
	b.Summary.Failed, b.Summary.Failures = 0, nil
	require.NotContains(t, read(written(t, b)), "could not use")
}

func TestAPageWithoutChildrenSaysSo(t *testing.T) {
	t.Parallel()
	b := page.Brief{Summary: report.Summary{On: on, Terms: []report.TermSummary{{Term: term.MustParse("SPRING 2026"), Figures: []report.Figure{{Measure: report.DaysLate, On: on}}}}}}
	whole := written(t, b)
	require.Contains(t, read(whole), "The report counts 0 children. Of these, 0 need a plan")
	require.Contains(t, read(whole), "no plans that were late")
	require.NotContains(t, whole, "NaN")
	require.NotContains(t, whole, "Inf")
}

func TestAPageNeedsASummary(t *testing.T) {
	t.Parallel()
	for _, s := range []report.Summary{{}, {On: on}, {Terms: make([]report.TermSummary, 1)}} {
		require.Equal(t, "summary", rule.InvalidMember(page.Brief{Summary: s}.HTML(io.Discard)))
	}
}

// tags returns the tags of a page.
func tags(page string) []string { return regexp.MustCompile(`<[^>]*>`).FindAllString(page, -1) }

// TestThePageCanBeReadByEverybody requires headings in order, a caption and a scope in
// each table, words for each drawing, and each id once.
func TestThePageCanBeReadByEverybody(t *testing.T) {
	t.Parallel()
	whole := written(t, brief(t))
	level, ids := 0, map[string]bool{}
	for _, tag := range tags(whole) {
		if heading := regexp.MustCompile(`^<h(\d)`).FindStringSubmatch(tag); heading != nil {
			n := int(heading[1][0] - '0')
			require.LessOrEqual(t, n, level+1, tag)
			level = n
		}
		if of := regexp.MustCompile(` id="([^"]+)"`).FindStringSubmatch(tag); of != nil {
			require.False(t, ids[of[1]], tag)
			ids[of[1]] = true
		}
		if strings.HasPrefix(tag, "<th ") {
			require.Contains(t, tag, "scope=")
		}
		if strings.HasPrefix(tag, "<svg") {
			require.Regexp(t, `role="img"|aria-hidden="true"`, tag)
		}
	}
	require.Equal(t, strings.Count(whole, "<table>"), strings.Count(whole, "<caption>"))
	require.Equal(t, strings.Count(whole, `role="img"`), strings.Count(whole, "<desc id="))
	for _, used := range regexp.MustCompile(`(?:href="#|url\(#)([^")]+)`).FindAllStringSubmatch(whole, -1) {
		require.True(t, ids[used[1]], used[1])
	}
	for _, of := range regexp.MustCompile(`aria-labelledby="([^"]+)"`).FindAllStringSubmatch(whole, -1) {
		for _, used := range strings.Fields(of[1]) {
			require.True(t, ids[used], used)
		}
	}
	require.NotContains(t, whole, "<script")
	require.NotContains(t, whole, "http")
	captions := regexp.MustCompile(`aria-label="([^"]+)" tabindex`).FindAllString(whole, -1)
	slices.Sort(captions)
	require.Equal(t, slices.Compact(slices.Clone(captions)), captions, "two tables have the same caption")
}

// FuzzHTML requires that no text from the host adds an element, an attribute or a style: the
// tags of the page must be the same as with plain texts.
func FuzzHTML(f *testing.F) {
	for _, text := range []string{"Ashfield", "<script>alert(1)</script>", `"><img src=x onerror=x>`, "</title><b>", "\u202eevil\u2066", "a\u2069\u202elive", "{{.}}", "a\x00b\x01\xff", "Łukasz & Zoë", "</style>", ""} {
		f.Add(text)
	}
	b := small(f)
	of := &b.Summary.Terms[0]
	of.Figures, of.Coverage, of.Groups = nil, nil, []report.Group{{By: report.ByWorker, Key: id(1).String()}, {By: report.ByEstablishment, Key: id(2).String()}}
	whole := written(f, b)
	f.Fuzz(func(t *testing.T, text string) {
		b := b
		b.Establishment = func(record.EstablishmentID) record.Establishment { return record.Establishment{Name: text} }
		b.Worker = func(record.PersonID) string { return text }
		b.Title, b.Summary.Council, b.Summary.Policy = text, text, text
		settlement := *b.Settlement
		settlement.Undecided = []report.UndecidedPlan{{Why: text}}
		b.Settlement = &settlement
		with := written(t, b)
		require.True(t, utf8.ValidString(with))
		require.False(t, strings.ContainsFunc(with, func(r rune) bool { return r != '\n' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }))
		require.Equal(t, tags(whole), tags(with))
		require.Equal(t, styleOf(whole), styleOf(with))
		for _, said := range strings.Fields(text) {
			if !strings.ContainsFunc(said, func(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Bidi_Control) || r == utf8.RuneError }) {
				require.Contains(t, html.UnescapeString(with), said)
			}
		}
	})
}

func styleOf(page string) string { return regexp.MustCompile(`(?s)<style>.*</style>`).FindString(page) }

func ExampleBrief() {
	var out strings.Builder
	err := page.Brief{Summary: report.Summary{
		Council: "Lancashire", On: on,
		Terms: []report.TermSummary{{Term: term.MustParse("SPRING 2026"), Count: report.Count{Needed: 3, Satisfied: 2, Missing: 1}}},
	}}.HTML(&out)
	fmt.Println(err, strings.Contains(out.String(), "<h2 id=\"term-1\">Spring term 2026</h2>"))
	// Output: <nil> true
}
