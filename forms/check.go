package forms

import (
	"errors"
	"strconv"

	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
)

// MaxAnswer is the greatest number of characters (runes) in an answer.
const MaxAnswer = 20_000

// Check returns which boxes are filled by the answers in a, for the section
// with the given number (SECT-3). It returns a *rule.Invalid that names the
// question for each answer that is too long or not UTF-8, another of member
// "answers" if an answer belongs to no question of the section, and another of
// member "section" if t does not have the section. It returns all the errors at
// once, and if there are any, no box counts as filled.
func (t *Template) Check(number int, a Answers) (Filled, error) {
	p := t.page(number)
	if p == nil {
		return 0, noSection()
	}
	f, known, errs := p.check(a)
	if known < a.Len() {
		errs = append(errs, noQuestion(number))
	}
	if errs != nil {
		return 0, errors.Join(errs...)
	}
	return f, nil
}

// check returns which boxes of p are filled by the answers in a, how many
// entries of a belong to p, and what is wrong with them.
func (p *page) check(a Answers) (f Filled, known int, errs []error) {
	n := 0
	for b := range p.boxes() {
		if text, ok := a.texts[b.id]; ok {
			known++
			filled, err := checkAnswer(b.id, text.Reveal(private.Deciding))
			f |= filled << n
			errs = appendErr(errs, err)
		}
		n++
	}
	return f, known, errs
}

// checkAnswer returns 1 if text fills its box and 0 if it is blank.
func checkAnswer(question, text string) (Filled, error) {
	if err := rule.NeedText(question, text, MaxAnswer); err != nil || Judge(text) == Blank {
		return 0, err
	}
	return 1, nil
}

// noQuestion returns the error for an answer that belongs to no question of the
// section. It does not repeat the id, because the id may be anything, even the text of an
// answer.
func noQuestion(section int) error {
	return &rule.Invalid{Member: "answers", Want: "ids of questions in section " + strconv.Itoa(section)}
}

func appendErr(errs []error, err error) []error {
	if err == nil {
		return errs
	}
	return append(errs, err)
}
