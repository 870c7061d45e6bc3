package ask_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/ask"
)

func TestMatch(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, expected, got, want string }{
		{"the same", `{"a": 1}`, `{"a": 1}`, ""},
		{"a subset", `{"a": 1}`, `{"a": 1, "b": 2}`, ""},
		{"nothing expected", `{}`, `{"a": 1}`, ""},
		{"a subset within", `{"a": {"b": 1}}`, `{"a": {"b": 1, "c": 2}}`, ""},
		{"missing", `{"a": 1}`, `{"b": 1}`, "a"},
		{"another value", `{"a": {"b": 1}}`, `{"a": {"b": 2}}`, "a.b"},
		{"another type", `{"a": "1"}`, `{"a": 1}`, "a"},
		{"the first by name", `{"b": 1, "a": 1}`, `{}`, "a"},
		{"null and null", `{"a": null}`, `{"a": null}`, ""},
		{"null and absent", `{"a": null}`, `{}`, ""},
		{"null and something", `{"a": null}`, `{"a": 0}`, "a"},
		{"something and null", `{"a": false}`, `{"a": null}`, "a"},
		{"an empty list is not absent", `{"a": []}`, `{}`, "a"},
		{"an empty list", `{"a": []}`, `{"a": []}`, ""},
		{"a list", `{"a": [1, {"b": 2}]}`, `{"a": [1, {"b": 2, "c": 3}]}`, ""},
		{"a list in another order", `{"a": [1, 2]}`, `{"a": [2, 1]}`, "a.0"},
		{"a longer list", `{"a": [1]}`, `{"a": [1, 2]}`, "a"},
		{"a shorter list", `{"a": [1, null]}`, `{"a": [1]}`, "a"},
		{"null in a list", `[null]`, `[null]`, ""},
		{"a list for an object", `{}`, `[]`, "the answer"},
		{"an object for a list", `[]`, `{}`, "the answer"},
		{"null for an object", `{}`, `null`, "the answer"},
		{"a bare value", `true`, `false`, "the answer"},
		{"numbers by value", `[1.0, 1e2, -0]`, `[1, 100, 0]`, ""},
		{"another number", `1.5`, `1.25`, "the answer"},
		{"large numbers by their text", `9007199254740993`, `9007199254740992`, "the answer"},
		{"texts exactly", `"Green"`, `"green"`, "the answer"},
		{"invalid JSON expected", `{`, `{}`, "the expected answer is not JSON"},
		{"invalid JSON got", `{}`, `{} {}`, "the answer is not JSON"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, test.want, ask.Match([]byte(test.expected), []byte(test.got)))
		})
	}
}

func FuzzMatch(f *testing.F) {
	f.Add([]byte(`{"a": [1, {"b": null}], "c": "x"}`))
	f.Add([]byte(`[1e999, -0.0, true]`))
	f.Fuzz(func(t *testing.T, doc []byte) {
		if where := ask.Match(doc, doc); where != "" {
			require.Equal(t, "the expected answer is not JSON", where, "every document must match itself")
		}
		ask.Match(doc, []byte(`{"a": []}`))
	})
}
