package delegation

import (
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Due is the day by which a form must be returned, and the rules that set it.
type Due struct {
	On        civil.Date `json:"due"`
	OutOfTerm bool       `json:"outOfTerm"` // whether the form was delegated after the term of its meeting (OOT-1)
	Rules     rule.IDs   `json:"rules"`     // the rules that decided, the most decisive first
}

// Due returns the default due date of a form for a meeting. If delegated is
// zero, the day of delegation is not known, and the meeting alone decides. Due
// returns a *rule.Invalid if meeting is zero or the due date would be after the
// year 9999, and a *rule.Refusal of DUE-7 if it would have to count a day
// beyond the published bank holidays.
func (r Rules) Due(meeting, delegated civil.Date) (Due, error) {
	if meeting.IsZero() {
		return Due{}, &rule.Invalid{Member: "meeting", Want: wantDate}
	}
	if r.outOfTerm(meeting, delegated) {
		return r.dueOutOfTerm(delegated)
	}
	due, err := r.dueAfterMeeting(meeting)
	if err == nil && due.On.Before(delegated) {
		return r.dueNotPast(delegated)
	}
	return due, err
}

// DueAgain returns the default due date of a form that is delegated again: its
// former due date, or the end of the return period counted from the new day of
// delegation, whichever is later (DELEG-7). It returns a *rule.Invalid if
// delegated is zero; its other errors are those of Due.
func (r Rules) DueAgain(had, delegated civil.Date) (Due, error) {
	if delegated.IsZero() {
		return Due{}, &rule.Invalid{Member: "delegated", Want: wantDate}
	}
	due, err := r.due(delegated, "delegated", r.Return, Due{Rules: rule.IDs{rule.DELEG7, rule.DUE1}})
	if err == nil && due.On.Before(had) {
		due.On = had
	}
	return due, err
}

// outOfTerm is OOT-1: a form is out of term if it is delegated after the term
// of its meeting has ended.
func (r Rules) outOfTerm(meeting, delegated civil.Date) bool {
	return meeting.Before(delegated) && r.Terms.Of(delegated).After(r.Terms.Of(meeting))
}

// dueAfterMeeting is DUE-1: a form is returned within the return period after
// the meeting, two weeks in Lancashire.
func (r Rules) dueAfterMeeting(meeting civil.Date) (Due, error) {
	return r.due(meeting, "meeting", r.Return, Due{Rules: rule.IDs{rule.DUE1}})
}

// dueOutOfTerm is DUE-4: a form out of term is returned within a period after
// it was delegated, two weeks in Lancashire.
func (r Rules) dueOutOfTerm(delegated civil.Date) (Due, error) {
	return r.due(delegated, "delegated", r.OutOfTerm, Due{OutOfTerm: true, Rules: rule.IDs{rule.DUE4, rule.OOT1}})
}

// dueNotPast is DUE-4b: a default due date is never already past. If it would
// be, the return period is counted from the day of delegation.
func (r Rules) dueNotPast(delegated civil.Date) (Due, error) {
	return r.due(delegated, "delegated", r.Return, Due{Rules: rule.IDs{rule.DUE4b, rule.DUE1}})
}

// due fills in the last day of a period, given the day from which it is counted.
// The argument member is the name of that day in an error.
func (r Rules) due(from civil.Date, member string, length Period, due Due) (Due, error) {
	on, err := length.From(from, r.Workdays)
	if err == nil && r.Roll {
		on, err = r.roll(on)
	}
	switch {
	case err != nil:
		return Due{}, err
	case on.IsZero():
		return Due{}, &rule.Invalid{Member: member, Want: "a day whose due date is in the year 9999 or earlier"}
	case r.Roll:
		due.Rules = and(due.Rules, rule.DUE2, rule.DUE7)
	case length.WorkingDays > 0:
		due.Rules = and(due.Rules, rule.DUE7)
	}
	due.On = on
	return due, nil
}

// roll is DUE-2 for a council that moves a due date from a weekend or bank
// holiday to the next working day.
func (r Rules) roll(on civil.Date) (civil.Date, error) {
	if on.IsZero() {
		return on, nil
	}
	working, err := r.Workdays.Is(on)
	if working || err != nil {
		return on, err
	}
	return r.Workdays.Add(on, 1)
}

// This function returns the rules in ids, followed by the rules in more.
func and(ids rule.IDs, more ...rule.ID) rule.IDs {
	n := 0
	for n < len(ids) && ids[n] != 0 {
		n++
	}
	copy(ids[n:], more)
	return ids
}

const wantDate = "a date such as 2006-01-02"

// CheckDue is DELEG-3: a due date must be given and must not be before the day
// of delegation. It adds its refusals to reasons. A due date before the meeting
// is allowed: see DueBeforeMeeting.
func CheckDue(due, delegated civil.Date, reasons *rule.Reasons) {
	switch {
	case due.IsZero():
		reasons.AddReason(rule.Reason{Rule: rule.DELEG3, Code: rule.MissingMember, Words: rule.Absent("the due date")})
	case due.Before(delegated):
		reasons.AddReason(rule.Reason{Rule: rule.DELEG3, Code: rule.PastDate, On: delegated})
	}
}

// DueBeforeMeeting reports whether a form is due before its meeting, which
// DELEG-3 allows with a warning. It reports false if due is zero.
func DueBeforeMeeting(due, meeting civil.Date) bool { return !due.IsZero() && due.Before(meeting) }
