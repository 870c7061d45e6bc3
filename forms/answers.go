package forms

import (
	"maps"

	"virtualschool.example/pep/private"
)

// Answers are what is written in the boxes of one section, by question id.
// They are immutable, print and marshal as private.Text does, and the zero
// Answers are none.
type Answers struct {
	redacted
	texts map[string]private.Text
}

// redacted gives Answers every method by which a private.Text hides; it holds
// nothing.
type redacted = private.Text

// NewAnswers returns answers that hold a copy of texts, by question id.
// Template.Check says whether they are a section's.
func NewAnswers(texts map[string]string) Answers {
	a := Answers{texts: make(map[string]private.Text, len(texts))}
	for question, text := range texts {
		a.texts[question] = private.NewText(text)
	}
	return a
}

// With returns a copy of a in which question is answered with text.
func (a Answers) With(question, text string) Answers {
	b := Answers{texts: make(map[string]private.Text, len(a.texts)+1)}
	maps.Copy(b.texts, a.texts)
	b.texts[question] = private.NewText(text)
	return b
}

// Len returns how many questions have an entry, blank ones among them.
func (a Answers) Len() int { return len(a.texts) }

// IsZero reports whether a has no entry.
func (a Answers) IsZero() bool { return len(a.texts) == 0 }

// Text returns the answer to question, the zero Text where there is none.
func (a Answers) Text(question string) private.Text { return a.texts[question] }

// Reveal returns the texts by question id, in a map of the caller's own. The
// purpose is for the reader of the calling code.
func (a Answers) Reveal(purpose private.Purpose) map[string]string {
	texts := make(map[string]string, len(a.texts))
	for question, text := range a.texts {
		texts[question] = text.Reveal(purpose)
	}
	return texts
}

// Equal reports whether a and b have the same entries.
func (a Answers) Equal(b Answers) bool {
	return maps.EqualFunc(a.texts, b.texts, private.Text.Equal)
}
