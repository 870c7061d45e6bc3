package pep

import (
	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// Outlook is what a policy says of an open plan as it stands on a day: the
// answers that would differ if another decided the plan. Re-pinning itself moves
// nothing; what is decided afterwards is decided so.
type Outlook struct {
	Due      civil.Date `json:"due,omitzero"`    // the default, of a delegation on the day or of the one that is; zero at other stages and beyond the bank holidays
	Type     forms.Type `json:"type,omitzero"`   // the form that the facts ask for; the plan's own is fixed (FORM-9). Zero where there is none
	LastTerm term.Term  `json:"lastTerm"`        // for which the child can need a plan (ELIG-4)
	Carried  bool       `json:"carried"`         // whether it is to be carried forward on the day (OOT-2)
	Grading  bool       `json:"gradingRequired"` // whether it must be graded (GRADE-1 to GRADE-6), as the act's facts say
}

// Outlook returns what the act's policy, of any revision, says of the plan on
// the act's day: its role does not matter. Of the facts it needs the child, the
// establishment and the grading. A plan that nobody works on has none.
func (p *PEP) Outlook(by *Act) (Outlook, error) {
	if err := by.check(); err != nil || !p.s.Stage.Open() {
		return Outlook{}, err
	}
	o := Outlook{LastTerm: by.Policy.LastTerm(by.Facts.Child.Born.Reveal(private.Deciding)), Grading: p.gradeWanted(by)}
	due, dueErr := p.defaultDue(by)
	form, formErr := by.formType(p.s.Meeting)
	var reasons rule.Reasons // what is refused has no answer, and is no error
	for _, err := range [...]error{dueErr, formErr} {
		if err := reasons.Take(err); err != nil {
			return Outlook{}, err
		}
	}
	o.Due, o.Type, o.Carried = due, form, p.carried(by)
	return o, nil
}

// defaultDue returns the due date that is the default while the plan is a draft
// or delegated.
func (p *PEP) defaultDue(by *Act) (civil.Date, error) {
	delegated := p.s.Delegated
	switch p.s.Stage {
	case Draft:
		delegated = by.On
	case Delegated:
	default:
		return civil.Date{}, nil
	}
	due, err := by.Policy.on(p.s.Meeting).Delegation.Due(p.s.Meeting, delegated)
	return due.On, err
}

// carried reports whether the plan is to be carried forward on the act's day.
func (p *PEP) carried(by *Act) bool {
	var reasons rule.Reasons
	p.mayCarryForward(by, &reasons)
	return p.s.Stage <= Delegated && reasons.Empty()
}

// Timeliness returns how the plan stands against its due date on the act's day, zero
// for a plan without one. Where the bank holidays are not published yet there is no
// answer.
func (p *PEP) Timeliness(by *Act) (delegation.Timeliness, error) {
	if p.s.Due.IsZero() {
		return delegation.Timeliness{}, nil
	}
	t, err := by.Policy.on(p.s.Meeting).Delegation.Timeliness(p.s.Due, by.On, p.s.Submitted)
	var reasons rule.Reasons
	return t, reasons.Take(err)
}
