package delegation

import (
	"errors"

	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// DueStatus says how a form stands against its due date. The zero DueStatus is
// not a status.
type DueStatus uint8

// The statuses: three for a form that is still out, two for one that was
// returned.
const (
	NotDue   DueStatus = 1 + iota // due after today
	DueToday                      // due today
	Overdue                       // due before today
	OnTime                        // returned on or before the due date
	Late                          // returned after the due date
)

var statusNames = [...]struct{ name, words string }{
	NotDue:   {"not_due", "not due yet"},
	DueToday: {"due_today", "due today"},
	Overdue:  {"overdue", "overdue"},
	OnTime:   {"on_time", "returned on time"},
	Late:     {"late", "returned late"},
}

// ParseDueStatus returns the status whose text form is s, such as "due_today".
// For any other text it returns a *rule.Invalid of member "status".
func ParseDueStatus(s string) (DueStatus, error) {
	return rule.Find[DueStatus](len(statusNames), s, "status", "not_due, due_today, overdue, on_time or late")
}

// String returns the text form of s, or "" if s is zero.
func (s DueStatus) String() string { return rule.Row(statusNames[:], s).name }

// Words returns s in words that follow "the form is", such as "due today".
func (s DueStatus) Words() string { return rule.Row(statusNames[:], s).words }

// MarshalText returns the text form of s.
func (s DueStatus) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads a status as ParseDueStatus does. Empty text is the zero
// DueStatus.
func (s *DueStatus) UnmarshalText(text []byte) error { return rule.Unmarshal(text, s, ParseDueStatus) }

// Timeliness says how a form stands against its due date. Both counts start on
// the day after the due date, and are zero if the form is not late.
type Timeliness struct {
	Status          DueStatus `json:"status"`
	DaysLate        int       `json:"daysLate"`        // calendar days
	WorkingDaysLate int       `json:"workingDaysLate"` // working days (DUE-7)
	Rules           rule.IDs  `json:"rules"`           // the rules that decided, the most decisive first
}

// Timeliness says how a form stands today. If submitted, the day on which the
// form was returned, is zero or after today, the form has not been returned yet.
// Timeliness returns a *rule.Invalid of member "due" or "today" if that argument
// is zero, and a *rule.Refusal of DUE-7 if it would have to count a day beyond
// the published bank holidays.
func (r Rules) Timeliness(due, today, submitted civil.Date) (Timeliness, error) {
	if err := checkToday(due, today); err != nil {
		return Timeliness{}, err
	}
	status, until := statusOn(due, today, submitted)
	t := Timeliness{Status: status, Rules: rule.IDs{rule.DUE3}}
	if !until.After(due) {
		return t, nil
	}
	late, err := r.Workdays.Between(due, until)
	if err != nil {
		return Timeliness{}, err
	}
	t.DaysLate, t.WorkingDaysLate = until.DaysSince(due), late
	t.Rules = rule.IDs{rule.DUE3, rule.DUE7}
	return t, nil
}

// statusOn is DUE-3: a form is overdue if and only if today is after the due
// date and the form is not submitted. It also returns the day up to which
// lateness is counted: today, or the day on which the form was submitted.
func statusOn(due, today, submitted civil.Date) (DueStatus, civil.Date) {
	if submitted.IsZero() || submitted.After(today) {
		return [...]DueStatus{NotDue, DueToday, Overdue}[1+today.Compare(due)], today
	}
	return [...]DueStatus{OnTime, OnTime, Late}[1+submitted.Compare(due)], submitted
}

func checkToday(due, today civil.Date) error {
	return errors.Join(rule.Need(!due.IsZero(), "due", wantDate), rule.Need(!today.IsZero(), "today", wantDate))
}
