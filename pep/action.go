package pep

import (
	"virtualschool.example/forms"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
)

// Action is a verb of the workflow together with its input: a value that a
// command, a test or a screen can hold. PEP.Do takes an Action. The actions are
// the following types, in the order of their verbs:
//
//	StartInitial, StartSubsequent, Answer, RescheduleMeeting, Attach, Delegate,
//	SaveContribution, SubmitContribution, ChangeContributor, Retract, Activate,
//	Redelegate, Reassign, SendForGrading, AwardGrade, ReturnForAmendment,
//	Finalise, Revise, Reopen, RestoreSections, Delete, Cease, CarryForward, Repin
//
// An action's verb is named like its type, except that the verb of AwardGrade is
// grade and the verb of RestoreSections is restore.
type Action interface {
	// Verb returns the action's verb.
	Verb() Verb

	do(p *PEP, by *Act) error
}

// begin checks the act and finds the transition that allows v. It adds every
// reason against v that does not depend on the action's input.
func (p *PEP) begin(by *Act, v Verb, reasons *rule.Reasons) (Transition, error) {
	err := p.usable(by, v)
	if err != nil {
		return Transition{}, err
	}
	t, ok := p.transition(by, v, reasons)
	if ok {
		err = p.guard(by, v, reasons)
	}
	return t, err
}

// usable returns a *rule.Invalid if the act is malformed, or if its policy is
// not the revision that decides the plan. Only a re-pin may use another
// revision.
func (p *PEP) usable(by *Act, v Verb) error {
	if err := by.check(); err != nil {
		return err
	}
	if p.s.Stage != None && v != VerbRepin && by.Policy.par.Revision != p.s.Policy {
		return &rule.Invalid{Member: "policy", Want: "the revision that the plan follows"}
	}
	return nil
}

// guard adds the reasons against v that depend neither on the workflow table nor
// on the action's input. It is a switch and not a table of functions, because a
// call through a table makes every reason allocate. It returns a *rule.Invalid if
// the facts make no sense.
func (p *PEP) guard(by *Act, v Verb, reasons *rule.Reasons) error {
	switch v {
	case VerbStartInitial:
		p.mayStartInitial(by, reasons)
	case VerbStartSubsequent:
		p.mayStartSubsequent(by, reasons)
	case VerbRescheduleMeeting:
		p.mayReschedule(reasons)
	case VerbAttach, VerbSaveContribution, VerbSubmitContribution:
		p.mayContribute(by, reasons)
	case VerbDelegate:
		p.mayDelegate(by, reasons)
	case VerbChangeContributor:
		p.mayChangeContributor(by, reasons)
	case VerbActivate:
		p.mayActivate(reasons)
	case VerbRedelegate:
		p.mayRedelegate(by, reasons)
	case VerbReassign:
		p.mayReassign(reasons)
	case VerbFinalise:
		p.mayFinalise(by, reasons)
	case VerbRevise:
		p.mayBeOpen(by, reasons)
	case VerbReopen:
		return p.mayReopen(by, reasons)
	case VerbRestoreSections:
		p.mayRestore(by, reasons)
	case VerbCarryForward:
		p.mayCarryForward(by, reasons)
	case VerbRepin:
		p.mayRepin(by, reasons)
	}
	return nil
}

// simple carries out an action that has no input.
func (p *PEP) simple(by *Act, v Verb) error {
	var reasons rule.Reasons
	t, err := p.begin(by, v, &reasons)
	if err != nil {
		return err
	}
	if err := reasons.Err(v.String()); err != nil {
		return err
	}
	e := p.event(by, t)
	p.record(&e)
	return nil
}

// reasoned carries out an action whose only input is a mandatory reason.
func (p *PEP) reasoned(by *Act, v Verb, reason private.Text) error {
	var reasons rule.Reasons
	t, err := p.begin(by, v, &reasons)
	if err != nil {
		return err
	}
	if reasons.Empty() {
		needText(&reasons, verbs[v].refuses, reason)
	}
	if err := reasons.Err(v.String()); err != nil {
		return err
	}
	e := p.event(by, t)
	return p.recordText(&e, "reason", reason)
}

// needText adds a reason if a mandatory text is blank.
func needText(reasons *rule.Reasons, id rule.ID, t private.Text) {
	if blank(t) {
		reasons.Add(id, rule.Blank)
	}
}

// blank reports whether a text is empty or only white space.
func blank(t private.Text) bool { return forms.Judge(t.Reveal(private.Deciding)) == forms.Blank }
