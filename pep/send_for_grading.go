package pep

import (
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
)

// SendForGrading sends the plan to the Virtual School consultants. GRADE-1: business
// support sends it if grading is required; GRADE-3: if grading is not required, a
// reason must be given.
type SendForGrading struct{ Reason private.Text }

// Verb returns VerbSendForGrading.
func (SendForGrading) Verb() Verb { return VerbSendForGrading }

func (a SendForGrading) do(p *PEP, by *Act) error {
	var reasons rule.Reasons
	t, err := p.begin(by, VerbSendForGrading, &reasons)
	if err != nil {
		return err
	}
	if reasons.Empty() && !p.gradeWanted(by) && blank(a.Reason) {
		reasons.Add(rule.GRADE1, rule.GradingNotRequired)
	}
	if err := reasons.Err(VerbSendForGrading.String()); err != nil {
		return err
	}
	e := p.event(by, t)
	return p.recordText(&e, "reason", a.Reason)
}

// gradeWanted reports whether the plan must be graded, because the sampling says so
// or because its latest grade sends it back (GRADE-1, GRADE-5).
func (p *PEP) gradeWanted(by *Act) bool {
	return by.Facts.Grading.Required || p.goesBack(by, p.s.Grade)
}
