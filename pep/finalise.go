package pep

import (
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
)

// Finalise makes the plan the child's plan of the term. FINAL-1: a social
// worker never finalises; FINAL-2: business support finalises a plan from
// checking, unless its grade is inadequate; GRADE-1: a required grade must have
// been awarded, unless Waiver gives a reason for finalising without it
// (GRADE-3).
type Finalise struct{ Waiver private.Text }

// Verb returns VerbFinalise.
func (Finalise) Verb() Verb { return VerbFinalise }

func (a Finalise) do(p *PEP, by *Act) error {
	var reasons rule.Reasons
	t, err := p.begin(by, VerbFinalise, &reasons)
	if err != nil {
		return err
	}
	ungraded := by.Facts.Grading.Required && p.s.Grade == 0
	if reasons.Empty() && ungraded && blank(a.Waiver) {
		reasons.Add(rule.GRADE1, rule.GradeRequired)
	}
	if err := reasons.Err(VerbFinalise.String()); err != nil {
		return err
	}
	e := p.event(by, t)
	e.Waived = ungraded
	return p.recordText(&e, "waiver", a.Waiver)
}

func (p *PEP) mayFinalise(by *Act, reasons *rule.Reasons) {
	if p.goesBack(by, p.s.Grade) {
		reasons.Add(rule.FINAL2, rule.GradedRed)
	}
}

func (s *Snapshot) finalise(e *Event) { s.Final = s.finalOn(e.On) }
