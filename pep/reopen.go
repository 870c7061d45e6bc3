package pep

import (
	"virtualschool.example/delegation"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Reopen undoes a mistake. A finalised plan goes back to checking, and none of its
// revisions counts as finalised any more. A cancelled plan goes back to the social
// worker, as a draft or, if the contribution was submitted, as a returned plan with
// locked sections; the ceasing is withdrawn. FINAL-4: only the service desk reopens
// a plan, with a reason. The child must have no other open plan (START-2) and, if
// the plan was cancelled, the rules on care and age must allow a start for its
// meeting (ELIG, CHG-4).
type Reopen struct{ Reason private.Text }

// Verb returns VerbReopen.
func (Reopen) Verb() Verb { return VerbReopen }

func (a Reopen) do(p *PEP, by *Act) error {
	var reasons rule.Reasons
	t, err := p.begin(by, VerbReopen, &reasons)
	if err != nil {
		return err
	}
	if t.Verb != 0 && blank(a.Reason) {
		return rule.Refuse(VerbReopen.String(), rule.Reason{Rule: rule.FINAL4, Code: rule.Blank})
	}
	if err := reasons.Err(VerbReopen.String()); err != nil {
		return err
	}
	e := p.event(by, t)
	return p.recordText(&e, "reason", a.Reason)
}

func (p *PEP) mayReopen(by *Act, reasons *rule.Reasons) error {
	p.mayBeOpen(by, reasons)
	if p.s.Stage != Cancelled {
		return nil
	}
	return by.mayNeed(by.Policy.Calendar().Of(p.s.Meeting), reasons)
}

func (s *Snapshot) reopen(e *Event) {
	s.CeasedOn = civil.Date{}
	switch {
	case e.From == Finalised:
		s.Final = Final{}
	case e.To == Draft:
		s.takeBack()
		s.Sections = delegation.NewStates(s.sections())
	default:
		for i := range s.sections() {
			s.Sections[i] = delegation.Locked
		}
	}
}
