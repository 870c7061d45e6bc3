package pdf_test

import (
	"bytes"
	"compress/zlib"
	"errors"
	"io"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/export"
	"virtualschool.example/pep/export/pdf"
	"virtualschool.example/pep/peptest"
	"virtualschool.example/pep/private"
)

// written returns a document as PDF.
func written(t testing.TB, d export.Document) string {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, pdf.Write(&out, d))
	return out.String()
}

// boxed returns a document with some answers, each in its own section.
func boxed(answers ...string) export.Document {
	d := export.Document{
		Title: "Personal Education Plan, SPRING 2026", Child: private.NewText("Łukasz Źródło"), Stamp: private.NewText("Exported for a test. Recipient: Żaneta."),
		Details: []export.Detail{{Label: "Meeting", Value: "14 January 2026"}},
	}
	for n, text := range answers {
		d.Parts = append(d.Parts, export.Part{
			Number: n + 1, Title: "My Views", State: "Complete.",
			Boxes: []export.Box{{Question: "What I enjoy", Answer: private.NewText(text), Fill: forms.Judge(text)}},
		})
	}
	return d
}

// sheets returns the printed text of each page of a PDF, without spaces. It requires the
// parts that every PDF reader relies on: the header, the end, and a table that says where
// each object begins.
func sheets(t testing.TB, doc string) (pages []string) {
	t.Helper()
	require.True(t, strings.HasPrefix(doc, "%PDF-1.7\n"))
	require.True(t, strings.HasSuffix(doc, "\n%%EOF\n"))
	begins := regexp.MustCompile(`startxref\n(\d+)\n%%EOF\n$`).FindStringSubmatch(doc)
	require.NotNil(t, begins)
	at, err := strconv.Atoi(begins[1])
	require.NoError(t, err)
	table := strings.Split(doc[at:], "\n")
	require.Equal(t, "xref", table[0])
	objects := []string{""}
	for n := 1; strings.HasSuffix(table[n+2], " n "); n++ {
		at, err := strconv.Atoi(strings.TrimLeft(table[n+2][:10], "0"))
		require.NoError(t, err)
		require.True(t, strings.HasPrefix(doc[at:], strconv.Itoa(n)+" 0 obj\n"), "object %d", n)
		object, _, _ := strings.Cut(doc[at:], "endobj\n")
		objects = append(objects, object)
	}
	var fonts []map[string]string
	for _, object := range objects {
		if _, streamed, ok := strings.Cut(object, "stream\n"); ok && strings.Contains(object, "beginbfrange") {
			fonts = append(fonts, glyphs(streamed))
		} else if ok && strings.Contains(object, "/Filter/FlateDecode") {
			pages = append(pages, printed(t, streamed, fonts))
		}
	}
	require.Len(t, pages, strings.Count(doc, "/Type /Page\n"))
	require.NotEmpty(t, pages)
	return pages
}

// glyphs returns the character for each glyph of a font.
func glyphs(stream string) map[string]string {
	of := map[string]string{}
	for _, m := range regexp.MustCompile(`<(\w{4})><\w{4}><(\w{4})>`).FindAllStringSubmatch(stream, -1) {
		r, _ := strconv.ParseInt(m[2], 16, 32)
		of[m[1]] = string(rune(r))
	}
	return of
}

// printed returns the text of a page without spaces.
func printed(t testing.TB, stream string, fonts []map[string]string) string {
	t.Helper()
	in, err := zlib.NewReader(strings.NewReader(stream))
	require.NoError(t, err)
	content, err := io.ReadAll(in)
	require.NoError(t, err)
	var text strings.Builder
	for _, m := range regexp.MustCompile(`/F(\d+) [^\[]*\[<(\w*)>`).FindAllStringSubmatch(string(content), -1) {
		font, _ := strconv.Atoi(m[1])
		for ; len(m[2]) > 0; m[2] = m[2][4:] {
			c, known := fonts[font-1][m[2][:4]]
			require.True(t, known, "a glyph has no character")
			text.WriteString(c)
		}
	}
	return unspaced(text.String())
}

// unspaced returns a text without white space.
func unspaced(text string) string { return strings.Join(strings.Fields(text), "") }

// body returns the text of the pages without the stamp, the title and the page numbers.
func body(pages []string, d export.Document) string {
	var text strings.Builder
	for n, page := range pages {
		page = strings.TrimPrefix(page, unspaced(pdf.Printable(d.Stamp.Reveal(private.Showing)))+unspaced(d.Title))
		text.WriteString(strings.TrimPrefix(page, "Page"+strconv.Itoa(n+1)+"of"+strconv.Itoa(len(pages))))
	}
	return text.String()
}

// TestEveryPageHasTheStampAndItsNumber uses an answer that takes several pages.
func TestEveryPageHasTheStampAndItsNumber(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("Łukasz has made good progress. ", forms.MaxAnswer/31)
	d := boxed("Drawing dragons.", long, "n/a", "")
	pages := sheets(t, written(t, d))
	require.Len(t, pages, 5)
	for n, page := range pages {
		require.True(t, strings.HasPrefix(page, "Exportedforatest.Recipient:Żaneta.PersonalEducationPlan,SPRING2026Page"+strconv.Itoa(n+1)+"of5"), page)
	}
	require.Equal(t, "ŁukaszŹródłoPersonalEducationPlan,SPRING2026Meeting14January2026"+
		"Section1:MyViewsComplete.WhatIenjoyDrawingdragons."+"Section2:MyViewsComplete.WhatIenjoy"+unspaced(long)+
		"Section3:MyViewsComplete.WhatIenjoyN/A(notapplicable)"+"Section4:MyViewsComplete.WhatIenjoy[leftblank]", body(pages, d))
}

// TestAPDFReaderFindsTheText requires that pdftotext finds the text that was written.
func TestAPDFReaderFindsTheText(t *testing.T) {
	t.Parallel()
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not installed")
	}
	d := boxed("Łukasz: ąćęłńóśźż, čšž, ŵŷ, șț, ğış, €, “yes” — and <b>bold</b>", strings.Repeat("Everything else. ", 600))
	d.Parts = append(d.Parts, export.Part{Number: 3, Title: "My Health", LeftOut: true})
	cmd := exec.Command(tool, "-enc", "UTF-8", "-layout", "-", "-")
	cmd.Stdin = strings.NewReader(written(t, d))
	out, err := cmd.Output()
	require.NoError(t, err)
	pages := strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
	require.Len(t, pages, len(sheets(t, written(t, d))))
	for n, page := range pages {
		require.Contains(t, page, "Exported for a test. Recipient: Żaneta.")
		require.Regexp(t, `Page `+strconv.Itoa(n+1)+` of `+strconv.Itoa(len(pages))+`\s*$`, page)
	}
	require.Contains(t, pages[0], "Łukasz Źródło\n")
	require.Contains(t, pages[0], "Łukasz: ąćęłńóśźż, čšž, ŵŷ, șț, ğış, €, “yes” — and <b>bold</b>")
	require.Contains(t, string(out), "Section 3: My Health\nThis section was left out of this export.")
}

// TestASquareStandsForACharacterThatTheFontLacks also requires the document to explain the
// square.
func TestASquareStandsForACharacterThatTheFontLacks(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Łukasz":                          "Łukasz",
		"e\u0301clair":                    "éclair",
		"你好 🎉":                            "□□ □",
		"Nguye\u0302n, q\u0301":           "Nguyên, q□",
		"a\u202eb\x00c\u200bd\ue000\xffe": "a[U+202E]b[U+0000]c[U+200B]d[U+E000]\ufffde",
		"two\r\nlines\tand a tab":         "two\nlines\tand a tab",
	} {
		require.Equal(t, want, pdf.Printable(text), "%q", text)
	}
	const note = "□standsforacharacterthatthefontofthisdocumentdoesnothave."
	require.True(t, strings.HasSuffix(body(sheets(t, written(t, boxed("你好"))), boxed()), note))
	require.NotContains(t, body(sheets(t, written(t, boxed("Łukasz"))), boxed()), "□")
	d := boxed("Łukasz")
	d.Stamp = private.NewText("Recipient: 你好")
	require.True(t, strings.HasSuffix(body(sheets(t, written(t, d)), d), note), "a character of the stamp is missing, and the document does not say so")
}

// TestAQuestionIsOnThePageOfItsAnswer requires that a question is on the page of its answer's
// first line, wherever the page ends, and that no page ends with a heading.
func TestAQuestionIsOnThePageOfItsAnswer(t *testing.T) {
	t.Parallel()
	for n := range 60 {
		d := boxed(strings.Repeat("line\n", n)+"end", "next")
		pages := sheets(t, written(t, d))
		for _, page := range pages {
			require.NotRegexp(t, `(WhatIenjoy|MyViews|Complete\.)$`, page)
		}
		require.Equal(t, n, strings.Count(body(pages, d), "line"))
	}
}

// TestALabelStandsBesideTheFirstLine uses a value and a heading of several lines. Only the
// first line of the value has the label, and only the first line of the heading has the
// bookmark.
func TestALabelStandsBesideTheFirstLine(t *testing.T) {
	t.Parallel()
	d := boxed("answer")
	d.Details[0].Value, d.Parts[0].Title = strings.Repeat("long ", 100), strings.Repeat("Title ", 30)
	doc := written(t, d)
	require.Equal(t, 1, strings.Count(body(sheets(t, doc), d), "Meeting"))
	require.Equal(t, 1, strings.Count(doc, "/XYZ 90"))
}

func TestAFormForPaperHasEveryQuestionAndABookmarkForEachSection(t *testing.T) {
	t.Parallel()
	form, err := export.Blank(pep.Lancashire(), forms.EarlyYears, peptest.Meeting())
	require.NoError(t, err)
	doc := written(t, form)
	text := body(sheets(t, doc), form)
	questions := 0
	for _, part := range form.Parts {
		for _, box := range part.Boxes {
			require.Contains(t, text, unspaced(box.Question))
			questions++
		}
	}
	require.Greater(t, questions, 40)
	require.Equal(t, len(form.Parts), strings.Count(doc, "/XYZ 90"), "a bookmark for each section")
}

func TestTheSameDocumentGivesTheSameBytes(t *testing.T) {
	t.Parallel()
	d := boxed("Łukasz", "你好")
	require.Equal(t, written(t, d), written(t, d))
	require.NotContains(t, written(t, d), "CreationDate")
}

// full is a full disk: every write fails.
type full struct{}

var errFull = errors.New("the disk is full")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestAFailureToWriteIsReturned(t *testing.T) {
	t.Parallel()
	require.Equal(t, errFull, pdf.Write(full{}, boxed("Łukasz")))
}

// FuzzWrite requires that, for any text, the file is a sound PDF and holds each text once
// and in order.
func FuzzWrite(f *testing.F) {
	for _, seed := range []string{
		"Łukasz", "<script>", ") Tj (", "\\", "%%EOF", "endstream endobj", "你好 مرحبا 🎉", "a\u202eb\x00", "\n\n\n", strings.Repeat("W", 3000), strings.Repeat("word ", 3000),
		strings.Repeat("\n", 500) + "end", "\xff\xfe", "e\u0301\u0302\u0303", "\u00a0\u2003x\u2028y", "\ufffd□", "\U0010fffd",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d := boxed("before", text, "after")
		d.Child = private.NewText(text)
		said := unspaced(pdf.Printable(text))
		name, answer := said, said
		switch forms.Judge(text) {
		case forms.Blank:
			answer = "[leftblank]"
		case forms.NotApplicable:
			answer = "N/A(notapplicable)"
		}
		want := name + "PersonalEducationPlan,SPRING2026Meeting14January2026Section1:MyViewsComplete.WhatIenjoybefore" +
			"Section2:MyViewsComplete.WhatIenjoy" + answer + "Section3:MyViewsComplete.WhatIenjoyafter"
		got := body(sheets(t, written(t, d)), d)
		require.Equal(t, want, strings.TrimSuffix(got, "□standsforacharacterthatthefontofthisdocumentdoesnothave."))
	})
}
