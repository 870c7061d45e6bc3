package delegation

import (
	"slices"

	"virtualschool.example/term/civil"
)

// Dates holds the days of one form that is handed to a contributor. A day is
// the zero Date if it is not known, or if the event has not happened.
type Dates struct {
	Meeting, Delegated, Due, Submitted, Retracted civil.Date
}

// RemindersOn returns the days on which the establishment is reminded, in
// ascending order and without repetition. If there are none, the slice is empty
// and not nil.
func (r Rules) RemindersOn(d Dates) []civil.Date {
	on := d.remind([]civil.Date{}, d.Meeting, r.Reminders)
	on = d.remind(on, d.Due, r.DueReminders) // REM-2: no reminders for a due date unless the policy names days
	slices.SortFunc(on, civil.Date.Compare)
	return slices.Compact(on)
}

// RemindOn reports whether the establishment is reminded on the given day, as
// decided at the start of that day. It agrees with RemindersOn.
func (r Rules) RemindOn(day civil.Date, d Dates) bool {
	return d.outOn(day) && (falls(day, d.Meeting, r.Reminders) || falls(day, d.Due, r.DueReminders))
}

// remind counts each offset from the same day, and appends each resulting day on
// which the form is out. It appends nothing if the day counted from is zero.
func (d Dates) remind(on []civil.Date, from civil.Date, by Offsets) []civil.Date {
	for _, n := range by.List() {
		if day := from.AddDays(n); !from.IsZero() && d.outOn(day) {
			on = append(on, day)
		}
	}
	return on
}

// outOn is REM-1: a reminder goes out on a day only if the form was delegated
// by that day and was not submitted or retracted before it.
func (d Dates) outOn(day civil.Date) bool {
	return !day.IsZero() && !d.Delegated.IsZero() && !d.Delegated.After(day) &&
		!before(d.Submitted, day) && !before(d.Retracted, day)
}

// before reports whether the first day is known and is earlier than the second.
func before(came, day civil.Date) bool { return !came.IsZero() && came.Before(day) }

// falls reports whether the first day is at one of the offsets from the second,
// which must be known.
func falls(day, from civil.Date, by Offsets) bool {
	return by != 0 && !from.IsZero() && by.Has(day.DaysSince(from))
}
