package pep

import (
	"virtualschool.example/forms"
	"virtualschool.example/pep/rule"
)

// Answer writes one section of a draft, or of a returned plan whose sections
// were activated. DELEG-5: while it is delegated the social worker cannot
// edit; after it is submitted the sections are locked until activated.
func (p *PEP) Answer(by *Act, a Answer) error {
	return p.write(by, VerbAnswer, a.Section, a.Answers)
}

// SaveContribution writes one section as the contributor (DELEG-5); the
// section then bears the star.
func (p *PEP) SaveContribution(by *Act, a SaveContribution) error {
	return p.write(by, VerbSaveContribution, a.Section, a.Answers)
}

func (p *PEP) write(by *Act, v Verb, section int, answers forms.Answers) error {
	var reasons rule.Reasons
	row, err := p.begin(by, v, &reasons)
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
	e := p.event(by, row)
	e.Section, e.Filled = section, filled
	p.record(&e)
	p.content = append(p.content, Content{Event: e.ID(), Section: e.Section, Revision: p.s.Revision, Answers: answers})
	return nil
}

// Attach adds a document. DOC-1: whoever holds the plan attaches to it; a
// retract does not remove it.
func (p *PEP) Attach(by *Act, a Attach) error {
	var reasons rule.Reasons
	row, err := p.begin(by, VerbAttach, &reasons)
	if err != nil {
		return err
	}
	if a.Size < 0 {
		return &rule.Invalid{Member: "size", Want: "a number of bytes"}
	}
	if reasons.Empty() {
		needText(&reasons, rule.DOC1, a.Name)
	}
	if err := reasons.Err(VerbAttach.String()); err != nil {
		return err
	}
	e := p.event(by, row)
	e.Size = a.Size
	p.recordText(&e, a.Name)
	return nil
}

// Missing returns, section by section, the ids of the questions that are
// still blank; the first section is at index 0.
func (p *PEP) Missing() [][]string {
	missing := make([][]string, p.s.sections())
	for i := range missing {
		for id := range p.template().Missing(i+1, p.s.Filled[i]) {
			missing[i] = append(missing[i], id)
		}
	}
	return missing
}
