package upload

import (
	"bytes"
	"path"
	"strings"
	"unicode/utf8"

	"virtualschool.example/pep/rule"
)

// kind is a type of file that is taken.
type kind struct {
	extensions string   // separated by spaces
	begins     string   // the first bytes
	entry      []string // of a zip, what the name of its first entry begins with: one of these
	has        []string // what stands in the file
	text       bool     // it is text, and begins as no other file does
}

const zip = "PK\x03\x04"

// parts are the beginnings of what the first part of an Office document is called.
const parts = "[Content_Types].xml"

var kinds = [...]kind{
	{extensions: ".pdf", begins: "%PDF-"},
	{extensions: ".docx", begins: zip, entry: []string{parts, "_rels/", "docProps/", "customXml/", "word/"}, has: []string{parts, "word/document.xml"}},
	{extensions: ".xlsx", begins: zip, entry: []string{parts, "_rels/", "docProps/", "customXml/", "xl/"}, has: []string{parts, "xl/workbook.xml"}},
	{extensions: ".odt", begins: zip, entry: []string{"mimetypeapplication/vnd.oasis.opendocument.text" + "PK"}, has: []string{"content.xml"}},
	{extensions: ".jpg .jpeg", begins: "\xff\xd8\xff"},
	{extensions: ".png", begins: "\x89PNG\r\n\x1a\n"},
	{extensions: ".txt", text: true},
}

// macros are parts of a document that is also a program.
var macros = [...]string{"vbaProject.bin", "vbaData.xml", "Basic/"}

// foreign are beginnings that make a text something else to a program that goes by
// the content: markup, a script, a document, a picture.
var foreign = [...]string{"<", "#!", "%PDF", "%!PS", "{\\rtf", "GIF8", "RIFF", "MZ"}

// Extensions returns the extensions of the files that are taken, each with its dot
// and in small letters.
func Extensions() (all []string) {
	for _, k := range kinds {
		all = append(all, strings.Fields(k.extensions)...)
	}
	return all
}

// kindOf returns the kind of a file with a name, or nil where none is taken.
func kindOf(name string) *kind {
	extension := strings.ToLower(path.Ext(name))
	for i := range kinds {
		for _, own := range strings.Fields(kinds[i].extensions) {
			if own == extension {
				return &kinds[i]
			}
		}
	}
	return nil
}

const (
	headLen   = 512 // as many bytes as a browser looks at, and where a first entry is named
	entryAt   = 30  // where the name of the first entry of a zip begins
	longest   = 32  // no part that is sought has a longer name
	wantKind  = "a file of the type that its extension says"
	wantPlain = "a document without macros"
	wantText  = "text in UTF-8 without control characters, and not markup, a script or another type of file"
)

// content is what is known of the content of a file so far.
type content struct {
	*kind
	head    []byte // the first bytes, at most headLen
	found   uint   // which of has stand in the file, one bit each
	tail    []byte // the last bytes, in which something sought may have begun
	partial []byte // the bytes of a character that is not complete
}

// add looks at further bytes.
func (c *content) add(p []byte) error {
	if more := min(len(p), headLen-len(c.head)); more > 0 {
		if c.head = append(c.head, p[:more]...); len(c.head) == headLen {
			if err := c.judge(); err != nil {
				return err
			}
		}
	}
	if c.text {
		return c.read(p)
	}
	return c.search(p)
}

// finish looks at the whole.
func (c *content) finish() error {
	if len(c.head) < headLen {
		if err := c.judge(); err != nil {
			return err
		}
	}
	if len(c.partial) > 0 {
		return &rule.Invalid{Member: "file", Want: wantText}
	}
	return rule.Need(c.found == 1<<len(c.has)-1, "file", wantKind)
}

// judge looks at the first bytes.
func (c *content) judge() error {
	if c.text {
		plain := bytes.TrimSpace(bytes.TrimPrefix(c.head, []byte("\xef\xbb\xbf")))
		blank := len(plain) == 0 && len(c.head) == headLen // whatever follows
		return rule.Need(!blank && !beginsWith(plain, foreign[:]), "file", wantText)
	}
	ok := bytes.HasPrefix(c.head, []byte(c.begins))
	if len(c.entry) > 0 {
		ok = ok && len(c.head) > entryAt && beginsWith(c.head[entryAt:], c.entry)
	}
	return rule.Need(ok, "file", wantKind)
}

func beginsWith(b []byte, beginnings []string) bool {
	for _, s := range beginnings {
		if bytes.HasPrefix(b, []byte(s)) {
			return true
		}
	}
	return false
}

// search looks for the parts that a document needs, and for macros. The names of
// the parts are in clear in every zip.
func (c *content) search(p []byte) error {
	if len(c.entry) == 0 {
		return nil
	}
	for _, b := range [][]byte{append(c.tail, p[:min(len(p), longest)]...), p} {
		for i, part := range c.has {
			if bytes.Contains(b, []byte(part)) {
				c.found |= 1 << i
			}
		}
		for _, macro := range macros {
			if bytes.Contains(b, []byte(macro)) {
				return &rule.Invalid{Member: "file", Want: wantPlain}
			}
		}
	}
	c.tail = append(c.tail, p[max(0, len(p)-longest):]...)
	c.tail = append(c.tail[:0], c.tail[max(0, len(c.tail)-longest):]...)
	return nil
}

// read looks at the characters of a text.
func (c *content) read(p []byte) error {
	for _, b := range p {
		if len(c.partial) == 0 && b < utf8.RuneSelf {
			if b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' || b == 0x7f {
				return &rule.Invalid{Member: "file", Want: wantText}
			}
			continue
		}
		if c.partial = append(c.partial, b); !utf8.FullRune(c.partial) {
			continue
		}
		if r, size := utf8.DecodeRune(c.partial); r == utf8.RuneError && size == 1 {
			return &rule.Invalid{Member: "file", Want: wantText}
		}
		c.partial = c.partial[:0]
	}
	return nil
}
