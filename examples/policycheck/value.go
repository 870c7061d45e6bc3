package main

import (
	"encoding/json"
	"strings"

	"virtualschool.example/pep/policy"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// value is what a parameter is for some time, as it is printed in JSON. A table
// has none: the policy's document has it.
type value struct {
	From   civil.Date      `json:"from,omitzero"`
	To     civil.Date      `json:"to,omitzero"`
	Source string          `json:"source,omitempty"`
	Value  json.RawMessage `json:"value,omitempty"`
}

// values returns all of a member's values as they are printed.
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

// String returns the value and the days between which it holds, without its
// source.
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

// line returns values in one line.
func line(all []value) string {
	var words []string
	for _, v := range all {
		words = append(words, v.String())
	}
	return strings.Join(words, ", ")
}
