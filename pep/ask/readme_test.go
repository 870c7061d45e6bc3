package ask

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/internal/strict"
)

var update = flag.Bool("update", false, "write the tables of README.md anew")

// tables are what README.md says of each question between its marks.
var tables = regexp.MustCompile(`(?s)(<!-- members -->\n).*(<!-- end of members -->)`)

// TestTheReadmeHasTheTypeOfEveryMember, as the readers of questions and answers have it.
func TestTheReadmeHasTheTypeOfEveryMember(t *testing.T) {
	page, err := os.ReadFile("README.md")
	require.NoError(t, err)
	var out strings.Builder
	for _, q := range asks {
		fmt.Fprintf(&out, "\n#### %s\n\n", q.name)
		table(&out, "given", q.given())
		table(&out, "answer", strict.Describe(q.answer))
	}
	want := tables.ReplaceAllString(string(page), "${1}"+strings.ReplaceAll(out.String(), "$", "$$")+"${2}")
	if *update {
		require.NoError(t, os.WriteFile("README.md", []byte(want), 0o600))
		return
	}
	require.Equal(t, want, string(page), "if the tables are out of date, write them anew with go test ./pep/ask -run Readme -update")
}

// table writes one table: a row for each member, those of objects by their paths.
func table(out *strings.Builder, name string, s *strict.Shape) {
	fmt.Fprintf(out, "| %s | type | |\n|---|---|---|\n", name)
	rows(out, "", s)
	fmt.Fprintln(out)
}

func rows(out *strings.Builder, path string, s *strict.Shape) {
	for _, m := range s.Members {
		fmt.Fprintf(out, "| `%s%s` | %s | %s |\n", path, m.Name, typeOf(m.Shape), presence(s, m))
		inner, of := path+m.Name+".", m.Shape
		if of.Element != nil {
			inner, of = path+m.Name+"[].", of.Element
		}
		rows(out, inner, of)
	}
	for _, c := range s.Choices {
		for _, m := range c.Shape.Members {
			rows(out, fmt.Sprintf("%s%s=%s: ", path, s.Choice, c.Value), &strict.Shape{Members: []strict.Member{m}})
		}
	}
}

// presence says whether a member must be there.
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

// kinds are the JSON types in words.
var kinds = map[string]string{"": "any JSON", "boolean": "true or false", "integer": "whole number", "string": "text", "array": "list", "object": "object"}

func typeOf(s *strict.Shape) string {
	words := kinds[s.Type]
	switch {
	case s.Names != nil:
		words = "`" + strings.Join(once(s.Names), "`, `") + "`"
		if len(s.Names) > 40 { // rules
			words = "the id of a rule"
		}
	case s.Day:
		words = "date"
	case s.Bounded:
		words += fmt.Sprintf(" from %d to %d", s.Low, s.High)
	case s.Type == "array" && s.Element != nil:
		words += " of " + plural(s.Element)
	}
	for _, or := range s.Or {
		words += " or " + typeOf(or)
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
