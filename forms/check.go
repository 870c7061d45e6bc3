package forms

import (
	"errors"
	"strconv"

	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
)

// MaxAnswer is how many characters (runes) an answer may have.
const MaxAnswer = 20_000

// Check returns which boxes of section number a fills (SECT-3). An answer too
// long or not UTF-8 is a *rule.Invalid that names the question, an answer to
// no question of the section one that names "answers", all of them at once;
// then nothing is filled. A section that t does not have is invalid "section".
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

// check returns which boxes of p a fills, how many of a's entries are of p,
// and what is wrong with them.
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

// checkAnswer returns 1 where text fills its box, 0 where it is blank.
func checkAnswer(question, text string) (Filled, error) {
	if err := rule.NeedText(question, text, MaxAnswer); err != nil || Judge(text) == Blank {
		return 0, err
	}
	return 1, nil
}

// noQuestion says that an answer is to no question of the section. It does
// not repeat the id, which may be anything, an answer among others.
func noQuestion(section int) error {
	return &rule.Invalid{Member: "answers", Want: "ids of questions in section " + strconv.Itoa(section)}
}

func appendErr(errs []error, err error) []error {
	if err == nil {
		return errs
	}
	return append(errs, err)
}
