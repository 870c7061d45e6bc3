package policy

import (
	"bytes"
	"encoding/json"

	"virtualschool.example/pep"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Render returns p as a document that Parse reads. It has every member in a
// fixed order, and every parameter with its sources and the days between which
// each value holds. If every parameter of p has a source, Parse returns an
// equal policy.
func Render(p *pep.Policy) []byte {
	doc := pairs{{"whole", true}}
	first := p.Parameters(civil.Date{})
	for _, m := range identity {
		doc = append(doc, pair{m.name, m.show(&first)})
	}
	for of := range rule.AllParameters() {
		doc = append(doc, pair{of.String(), shown(Values(p, of))})
	}
	return append(layout(encode(doc), ""), '\n')
}

// shown returns values as the rows of a document.
func shown(values []Value) []pairs {
	rows := []pairs{}
	for _, v := range values {
		row := pairs{}
		if !v.From.IsZero() {
			row = append(row, pair{"from", v.From})
		}
		if !v.To.IsZero() {
			row = append(row, pair{"to", v.To})
		}
		rows = append(rows, append(row, pair{"source", v.Source}, pair{"value", v.JSON}))
	}
	return rows
}

// width is the greatest length of a line that layout does not break.
const width = 120

// layout returns JSON with each value on one line if it fits.
func layout(doc json.RawMessage, indent string) []byte {
	if len(doc) <= width && indent != "" {
		if spaced := space(doc); len(indent)+len(spaced) <= width {
			return spaced
		}
	}
	opened, elements := split(doc)
	if elements == nil {
		return space(doc)
	}
	out, inner := []byte{opened}, indent+"  "
	for n, e := range elements {
		if n > 0 {
			out = append(out, ',')
		}
		out = append(append(append(out, '\n'), inner...), e.name...)
		out = append(out, layout(e.value, inner)...)
	}
	return append(append(append(out, '\n'), indent...), opened+2) // in ASCII, ] and } come two after [ and {
}

// element is an element of a list, or a member of an object with its name and a
// colon.
type element struct {
	name  []byte
	value json.RawMessage
}

// split returns the elements of a list or an object, and its opening bracket.
// It returns nothing for any other value.
func split(doc json.RawMessage) (opened byte, all []element) {
	from := json.NewDecoder(bytes.NewReader(doc))
	token, _ := from.Token() // doc is valid
	delim, _ := token.(json.Delim)
	for from.More() && delim != 0 {
		var e element
		if delim == '{' {
			name, _ := from.Token()
			e.name = append(encode(name), ": "...)
		}
		_ = from.Decode(&e.value)
		all = append(all, e)
	}
	return byte(delim), all
}

// space returns compact JSON with a space after each comma and colon.
func space(doc json.RawMessage) []byte {
	out, quoted := make([]byte, 0, len(doc)+len(doc)/8), false
	for n, c := range doc {
		out = append(out, c)
		switch {
		case c == '"' && !escaped(doc[:n]):
			quoted = !quoted
		case (c == ',' || c == ':') && !quoted:
			out = append(out, ' ')
		}
	}
	return out
}

// escaped reports whether the next character is escaped, given the text before
// it. A character is escaped if that text ends in an odd number of backslashes.
func escaped(before []byte) bool {
	return (len(before)-len(bytes.TrimRight(before, `\`)))%2 == 1
}
