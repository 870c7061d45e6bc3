package pep

import (
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Cease cancels the plan of a child who stopped being looked after (CHG-4). The
// field On holds the day on which care ended: the day of the action or a day in
// the year before it. If episodes of care are recorded, they alone say when
// care ended, and Cease does not change that.
type Cease struct{ On civil.Date }

// Verb returns VerbCease.
func (Cease) Verb() Verb { return VerbCease }

func (a Cease) do(p *PEP, by *Act) error {
	var reasons rule.Reasons
	t, err := p.begin(by, VerbCease, &reasons)
	if err != nil {
		return err
	}
	if reasons.Empty() {
		a.check(by.On, &reasons)
	}
	if err := reasons.Err(VerbCease.String()); err != nil {
		return err
	}
	e := p.event(by, t)
	e.CeasedOn = a.On
	p.record(&e)
	return nil
}

// check adds a reason if the day of ceasing is missing or out of range (CHG-4).
func (a Cease) check(today civil.Date, reasons *rule.Reasons) {
	switch {
	case a.On.IsZero():
		reasons.AddReason(rule.Reason{Rule: rule.CHG4, Code: rule.MissingMember, Words: rule.Absent("the day on which the child stopped being looked after")})
	case a.On.After(today):
		reasons.AddReason(rule.Reason{Rule: rule.CHG4, Code: rule.DayToCome, On: a.On})
	case a.On.Before(today.Anniversary(-1, civil.March1)):
		reasons.AddReason(rule.Reason{Rule: rule.CHG4, Code: rule.DayLongPast, On: a.On})
	}
}

func (s *Snapshot) cease(e *Event) { s.CeasedOn = e.CeasedOn }
