package rule

import (
	"fmt"
	"strconv"
	"time"
	"unicode/utf8"
)

// MarshalNames returns the text forms of values as a JSON list, which is empty
// and not null where there are none.
func MarshalNames[E fmt.Stringer](values []E) ([]byte, error) {
	list := []byte{'['}
	for _, v := range values {
		list = quote(next(list), v.String())
	}
	return append(list, ']'), nil
}

// MarshalJSON returns the rules in ids as a list, the deciding one first.
func (ids IDs) MarshalJSON() ([]byte, error) { return MarshalNames(ids.List()) }

// MarshalJSON returns the reason as an object: rule, code, message (its Sentence)
// and, where there is one, remedy, section, on and from.
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

// MarshalJSON returns the refusal as an object: tried, what was tried, and
// reasons, a list of every Reason with the deciding one first.
func (r *Refusal) MarshalJSON() ([]byte, error) {
	b := member([]byte{'{'}, "tried", r.Tried)
	b = append(next(b), `"reasons":[`...)
	for _, reason := range r.Reasons() {
		b = reason.appendJSON(next(b))
	}
	return append(b, "]}"...), nil
}

// member appends a member that is text.
func member(b []byte, name, value string) []byte {
	return quote(append(quote(next(b), name), ':'), value)
}

// next appends the comma before a member or an element that is not the first.
func next(b []byte) []byte {
	if last := b[len(b)-1]; last != '{' && last != '[' {
		b = append(b, ',')
	}
	return b
}

// quote appends a text as JSON has it. What is not UTF-8 becomes U+FFFD.
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
