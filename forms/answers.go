package forms

import (
	"maps"

	"virtualschool.example/pep/private"
)

// Answers holds the text in the boxes of one section, by question id. It is
// immutable, and prints and marshals as private.Text does. The zero Answers is
// empty.
type Answers struct {
	redacted
	texts map[string]private.Text
}

// redacted gives Answers every method with which a private.Text hides itself.
// It holds nothing.
type redacted = private.Text

// NewAnswers returns answers that hold a copy of texts, by question id.
// Template.Check says whether they fit a section.
func NewAnswers(texts map[string]string) Answers {
	a := Answers{texts: make(map[string]private.Text, len(texts))}
	for question, text := range texts {
		a.texts[question] = private.NewText(text)
	}
	return a
}

// With returns a copy of a in which the given text answers the given question.
func (a Answers) With(question, text string) Answers {
	b := Answers{texts: make(map[string]private.Text, len(a.texts)+1)}
	maps.Copy(b.texts, a.texts)
	b.texts[question] = private.NewText(text)
	return b
}

// Len returns the number of questions that have an entry, including blank ones.
func (a Answers) Len() int { return len(a.texts) }

// IsZero reports whether a has no entry.
func (a Answers) IsZero() bool { return len(a.texts) == 0 }

// Text returns the answer to the question, or the zero Text if there is none.
func (a Answers) Text(question string) private.Text { return a.texts[question] }

// Reveal returns the texts by question id, in a map that the caller owns. The
// purpose tells a reader of the calling code why the texts are revealed.
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
