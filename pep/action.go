package pep

import (
	"virtualschool.example/forms"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Action is one action of the workflow with what it is given: a value that a
// command, a test or a screen can hold. The actions are the types below, each
// with a method of PEP of the same name; no other type is one.
type Action interface {
	// Verb returns the action's name.
	Verb() Verb
	// Do takes the action on p, as the method of PEP of its name.
	Do(p *PEP, by *Act) error

	sealed()
}

// StartInitial starts a child's first plan (START-1). The child is the act's
// facts'; where Child is given it is that one.
type StartInitial struct {
	Child   record.ChildID
	Meeting civil.Date
}

// StartSubsequent starts the plan of the next term (START-1). A zero Meeting
// is the next meeting that the previous plan names. Child is as in StartInitial.
type StartSubsequent struct {
	Child   record.ChildID
	Meeting civil.Date
}

// Answer writes the boxes of one section, all of them (SECT-3).
type Answer struct {
	Section int
	Answers forms.Answers
}

// RescheduleMeeting moves the meeting, and with it the term and a due date
// that was the default (TERM-2).
type RescheduleMeeting struct{ Meeting civil.Date }

// Attach adds a document to the plan (DOC-1). Its content is kept elsewhere.
type Attach struct {
	Name private.Text
	Size int64 // bytes
}

// Delegate hands the sections to the designated teacher with a due date
// (DELEG-1, DELEG-3). A zero Due is the default (DUE-1, DUE-4, DUE-4b). The
// contributor is the act's facts'; where To is given it is that one.
type Delegate struct {
	To       record.ContributorID
	All      bool  // every section of the form
	Sections []int // or these, from 1
	Due      civil.Date
}

// SaveContribution writes the boxes of one delegated section, all of them; the
// section then bears the star.
type SaveContribution struct {
	Section int
	Answers forms.Answers
}

// SubmitContribution returns every delegated section at once (DELEG-8).
type SubmitContribution struct{}

// ChangeContributor gives a delegated plan to the establishment's other
// contributor, the one of the act's facts; content and due date stay. Where To
// is given it is that one.
type ChangeContributor struct{ To record.ContributorID }

// Retract takes a delegated plan back and loses what is written in it
// (DELEG-6). PEP.Loss shows beforehand what would be lost.
type Retract struct {
	ConfirmedWithSetting bool
	Reason               private.Text
}

// Activate unlocks the sections of a returned plan (DELEG-5).
type Activate struct{}

// Redelegate hands the activated sections back with comments, content kept
// (DELEG-7). A zero Due is the later of the due date before and the return
// period from today. The contributor is the one before, or To.
type Redelegate struct {
	To       record.ContributorID
	Comments private.Text
	Due      civil.Date
}

// Reassign hands the complete plan to business support with the assignment
// comment, such as "SPRING—17/06/2022" (SECT-3, ASSIGN-1 to ASSIGN-4).
type Reassign struct{ Comment private.Text }

// SendForGrading sends the plan to the Virtual School consultants. Where
// grading is not required it needs a reason (GRADE-1, GRADE-3).
type SendForGrading struct{ Reason private.Text }

// AwardGrade grades the plan; red needs feedback and returns it (GRADE-4, GRADE-9).
type AwardGrade struct {
	Grade    Grade
	Feedback private.Text
}

// ReturnForAmendment gives the plan back to the social worker, with a reason
// (AMEND-1).
type ReturnForAmendment struct{ Reason private.Text }

// Finalise makes it the child's plan of the term. Where a required grade is
// missing it needs a waiver: the reason (FINAL-1, FINAL-2, GRADE-1, GRADE-3).
type Finalise struct{ Waiver private.Text }

// Revise opens the next revision of a finalised plan, with a reason (AMEND-1).
type Revise struct{ Reason private.Text }

// Reopen takes a finalised plan back to checking, with a reason (FINAL-4).
type Reopen struct{ Reason private.Text }

// Delete deletes the plan, with a reason; a tombstone stays (FINAL-4).
type Delete struct{ Reason private.Text }

// Cease cancels the plan of a child who stops being looked after on a day
// (CHG-4).
type Cease struct{ On civil.Date }

// CarryForward makes a plan that was not returned in term the plan of the
// next one (OOT-2 to OOT-4).
type CarryForward struct{}

// Repin decides the plan by the act's policy from now on. PEP.Repin says what
// it needs.
type Repin struct{}

// Verb returns VerbStartInitial.
func (StartInitial) Verb() Verb { return VerbStartInitial }

// Verb returns VerbStartSubsequent.
func (StartSubsequent) Verb() Verb { return VerbStartSubsequent }

// Verb returns VerbAnswer.
func (Answer) Verb() Verb { return VerbAnswer }

// Verb returns VerbRescheduleMeeting.
func (RescheduleMeeting) Verb() Verb { return VerbRescheduleMeeting }

// Verb returns VerbAttach.
func (Attach) Verb() Verb { return VerbAttach }

// Verb returns VerbDelegate.
func (Delegate) Verb() Verb { return VerbDelegate }

// Verb returns VerbSaveContribution.
func (SaveContribution) Verb() Verb { return VerbSaveContribution }

// Verb returns VerbSubmitContribution.
func (SubmitContribution) Verb() Verb { return VerbSubmitContribution }

// Verb returns VerbChangeContributor.
func (ChangeContributor) Verb() Verb { return VerbChangeContributor }

// Verb returns VerbRetract.
func (Retract) Verb() Verb { return VerbRetract }

// Verb returns VerbActivate.
func (Activate) Verb() Verb { return VerbActivate }

// Verb returns VerbRedelegate.
func (Redelegate) Verb() Verb { return VerbRedelegate }

// Verb returns VerbReassign.
func (Reassign) Verb() Verb { return VerbReassign }

// Verb returns VerbSendForGrading.
func (SendForGrading) Verb() Verb { return VerbSendForGrading }

// Verb returns VerbGrade.
func (AwardGrade) Verb() Verb { return VerbGrade }

// Verb returns VerbReturnForAmendment.
func (ReturnForAmendment) Verb() Verb { return VerbReturnForAmendment }

// Verb returns VerbFinalise.
func (Finalise) Verb() Verb { return VerbFinalise }

// Verb returns VerbRevise.
func (Revise) Verb() Verb { return VerbRevise }

// Verb returns VerbReopen.
func (Reopen) Verb() Verb { return VerbReopen }

// Verb returns VerbDelete.
func (Delete) Verb() Verb { return VerbDelete }

// Verb returns VerbCease.
func (Cease) Verb() Verb { return VerbCease }

// Verb returns VerbCarryForward.
func (CarryForward) Verb() Verb { return VerbCarryForward }

// Verb returns VerbRepin.
func (Repin) Verb() Verb { return VerbRepin }

// Do starts the plan.
func (a StartInitial) Do(p *PEP, by *Act) error { return p.StartInitial(by, a) }

// Do starts the plan.
func (a StartSubsequent) Do(p *PEP, by *Act) error { return p.StartSubsequent(by, a) }

// Do answers the section.
func (a Answer) Do(p *PEP, by *Act) error { return p.Answer(by, a) }

// Do reschedules the meeting.
func (a RescheduleMeeting) Do(p *PEP, by *Act) error { return p.RescheduleMeeting(by, a) }

// Do attaches the document.
func (a Attach) Do(p *PEP, by *Act) error { return p.Attach(by, a) }

// Do delegates the plan.
func (a Delegate) Do(p *PEP, by *Act) error { return p.Delegate(by, a) }

// Do saves the section.
func (a SaveContribution) Do(p *PEP, by *Act) error { return p.SaveContribution(by, a) }

// Do submits the contribution.
func (a SubmitContribution) Do(p *PEP, by *Act) error { return p.SubmitContribution(by, a) }

// Do changes the contributor.
func (a ChangeContributor) Do(p *PEP, by *Act) error { return p.ChangeContributor(by, a) }

// Do retracts the plan.
func (a Retract) Do(p *PEP, by *Act) error { return p.Retract(by, a) }

// Do activates the sections.
func (a Activate) Do(p *PEP, by *Act) error { return p.Activate(by, a) }

// Do re-delegates the plan.
func (a Redelegate) Do(p *PEP, by *Act) error { return p.Redelegate(by, a) }

// Do reassigns the plan.
func (a Reassign) Do(p *PEP, by *Act) error { return p.Reassign(by, a) }

// Do sends the plan for grading.
func (a SendForGrading) Do(p *PEP, by *Act) error { return p.SendForGrading(by, a) }

// Do grades the plan.
func (a AwardGrade) Do(p *PEP, by *Act) error { return p.AwardGrade(by, a) }

// Do returns the plan for amendment.
func (a ReturnForAmendment) Do(p *PEP, by *Act) error { return p.ReturnForAmendment(by, a) }

// Do finalises the plan.
func (a Finalise) Do(p *PEP, by *Act) error { return p.Finalise(by, a) }

// Do revises the plan.
func (a Revise) Do(p *PEP, by *Act) error { return p.Revise(by, a) }

// Do reopens the plan.
func (a Reopen) Do(p *PEP, by *Act) error { return p.Reopen(by, a) }

// Do deletes the plan.
func (a Delete) Do(p *PEP, by *Act) error { return p.Delete(by, a) }

// Do ceases the plan.
func (a Cease) Do(p *PEP, by *Act) error { return p.Cease(by, a) }

// Do carries the plan forward.
func (a CarryForward) Do(p *PEP, by *Act) error { return p.CarryForward(by, a) }

// Do re-pins the plan.
func (a Repin) Do(p *PEP, by *Act) error { return p.Repin(by, a) }

func (StartInitial) sealed()       {}
func (StartSubsequent) sealed()    {}
func (Answer) sealed()             {}
func (RescheduleMeeting) sealed()  {}
func (Attach) sealed()             {}
func (Delegate) sealed()           {}
func (SaveContribution) sealed()   {}
func (SubmitContribution) sealed() {}
func (ChangeContributor) sealed()  {}
func (Retract) sealed()            {}
func (Activate) sealed()           {}
func (Redelegate) sealed()         {}
func (Reassign) sealed()           {}
func (SendForGrading) sealed()     {}
func (AwardGrade) sealed()         {}
func (ReturnForAmendment) sealed() {}
func (Finalise) sealed()           {}
func (Revise) sealed()             {}
func (Reopen) sealed()             {}
func (Delete) sealed()             {}
func (Cease) sealed()              {}
func (CarryForward) sealed()       {}
func (Repin) sealed()              {}

// needText adds a reason where a text that the action needs is blank.
func needText(reasons *rule.Reasons, id rule.ID, t private.Text) {
	if forms.Judge(t.Reveal(private.Deciding)) == forms.Blank {
		reasons.Add(id, rule.Blank)
	}
}
