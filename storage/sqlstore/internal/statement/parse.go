package statement

import (
	"fmt"
	"regexp"
	"strings"
)

// parse reads statements and parts, each under its header:
//
//	-- name: Version (authority, id)
//	SELECT version FROM pep_plan WHERE authority = ? AND id = ?;
//
// A part begins with "part" instead of "name". It is not a statement: its text and its
// parameters are inserted wherever a statement or a list names the part in braces.
// Other comments are removed.
func parse(text string) (set Set, parts map[string]Statement, err error) {
	set, parts = Set{}, map[string]Statement{}
	header := regexp.MustCompile(`(?m)^-- (name|part): (\w+) \((.*)\)\n`)
	heads := header.FindAllStringSubmatchIndex(text, -1)
	for i, h := range heads {
		end := len(text)
		if i+1 < len(heads) {
			end = heads[i+1][0]
		}
		kind, name := text[h[2]:h[3]], text[h[4]:h[5]]
		s := Statement{SQL: uncommented(text[h[1]:end])}
		if params := text[h[6]:h[7]]; params != "" {
			s.Params = strings.Split(params, ", ")
		}
		_, named := set[ID(name)]
		_, part := parts[name]
		switch {
		case named || part:
			return nil, nil, fmt.Errorf("statement %s is there twice", name)
		case kind == "part":
			parts[name] = s
		default:
			set[ID(name)] = s
		}
	}
	for id, s := range set {
		s = s.with(parts)
		if s.SQL == "" || strings.ContainsAny(s.SQL, ";{}") {
			return nil, nil, fmt.Errorf("statement %s must be one text whose parts are there", id)
		}
		set[id] = s
	}
	return set, parts, nil
}

// uncommented returns a text without its comments and its final semicolon.
func uncommented(text string) string {
	comment := regexp.MustCompile(`(?m)^--.*\n?`)
	return strings.TrimSuffix(strings.TrimSpace(comment.ReplaceAllString(text, "")), ";")
}

// with returns s after replacing each name in braces with the part of that name.
func (s Statement) with(parts map[string]Statement) Statement {
	var params []string
	for _, p := range s.Params {
		if part, ok := parts[strings.Trim(p, "{}")]; ok && strings.HasPrefix(p, "{") {
			params = append(params, part.Params...)
		} else {
			params = append(params, p)
		}
	}
	s.Params = params
	for name, part := range parts {
		s.SQL = strings.ReplaceAll(s.SQL, "{"+name+"}", part.SQL)
	}
	return s
}
