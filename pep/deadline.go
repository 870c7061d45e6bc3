package pep

import "virtualschool.example/term/civil"

// Deadlines are the days by which a child's first plan must be started and
// completed.
type Deadlines struct {
	CompleteBy civil.Date `json:"completeBy"`          // DUE-5
	InitiateBy civil.Date `json:"initiateBy,omitzero"` // the day by which the plan must be started (DUE-6); zero unless the placement was an emergency
}

// InitialDeadlines returns the deadlines of the first plan of a child who entered
// care on the given day. The policy's InitialDeadline is the time to complete the
// plan (DUE-5) and, after an emergency placement, its EmergencyDeadline is the
// time to start it (DUE-6). InitialDeadlines returns a *rule.Refusal of DUE-7 if a
// deadline lies beyond the published bank holidays.
func (p *Policy) InitialDeadlines(enteredCare civil.Date, emergency bool) (Deadlines, error) {
	par := p.on(enteredCare)
	complete, err := par.InitialDeadline.From(enteredCare, par.Delegation.Workdays)
	if err != nil || !emergency {
		return Deadlines{CompleteBy: complete}, err
	}
	initiate, err := par.EmergencyDeadline.From(enteredCare, par.Delegation.Workdays)
	return Deadlines{CompleteBy: complete, InitiateBy: initiate}, err
}
