package delegation

import (
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Due is the day on which a form is to be back, and why it is that day.
type Due struct {
	On        civil.Date `json:"due"`
	OutOfTerm bool       `json:"outOfTerm"` // delegated after the term of its meeting (OOT-1)
	Rules     rule.IDs   `json:"rules"`     // what decided, the deciding rule first
}

// Due returns the default due date of a form for a meeting; a zero delegated
// is not said. It is an *rule.Invalid without a meeting, and a *rule.Refusal
// of DUE-7 where a day counted is beyond the published bank holidays.
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

// DueAgain returns the default due date of a form that is delegated once more:
// the later of the one it had and the return period from that day (DELEG-7).
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

// outOfTerm is OOT-1: a form is out of term when it is delegated after the
// term of its meeting has ended.
func (r Rules) outOfTerm(meeting, delegated civil.Date) bool {
	return meeting.Before(delegated) && r.Terms.Of(delegated).After(r.Terms.Of(meeting))
}

// dueAfterMeeting is DUE-1: a form is returned within two weeks of the
// meeting taking place.
func (r Rules) dueAfterMeeting(meeting civil.Date) (Due, error) {
	return r.due(meeting, "meeting", r.Return, Due{Rules: rule.IDs{rule.DUE1}})
}

// dueOutOfTerm is DUE-4: a form out of term is returned within two weeks of
// delegating.
func (r Rules) dueOutOfTerm(delegated civil.Date) (Due, error) {
	return r.due(delegated, "delegated", r.OutOfTerm, Due{OutOfTerm: true, Rules: rule.IDs{rule.DUE4, rule.OOT1}})
}

// dueNotPast is DUE-4b: a default due date is never already past; where it
// would be, it is the return period from the day of delegation.
func (r Rules) dueNotPast(delegated civil.Date) (Due, error) {
	return r.due(delegated, "delegated", r.Return, Due{Rules: rule.IDs{rule.DUE4b, rule.DUE1}})
}

// due fills in the day that ends a period from the named day.
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

// roll is DUE-2 where a council does not leave a weekend or bank holiday
// alone: the due date moves to the next working day.
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

// and returns the rules that decided with more behind them.
func and(ids rule.IDs, more ...rule.ID) rule.IDs {
	n := 0
	for n < len(ids) && ids[n] != 0 {
		n++
	}
	copy(ids[n:], more)
	return ids
}

const wantDate = "a date such as 2006-01-02"

// CheckDue is DELEG-3: the due date is mandatory and not before the day of
// delegation. A due date before the meeting is allowed: see DueBeforeMeeting.
func CheckDue(due, delegated civil.Date, reasons *rule.Reasons) {
	switch {
	case due.IsZero():
		reasons.AddReason(rule.Reason{Rule: rule.DELEG3, Code: rule.MissingMember, Words: rule.Absent("the due date")})
	case due.Before(delegated):
		reasons.AddReason(rule.Reason{Rule: rule.DELEG3, Code: rule.PastDate, On: delegated})
	}
}

// DueBeforeMeeting reports whether a form is due back before its meeting, which
// DELEG-3 allows and warns of. A zero due is not.
func DueBeforeMeeting(due, meeting civil.Date) bool { return !due.IsZero() && due.Before(meeting) }
