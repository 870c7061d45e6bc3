package forms

import (
	"iter"

	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
)

// The bounds of every template, and the sections that the social worker
// completes before delegation: the first two (SECT-3).
const (
	MaxSections          = 8
	MaxQuestions         = 64 // in a section: one bit each in Filled
	SocialWorkerSections = 2
)

// Template is the sections and questions of one form type. It is immutable.
// TemplateOf returns it.
type Template struct {
	sections []*page
}

// page is a section as templates keep it: lists of questions, so that types
// share what they have in common.
type page struct {
	title string
	by    Author
	known bool // the council publishes the title
	lists [][]box
}

// box is a question as templates keep it. A zero by is the section's, a zero
// item is NoItem.
type box struct {
	id, text string
	item     Item
	by       Author
	known    bool // the council publishes the question
}

// Len returns how many sections t has. SECT-1: "6 sections (5 for Early Years)".
// A nil Template has none.
func (t *Template) Len() int {
	if t == nil {
		return 0
	}
	return len(t.sections)
}

// Section returns a copy of section number, from 1; false where t has none of
// that number.
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

// All returns the Filled of section number with no box left blank, zero where
// t has no such section.
func (t *Template) All(number int) Filled { return all(t.page(number).len()) }

// Complete reports whether no box of section number is left blank. SECT-3: "no
// boxes are left blank". A section that t does not have is not complete.
func (t *Template) Complete(number int, f Filled) bool {
	whole := t.All(number)
	return whole != 0 && f&whole == whole
}

// Missing iterates over the ids of the questions of section number that are
// left blank, in the section's order; none where t has no such section.
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

// AnswerAll returns answers with the same text in every box of section number;
// for a section that t does not have it returns the zero Answers.
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

// Incomplete iterates over the numbers of the sections of t with a box left
// blank; filled[0] is of section 1, and what it lacks is all blank.
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

// page returns section number of t, nil where it has none.
func (t *Template) page(number int) *page {
	if n := number - 1; 0 <= n && n < t.Len() {
		return t.sections[n]
	}
	return nil
}

// len returns how many questions p has; a nil page has none.
func (p *page) len() (n int) {
	if p == nil {
		return 0
	}
	for _, list := range p.lists {
		n += len(list)
	}
	return n
}

// boxes iterates over the questions of p in order; a nil page has none.
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

// question returns b as others see it, in a section that by answers.
func (b *box) question(by Author) Question {
	q := Question{ID: b.id, Text: b.text, Statutory: max(b.item, NoItem), By: b.by, Proposed: !b.known}
	if q.By == 0 {
		q.By = by
	}
	return q
}

// noSection says that a section does not exist.
func noSection() error {
	return &rule.Invalid{Member: "section", Want: "the number of a section of the form"}
}
