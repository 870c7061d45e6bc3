package strict

import (
	"bytes"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"virtualschool.example/pep/rule"
)

// kind is the JSON type of a value, given by the byte with which it begins.
type kind byte

const (
	nullKind    kind = 'n'
	boolKind    kind = 't' // both true and false
	numberKind  kind = '0'
	textKind    kind = '"'
	badTextKind kind = '?' // a string that is not UTF-8, or has half of a surrogate pair
	listKind    kind = '['
	objectKind  kind = '{'
)

// node is one JSON value, or the name of a member.
type node struct {
	kind kind
	raw  []byte // its part of the document
	size int    // the number of nodes of the value with its content
}

// tree is a JSON value: its own node, and then the nodes of its content. The
// content of an object is the name and the value of each member in turn.
type tree []node

// cut returns the first value, and the nodes after it.
func (t tree) cut() (first, rest tree) { return t[:t[0].size], t[t[0].size:] }

// len returns the number of values in t, without counting the values inside
// them.
func (t tree) len() (n int) {
	for ; len(t) > 0; n++ {
		_, t = t.cut()
	}
	return n
}

// member reports whether an object has a member with the given name.
func (t tree) member(name string) bool {
	for content := t[1:]; len(content) > 0; {
		var of tree
		if of, content = content.cut(); string(of.text()) == name {
			return true
		}
		_, content = content.cut()
	}
	return false
}

// text returns the text of a string. It is a slice of the document, unless the
// string has an escape or is not UTF-8.
func (t tree) text() []byte {
	if inner := t[0].raw[1 : len(t[0].raw)-1]; bytes.IndexByte(inner, '\\') < 0 && utf8.Valid(inner) {
		return inner
	}
	text, _ := jsontext.AppendUnquote(nil, t[0].raw) // an error means that some bytes are not UTF-8; they are replaced
	return text
}

// parser builds the tree of a document.
type parser struct {
	doc    []byte
	tree   tree
	opened []opening
}

// opening is a list or an object that has not ended yet.
type opening struct{ place, from int }

// maxDepth is how deep lists and objects may be nested.
const maxDepth = 100

// parse returns the one JSON value in doc, which may begin with a byte order
// mark. The error is usually a *syntax. parse accepts names that occur twice
// and text that is not UTF-8, because the reader reports them together with
// everything else.
func parse(doc []byte) (tree, error) {
	doc = rule.WithoutMark(doc)
	from := jsontext.NewDecoder(bytes.NewBuffer(doc), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	p := parser{doc: doc, tree: make(tree, 0, most(doc))}
	for {
		before := int(from.InputOffset())
		token, err := from.ReadToken()
		after := int(from.InputOffset())
		switch {
		case err == io.EOF && len(p.tree) > 0:
			return p.tree, nil
		case err != nil:
			return nil, explained(doc, err)
		case len(p.tree) > 0 && len(p.opened) == 0:
			return nil, &syntax{doc, p.from(before), "there is a second document after the first"}
		case len(p.opened) == maxDepth && (token.Kind() == '{' || token.Kind() == '['):
			return nil, &syntax{doc, p.from(before), fmt.Sprintf("lists and objects are nested more than %d deep", maxDepth)}
		}
		p.add(kind(token.Kind()), p.from(before), after)
	}
}

// most returns an upper limit on the number of values and names in a document:
// the first one, and one more after each {, [, colon and comma.
func most(doc []byte) int {
	n := 1
	for _, before := range [...]string{"{", "[", ":", ","} {
		n += bytes.Count(doc, []byte(before))
	}
	return n
}

// from returns the offset of the first token at or after the given offset. It skips white space, commas and colons.
func (p *parser) from(to int) int {
	for p.doc[to] <= ' ' || p.doc[to] == ',' || p.doc[to] == ':' {
		to++
	}
	return to
}

// add adds the token that lies between two offsets in the document.
func (p *parser) add(of kind, from, to int) {
	raw := p.doc[from:to]
	switch of {
	case '}', ']':
		p.end(to)
		return
	case objectKind, listKind:
		p.opened = append(p.opened, opening{len(p.tree), from})
	case 'f':
		of = boolKind
	case textKind:
		if !isText(raw) {
			of = badTextKind
		}
	}
	p.tree = append(p.tree, node{of, raw, 1})
}

// isText reports whether a string consists of valid characters only.
func isText(raw []byte) bool {
	if bytes.IndexByte(raw, '\\') < 0 {
		return utf8.Valid(raw)
	}
	_, err := jsontext.AppendUnquote(nil, raw)
	return err == nil
}

// end ends the list or object that was opened most recently.
func (p *parser) end(to int) {
	last := len(p.opened) - 1
	o := p.opened[last]
	p.opened = p.opened[:last]
	p.tree[o.place].raw, p.tree[o.place].size = p.doc[o.from:to], len(p.tree)-o.place
}
