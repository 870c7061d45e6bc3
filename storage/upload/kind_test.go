package upload_test

import (
	"bytes"
	"io"
	"net/http"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/rule"
	"virtualschool.example/storage/upload"
)

// sample is a file with a name and a content.
type sample struct{ name, file, content string }

const (
	jpeg   = "\xff\xd8\xff\xe0\x00\x10JFIF\x00"
	png    = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
	odt    = "mimetype application/vnd.oasis.opendocument.text"
	parts  = "[Content_Types].xml"
	script = "<script>alert(1)</script>"
)

// taken returns files that pass.
func taken(t testing.TB) []sample {
	spaces := strings.Repeat(" ", 600)
	return []sample{
		{"a pdf", "a.pdf", "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n%%EOF"},
		{"a pdf in capitals", "A.PDF", "%PDF-1.4\n"},
		{"a jpeg", "a.jpg", jpeg}, {"a jpeg with the long extension", "a.jpeg", jpeg}, {"a png", "a.png", png},
		{"a document of Word", "a.docx", zipped(t, parts, "_rels/.rels", "word/document.xml")},
		{"a document that lists its parts at the end", "a.docx", zipped(t, "_rels/.rels", "word/document.xml", "docProps/app.xml", parts)},
		{"a document with a large picture", "a.docx", zipped(t, parts, "word/media/a.png "+strings.Repeat("p", 100_000), "word/document.xml")},
		{"a workbook", "a.xlsx", zipped(t, parts, "xl/workbook.xml")},
		{"an open document", "a.odt", zipped(t, odt, "content.xml")},
		{"a text", "a.txt", "Attendance: 96 %\r\n\tŁukasz\f\n"}, {"an empty text", "a.txt", ""}, {"a text with a mark of UTF-8", "a.txt", "\xef\xbb\xbfa"},
		{"a text with markup in it", "a.txt", "We looked at " + script}, {"a long text", "a.txt", "a" + spaces + "é" + spaces},
		{"a name with several points", "report.v2.exe.txt", "a"},
	}
}

// refused returns files that do not pass because of their content.
func refused(t testing.TB) []sample {
	spaces := strings.Repeat(" ", 600)
	all := []sample{
		{"a picture that is a page", "a.png", "<html>" + script}, {"a picture that is another one", "a.jpg", png},
		{"a pdf that begins later", "a.pdf", "\n%PDF-1.7"}, {"an empty pdf", "a.pdf", ""}, {"the beginning of a png", "a.png", png[:7]},
		{"a program named as a pdf", "a.pdf", "MZ\x90\x00\x03"}, {"a zip named as a document", "a.docx", zipped(t, "a.txt", parts, "word/document.xml")},
		{"a workbook named as a document", "a.docx", zipped(t, parts, "xl/workbook.xml")}, {"a document without parts", "a.docx", "PK\x03\x04" + spaces},
		{"a document that is encrypted", "a.docx", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + spaces},
		{"a document with macros", "a.docx", zipped(t, parts, "word/document.xml", "word/vbaProject.bin")},
		{"a workbook with macros after something large", "a.xlsx", zipped(t, parts, "xl/workbook.xml", "xl/a "+strings.Repeat("p", 100_000), "xl/vbaProject.bin")},
		{"an open document with macros", "a.odt", zipped(t, odt, "content.xml", "Basic/Standard/Module1.xml")},
		{"a spreadsheet named as an open document", "a.odt", zipped(t, "mimetype application/vnd.oasis.opendocument.spreadsheet", "content.xml")},
		{"a template named as an open document", "a.odt", zipped(t, odt+"-template", "content.xml")},
		{"a type that is not the first entry", "a.odt", zipped(t, "a", odt, "content.xml")},
		{"the beginning of a zip", "a.odt", "PK\x03\x04"},
	}
	for name, text := range map[string]string{
		"a NUL": "a\x00", "an escape": "a\x1b[2J", "a delete": "a\x7f", "Latin-1": "caf\xe9", "half a character": "caf\xc3", "UTF-16": "\xff\xfea\x00",
		"markup": script, "markup after white space": "\r\n\t" + script, "markup after a mark of UTF-8": "\xef\xbb\xbf" + script,
		"markup after much white space": spaces + script, "a drawing": "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
		"a document type": "<!DOCTYPE html>", "XML": "<?xml version='1.0'?>", "a picture with a script": "GIF89a" + script, "a shell": "#!/bin/sh\n",
		"a pdf": "%PDF-1.7", "a program": "MZ", "PostScript": "%!PS-Adobe-3.0", "rich text": "{\\rtf1}",
	} {
		all = append(all, sample{"a text with " + name, "a.txt", text})
	}
	return all
}

// reading lists the ways in which a file can arrive.
var reading = []func(io.Reader) io.Reader{whole, iotest.OneByteReader, iotest.HalfReader, iotest.DataErrReader}

func TestAFileOfAnAcceptedTypePasses(t *testing.T) {
	t.Parallel()
	for _, s := range taken(t) {
		for _, read := range reading {
			require.NoError(t, passes(t, unscanned, s.file, s.content, read), s.name)
		}
	}
}

func TestAFileThatIsNotWhatItsNameSaysDoesNotPass(t *testing.T) {
	t.Parallel()
	for _, s := range refused(t) {
		for _, read := range reading {
			require.Equal(t, []string{"file"}, rule.InvalidMembers(passes(t, unscanned, s.file, s.content, read)), s.name)
		}
	}
}

// detected holds, by extension, the types that a browser may detect in a file. A text
// can begin like a picture or a sound by chance, for example with "BM"; it is harmless
// as either.
var detected = map[string][]string{
	".pdf": {"application/pdf"}, ".docx": {"application/zip"}, ".xlsx": {"application/zip"}, ".odt": {"application/zip"},
	".jpg": {"image/jpeg"}, ".jpeg": {"image/jpeg"}, ".png": {"image/png"},
	".txt": {"text/plain; charset=utf-8", "image/bmp", "audio/basic", "audio/mpeg", "application/vnd.ms-fontobject", "font/otf", "font/woff", "font/woff2", "font/collection"},
}

// FuzzWhatPasses requires that every file that passes has the type that its name
// says, and that a browser would take it only for a type listed in detected. The way
// in which a file arrives must make no difference.
func FuzzWhatPasses(f *testing.F) {
	for _, s := range slices.Concat(taken(f), refused(f)) {
		f.Add(s.file, []byte(s.content), uint(0))
	}
	for _, extension := range upload.Extensions() {
		for _, s := range refused(f) {
			f.Add("a"+extension, []byte(s.content), uint(1))
		}
	}
	f.Fuzz(func(t *testing.T, name string, b []byte, way uint) {
		err := passes(t, unscanned, name, string(b), reading[way%uint(len(reading))])
		require.Equal(t, err, passes(t, unscanned, name, string(b), whole))
		if err != nil {
			require.NotEmpty(t, rule.InvalidMembers(err))
			return
		}
		extension := strings.ToLower(path.Ext(name))
		require.Contains(t, detected, extension)
		require.Contains(t, detected[extension], http.DetectContentType(b))
		require.False(t, strings.ContainsAny(name, "/\\\x00\r\n\"\u202e\u200b"))
		switch extension {
		case ".txt":
			require.True(t, utf8.Valid(b) && bytes.IndexByte(b, 0) < 0)
		case ".docx", ".xlsx":
			require.Contains(t, string(b), parts)
			require.NotContains(t, string(b), "vbaProject.bin")
		}
	})
}
