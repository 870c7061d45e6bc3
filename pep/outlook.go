package pep

import (
	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// Outlook is what a policy says about an open plan as it stands on a day. Another
// revision of the policy may say something different. Re-pinning the plan to that
// revision changes nothing already decided, only what is decided afterwards.
type Outlook struct {
	Due      civil.Date `json:"due,omitzero"`    // the default due date of the present delegation or, in a draft, of a delegation today; zero at other stages and beyond the published bank holidays
	Type     forms.Type `json:"type,omitzero"`   // the form type that the facts call for, which may differ from the plan's fixed type (FORM-9); zero if no type fits
	LastTerm term.Term  `json:"lastTerm"`        // the last term for which the child can need a plan (ELIG-4)
	Carried  bool       `json:"carried"`         // whether the plan is to be carried forward on the day (OOT-2)
	Grading  bool       `json:"gradingRequired"` // whether the plan must be graded (GRADE-1 to GRADE-6), as the act's facts say
}

// Outlook returns what the act's policy says about the plan on the act's day. The
// policy may be of any revision, and the act's role does not matter. The facts must
// hold the child, the establishment and the grading. A plan that is not open has
// the zero Outlook. A malformed act is a *rule.Invalid.
func (p *PEP) Outlook(by *Act) (Outlook, error) {
	if err := by.check(); err != nil || !p.s.Stage.Open() {
		return Outlook{}, err
	}
	o := Outlook{LastTerm: by.Policy.LastTerm(by.Facts.Child.Born.Reveal(private.Deciding)), Grading: p.gradeWanted(by)}
	due, dueErr := p.defaultDue(by)
	form, formErr := by.formType(p.s.Meeting)
	var reasons rule.Reasons // a refusal leaves its field zero and is not an error
	for _, err := range [...]error{dueErr, formErr} {
		if err := reasons.Take(err); err != nil {
			return Outlook{}, err
		}
	}
	o.Due, o.Type, o.Carried = due, form, p.carried(by)
	return o, nil
}

// defaultDue returns the default due date of a draft or a delegated plan, and the
// zero Date at other stages.
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

// Timeliness returns how the plan stands against its due date on the act's day. It
// is zero for a plan without a due date, and also if the answer needs bank holidays
// that are not published yet.
func (p *PEP) Timeliness(by *Act) (delegation.Timeliness, error) {
	if p.s.Due.IsZero() {
		return delegation.Timeliness{}, nil
	}
	t, err := by.Policy.on(p.s.Meeting).Delegation.Timeliness(p.s.Due, by.On, p.s.Submitted)
	var reasons rule.Reasons
	return t, reasons.Take(err)
}
