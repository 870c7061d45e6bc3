package delegation

import (
	"errors"
	"time"

	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/workday"
)

// Rules holds the parameters of this package, comparable and safe to share.
// The zero Rules is not a policy: Check says what it lacks.
type Rules struct {
	Terms        term.Calendar     // which term a day is in (TERM-1)
	Workdays     *workday.Calendar // which days are working days (DUE-7)
	Return       Period            // from the meeting to the due date (DUE-1, DUE-4b)
	OutOfTerm    Period            // from delegation to the due date of a form out of term (DUE-4)
	Roll         bool              // a due date that is no working day moves to the next one (DUE-2)
	Reminders    Offsets           // days from the meeting (REM-1)
	DueReminders Offsets           // days from the due date; zero is off (REM-2)
	Carry        Carrying          // when a form that is not returned becomes the next term's (OOT-2)
	MaxCarries   int               // how often a form is carried at most (OOT-4)
	PortalLag    time.Duration     // from actioning an account until it is surely selectable (PRE-3)
	Preparation  int               // calendar days before the meeting (SECT-4)
	Comment      Grammar           // how the assignment comment is written (ASSIGN-1)
}

// Lancashire returns the policy that Lancashire published: two weeks, a
// reminder on the day of the meeting, carried once after term and due date.
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

// Check returns nil for a usable policy, and otherwise one *rule.Invalid for
// each member that is not, joined.
func (r Rules) Check() error {
	return errors.Join(
		rule.Need(r.Terms != term.Calendar{}, "terms", "a calendar of terms"),
		rule.Need(r.Workdays != nil, "bankHolidays", "a calendar of working days"),
		rule.Need(r.Return.Valid(), "returnPeriod", wantPeriod),
		rule.Need(r.OutOfTerm.Valid(), "outOfTermPeriod", wantPeriod),
		rule.Need(r.Carry.String() != "", "carryForward", wantCarrying),
		rule.Need(r.MaxCarries >= 0, "maxCarries", "a whole number, zero or more"),
		rule.Need(r.PortalLag >= 0, "portalLag", "a duration, zero or more"),
		rule.Need(r.Preparation >= 0, "preparationDays", "a whole number of days, zero or more"),
		rule.Need(r.Comment.valid(), "assignmentComment", wantGrammar),
	)
}
