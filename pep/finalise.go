package pep

import (
	"virtualschool.example/forms"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Reassign hands the plan to business support. SECT-3: all questions and
// sections are complete; ASSIGN-1 to ASSIGN-4: the assignment comment names
// the plan's term and the date of the next term's meeting.
func (p *PEP) Reassign(by *Act, a Reassign) error {
	var reasons rule.Reasons
	row, err := p.begin(by, VerbReassign, &reasons)
	if err != nil {
		return err
	}
	e := p.event(by, row)
	if row.Verb != 0 {
		said, err := by.Policy.on(p.s.Meeting).Delegation.ParseAssignment(
			a.Comment.Reveal(private.Deciding), p.s.Term, by.Policy.LastTermInCare(by.Facts.Child))
		if err := reasons.Take(err); err != nil {
			return err
		}
		e.Next = said.Next
	}
	if err := reasons.Err(VerbReassign.String()); err != nil {
		return err
	}
	if where := by.Facts.Establishment; p.s.Stage == Draft && where != nil {
		e.Establishment = where.ID
	}
	p.recordText(&e, a.Comment)
	return nil
}

func (p *PEP) mayReassign(reasons *rule.Reasons) {
	for n := range p.template().Incomplete(p.s.Filled[:]) {
		reasons.AddReason(rule.Reason{Rule: rule.SECT3, Code: rule.SectionsIncomplete, Section: n})
	}
}

// SendForGrading sends the plan to the consultants. GRADE-1: business support
// does, where grading is required; where it is not, for a reason (GRADE-3).
func (p *PEP) SendForGrading(by *Act, a SendForGrading) error {
	var reasons rule.Reasons
	row, err := p.begin(by, VerbSendForGrading, &reasons)
	if err != nil {
		return err
	}
	if reasons.Empty() && !p.gradeWanted(by) && blank(a.Reason) {
		reasons.Add(rule.GRADE1, rule.GradingNotRequired)
	}
	if err := reasons.Err(VerbSendForGrading.String()); err != nil {
		return err
	}
	e := p.event(by, row)
	p.recordText(&e, a.Reason)
	return nil
}

// gradeWanted reports whether the plan must be graded: the sampling says so,
// or its latest grade is red or another with which it goes back (GRADE-1,
// GRADE-5).
func (p *PEP) gradeWanted(by *Act) bool {
	return by.Facts.Grading.Required || p.goesBack(by, p.s.Grade)
}

// goesBack reports whether a plan of that grade goes back to the social worker
// (GRADE-4).
func (p *PEP) goesBack(by *Act, g Grade) bool { return by.Policy.forTerm(p.s.Term).Returned.Has(g) }

// AwardGrade grades the plan. GRADE-9: only a Virtual School consultant
// grades, and only at stage grading; GRADE-4: red, amber or green, red with
// feedback, and a red plan is returned.
func (p *PEP) AwardGrade(by *Act, a AwardGrade) error {
	var reasons rule.Reasons
	if _, err := p.begin(by, VerbGrade, &reasons); err != nil {
		return err
	}
	if a.Grade > Green {
		return &rule.Invalid{Member: "grade", Want: "red, amber or green"}
	}
	back := p.goesBack(by, a.Grade)
	row, ok := p.graded(by, back)
	if reasons.Empty() {
		switch {
		case a.Grade == 0:
			reasons.Add(rule.GRADE9, rule.MissingMember)
		case !ok:
			reasons.Add(rule.GRADE9, rule.WrongRole)
		case back && blank(a.Feedback):
			reasons.Add(rule.GRADE4, rule.FeedbackMissing)
		}
	}
	if err := reasons.Err(VerbGrade.String()); err != nil {
		return err
	}
	e := p.event(by, row)
	e.Grade = a.Grade
	p.recordText(&e, a.Feedback)
	return nil
}

// graded returns the row of the workflow by which a grade leads on, or back as
// red does, and whether there is one.
func (p *PEP) graded(by *Act, back bool) (Row, bool) {
	when := WhenGreenOrAmber
	if back {
		when = WhenRed
	}
	for _, r := range &workflow {
		if r.From == p.s.Stage && r.Verb == VerbGrade && r.When == when && r.Roles.Has(by.Role) {
			return r, true
		}
	}
	return Row{}, false
}

// ReturnForAmendment gives the plan back to the social worker. AMEND-1:
// business support from checking, the consultant from grading, with a reason,
// as often as needed.
func (p *PEP) ReturnForAmendment(by *Act, a ReturnForAmendment) error {
	return p.reasoned(by, VerbReturnForAmendment, a.Reason)
}

// Finalise makes it the child's plan of the term. FINAL-1: a social worker
// never does; FINAL-2: business support does, from checking, and never a red
// plan; GRADE-1: not without a required grade, unless it is waived for a
// reason (GRADE-3).
func (p *PEP) Finalise(by *Act, a Finalise) error {
	var reasons rule.Reasons
	row, err := p.begin(by, VerbFinalise, &reasons)
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
	e := p.event(by, row)
	e.Waived = ungraded
	p.recordText(&e, a.Waiver)
	return nil
}

func (p *PEP) mayFinalise(by *Act, reasons *rule.Reasons) {
	if p.goesBack(by, p.s.Grade) {
		reasons.Add(rule.FINAL2, rule.GradedRed)
	}
}

// Revise opens the next revision of a finalised plan, its sections unlocked.
// AMEND-1: business support does, with a reason.
func (p *PEP) Revise(by *Act, a Revise) error { return p.reasoned(by, VerbRevise, a.Reason) }

// Reopen takes a finalised plan back to checking. FINAL-4: only the service
// desk does, with a reason.
func (p *PEP) Reopen(by *Act, a Reopen) error { return p.reasoned(by, VerbReopen, a.Reason) }

// Delete deletes the plan; a tombstone stays. FINAL-4: only the service desk
// does, with a reason.
func (p *PEP) Delete(by *Act, a Delete) error { return p.reasoned(by, VerbDelete, a.Reason) }

// reasoned takes an action that is given a reason, which is mandatory.
func (p *PEP) reasoned(by *Act, v Verb, reason private.Text) error {
	var reasons rule.Reasons
	row, err := p.begin(by, v, &reasons)
	if err != nil {
		return err
	}
	if reasons.Empty() {
		needText(&reasons, verbs[v].refuses, reason)
	}
	if err := reasons.Err(v.String()); err != nil {
		return err
	}
	e := p.event(by, row)
	p.recordText(&e, reason)
	return nil
}

// Cease cancels the plan of a child who stops being looked after. CHG-4.
func (p *PEP) Cease(by *Act, a Cease) error {
	var reasons rule.Reasons
	row, err := p.begin(by, VerbCease, &reasons)
	if err != nil {
		return err
	}
	if reasons.Empty() && a.On.IsZero() {
		reasons.Add(rule.CHG4, rule.MissingMember)
	}
	if err := reasons.Err(VerbCease.String()); err != nil {
		return err
	}
	e := p.event(by, row)
	e.CeasedOn = a.On
	p.record(&e)
	return nil
}

// CarryForward makes a plan that was not returned in term the plan of the
// next one. OOT-2: when the term and the time to return it are over; OOT-4:
// once. Meeting and due date stay.
func (p *PEP) CarryForward(by *Act, _ CarryForward) error {
	var reasons rule.Reasons
	row, err := p.begin(by, VerbCarryForward, &reasons)
	if err != nil {
		return err
	}
	if err := reasons.Err(VerbCarryForward.String()); err != nil {
		return err
	}
	e := p.event(by, row)
	e.Term = p.s.Term.Next()
	p.record(&e)
	return nil
}

func (p *PEP) mayCarryForward(by *Act, reasons *rule.Reasons) {
	d := by.Policy.on(by.On).Delegation
	if p.s.Carried >= d.MaxCarries {
		reasons.Add(rule.OOT4, rule.AlreadyCarried)
		return
	}
	c := d.CarryForward(d.Terms.First(p.s.Term), p.s.Due, by.On, civil.Date{}, 0)
	if !c.Carried {
		reasons.Add(rule.OOT2, c.Code)
	}
}

// Repin decides the plan by another revision of the policy from now on: the
// act's. Only the service desk or the system does, and only with another one.
func (p *PEP) Repin(by *Act, _ Repin) error {
	if by.check() == nil && p.s.Stage.Open() && by.Policy.par.Revision == p.s.Policy {
		return &rule.Invalid{Member: "policy", Want: "another revision than the plan is decided by"}
	}
	return p.simple(by, VerbRepin)
}

func blank(t private.Text) bool { return forms.Judge(t.Reveal(private.Deciding)) == forms.Blank }
