package pep

import (
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// RescheduleMeeting moves the meeting of a draft or delegated plan. TERM-2: the
// term follows the meeting, and so does a due date that was the default.
type RescheduleMeeting struct{ Meeting civil.Date }

// Verb returns VerbRescheduleMeeting.
func (RescheduleMeeting) Verb() Verb { return VerbRescheduleMeeting }

func (a RescheduleMeeting) do(p *PEP, by *Act) error {
	var reasons rule.Reasons
	t, err := p.begin(by, VerbRescheduleMeeting, &reasons)
	if err != nil {
		return err
	}
	if reasons.Empty() && a.Meeting.IsZero() {
		reasons.Add(rule.TERM2, rule.MissingMember)
	}
	var due civil.Date
	if reasons.Empty() && p.s.DueByDefault {
		d, err := by.Policy.on(a.Meeting).Delegation.Due(a.Meeting, p.s.Delegated)
		if err := reasons.Take(err); err != nil {
			return err
		}
		due = d.On
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
