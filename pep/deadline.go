package pep

import "virtualschool.example/term/civil"

// Deadlines are the days by which a child's first plan must be under way and
// complete.
type Deadlines struct {
	CompleteBy civil.Date `json:"completeBy"`          // DUE-5
	InitiateBy civil.Date `json:"initiateBy,omitzero"` // DUE-6; zero where the placement was no emergency
}

// InitialDeadlines returns the deadlines of the first plan of a child who
// entered care on a day: 20 working days to complete it (DUE-5) and, after an
// emergency placement, 10 to start it (DUE-6). Beyond the published bank
// holidays it is a *rule.Refusal of DUE-7.
func (p *Policy) InitialDeadlines(enteredCare civil.Date, emergency bool) (Deadlines, error) {
	par := p.on(enteredCare)
	complete, err := par.InitialDeadline.From(enteredCare, par.Delegation.Workdays)
	if err != nil || !emergency {
		return Deadlines{CompleteBy: complete}, err
	}
	initiate, err := par.EmergencyDeadline.From(enteredCare, par.Delegation.Workdays)
	return Deadlines{CompleteBy: complete, InitiateBy: initiate}, err
}
