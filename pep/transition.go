package pep

import (
	"iter"
	"slices"

	"virtualschool.example/pep/rule"
)

// Transition is one row of the workflow: at the stage From, each of the Roles may
// take the action Verb if the condition When holds, and the plan moves to the stage
// To.
type Transition struct {
	From  Stage
	Verb  Verb
	Roles Roles
	To    Stage
	When  Condition
}

// Condition is a further condition of a Transition. The zero Condition, Always,
// always holds.
type Condition uint8

// The conditions.
const (
	Always            Condition = iota
	WhenActivated               // the sections of the returned plan were activated (DELEG-5)
	WhenContributor             // the person who acts is the plan's contributor
	WhenSubsequent              // the plan is a subsequent one
	WhenSelfCompleted           // the social worker completes the form (DELEG-9)
	WhenGreenOrAmber            // the grade awarded is green or amber (GRADE-4)
	WhenRed                     // the grade awarded is red (GRADE-4)
	WhenNotSubmitted            // the contribution was never submitted, or the plan was later retracted
	WhenSubmitted               // the contribution was submitted
)

var conditionNames = [...]string{"", "activated", "the contributor", "a subsequent plan", "the social worker completes the form", "green or amber", "red", "nothing was returned", "something was returned"}

// String returns what the condition asks for in plain English, or "" for Always.
func (c Condition) String() string { return *rule.Row(conditionNames[:], c) }

// workflow is the whole workflow, in the order of the verbs. Any action that the
// table does not list is refused: a social worker cannot finalise because no row
// allows it.
var workflow = [...]Transition{
	{None, VerbStartInitial, socialWorker, Draft, Always},
	{None, VerbStartSubsequent, businessSupport, Draft, Always},
	{Draft, VerbAnswer, socialWorker, Draft, Always},
	{Returned, VerbAnswer, socialWorker, Returned, WhenActivated},
	{Draft, VerbRescheduleMeeting, socialWorker | businessSupport, Draft, Always},
	{Delegated, VerbRescheduleMeeting, socialWorker | businessSupport, Delegated, Always},
	{Draft, VerbAttach, socialWorker, Draft, Always},
	{Delegated, VerbAttach, designatedTeacher, Delegated, WhenContributor},
	{Returned, VerbAttach, socialWorker, Returned, Always},
	{Checking, VerbAttach, businessSupport, Checking, Always},
	{Grading, VerbAttach, consultant, Grading, Always},
	{Draft, VerbDelegate, socialWorker, Delegated, Always},
	{Draft, VerbDelegate, businessSupport, Delegated, WhenSubsequent},
	{Delegated, VerbSaveContribution, designatedTeacher, Delegated, WhenContributor},
	{Delegated, VerbSubmitContribution, designatedTeacher, Returned, WhenContributor},
	{Delegated, VerbChangeContributor, socialWorker | businessSupport, Delegated, Always},
	{Delegated, VerbRetract, socialWorker, Draft, Always},
	{Returned, VerbActivate, socialWorker, Returned, Always},
	{Returned, VerbRedelegate, socialWorker, Delegated, WhenActivated},
	{Returned, VerbReassign, socialWorker, Checking, Always},
	{Draft, VerbReassign, socialWorker, Checking, WhenSelfCompleted},
	{Checking, VerbSendForGrading, businessSupport, Grading, Always},
	{Grading, VerbAwardGrade, consultant, Checking, WhenGreenOrAmber},
	{Grading, VerbAwardGrade, consultant, Returned, WhenRed},
	{Checking, VerbReturnForAmendment, businessSupport, Returned, Always},
	{Grading, VerbReturnForAmendment, consultant, Returned, Always},
	{Checking, VerbFinalise, businessSupport, Finalised, Always},
	{Finalised, VerbRevise, businessSupport, Returned, Always},
	{Finalised, VerbReopen, serviceDesk, Checking, Always},
	{Cancelled, VerbReopen, serviceDesk, Draft, WhenNotSubmitted},
	{Cancelled, VerbReopen, serviceDesk, Returned, WhenSubmitted},
	{Draft, VerbRestoreSections, serviceDesk, Draft, Always},
	{Draft, VerbDelete, serviceDesk, Deleted, Always},
	{Delegated, VerbDelete, serviceDesk, Deleted, Always},
	{Returned, VerbDelete, serviceDesk, Deleted, Always},
	{Checking, VerbDelete, serviceDesk, Deleted, Always},
	{Grading, VerbDelete, serviceDesk, Deleted, Always},
	{Finalised, VerbDelete, serviceDesk, Deleted, Always},
	{Draft, VerbCease, socialWorker | businessSupport | system, Cancelled, Always},
	{Delegated, VerbCease, socialWorker | businessSupport | system, Cancelled, Always},
	{Returned, VerbCease, socialWorker | businessSupport | system, Cancelled, Always},
	{Checking, VerbCease, socialWorker | businessSupport | system, Cancelled, Always},
	{Grading, VerbCease, socialWorker | businessSupport | system, Cancelled, Always},
	{Draft, VerbCarryForward, businessSupport | system, Draft, Always},
	{Delegated, VerbCarryForward, businessSupport | system, Delegated, Always},
	{Draft, VerbRepin, serviceDesk | system, Draft, Always},
	{Delegated, VerbRepin, serviceDesk | system, Delegated, Always},
	{Returned, VerbRepin, serviceDesk | system, Returned, Always},
	{Checking, VerbRepin, serviceDesk | system, Checking, Always},
	{Grading, VerbRepin, serviceDesk | system, Grading, Always},
}

// Workflow iterates over the rows of the workflow. Any action that no row lists
// is refused.
func Workflow() iter.Seq[Transition] { return slices.Values(workflow[:]) }

// transition returns the row that allows v for the act. If no row does, it adds the
// reasons and returns false. It looks at stage, role and condition, and not at the
// action's input.
func (p *PEP) transition(by *Act, v Verb, reasons *rule.Reasons) (Transition, bool) {
	stage, role := false, false
	code := rule.Code(0)
	for _, r := range &workflow {
		if r.Verb < v {
			continue
		}
		if r.Verb > v {
			break
		}
		stage = stage || r.From == p.s.Stage
		role = role || r.Roles.Has(by.Role)
		if r.From != p.s.Stage || !r.Roles.Has(by.Role) {
			continue
		}
		if code = p.unmet(r.When, by); code == 0 {
			return r, true
		}
	}
	p.explain(by, v, stage, role, code, reasons)
	return Transition{}, false
}

// explain adds the reasons why no row allows v. The arguments say whether any row for
// v has the plan's stage, whether any has the act's role, and which condition is not
// met.
func (p *PEP) explain(by *Act, v Verb, stage, role bool, code rule.Code, reasons *rule.Reasons) {
	because := v.Refused(rule.WrongRole)
	because.Role, because.Stage = uint8(by.Role), uint8(p.s.Stage)
	if v == VerbFinalise && by.Role == SocialWorker {
		reasons.Add(rule.FINAL1, rule.SocialWorkerNeverFinalises)
	} else if !role {
		reasons.AddReason(because)
	}
	switch {
	case !stage:
		because.Code = rule.WrongStage
	case code != 0:
		because.Code = code
	case !reasons.Empty():
		return
	}
	reasons.AddReason(because)
}

// unmet returns why a condition does not hold, or zero if it holds. A condition on
// the grade counts as met here; AwardGrade checks it.
func (p *PEP) unmet(c Condition, by *Act) rule.Code {
	switch c {
	case WhenActivated:
		if !p.Activated() {
			return rule.NotActivated
		}
	case WhenContributor:
		if by.Contributor != p.s.Contributor {
			return rule.NotTheContributor
		}
	case WhenSubsequent:
		if p.s.Kind != Subsequent {
			return rule.WrongRole
		}
	case WhenSelfCompleted:
		if !p.selfCompleted(by) {
			return rule.NotSelfCompleted
		}
	case WhenNotSubmitted:
		if !p.s.Submitted.IsZero() {
			return rule.WrongStage
		}
	case WhenSubmitted:
		if p.s.Submitted.IsZero() {
			return rule.WrongStage
		}
	}
	return 0
}
