package delegation

import (
	"errors"
	"time"

	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/workday"
)

// Rules holds the parameters of this package. It is comparable and safe to
// share. The zero Rules is not usable; Check says what it lacks.
type Rules struct {
	Terms        term.Calendar     // the calendar of terms (TERM-1)
	Workdays     *workday.Calendar // the calendar of working days (DUE-7)
	Return       Period            // the time in which a form must be returned, counted from the meeting (DUE-1) or from delegation (DUE-4b)
	OutOfTerm    Period            // the time from delegation to the due date of a form out of term (DUE-4)
	Roll         bool              // whether a due date on a weekend or bank holiday moves to the next working day (DUE-2)
	Reminders    Offsets           // the days of reminders, counted from the meeting (REM-1)
	DueReminders Offsets           // the days of reminders, counted from the due date; zero if there are no such reminders (REM-2)
	Carry        Carrying          // when a form that is not returned is carried to the next term (OOT-2)
	MaxCarries   int               // the most times that a form is carried (OOT-4)
	PortalLag    time.Duration     // the time from the actioning of an account until it can be selected (PRE-3)
	Preparation  int               // how many calendar days before the meeting the social worker's sections must be ready (SECT-4)
	Comment      Grammar           // how the assignment comment is written (ASSIGN-1)
}

// Lancashire returns the rules that Lancashire published: forms are returned
// within two weeks, a reminder goes out on the day of the meeting, and a form
// is carried forward once, after its term and its due date.
func Lancashire() Rules {
	return Rules{
		Terms:       term.Lancashire(),
		Workdays:    workday.EnglandAndWales(),
		Return:      Period{Days: 14},
		OutOfTerm:   Period{Days: 14},
		Reminders:   OnTheDay,
		Carry:       AfterDue,
		MaxCarries:  1,
		PortalLag:   24 * time.Hour,
		Preparation: 10,
		Comment:     Grammar{Dashes: "—–-\u2010\u2011\u2012\u2015\u2212", None: "N/A"},
	}
}

// Check returns nil if r is usable. Otherwise it returns one *rule.Invalid for
// each member that is not valid, joined by errors.Join.
func (r Rules) Check() error {
	return errors.Join(
		rule.Need(r.Terms != term.Calendar{}, "terms", "a calendar of terms"),
		rule.Need(r.Workdays != nil, "bankHolidays", "a calendar of working days"),
		rule.Need(r.Return.Valid(), "returnPeriod", wantPeriod),
		rule.Need(r.OutOfTerm.Valid(), "outOfTermPeriod", wantPeriod),
		rule.Need(r.Carry.String() != "", "carryForward", wantCarrying),
		rule.Need(r.MaxCarries >= 0, "maxCarries", "a whole number, 0 or more"),
		rule.Need(r.PortalLag >= 0, "portalLag", "a duration of 0 or more"),
		rule.Need(r.Preparation >= 0, "preparationDays", "a whole number of days, 0 or more"),
		rule.Need(r.Comment.valid(), "assignmentComment", wantGrammar),
	)
}
