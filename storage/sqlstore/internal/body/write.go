package body

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"time"

	"github.com/google/uuid"

	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/term/civil"
)

// write returns the members of v as a JSON object.
func write[T any](v *T, members []member[T]) []byte {
	b := make([]byte, 1, 768)
	b[0] = '{'
	for i := range members {
		m := &members[i]
		from := len(b)
		b = append(append(append(b, '"'), m.name...), `":`...)
		with, zero := value(b, m.of(v))
		if b = append(with, ','); zero && !m.always {
			b = b[:from]
		}
	}
	b[len(b)-1] = '}'
	return b
}

// value appends the value that v points to, and reports whether it is zero.
func value(b []byte, v any) (with []byte, zero bool) {
	switch v := v.(type) {
	case *int:
		return strconv.AppendInt(b, int64(*v), 10), *v == 0
	case *int64:
		return strconv.AppendInt(b, *v, 10), *v == 0
	case *forms.Filled:
		return boxes(b, *v), *v == 0
	case *bool:
		return strconv.AppendBool(b, *v), !*v
	case *uuid.UUID:
		return appendID(b, v), *v == uuid.UUID{}
	case *pep.Digest:
		return quoted(b, v.String()), *v == pep.Digest{}
	case *civil.Date:
		b, _ = v.AppendText(append(b, '"'))
		return append(b, '"'), v.IsZero()
	case *pep.Notices:
		return list(b, v.List(), func(b []byte, n pep.Notice) []byte { return quoted(b, n.String()) }), *v == pep.Notices{}
	case *time.Time:
		return append(v.AppendFormat(append(b, '"'), time.RFC3339Nano), '"'), v.IsZero()
	case *delegation.States:
		return list(b, v[:], func(b []byte, s delegation.State) []byte { return quoted(b, s.String()) }), false
	case *[forms.MaxSections]forms.Filled:
		return list(b, v[:], boxes), *v == [forms.MaxSections]forms.Filled{}
	}
	text := v.(fmt.Stringer).String()
	return quoted(b, text), text == ""
}

// boxes appends the filled boxes of a section.
func boxes(b []byte, f forms.Filled) []byte {
	return append(strconv.AppendUint(append(b, '"'), uint64(f), 10), '"')
}

// quoted appends a text that needs no escapes: a name, a term or a digest.
func quoted(b []byte, text string) []byte { return append(append(append(b, '"'), text...), '"') }

func list[E any](b []byte, all []E, each func([]byte, E) []byte) []byte {
	b = append(b, '[')
	for _, e := range all {
		b = append(each(b, e), ',')
	}
	b[len(b)-1] = ']'
	return b
}

// appendID appends a UUID in its text form.
func appendID(b []byte, id *uuid.UUID) []byte {
	b = append(b, '"')
	for i, end := range [...]int{4, 6, 8, 10, 16} {
		if i > 0 {
			b = append(b, '-')
		}
		b = hex.AppendEncode(b, id[[...]int{0, 4, 6, 8, 10}[i]:end])
	}
	return append(b, '"')
}
