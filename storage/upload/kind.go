package upload

import (
	"bytes"
	"path"
	"strings"
	"unicode/utf8"

	"virtualschool.example/pep/rule"
)

// kind is an accepted type of file.
type kind struct {
	extensions string   // separated by spaces
	begins     string   // the first bytes
	entry      []string // for a zip: the texts with which the name of the first entry may begin
	has        []string // the texts that the file must contain
	text       bool     // whether the file is text, which must not begin like a file of another type
}

const zip = "PK\x03\x04"

// parts is the name of the list of parts in an Office document.
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

// macros lists the names of parts that only a document with a program in it has.
var macros = [...]string{"vbaProject.bin", "vbaData.xml", "Basic/"}

// foreign lists beginnings that make a program take a text for something else:
// markup, a script, a document, a picture.
var foreign = [...]string{"<", "#!", "%PDF", "%!PS", "{\\rtf", "GIF8", "RIFF", "MZ"}

// Extensions returns the extensions of the accepted files, each with its dot and in
// lower case.
func Extensions() (all []string) {
	for _, k := range kinds {
		all = append(all, strings.Fields(k.extensions)...)
	}
	return all
}

// kindOf returns the kind of a file with that name, or nil if it is not accepted.
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
	headLen   = 512 // the number of bytes that a browser looks at; they include the name of the first entry
	entryAt   = 30  // the offset of the first entry's name in a zip
	longest   = 32  // an upper limit on the length of the part names that we look for
	wantKind  = "a file of the type that its extension shows"
	wantPlain = "a document without macros"
	wantText  = "text in UTF-8 without control characters, and not markup, a script or another type of file"
)

// content is what is known so far about the content of a file.
type content struct {
	*kind
	head    []byte // the first bytes, at most headLen
	found   uint   // one bit for each required text that was found
	tail    []byte // the last bytes, in which a required text may have begun
	partial []byte // the bytes of an incomplete character
}

// add checks the next bytes.
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

// finish checks the file as a whole.
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

// judge checks the first bytes.
func (c *content) judge() error {
	if c.text {
		plain := bytes.TrimSpace(bytes.TrimPrefix(c.head, []byte("\xef\xbb\xbf")))
		blank := len(plain) == 0 && len(c.head) == headLen // refused, whatever follows
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

// search looks for the parts that a document needs, and for macros. A zip holds the
// names of its parts uncompressed.
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

// read checks the characters of a text.
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
