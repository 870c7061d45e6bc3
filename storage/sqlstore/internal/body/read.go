package body

import (
	"bytes"
	"encoding"
	"strconv"
	"time"

	"github.com/google/uuid"

	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep"
)

// read reads a JSON object in the form that the function write produces: members in the
// order of the table, no spaces and no escapes. It returns false for any other JSON.
func read[T any](b []byte, v *T, members []member[T]) bool {
	b, ok := bytes.CutPrefix(b, []byte("{"))
	for ok && len(b) > 0 {
		var name, text []byte
		if name, b, ok = cut(b, `":`); !ok || len(name) == 0 || name[0] != '"' {
			return false
		}
		for len(members) > 0 && members[0].name != string(name[1:]) {
			members = members[1:]
		}
		if len(members) == 0 {
			return false
		}
		if text, b, ok = token(b); !ok || !set(members[0].of(v), text) {
			return false
		}
		members = members[1:]
		if string(b) == "}" {
			return true
		}
		b, ok = bytes.CutPrefix(b, []byte(","))
	}
	return false
}

func cut(b []byte, end string) (before, rest []byte, ok bool) { return bytes.Cut(b, []byte(end)) }

// token returns the value at the beginning of b: a text without its quotation marks, a
// list without its brackets, or anything else up to its end.
func token(b []byte) (text, rest []byte, ok bool) {
	if len(b) == 0 {
		return nil, nil, false
	}
	switch b[0] {
	case '"':
		text, rest, ok = cut(b[1:], `"`)
		return text, rest, ok && bytes.IndexByte(text, '\\') < 0
	case '[':
		return cut(b[1:], "]")
	}
	end := bytes.IndexAny(b, ",}")
	if end < 1 {
		return nil, nil, false
	}
	return b[:end], b[end:], true
}

// set parses text into the value that v points to, and reports whether the text was
// valid.
func set(v any, text []byte) bool {
	var err error
	switch v := v.(type) {
	case *int:
		*v, err = strconv.Atoi(string(text))
	case *int64:
		*v, err = strconv.ParseInt(string(text), 10, 64)
	case *forms.Filled:
		err = setFilled(v, text)
	case *bool:
		*v = string(text) == "true"
		return *v || string(text) == "false"
	case *uuid.UUID:
		*v, err = uuid.ParseBytes(text)
		return err == nil && len(text) == 36
	case *time.Time:
		*v, err = time.Parse(time.RFC3339Nano, string(text))
	case *delegation.States:
		return each(v[:], text, func(s *delegation.State, t []byte) error {
			return s.UnmarshalText(bytes.Trim(t, `"`))
		})
	case *pep.Notices:
		n := bytes.Count(text, []byte(",")) + 1
		return n <= len(v) && each(v[:n], text, func(n *pep.Notice, t []byte) error {
			return n.UnmarshalText(bytes.Trim(t, `"`))
		})
	case *[forms.MaxSections]forms.Filled:
		return each(v[:], text, setFilled)
	case encoding.TextUnmarshaler:
		err = v.UnmarshalText(text)
	default:
		return false
	}
	return err == nil
}

// setFilled reads the filled boxes from a JSON string or, in format 1, from a number.
func setFilled(f *forms.Filled, text []byte) error {
	n, err := strconv.ParseUint(string(bytes.Trim(text, `"`)), 10, 64)
	*f = forms.Filled(n)
	return err
}

// each sets the elements of a list from their texts. It returns false unless there are
// as many texts as elements.
func each[E any](all []E, text []byte, one func(*E, []byte) error) bool {
	for i := range all {
		t, rest, more := cut(text, ",")
		if more == (i == len(all)-1) || one(&all[i], t) != nil {
			return false
		}
		text = rest
	}
	return true
}
