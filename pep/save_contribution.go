package pep

// SaveContribution writes one delegated section as the contributor, as Answer
// does as the social worker (DELEG-5). The section then bears the star. PRE-1,
// PRE-2 and DELEG-2 must still allow the contributor.
type SaveContribution Answer

// Verb returns VerbSaveContribution.
func (SaveContribution) Verb() Verb { return VerbSaveContribution }

func (a SaveContribution) do(p *PEP, by *Act) error {
	return p.write(by, VerbSaveContribution, Answer(a))
}
