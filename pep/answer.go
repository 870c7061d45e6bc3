package pep

import (
	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep/rule"
)

// Answer writes one section of a draft, or of a returned plan whose sections
// were activated: all its boxes (SECT-3). DELEG-5: while the section is
// delegated the social worker cannot edit it; after it is submitted it is locked
// until it is activated.
type Answer struct {
	Section int // from 1
	Answers forms.Answers
	Clear   bool // the section is to be cleared: only then Answers may name no question
}

// Verb returns VerbAnswer.
func (Answer) Verb() Verb { return VerbAnswer }

func (a Answer) do(p *PEP, by *Act) error { return p.write(by, VerbAnswer, a) }

// write writes one section, as the social worker or as the contributor.
func (p *PEP) write(by *Act, v Verb, a Answer) error {
	var reasons rule.Reasons
	t, err := p.begin(by, v, &reasons)
	if err != nil {
		return err
	}
	if reasons.Empty() && (a.Section < 1 || a.Section > p.s.sections()) {
		reasons.Add(rule.DELEG5, rule.NoSuchSection)
	}
	if err := reasons.Err(v.String()); err != nil {
		return err
	}
	if a.Answers.IsZero() && !a.Clear {
		return &rule.Invalid{Member: "answers", Want: "the answer to at least one question, unless clear is set"}
	}
	filled, err := p.template().Check(a.Section, a.Answers)
	if err != nil {
		return err
	}
	e := p.event(by, t)
	e.Section, e.Filled = a.Section, filled
	p.record(&e)
	p.content = append(p.content, Content{Event: e.ID(), Section: e.Section, Revision: p.s.Revision, Answers: a.Answers})
	return nil
}

// fill is what writing a section sets. A contribution also sets the star.
func (s *Snapshot) fill(e *Event) {
	s.Filled[e.Section-1], s.Retracted = e.Filled, Retracted{}
	if e.Verb == VerbSaveContribution {
		s.Sections[e.Section-1], _ = s.Sections[e.Section-1].After(delegation.Save)
	}
}
