package export_test

import (
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/export"
	"virtualschool.example/pep/goldentest"
	"virtualschool.example/pep/peptest"
	"virtualschool.example/pep/private"
)

// element is an element of a page. Its text does not include the text of the elements
// within it.
type element struct {
	tag, text string
	is        map[string]string
}

// elements returns the elements of a page in the order in which they begin. The page
// must be well formed.
func elements(t testing.TB, page string) (all []*element) {
	t.Helper()
	in := xml.NewDecoder(strings.NewReader(strings.TrimPrefix(page, "<!DOCTYPE html>")))
	in.Strict, in.AutoClose, in.Entity = false, []string{"meta"}, xml.HTMLEntity
	var open []*element
	for {
		token, err := in.Token()
		if errors.Is(err, io.EOF) {
			require.Empty(t, open)
			return all
		}
		require.NoError(t, err)
		switch token := token.(type) {
		case xml.StartElement:
			e := &element{tag: token.Name.Local, is: map[string]string{}}
			for _, a := range token.Attr {
				e.is[a.Name.Local] = a.Value
			}
			all, open = append(all, e), append(open, e)
		case xml.EndElement:
			require.Equal(t, open[len(open)-1].tag, token.Name.Local)
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 {
				open[len(open)-1].text += string(token)
			}
		}
	}
}

func TestThePagesMatchTheGoldenFiles(t *testing.T) {
	t.Parallel()
	o := order()
	goldentest.Require(t, "testdata/plan.html", html(t, graded(t).export(o)))
	o.All, o.Named, o.Sections = false, false, []int{6}
	goldentest.Require(t, "testdata/one_section.html", html(t, newWorld(t).export(o)))
	form, err := export.Blank(pep.Lancashire(), forms.EarlyYears, peptest.Meeting())
	require.NoError(t, err)
	goldentest.Require(t, "testdata/form.html", html(t, form))
}

// TestThePageStandsAlone requires that every link stays within the page and that nothing in
// it runs. It also requires what a screen reader needs: a language, landmarks, headings in
// order, headers of rows and unique ids. The name must be the first line, and must not be
// in the title.
func TestThePageStandsAlone(t *testing.T) {
	t.Parallel()
	d := graded(t).export(order())
	ids, links, level, tags := map[string]bool{}, []string{}, 0, map[string]int{}
	all := elements(t, html(t, d))
	for n, e := range all {
		tags[e.tag]++
		if id := e.is["id"]; id != "" {
			require.False(t, ids[id], "the id %s is used twice", id)
			ids[id] = true
		}
		switch e.tag {
		case "html":
			require.Equal(t, "en-GB", e.is["lang"])
		case "title":
			require.Equal(t, "Personal Education Plan, SPRING 2026", e.text)
		case "header":
			require.Equal(t, name, all[n+1].text)
		case "a":
			links = append(links, strings.TrimPrefix(e.is["href"], "#"))
		case "th":
			require.Equal(t, "row", e.is["scope"])
		case "section", "nav":
			links = append(links, e.is["aria-labelledby"])
		case "h1", "h2", "h3":
			at := int(e.tag[1] - '0')
			require.LessOrEqual(t, at, level+1, "a level of headings is skipped")
			level = at
		}
	}
	for _, to := range links {
		require.True(t, ids[to], "nothing has the id %s", to)
	}
	for _, tag := range []string{"header", "nav", "main", "footer", "h1", "caption", "table"} {
		require.Equal(t, 1, tags[tag], tag)
	}
	for _, tag := range []string{"script", "img", "link", "iframe", "object", "form", "base"} {
		require.Zero(t, tags[tag], tag)
	}
	require.Equal(t, html(t, d), html(t, d), "the same document gives the same bytes")
}

// TestTheStampIsOnThePageAndOnEverySheet requires the stamp at the top and at the bottom of
// the page, and in the margin of each printed sheet.
func TestTheStampIsOnThePageAndOnEverySheet(t *testing.T) {
	t.Parallel()
	o := order()
	o.Recipient = private.NewText(`"; } </style><script>alert(1)</script> \`)
	d := newWorld(t).export(o)
	stamp, found, margin := d.Stamp.Reveal(private.Showing), 0, ""
	for _, e := range elements(t, html(t, d)) {
		require.NotEqual(t, "script", e.tag)
		if e.is["class"] == "stamp" {
			require.Equal(t, stamp, e.text)
			found++
		}
		if e.tag == "style" {
			_, margin, _ = strings.Cut(e.text, `@bottom-left { content: "Personal Education Plan. `)
		}
	}
	require.Equal(t, 2, found)
	margin, _, _ = strings.Cut(margin, `"`)
	require.Equal(t, stamp, unescaped(margin))
}

// unescaped returns the text that a CSS string represents.
func unescaped(css string) string {
	return regexp.MustCompile(`\\([0-9a-f]+) ?|\\(.)`).ReplaceAllStringFunc(css, func(escape string) string {
		code, err := strconv.ParseInt(strings.TrimSpace(escape[1:]), 16, 32)
		if err != nil {
			return escape[1:]
		}
		return string(rune(code))
	})
}

// boxed returns a document that has a text as its answer, its stamp and its name.
func boxed(text string) export.Document {
	said := private.NewText(text)
	return export.Document{
		Title: "Title", Child: said, Stamp: said,
		Parts: []export.Part{{Number: 1, Title: "One", Boxes: []export.Box{{Question: "Question", Answer: said, Fill: forms.Judge(text)}}}},
	}
}

// FuzzHTML requires that a page has the same elements for any text as for a plain word, and
// that the text is in its box once and unchanged.
func FuzzHTML(f *testing.F) {
	for _, seed := range []string{
		"Łukasz", "<script>alert(1)</script>", "</p></section></main>", "<!-- ", "]]>", "<![CDATA[", "&lt;&amp;&#60;", "\"'`=", "a\u202eb", "\x00\x1b[31m", "\n\n first\n\tsecond \r\n",
		"</style>", "\\", "{{.}}", "javascript:alert(1)", strings.Repeat("Ł", forms.MaxAnswer), "\xff\xfe", "e\u0301", "مرحبا", "\ufffe\uffff",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if forms.Judge(text) != forms.Answered {
			t.Skip("left blank, or not applicable")
		}
		page := html(t, boxed(text))
		require.True(t, utf8.ValidString(page))
		require.Equal(t, page, export.Visible(page), "a character is invisible")
		got, want := elements(t, page), elements(t, html(t, boxed("word")))
		require.Len(t, got, len(want))
		answers := 0
		for n, e := range got {
			require.Equal(t, want[n].tag, e.tag)
			require.Equal(t, want[n].is, e.is)
			if e.is["class"] == "answer" {
				require.Equal(t, export.Visible(text), e.text)
				answers++
			} else if e.tag != "style" && e.is["class"] != "stamp" && e.is["class"] != "child" {
				require.Equal(t, want[n].text, e.text)
			}
		}
		require.Equal(t, 1, answers)
	})
}
