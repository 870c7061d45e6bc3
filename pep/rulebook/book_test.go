package rulebook_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/corpora"
	"virtualschool.example/pep/policy"
	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/rulebook"
	"virtualschool.example/term/civil"
)

// page returns the rule book of Lancashire's policy with an overlay, for a given day.
func page(t *testing.T, overlay, on string) string {
	t.Helper()
	p, err := policy.Overlay(pep.Lancashire(), []byte(overlay))
	require.NoError(t, err)
	all, err := corpora.All()
	require.NoError(t, err)
	var out bytes.Buffer
	require.NoError(t, rulebook.Book{Policy: p, On: civil.MustParse(on), Corpora: all}.HTML(&out))
	return out.String()
}

// read returns the text of a page without its tags.
func read(page string) string {
	text := regexp.MustCompile(`(?s)<style>.*?</style>|<[^>]*>`).ReplaceAllString(page, " ")
	return strings.Join(strings.Fields(text), " ")
}

func TestEveryRuleIsInTheBookWithItsSourceAndItsProof(t *testing.T) {
	t.Parallel()
	whole := page(t, `{}`, "2026-01-14")
	for e := range rule.Catalogue() {
		_, after, found := strings.Cut(whole, `<h4 id="`+e.ID.String()+`">`)
		require.True(t, found, e.ID)
		about, _, _ := strings.Cut(after, "<h4")
		text := read("<h4>" + strings.ReplaceAll(about, "&#39;", "'"))
		for _, says := range []string{e.ID.String() + " " + e.Title + ".", "Source: " + pep.Lancashire().Source(e) + ".", e.Home} {
			require.Contains(t, text, says, e.ID)
		}
		if e.PinnedByCorpus() {
			require.Regexp(t, `Pinned by: \d+ cases?\.`, text, e.ID)
			require.Regexp(t, `Example [A-Z]\w+: .+\? Given: .+ Answer: .+\.`, text, e.ID)
		} else {
			require.Contains(t, text, e.Pin, e.ID)
		}
	}
	for of := range rule.AllParameters() {
		require.Contains(t, whole, "<code>"+of.String()+"</code>")
	}
}

// TestAValueIsShownWithEarlierAndLaterValues writes a book on the last day before a
// change and on the day of the change.
func TestAValueIsShownWithEarlierAndLaterValues(t *testing.T) {
	t.Parallel()
	const change = `{"returnPeriod": [{"to": "2027-01-01", "source": "process book, 1.2", "value": {"days": 14}},
		{"from": "2027-01-01", "source": "minutes of 12 May 2026", "value": {"workingDays": 10}}]}`
	for on, want := range map[string]string{
		"2026-12-31": "10 working days to come from 1 January 2027 minutes of 12 May 2026 14 days in force until 31 December 2026 process book, 1.2",
		"2027-01-01": "10 working days in force from 1 January 2027 minutes of 12 May 2026 14 days earlier until 31 December 2026 process book, 1.2",
	} {
		require.Contains(t, read(page(t, change, on)), want, on)
	}
	text := read(page(t, `{}`, "2026-01-14"))
	require.Contains(t, text, "£550 a plan in force from 1 September 2025 until 31 March 2026")
	require.Contains(t, text, "£610 a plan earlier from 1 April 2025 until 31 August 2025")
	require.NotContains(t, text, "no value is in force")
	require.Contains(t, read(page(t, `{}`, "2026-04-01")), "no value is in force on 1 April 2026")
}

func TestTheTablesShowTheDayOfTheBook(t *testing.T) {
	t.Parallel()
	text := read(page(t, `{"name": "other", "revision": 7, "terms": {"spring": "01-02", "summer": "04-01", "autumn": "09-01"}}`, "2026-03-31"))
	for _, says := range []string{
		"Lancashire (LA number 888, GSS code E10000017). Policy other , revision 7 , as in force on 31 March 2026",
		"SPRING 2 January 31 March", "AUTUMN 1 September 1 January",
		"AUTUMN 2025 1 September 2025 1 January 2026", "SPRING 2027",
		"R EYFS early years early years early years", "Y12 KS5 key stage 5 key stage 5 secondary special",
		"My Personal Information", "(our proposal)",
		"2022 3 January, 15 April,", "published for 1 January 2019 to 31 December 2028",
	} {
		require.Contains(t, text, says)
	}
}

func TestTheWorkflowIsADrawingATableAndAMatrix(t *testing.T) {
	t.Parallel()
	whole := page(t, `{}`, "2026-01-14")
	drawing := whole[strings.Index(whole, "<svg"):strings.Index(whole, "</svg>")]
	for row := range pep.Workflow() {
		from, verb, to := row.From.String(), row.Verb.Words(), row.To.String()
		if row.From == pep.None {
			from = "not started"
		}
		require.Contains(t, drawing, `<tspan class="strong">`+strings.ReplaceAll(row.Verb.String(), "_", " ")+"</tspan>:", verb)
		require.Regexp(t, `<th scope="row">`+from+`</th><td>`+verb+`</td><td>[^<]+</td><td>[^<]+</td><td>`+to+`</td>`, whole)
	}
	require.Regexp(t, `<th scope="row">finalise the plan</th><td>no</td><td>no</td><td>checking</td><td>no</td>`, whole, "a social worker never finalises")
	require.Contains(t, whole, "the virtual school head, the independent reviewing officer, the personal adviser")
}

// TestThePageSaysWhoIsToldAndWhoMaySee requires each notice with the actions that send
// it, and each role with its connection to the case.
func TestThePageSaysWhoIsToldAndWhoMaySee(t *testing.T) {
	t.Parallel()
	whole := page(t, `{}`, "2026-01-14")
	require.Regexp(t, `<th scope="row">delegated</th><td>there is a plan to complete</td><td>the establishment</td><td>delegate the plan, change the contributor</td>`, whole)
	for n := range pep.AllNotices() {
		require.Regexp(t, `<th scope="row">`+strings.ReplaceAll(n.String(), "_", " ")+`</th><td>[^<]+</td><td>[^<]+</td><td>[^<]+</td>`, whole)
	}
	require.Regexp(t, `<th scope="row">designated teacher</th><td>the plan is delegated to them now</td><td>see the plan, read the answers, read the attached documents, take the actions`, whole)
	require.NotRegexp(t, `<th scope="row">independent reviewing officer</th><td>[^<]+</td><td>[^<]*take the actions`, whole)
}

// TestThePageStandsAlone requires that the page is well formed, that every link stays
// within it, and that nothing in it runs. It also requires what a screen reader needs:
// a language, headings in order, headers of rows and columns, a name for the drawing,
// and unique ids.
func TestThePageStandsAlone(t *testing.T) {
	t.Parallel()
	whole := page(t, `{"name": "<script>alert(1)</script>"}`, "2026-01-14")
	ids, links, level := map[string]bool{}, []string{}, 0
	in := xml.NewDecoder(strings.NewReader(strings.ReplaceAll(whole, "<!DOCTYPE html>", "")))
	in.Strict, in.AutoClose, in.Entity = false, []string{"meta", "br"}, xml.HTMLEntity
	for {
		token, err := in.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		element, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		tag, attributes := element.Name.Local, map[string]string{}
		for _, a := range element.Attr {
			attributes[a.Name.Local] = a.Value
		}
		require.NotContains(t, []string{"script", "img", "link", "iframe", "object"}, tag)
		if id := attributes["id"]; id != "" {
			require.False(t, ids[id], "the id %s is used twice", id)
			ids[id] = true
		}
		switch tag {
		case "html":
			require.Equal(t, "en-GB", attributes["lang"])
		case "a":
			links = append(links, strings.TrimPrefix(attributes["href"], "#"))
		case "th":
			require.Contains(t, []string{"row", "col", "rowgroup"}, attributes["scope"])
		case "svg":
			require.Equal(t, "img", attributes["role"])
			links = append(links, strings.Fields(attributes["aria-labelledby"])...)
		case "h1", "h2", "h3", "h4":
			n := int(tag[1] - '0')
			require.LessOrEqual(t, n, level+1, "a level of headings is skipped")
			level = n
		}
	}
	for _, to := range links {
		require.True(t, ids[to], "nothing has the id %s", to)
	}
	require.NotContains(t, whole, "url(http")
	require.Equal(t, strings.Count(whole, "<table>"), strings.Count(whole, "<caption>"))
}

func TestTheSameBookIsTheSameBytes(t *testing.T) {
	t.Parallel()
	require.Equal(t, page(t, `{}`, "2026-01-14"), page(t, `{}`, "2026-01-14"))
}

func TestABookNeedsAPolicyAndADay(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	require.Equal(t, "policy", rule.InvalidMember(rulebook.Book{On: civil.MustParse("2026-01-14")}.HTML(&out)))
	require.Equal(t, "on", rule.InvalidMember(rulebook.Book{Policy: pep.Lancashire()}.HTML(&out)))
	require.Empty(t, out.String())
}
