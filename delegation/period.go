package delegation

import (
	"virtualschool.example/term/civil"
	"virtualschool.example/term/workday"
)

const wantPeriod = "either a number of days or a number of working days, 1 or more"

// Period is a length of time, either in calendar days or in working days. One
// of the two numbers is above zero and the other is zero. The zero Period is
// not valid.
type Period struct{ Days, WorkingDays int }

// Valid reports whether one of the two numbers is above zero and the other is
// zero.
func (p Period) Valid() bool {
	return min(p.Days, p.WorkingDays) == 0 && max(p.Days, p.WorkingDays) > 0
}

// From returns the last day of the period that starts on d; d itself is day 0.
// It returns the zero Date if that is beyond the year 9999, and a *rule.Refusal
// of DUE-7 if it would have to count a working day outside w.
func (p Period) From(d civil.Date, w *workday.Calendar) (civil.Date, error) {
	if p.WorkingDays > 0 {
		return w.Add(d, p.WorkingDays)
	}
	return d.AddDays(p.Days), nil
}
