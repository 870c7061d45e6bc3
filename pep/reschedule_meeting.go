package pep

import (
	"virtualschool.example/delegation"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// RescheduleMeeting moves the meeting of a plan that is a draft or delegated and at
// its first revision. TERM-2: the term follows the meeting, and so does a due date
// that was set by default. The new meeting must be on another day, within the window
// of TERM-8 and in a term for which the child needs a plan (ELIG-1 to ELIG-11).
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

// mayReschedule adds a reason if the plan is past its first revision, because a
// finalised revision keeps its meeting (TERM-2).
func (p *PEP) mayReschedule(reasons *rule.Reasons) {
	if p.s.Revision > 1 {
		reasons.Add(rule.TERM2, rule.LaterRevision)
	}
}

// moveTo adds the reasons against a new meeting. It returns the due date that
// follows from the meeting, or zero if the due date does not change.
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
// After a re-delegation (that is, if Submitted is set), the due date is never
// before the end of the return period that began with the re-delegation (DELEG-7).
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

// termOf returns the term of a meeting or, if later, the term that the plan was
// carried to.
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
