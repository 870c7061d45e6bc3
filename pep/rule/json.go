package rule

import (
	"fmt"
	"strconv"
	"time"
	"unicode/utf8"
)

// MarshalNames returns the text forms of values as a JSON list. If there are no
// values, the list is empty and not null.
func MarshalNames[E fmt.Stringer](values []E) ([]byte, error) {
	list := []byte{'['}
	for _, v := range values {
		list = quote(next(list), v.String())
	}
	return append(list, ']'), nil
}

// MarshalJSON returns the rules in ids as a list of their text forms.
func (ids IDs) MarshalJSON() ([]byte, error) { return MarshalNames(ids.List()) }

// MarshalJSON returns the reason as an object with the members "rule", "code" and
// "message" (its Sentence) and, if they are set, "remedy", "section", "on" and "from".
func (r Reason) MarshalJSON() ([]byte, error) { return r.appendJSON(nil), nil }

func (r Reason) appendJSON(b []byte) []byte {
	b = member(append(b, '{'), "rule", r.Rule.String())
	b = member(b, "code", r.Code.String())
	b = member(b, "message", r.Sentence())
	if remedy := r.Code.Remedy(); remedy != "" {
		b = member(b, "remedy", remedy)
	}
	if r.Section != 0 {
		b = strconv.AppendInt(append(next(b), `"section":`...), int64(r.Section), 10)
	}
	if !r.On.IsZero() {
		b = member(b, "on", r.On.String())
	}
	if !r.From.IsZero() {
		b = member(b, "from", r.From.UTC().Format(time.RFC3339Nano))
	}
	return append(b, '}')
}

// MarshalJSON returns the refusal as an object with two members: "tried", the action or
// question, and "reasons", the list of every Reason in order.
func (r *Refusal) MarshalJSON() ([]byte, error) {
	b := member([]byte{'{'}, "tried", r.Tried)
	b = append(next(b), `"reasons":[`...)
	for _, reason := range r.Reasons() {
		b = reason.appendJSON(next(b))
	}
	return append(b, "]}"...), nil
}

// member appends an object member with a text value.
func member(b []byte, name, value string) []byte {
	return quote(append(quote(next(b), name), ':'), value)
}

// next appends a comma, unless the next member or element is the first.
func next(b []byte) []byte {
	if last := b[len(b)-1]; last != '{' && last != '[' {
		b = append(b, ',')
	}
	return b
}

// quote appends s as a JSON string. Bytes that are not UTF-8 become U+FFFD.
func quote(b []byte, s string) []byte {
	b = append(b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r < ' ':
			b = fmt.Appendf(b, `\u%04x`, r)
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}
