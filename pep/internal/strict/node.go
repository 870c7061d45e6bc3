package strict

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"
)

// kind is the JSON type of a value.
type kind uint8

const (
	nullKind kind = iota
	boolKind
	numberKind
	textKind
	badTextKind // a string that is not UTF-8
	listKind
	objectKind
)

// node is one JSON value.
type node struct {
	kind    kind
	raw     []byte
	text    string // of a string, a number, true or false
	list    []*node
	names   []string // of an object, in order
	members map[string]*node
	twice   []string // names that the object has more than once
}

// parse returns the one JSON value that doc is, false where it is none.
func parse(doc []byte) (*node, bool) {
	if !json.Valid(doc) {
		return nil, false
	}
	p := parser{doc: doc, dec: json.NewDecoder(bytes.NewReader(doc))}
	p.dec.UseNumber()
	return p.value(), true
}

// parser walks through a document that is known to be valid.
type parser struct {
	doc []byte
	dec *json.Decoder
}

func (p *parser) value() *node {
	n, token := &node{}, json.Token(nil)
	token, n.raw = p.token()
	switch t := token.(type) {
	case bool:
		n.kind, n.text = boolKind, string(n.raw)
	case json.Number:
		n.kind, n.text = numberKind, t.String()
	case string:
		n.kind, n.text = textOf(n.raw), t
	case json.Delim:
		p.fill(n, t)
	}
	return n
}

// textOf returns the kind of a string: encoding/json repairs one that is not
// UTF-8 without saying so.
func textOf(raw []byte) kind {
	if utf8.Valid(raw) {
		return textKind
	}
	return badTextKind
}

// fill reads a list or an object up to its end.
func (p *parser) fill(n *node, opened json.Delim) {
	start := p.dec.InputOffset() - 1
	n.kind = listKind
	if opened == '{' {
		n.kind, n.members = objectKind, map[string]*node{}
	}
	for p.dec.More() {
		if n.kind == objectKind {
			p.member(n)
		} else {
			n.list = append(n.list, p.value())
		}
	}
	p.token()
	n.raw = p.doc[start:p.dec.InputOffset()]
}

func (p *parser) member(n *node) {
	token, _ := p.token()
	name, _ := token.(string)
	if n.members[name] != nil {
		n.twice = append(n.twice, name)
	} else {
		n.names = append(n.names, name)
	}
	n.members[name] = p.value()
}

// token returns the next token and its text in the document.
func (p *parser) token() (json.Token, []byte) {
	before := p.dec.InputOffset()
	token, _ := p.dec.Token() // the document is valid
	return token, bytes.TrimLeft(p.doc[before:p.dec.InputOffset()], " \t\r\n,:")
}
