package body

import (
	"encoding/json"
	"maps"
	"slices"
	"unicode/utf8"
)

// OfAnswers returns the JSON of a section's texts by question, sorted by question.
func OfAnswers(texts map[string]string) string {
	size := 2
	for question, text := range texts {
		size += len(question) + len(text) + 6
	}
	b := append(make([]byte, 0, size), '{')
	for i, question := range slices.Sorted(maps.Keys(texts)) {
		if i > 0 {
			b = append(b, ',')
		}
		b = escaped(append(escaped(b, question), ':'), texts[question])
	}
	return string(append(b, '}'))
}

// Answers reads what OfAnswers wrote.
func Answers(body []byte) (texts map[string]string, err error) {
	err = json.Unmarshal(body, &texts)
	return texts, err
}

// escaped appends a text as a JSON string, with escapes if it needs them.
func escaped(b []byte, text string) []byte {
	if plain(text) {
		return quoted(b, text)
	}
	with, err := json.Marshal(text)
	if err != nil {
		return append(b, `""`...) // encoding/json marshals every string
	}
	return append(b, with...)
}

// plain reports whether a text needs no escapes in JSON.
func plain(text string) bool {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c == '"' || c == '\\' {
			return false
		}
	}
	return utf8.ValidString(text)
}
