package main

import (
	"fmt"
	"html/template"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"virtualschool.example/pep"
	"virtualschool.example/pep/export"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/workflow"
)

// words are the functions of the templates.
func words(c *council) template.FuncMap {
	return template.FuncMap{
		"reveal":    func(t private.Text) string { return export.Visible(t.Reveal(private.Showing)) },
		"visible":   export.Visible,
		"capital":   capital,
		"at":        func(t time.Time) string { return moment(t.In(c.zone)) },
		"status":    c.status,
		"sentences": rule.Sentences,
		"count":     count[int],
		"bytes":     func(n int64) string { return count(n, "byte", "bytes") },
		"name":      name,
		"pounds":    func(pence int) string { return fmt.Sprintf("£%d.%02d", pence/100, pence%100) },
		"day":       func() string { return c.Today().Words() },
	}
}

// capital returns s with its first letter as a capital.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// moment returns an instant as people write it, such as "12 February 2026 at 9:05am".
func moment(t time.Time) string {
	return strings.Replace(strings.ToLower(t.Format("3:04PM"))+" on "+t.Format("2 January 2006"), ":00", "", 1)
}

// name returns the child's name, or a stand-in if the register has no name.
func name(t private.Text) string {
	if t.IsZero() {
		return "A child whose name is not on record"
	}
	return export.Visible(t.Reveal(private.Showing))
}

// count returns a number with the right noun.
func count[N int | int64](n N, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprint(n, " ", many)
}

// tag is a word on a coloured background.
type tag struct{ Text, Colour string }

// soon is how many days before its due date a plan is first shown as "Due soon".
const soon = 5

// status says in a few words how near a delegated plan's due date is. For any other plan it
// returns the zero tag.
func (c *council) status(v workflow.View) tag {
	if v.Plan.Stage() != pep.Delegated {
		return tag{}
	}
	left := v.Plan.Due().DaysSince(c.Today())
	switch {
	case left < 0:
		return tag{"Overdue by " + count(-left, "day", "days"), "red"}
	case left == 0:
		return tag{"Due today", "orange"}
	case left <= soon:
		return tag{"Due soon", "yellow"}
	}
	return tag{"Not due yet", "green"}
}
