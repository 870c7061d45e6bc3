package pep

import (
	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep/rule"
)

// Answer writes all the boxes of one section (SECT-3). The plan must be a draft,
// or a returned plan with activated sections. DELEG-5: the social worker cannot
// edit a section while it is delegated; once submitted, it is locked until it is
// activated.
type Answer struct {
	Section int // from 1
	Answers forms.Answers
	Clear   bool // whether to clear the section; otherwise Answers must name at least one question
}

// Verb returns VerbAnswer.
func (Answer) Verb() Verb { return VerbAnswer }

func (a Answer) do(p *PEP, by *Act) error { return p.write(by, VerbAnswer, a) }

// write writes one section for the social worker or the contributor.
func (p *PEP) write(by *Act, v Verb, a Answer) error {
	var reasons rule.Reasons
	t, err := p.begin(by, v, &reasons)
	if err != nil {
		return err
	}
	if reasons.Empty() && (a.Section < 1 || a.Section > p.s.sections()) {
		reasons.AddReason(rule.Reason{Rule: rule.DELEG5, Code: rule.NoSuchSection, Section: a.Section})
	}
	if err := reasons.Err(v.String()); err != nil {
		return err
	}
	if a.Answers.IsZero() && !a.Clear {
		return &rule.Invalid{Member: "answers", Want: `given for at least one question, unless "clear" is set`}
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

// fill records which boxes of the written section are filled. A contribution
// also marks the section with a star.
func (s *Snapshot) fill(e *Event) {
	s.Filled[e.Section-1], s.Retracted = e.Filled, Retracted{}
	if e.Verb == VerbSaveContribution {
		s.Sections[e.Section-1], _ = s.Sections[e.Section-1].After(delegation.Save)
	}
}
