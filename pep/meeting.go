package pep

import (
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// MeetingWindow returns the first and the last day on which a meeting can be
// held if it is arranged on the given day. TERM-8 counts whole terms back and
// ahead from the term of the given day. If the first or the last day is zero,
// there is no bound on that side, because the bound lies outside the years 1 to
// 9999.
func (p *Policy) MeetingWindow(on civil.Date) (first, last civil.Date) {
	par, terms := p.on(on), p.Calendar()
	current := terms.Of(on)
	return terms.First(current.Add(-par.MeetingTermsBack)), terms.Last(current.Add(par.MeetingTermsAhead))
}

// checkWindow adds a reason if a meeting that the act sets is outside the window of
// the act's day (TERM-8).
func (a *Act) checkWindow(meeting civil.Date, reasons *rule.Reasons) {
	first, last := a.Policy.MeetingWindow(a.On)
	switch {
	case meeting.Before(first):
		reasons.AddReason(rule.Reason{Rule: rule.TERM8, Code: rule.MeetingTooEarly, On: first})
	case meeting.After(last) && !last.IsZero():
		reasons.AddReason(rule.Reason{Rule: rule.TERM8, Code: rule.MeetingTooLate, On: last})
	}
}

// checkDueWindow adds a reason if an entered due date is after the last day of the
// window for meetings (DELEG-3).
func (a *Act) checkDueWindow(due civil.Date, reasons *rule.Reasons) {
	if _, last := a.Policy.MeetingWindow(a.On); due.After(last) && !last.IsZero() {
		reasons.AddReason(rule.Reason{Rule: rule.DELEG3, Code: rule.DueTooLate, On: last})
	}
}
