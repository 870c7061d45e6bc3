package pep

// SaveContribution writes one delegated section for the contributor, as Answer does
// for the social worker (DELEG-5). The section is then marked with a star. The
// contributor must still be allowed by PRE-1, PRE-2 and DELEG-2.
type SaveContribution Answer

// Verb returns VerbSaveContribution.
func (SaveContribution) Verb() Verb { return VerbSaveContribution }

func (a SaveContribution) do(p *PEP, by *Act) error {
	return p.write(by, VerbSaveContribution, Answer(a))
}
