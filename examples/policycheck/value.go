package main

import (
	"encoding/json"
	"strings"

	"virtualschool.example/pep/policy"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// value is one value of a parameter and the period in which it holds, as printed in JSON.
// If the value is a table, Value is left out; "policycheck policy" prints the table.
type value struct {
	From   civil.Date      `json:"from,omitzero"`
	To     civil.Date      `json:"to,omitzero"`
	Source string          `json:"source,omitempty"`
	Value  json.RawMessage `json:"value,omitempty"`
}

// values returns all values of a member as printed.
func values(member string, all []policy.Value) []value {
	of, err := rule.ParseParameter(member)
	shown := []value{}
	for _, v := range all {
		one := value{v.From, v.To, v.Source, v.JSON}
		if err == nil && of.IsTable() {
			one.Value = nil
		}
		shown = append(shown, one)
	}
	return shown
}

// String returns the value and the days between which it holds, without the source.
func (v value) String() string {
	words := []string{string(v.Value)}
	if v.Value == nil {
		words[0] = "a table, which policycheck policy prints"
	}
	if !v.From.IsZero() {
		words = append(words, "from "+v.From.String())
	}
	if !v.To.IsZero() {
		words = append(words, "up to but not including "+v.To.String())
	}
	return strings.Join(words, " ")
}

// line returns values on one line.
func line(all []value) string {
	var words []string
	for _, v := range all {
		words = append(words, v.String())
	}
	return strings.Join(words, ", ")
}
