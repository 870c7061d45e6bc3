package pep

import (
	"virtualschool.example/delegation"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Redelegate hands the activated sections back to the contributor. DELEG-7: the
// sections must have been activated, comments are required, and the content is kept;
// DELEG-3 refuses a due date in the past.
type Redelegate struct {
	To       record.ContributorID // the contributor, as in Delegate.To
	Comments private.Text
	Due      civil.Date // the due date; zero means the later of the previous due date and the end of a return period that begins today
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
