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
}

// Verb returns VerbAnswer.
func (Answer) Verb() Verb { return VerbAnswer }

func (a Answer) do(p *PEP, by *Act) error { return p.write(by, VerbAnswer, a.Section, a.Answers) }

// write writes one section, as the social worker or as the contributor.
func (p *PEP) write(by *Act, v Verb, section int, answers forms.Answers) error {
	var reasons rule.Reasons
	t, err := p.begin(by, v, &reasons)
	if err != nil {
		return err
	}
	if reasons.Empty() && (section < 1 || section > p.s.sections()) {
		reasons.Add(rule.DELEG5, rule.NoSuchSection)
	}
	if err := reasons.Err(v.String()); err != nil {
		return err
	}
	filled, err := p.template().Check(section, answers)
	if err != nil {
		return err
	}
	e := p.event(by, t)
	e.Section, e.Filled = section, filled
	p.record(&e)
	p.content = append(p.content, Content{Event: e.ID(), Section: e.Section, Revision: p.s.Revision, Answers: answers})
	return nil
}

// fill is what writing a section sets. A contribution also sets the star.
func (s *Snapshot) fill(e *Event) {
	s.Filled[e.Section-1], s.Retracted = e.Filled, Retracted{}
	if e.Verb == VerbSaveContribution {
		s.Sections[e.Section-1], _ = s.Sections[e.Section-1].After(delegation.Save)
	}
}
