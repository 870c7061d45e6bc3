package ask

import (
	"flag"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/internal/strict"
)

var update = flag.Bool("update", false, "rewrite the tables of README.md")

// tables matches the tables of one question in README.md, with the two comments around them.
var tables = regexp.MustCompile(`(?s)<!-- (\w+\.\w+) -->\n.*?<!-- end -->`)

// TestTheReadmeHasTheTypeOfEveryMember compares the tables of README.md with the readers of
// questions and answers.
func TestTheReadmeHasTheTypeOfEveryMember(t *testing.T) {
	page, err := os.ReadFile("README.md")
	require.NoError(t, err)
	var seen []string
	shown := map[string]string{}
	want := tables.ReplaceAllStringFunc(string(page), func(marked string) string {
		name := tables.FindStringSubmatch(marked)[1]
		seen = append(seen, name)
		q := known(name)
		require.NotNil(t, q, name)
		var out strings.Builder
		table(&out, "given", name, q.given(), shown)
		table(&out, "answer", name, strict.Describe(q.answer), shown)
		return fmt.Sprintf("<!-- %s -->\n%s<!-- end -->", name, out.String())
	})
	require.Equal(t, slices.Collect(Asks()), seen, "each question must have its tables, in order")
	if *update {
		require.NoError(t, os.WriteFile("README.md", []byte(want), 0o644))
		return
	}
	require.True(t, want == string(page), "the tables are out of date; rewrite them with go test ./pep/ask -run Readme -update")
}

// table writes one table with a row for each member. The members of an object are
// named by their paths. An object that an earlier question has shown is not shown again.
func table(out *strings.Builder, name, question string, s *strict.Shape, shown map[string]string) {
	fmt.Fprintf(out, "\n| %s | type | |\n|---|---|---|\n", name)
	rows(out, "", question, s, shown)
}

func rows(out *strings.Builder, path, question string, s *strict.Shape, shown map[string]string) {
	for _, m := range alike(s.Members) {
		inner, of := path+m.Name+".", m.Shape
		if of.Element != nil {
			inner, of = path+m.Name+"[].", of.Element
		}
		words, key := typeOf(m.Shape), ""
		switch {
		case of.At("format") != nil:
			words += ", the state of a plan as an answer gave it"
		case m.Name == "with":
			words += ", as in the table of actions"
		case len(of.Members) > 1:
			var content strings.Builder
			rows(&content, "", "", of, map[string]string{})
			if key = m.Name + content.String(); shown[key] != "" {
				words += ", as in " + shown[key]
			}
		}
		fmt.Fprintf(out, "| `%s%s` | %s | %s |\n", path, m.Name, words, presence(s, m))
		if key == "" && len(of.Members) != 1 || shown[key] != "" {
			continue
		}
		shown[key] = question
		rows(out, inner, question, of, shown)
	}
	if len(s.Choices) > 0 {
		fmt.Fprintf(out, "| `%swith` | object, as in the table of actions | |\n", path)
	}
}

// alike returns the members of an object. If they all have the same shape, it returns a
// single member named * for all of them.
func alike(all []strict.Member) []strict.Member {
	if len(all) < 4 || slices.ContainsFunc(all, func(m strict.Member) bool { return !reflect.DeepEqual(m.Shape, all[0].Shape) }) {
		return all
	}
	return []strict.Member{{Name: "*", Shape: all[0].Shape}}
}

// presence says in words whether a member must be there.
func presence(s *strict.Shape, m strict.Member) string {
	switch {
	case slices.Contains(s.One, m.Name):
		return "one of " + strings.Join(s.One, " and ")
	case m.Shape.Needed && m.Shape.Null:
		return "needed; may be null"
	case m.Shape.Needed:
		return "needed"
	}
	return ""
}

// kinds holds the JSON types in words.
var kinds = map[string]string{"": "any JSON", "boolean": "true or false", "integer": "whole number", "string": "text", "array": "list", "object": "object"}

func typeOf(s *strict.Shape) string {
	words := kinds[s.Type]
	switch {
	case s.Names != nil:
		words = "`" + strings.Join(once(s.Names), "`, `") + "`"
		if len(s.Names) > 40 { // only the list of rule ids is that long
			words = "the id of a rule"
		}
	case s.Day:
		words = "date"
	case strings.HasPrefix(s.Want, "a UUID"):
		return "UUID"
	case s.Bounded:
		words += fmt.Sprintf(" from %d to %d", s.Low, s.High)
	case s.Type == "array" && s.Element != nil:
		words += " of " + plural(s.Element)
	}
	for _, or := range s.Or {
		words += " or " + typeOf(or)
	}
	if list, found := strings.CutPrefix(s.Want, "a list of "); found && (s.Element == nil || s.Element.Names == nil) {
		return "list of " + list
	}
	if s.Want != "" && !s.Day && s.Names == nil && s.Type != "object" && s.Type != "boolean" {
		words += ": " + s.Want
	}
	return words
}

func plural(s *strict.Shape) string {
	switch {
	case s.Day:
		return "dates"
	case s.Type == "object":
		return "objects"
	case s.Names != nil:
		return typeOf(s)
	}
	return kinds[s.Type] + "s"
}
