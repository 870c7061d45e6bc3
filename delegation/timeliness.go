package delegation

import (
	"errors"

	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// DueStatus says how a form stands against its due date. The zero DueStatus
// has no meaning.
type DueStatus uint8

// The statuses: three of a form that is still out, two of one that came back.
const (
	NotDue   DueStatus = 1 + iota // due after today
	DueToday                      // due today
	Overdue                       // due before today
	OnTime                        // came back on or before the due date
	Late                          // came back after it
)

var statusNames = [...]struct{ name, words string }{
	NotDue:   {"not_due", "not due yet"},
	DueToday: {"due_today", "due today"},
	Overdue:  {"overdue", "overdue"},
	OnTime:   {"on_time", "returned on time"},
	Late:     {"late", "returned late"},
}

// ParseDueStatus returns the status whose text form is s, such as "due_today".
func ParseDueStatus(s string) (DueStatus, error) {
	return rule.Find[DueStatus](len(statusNames), s, "status", "not_due, due_today, overdue, on_time or late")
}

// String returns the text form of s, or "" for none.
func (s DueStatus) String() string { return rule.Row(statusNames[:], s).name }

// Words returns s in words that follow "the form is", such as "due today".
func (s DueStatus) Words() string { return rule.Row(statusNames[:], s).words }

// MarshalText returns the text form of s.
func (s DueStatus) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the text form of a status as ParseDueStatus does, and
// empty text as the zero DueStatus.
func (s *DueStatus) UnmarshalText(text []byte) error { return rule.Unmarshal(text, s, ParseDueStatus) }

// Timeliness is how a form stands against its due date. The due date is day 0
// of both counts, which are zero where nothing is late.
type Timeliness struct {
	Status          DueStatus `json:"status"`
	DaysLate        int       `json:"daysLate"`        // calendar days
	WorkingDaysLate int       `json:"workingDaysLate"` // working days (DUE-7)
	Rules           rule.IDs  `json:"rules"`           // what decided, the deciding rule first
}

// Timeliness answers for the day today; a submitted after it, or zero, is not
// yet submitted. It is a *rule.Refusal of DUE-7 where a working day counted is
// beyond the published bank holidays.
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
// date and it is not submitted. It also returns the day that ends the count.
func statusOn(due, today, submitted civil.Date) (DueStatus, civil.Date) {
	if submitted.IsZero() || submitted.After(today) {
		return [...]DueStatus{NotDue, DueToday, Overdue}[1+today.Compare(due)], today
	}
	return [...]DueStatus{OnTime, OnTime, Late}[1+submitted.Compare(due)], submitted
}

func checkToday(due, today civil.Date) error {
	return errors.Join(rule.Need(!due.IsZero(), "due", wantDate), rule.Need(!today.IsZero(), "today", wantDate))
}
