// Package statement holds every SQL statement that sqlstore runs:
//
//	set, err := statement.Load(statement.SQLite)
//	plan := set[statement.Plan] // its SQL and the names of its parameters
//
// Constant statements are in .sql files; lists are composed with squirrel. Load reads
// and composes all of them once, when a store is made, so that nothing is put together
// when a statement runs. It returns an error if a file is not valid.
package statement

import (
	"embed"
	"fmt"
	"strings"

	"github.com/Masterminds/squirrel"
)

// Statement is one SQL text with the names of its parameters, in order.
type Statement struct {
	SQL    string
	Params []string
}

// Set holds the statements of one dialect.
type Set map[ID]Statement

// Dialect is the dialect of SQL in which statements are written.
type Dialect uint8

// The dialects.
const (
	SQLite Dialect = 1 + iota
	Postgres
)

// language holds what differs in the SQL of each dialect.
type language struct {
	file         string // the file of the statements that only this dialect has
	placeholders squirrel.PlaceholderFormat
	hints        bool   // whether a list must name the index that it reads
	listed       string // the condition that a column is in a list of ids, given as a PostgreSQL array
	somebody     string // the condition that the contributor is set
	stages       string // the condition that the stage's bit is set in a parameter
	joined       string // the function that joins the texts of a group
}

var languages = [...]language{
	SQLite: {
		file: "sqlite.sql", placeholders: squirrel.Question, hints: true,
		listed:   "%s IN (SELECT unhex(value) FROM json_each('[' || trim(?, '{}') || ']'))",
		somebody: "contributor <> zeroblob(16)",
		stages:   "(? >> stage) & 1 = 1",
		joined:   "group_concat",
	},
	Postgres: {
		file: "postgres.sql", placeholders: squirrel.Dollar,
		listed:   "%s = ANY (CAST(? AS uuid[]))",
		somebody: "contributor <> '00000000-0000-0000-0000-000000000000'",
		stages:   "(CAST(? AS bigint) >> CAST(stage AS integer)) & 1 = 1",
		joined:   "string_agg",
	},
}

//go:embed *.sql
var files embed.FS

// Load returns every statement of a dialect. It returns an error if a file
// cannot be read as statements, or if a text does not have as many
// placeholders as parameters.
func Load(d Dialect) (Set, error) {
	l := &languages[d]
	var text strings.Builder
	for _, name := range [...]string{"common.sql", l.file} {
		file, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		text.Write(file)
	}
	set, parts, err := parse(text.String())
	if err != nil {
		return nil, err
	}
	for id, list := range l.lists() {
		s, err := composed(list)
		if err != nil {
			return nil, fmt.Errorf("statement %s: %w", id, err)
		}
		set[id] = s.with(parts)
	}
	for id, s := range set {
		if set[id], err = s.in(l); err != nil {
			return nil, fmt.Errorf("statement %s: %w", id, err)
		}
	}
	return set, nil
}

// among returns the condition that a column is in a list of ids.
func (l *language) among(column string) string { return fmt.Sprintf(l.listed, column) }

// in returns s with the placeholders of a language. It returns an error unless s has
// as many placeholders as parameters.
func (s Statement) in(l *language) (Statement, error) {
	if n := strings.Count(s.SQL, "?"); n != len(s.Params) {
		return Statement{}, fmt.Errorf("%d placeholders for %d parameters", n, len(s.Params))
	}
	var err error
	s.SQL, err = l.placeholders.ReplacePlaceholders(s.SQL)
	return s, err
}
