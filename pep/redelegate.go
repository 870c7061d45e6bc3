package pep

import (
	"virtualschool.example/delegation"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Redelegate hands the activated sections back with comments. DELEG-7: it
// needs activation and a comment, and keeps the content; a due date in the
// past is refused with DELEG-3.
type Redelegate struct {
	To       record.ContributorID // as Delegate.To
	Comments private.Text
	Due      civil.Date // zero for the later of the due date before and the return period from today
}

// Verb returns VerbRedelegate.
func (Redelegate) Verb() Verb { return VerbRedelegate }

func (a Redelegate) do(p *PEP, by *Act) error {
	var reasons rule.Reasons
	t, err := p.begin(by, VerbRedelegate, &reasons)
	if err != nil {
		return err
	}
	e := p.event(by, t)
	if t.Verb != 0 {
		needText(&reasons, rule.DELEG7, a.Comments)
		if err := p.setDue(by, &e, a.Due, &reasons); err != nil {
			return err
		}
	}
	if err := reasons.Err(VerbRedelegate.String()); err != nil {
		return err
	}
	e.Establishment = by.Facts.Establishment.ID
	return p.hand(by, &e, a.To, a.Comments)
}

func (p *PEP) mayRedelegate(by *Act, reasons *rule.Reasons) {
	by.preflight(reasons)
	if p.selfCompleted(by) {
		reasons.Add(rule.DELEG9, rule.NobodyToDelegateTo)
		return
	}
	p.stays(by, reasons)
}

func (s *Snapshot) redelegate(e *Event) {
	s.hand(e)
	s.move(delegation.Redelegate)
}
