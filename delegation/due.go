package delegation

import (
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Due is the day on which a form is to be back, and why it is that day.
type Due struct {
	On        civil.Date
	OutOfTerm bool     // delegated after the term of its meeting (OOT-1)
	Rules     rule.IDs // what decided, the deciding rule first
}

// Due returns the default due date of a form for a meeting; a zero delegated
// is not said. It is an *rule.Invalid without a meeting, and a *rule.Refusal
// of DUE-7 where a day counted is beyond the published bank holidays.
func (p Policy) Due(meeting, delegated civil.Date) (Due, error) {
	if meeting.IsZero() {
		return Due{}, &rule.Invalid{Member: "meeting", Want: wantDate}
	}
	if p.outOfTerm(meeting, delegated) {
		return p.dueOutOfTerm(delegated)
	}
	due, err := p.dueAfterMeeting(meeting)
	if err == nil && due.On.Before(delegated) {
		return p.dueNotPast(delegated)
	}
	return due, err
}

// DueAgain returns the default due date of a form that is delegated once more:
// the later of the one it had and the return period from that day (DELEG-7).
func (p Policy) DueAgain(had, delegated civil.Date) (Due, error) {
	if delegated.IsZero() {
		return Due{}, &rule.Invalid{Member: "delegated", Want: wantDate}
	}
	due, err := p.due(delegated, "delegated", p.Return, Due{Rules: rule.IDs{rule.DELEG7, rule.DUE1}})
	if err == nil && due.On.Before(had) {
		due.On = had
	}
	return due, err
}

// outOfTerm is OOT-1: a form is out of term when it is delegated after the
// term of its meeting has ended.
func (p Policy) outOfTerm(meeting, delegated civil.Date) bool {
	return meeting.Before(delegated) && p.Terms.Of(delegated).After(p.Terms.Of(meeting))
}

// dueAfterMeeting is DUE-1: a form is returned within two weeks of the
// meeting taking place.
func (p Policy) dueAfterMeeting(meeting civil.Date) (Due, error) {
	return p.due(meeting, "meeting", p.Return, Due{Rules: rule.IDs{rule.DUE1}})
}

// dueOutOfTerm is DUE-4: a form out of term is returned within two weeks of
// delegating.
func (p Policy) dueOutOfTerm(delegated civil.Date) (Due, error) {
	return p.due(delegated, "delegated", p.OutOfTerm, Due{OutOfTerm: true, Rules: rule.IDs{rule.DUE4, rule.OOT1}})
}

// dueNotPast is DUE-4b: a default due date is never already past; where it
// would be, it is the return period from the day of delegation.
func (p Policy) dueNotPast(delegated civil.Date) (Due, error) {
	return p.due(delegated, "delegated", p.Return, Due{Rules: rule.IDs{rule.DUE4b, rule.DUE1}})
}

// due fills in the day that ends a period from the named day.
func (p Policy) due(from civil.Date, member string, length Period, due Due) (Due, error) {
	on, err := length.From(from, p.Workdays)
	if err == nil && p.Roll {
		on, err = p.roll(on)
	}
	switch {
	case err != nil:
		return Due{}, err
	case on.IsZero():
		return Due{}, &rule.Invalid{Member: member, Want: "a day whose due date is not after the year 9999"}
	case p.Roll:
		due.Rules = and(due.Rules, rule.DUE2, rule.DUE7)
	case length.WorkingDays > 0:
		due.Rules = and(due.Rules, rule.DUE7)
	}
	due.On = on
	return due, nil
}

// roll is DUE-2 where a council does not leave a weekend or bank holiday
// alone: the due date moves to the next working day.
func (p Policy) roll(on civil.Date) (civil.Date, error) {
	if on.IsZero() {
		return on, nil
	}
	working, err := p.Workdays.Is(on)
	if working || err != nil {
		return on, err
	}
	return p.Workdays.Add(on, 1)
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

const wantDate = "a date as 2006-01-02"

// CheckDue is DELEG-3: the due date is mandatory and not before the day of
// delegation. A due date before the meeting is only warned of, by WarnDue.
func CheckDue(due, delegated civil.Date, no *rule.Reasons) {
	switch {
	case due.IsZero():
		no.No(rule.DELEG3, rule.MissingMember)
	case due.Before(delegated):
		no.Add(rule.Reason{Rule: rule.DELEG3, Code: rule.PastDate, On: delegated})
	}
}

// WarnDue is the warning of DELEG-3: DueBeforeMeeting for a form due before
// its meeting, and otherwise the zero Warning.
func WarnDue(due, meeting civil.Date) Warning {
	if due.IsZero() || !due.Before(meeting) {
		return 0
	}
	return DueBeforeMeeting
}
