package delegation

import (
	"virtualschool.example/term/civil"
	"virtualschool.example/term/workday"
)

const wantPeriod = "either a number of days or a number of working days, above zero"

// Period is a length of time in calendar days or in working days. Exactly one
// of the two is above zero and the other is zero; the zero Period is none.
type Period struct{ Days, WorkingDays int }

// Valid reports whether exactly one of the two numbers is above zero and the
// other is zero.
func (p Period) Valid() bool {
	return min(p.Days, p.WorkingDays) == 0 && max(p.Days, p.WorkingDays) > 0
}

// From returns the day on which the period that starts on d ends; d itself is
// day 0. It is the zero Date beyond the year 9999, and a
// *rule.Refusal of DUE-7 where a working day counted is beyond w.
func (p Period) From(d civil.Date, w *workday.Calendar) (civil.Date, error) {
	if p.WorkingDays > 0 {
		return w.Add(d, p.WorkingDays)
	}
	return d.AddDays(p.Days), nil
}
