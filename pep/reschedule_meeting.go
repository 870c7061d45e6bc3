package pep

import (
	"virtualschool.example/delegation"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// RescheduleMeeting moves the meeting of a draft or delegated plan at its first
// revision. TERM-2: the term follows the meeting, and so does a due date that was
// the default. The new meeting is another day, within the window of TERM-8, in a
// term for which the child needs a plan (ELIG-1 to ELIG-11).
type RescheduleMeeting struct{ Meeting civil.Date }

// Verb returns VerbRescheduleMeeting.
func (RescheduleMeeting) Verb() Verb { return VerbRescheduleMeeting }

func (a RescheduleMeeting) do(p *PEP, by *Act) error {
	var reasons rule.Reasons
	t, err := p.begin(by, VerbRescheduleMeeting, &reasons)
	if err != nil {
		return err
	}
	var due civil.Date
	if reasons.Empty() {
		if due, err = p.moveTo(by, a.Meeting, &reasons); err != nil {
			return err
		}
	}
	if err := reasons.Err(VerbRescheduleMeeting.String()); err != nil {
		return err
	}
	e := p.event(by, t)
	e.Meeting, e.Due = a.Meeting, due
	e.Term = p.termOf(by.Policy, a.Meeting)
	p.record(&e)
	return nil
}

// mayReschedule refuses to move the meeting of a later revision: what was
// finalised keeps its meeting (TERM-2).
func (p *PEP) mayReschedule(reasons *rule.Reasons) {
	if p.s.Revision > 1 {
		reasons.Add(rule.TERM2, rule.LaterRevision)
	}
}

// moveTo adds what stands against a new meeting, and returns the due date that
// follows from it, zero where the due date stays.
func (p *PEP) moveTo(by *Act, meeting civil.Date, reasons *rule.Reasons) (civil.Date, error) {
	switch {
	case meeting.IsZero():
		reasons.AddReason(rule.Reason{Rule: rule.TERM2, Code: rule.MissingMember, Words: rule.Absent("the date of the meeting")})
	case meeting == p.s.Meeting:
		reasons.AddReason(rule.Reason{Rule: rule.TERM2, Code: rule.SameMeeting, On: meeting})
	default:
		by.checkWindow(meeting, reasons)
	}
	if !reasons.Empty() {
		return civil.Date{}, nil
	}
	if err := by.mayNeedFor(by.Policy.Calendar().Of(meeting), by.Facts.Child.Care, reasons); err != nil || !reasons.Empty() || !p.s.DueByDefault {
		return civil.Date{}, err
	}
	due, err := p.dueFor(by.Policy.on(meeting).Delegation, meeting)
	return due.On, reasons.Take(err)
}

// dueFor returns the default due date of the present delegation for a meeting.
// After a re-delegation, which leaves the day of the latest return behind, it is
// never before the end of the return period that began then (DELEG-7).
func (p *PEP) dueFor(d delegation.Rules, meeting civil.Date) (delegation.Due, error) {
	if p.s.Submitted.IsZero() {
		return d.Due(meeting, p.s.Delegated)
	}
	due, err := d.Due(meeting, civil.Date{})
	if err != nil {
		return due, err
	}
	return d.DueAgain(due.On, p.s.Delegated)
}

// termOf returns the term of a meeting, or the one that the plan was carried
// to where that is later.
func (p *PEP) termOf(policy *Policy, meeting civil.Date) term.Term {
	t := policy.Calendar().Of(meeting)
	if p.s.CarriedTo.After(t) {
		return p.s.CarriedTo
	}
	return t
}

func (s *Snapshot) reschedule(e *Event) {
	s.Meeting, s.Term = e.Meeting, e.Term
	if !e.Due.IsZero() {
		s.Due = e.Due
	}
}
