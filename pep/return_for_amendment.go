package pep

import "virtualschool.example/pep/private"

// ReturnForAmendment gives the plan back to the social worker. AMEND-1: business
// support returns it from checking and the consultant from grading, with a reason
// and as often as needed.
type ReturnForAmendment struct{ Reason private.Text }

// Verb returns VerbReturnForAmendment.
func (ReturnForAmendment) Verb() Verb { return VerbReturnForAmendment }

func (a ReturnForAmendment) do(p *PEP, by *Act) error {
	return p.reasoned(by, VerbReturnForAmendment, a.Reason)
}
