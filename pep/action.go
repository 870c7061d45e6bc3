package pep

import (
	"virtualschool.example/forms"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
)

// Action is one action of the workflow with what it is given: a value that a
// command, a test or a screen can hold. Every action type of this package is
// one, such as Delegate, and no other type is. PEP.Do takes it.
type Action interface {
	// Verb returns the action's name.
	Verb() Verb

	do(p *PEP, by *Act) error
}

// begin checks the act and finds the transition by which v may be done. It adds
// every reason against v that does not depend on what the action is given.
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

// usable returns what makes the act unusable for v on this plan: what is
// wrong with the act itself, or a policy of another revision.
func (p *PEP) usable(by *Act, v Verb) error {
	if err := by.check(); err != nil {
		return err
	}
	if p.s.Stage != None && v != VerbRepin && by.Policy.par.Revision != p.s.Policy {
		return &rule.Invalid{Member: "policy", Want: "the revision that the plan follows"}
	}
	return nil
}

// guard adds what stands in the way of v besides stage, role and condition,
// and apart from what the action is given. It is a switch rather than a table of
// functions, because calling through a table makes every reason allocate. Facts
// that make no sense are a *rule.Invalid.
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

// simple takes an action that is given nothing.
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

// reasoned takes an action that is given a reason, which is mandatory.
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

// needText adds that a mandatory text is blank.
func needText(reasons *rule.Reasons, id rule.ID, t private.Text) {
	if blank(t) {
		reasons.Add(id, rule.Blank)
	}
}

// blank reports whether a text says nothing: it is empty, or white space.
func blank(t private.Text) bool { return forms.Judge(t.Reveal(private.Deciding)) == forms.Blank }
