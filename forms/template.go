package forms

import (
	"iter"

	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
)

// The limits of every template, and the number of sections, counted from the
// first, that the social worker completes before delegation (SECT-3).
const (
	MaxSections          = 8
	MaxQuestions         = 64 // the limit of one section, because Filled has one bit for each question
	SocialWorkerSections = 2
)

// Template holds the sections and questions of one form type. It is immutable.
// TemplateOf returns it.
type Template struct {
	sections []*page
}

// page is a section inside a template. Its questions are in lists that form
// types can share.
type page struct {
	title string
	by    Author
	known bool // whether the council publishes the title
	lists [][]box
}

// box is a question inside a template. If the field by is zero, the section's
// author applies; if the field item is zero, NoItem applies.
type box struct {
	id, text string
	item     Item
	by       Author
	known    bool // whether the council publishes the question
}

// Len returns the number of sections of t. SECT-1: "6 sections (5 for Early
// Years)". A nil Template has none.
func (t *Template) Len() int {
	if t == nil {
		return 0
	}
	return len(t.sections)
}

// Section returns a copy of the section with the given number, counted from 1,
// or false if t does not have that section.
func (t *Template) Section(number int) (Section, bool) {
	p := t.page(number)
	if p == nil {
		return Section{}, false
	}
	s := Section{Number: number, Title: p.title, By: p.by, Proposed: !p.known}
	for b := range p.boxes() {
		s.Questions = append(s.Questions, b.question(p.by))
	}
	return s, true
}

// Sections iterates over copies of the sections, in their fixed order (SECT-2).
func (t *Template) Sections() iter.Seq[Section] {
	return func(yield func(Section) bool) {
		for number := range t.Len() {
			if s, _ := t.Section(number + 1); !yield(s) {
				return
			}
		}
	}
}

// All returns a Filled in which every box of the section with the given number
// is filled, or zero if t does not have that section.
func (t *Template) All(number int) Filled { return all(t.page(number).len()) }

// Complete reports whether no box of the section with the given number is left
// blank. SECT-3: "no boxes are left blank". It reports false if t does not have
// that section.
func (t *Template) Complete(number int, f Filled) bool {
	whole := t.All(number)
	return whole != 0 && f&whole == whole
}

// Missing iterates over the ids of the questions that are left blank in the
// section with the given number, in the section's order. It iterates over
// nothing if t does not have that section.
func (t *Template) Missing(number int, f Filled) iter.Seq[string] {
	return func(yield func(string) bool) {
		n := 0
		for b := range t.page(number).boxes() {
			if !f.Has(n) && !yield(b.id) {
				return
			}
			n++
		}
	}
}

// AnswerAll returns answers with the same text in every box of the section with
// the given number, or the zero Answers if t does not have that section.
func (t *Template) AnswerAll(number int, text string) Answers {
	p := t.page(number)
	if p == nil {
		return Answers{}
	}
	a := Answers{texts: make(map[string]private.Text, p.len())}
	for b := range p.boxes() {
		a.texts[b.id] = private.NewText(text)
	}
	return a
}

// Incomplete iterates over the numbers of the sections of t that have a blank
// box. Section 1 is at filled[0], and a section beyond the end of filled counts
// as blank.
func (t *Template) Incomplete(filled []Filled) iter.Seq[int] {
	return func(yield func(int) bool) {
		for n := range t.Len() {
			number, f := n+1, Filled(0)
			if n < len(filled) {
				f = filled[n]
			}
			if !t.Complete(number, f) && !yield(number) {
				return
			}
		}
	}
}

// page returns the section of t with the given number, or nil if t does not
// have it.
func (t *Template) page(number int) *page {
	if n := number - 1; 0 <= n && n < t.Len() {
		return t.sections[n]
	}
	return nil
}

// len returns the number of questions of p. A nil page has none.
func (p *page) len() (n int) {
	if p == nil {
		return 0
	}
	for _, list := range p.lists {
		n += len(list)
	}
	return n
}

// boxes iterates over the questions of p in order. A nil page has none.
func (p *page) boxes() iter.Seq[*box] {
	return func(yield func(*box) bool) {
		if p == nil {
			return
		}
		for _, list := range p.lists {
			for n := range list {
				if !yield(&list[n]) {
					return
				}
			}
		}
	}
}

// question returns b as an exported Question, given the section's author.
func (b *box) question(by Author) Question {
	q := Question{ID: b.id, Text: b.text, Statutory: max(b.item, NoItem), By: b.by, Proposed: !b.known}
	if q.By == 0 {
		q.By = by
	}
	return q
}

// noSection returns the error for a section that does not exist.
func noSection() error {
	return &rule.Invalid{Member: "section", Want: "the number of a section of the form"}
}
