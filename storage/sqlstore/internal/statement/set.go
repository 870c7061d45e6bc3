package statement

import (
	"fmt"
	"strings"

	"github.com/Masterminds/squirrel"
)

// ID names a statement.
type ID uint8

// Statement is one SQL text with the names of its parameters, in order.
type Statement struct {
	SQL    string
	Params []string
}

// Set is all statements of one dialect, by ID. One that the dialect has no use
// for has no text.
type Set [count]Statement

// Dialect is the language that statements are written in. The zero Dialect is
// none.
type Dialect uint8

// The dialects.
const (
	SQLite Dialect = 1 + iota
	Postgres
)

// formats is how each dialect writes parameters.
var formats = [...]squirrel.PlaceholderFormat{SQLite: squirrel.Question, Postgres: squirrel.Dollar}

// param stands for a value that is given when the statement runs.
type param string

// Build builds every statement of a dialect. It fails where a text has not as
// many placeholders as parameters, or is not built at all.
func Build(d Dialect) (*Set, error) {
	var set Set
	for id := range count {
		q := d.query(id)
		if q == nil {
			continue
		}
		s, err := build(formats[d], q)
		if err != nil {
			return nil, fmt.Errorf("statement %s: %w", id, err)
		}
		set[id] = s
	}
	return &set, nil
}

// query returns a statement of a dialect before it is built, nil where the
// dialect has no use for it.
func (d Dialect) query(id ID) squirrel.Sqlizer {
	if d == Postgres {
		if own, ok := postgres[id]; ok {
			return own()
		}
	}
	if p, ok := pages[id]; ok {
		return p.query(d)
	}
	if shared := queries[id].make; shared != nil {
		return shared()
	}
	return nil
}

func build(format squirrel.PlaceholderFormat, q squirrel.Sqlizer) (Statement, error) {
	text, args, err := q.ToSql()
	if err != nil {
		return Statement{}, err
	}
	if n := strings.Count(text, "?"); n != len(args) {
		return Statement{}, fmt.Errorf("%d placeholders for %d parameters", n, len(args))
	}
	s := Statement{Params: make([]string, len(args))}
	for i, a := range args {
		name, ok := a.(param)
		if !ok {
			return Statement{}, fmt.Errorf("parameter %d is a value", i)
		}
		s.Params[i] = string(name)
	}
	s.SQL, err = format.ReplacePlaceholders(text)
	return s, err
}

// String returns the name of a statement.
func (id ID) String() string { return queries[id].name }

// All returns the ids of all statements.
func All() []ID {
	all := make([]ID, 0, count)
	for id := range count {
		all = append(all, id)
	}
	return all
}
