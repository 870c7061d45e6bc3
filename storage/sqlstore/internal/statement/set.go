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

// Set is all statements of one dialect, by ID.
type Set [count]Statement

// param stands for a value that is given when the statement runs.
type param string

// Build builds every statement, with placeholders in a format. It fails where
// a text has not as many placeholders as parameters, or is not built at all.
func Build(format squirrel.PlaceholderFormat) (*Set, error) {
	var set Set
	for id := range count {
		s, err := build(format, queries[id].make())
		if err != nil {
			return nil, fmt.Errorf("statement %s: %w", id, err)
		}
		set[id] = s
	}
	return &set, nil
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
