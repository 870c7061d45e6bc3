package pep

import "virtualschool.example/forms"

// SaveContribution writes one delegated section as the contributor, all its
// boxes (DELEG-5). The section then bears the star.
type SaveContribution struct {
	Section int // from 1
	Answers forms.Answers
}

// Verb returns VerbSaveContribution.
func (SaveContribution) Verb() Verb { return VerbSaveContribution }

func (a SaveContribution) do(p *PEP, by *Act) error {
	return p.write(by, VerbSaveContribution, a.Section, a.Answers)
}
