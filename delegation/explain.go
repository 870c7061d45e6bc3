package delegation

import (
	"fmt"
	"time"

	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// Explain says why the form is due on that day, given the arguments from which
// the due date was decided. The zero Due means that the due date was refused.
func (d Due) Explain(r Rules, meeting, delegated civil.Date) rule.Explanation {
	var e rule.Explanation
	e.Given("meeting", meeting)
	e.Given("delegated", delegated)
	length, name, late := r.Return, "returnPeriod", r.outOfTerm(meeting, delegated)
	if late {
		length, name = r.OutOfTerm, "outOfTermPeriod"
	}
	if !delegated.IsZero() {
		e.Given("meetingTerm", r.Terms.Of(meeting))
		e.Given("outOfTerm", late)
		e.Uses(meeting, "terms")
	}
	e.Uses(meeting, name)
	if r.Roll {
		e.Uses(meeting, "rollDueDate")
	}
	if length.WorkingDays > 0 || r.Roll {
		e.Uses(meeting, "bankHolidays")
	}
	e.Sentence = d.sentence(r, length, meeting, delegated)
	return e
}

// sentence says when the form is due, and which rule decides it.
func (d Due) sentence(r Rules, length Period, meeting, delegated civil.Date) (said string) {
	on, from := d.On.Words(), delegated
	switch d.Rules[0] {
	case rule.DUE4:
		said = fmt.Sprintf("the form was delegated on %s, after the end of %s, the term of its meeting, so it is due %s after delegation, on %s",
			delegated.Words(), r.Terms.Of(meeting), length.Words(), on)
	case rule.DUE4b:
		said = fmt.Sprintf("the form was delegated on %s, more than %s after the meeting on %s, so it is due %s after delegation, on %s",
			delegated.Words(), length.Words(), meeting.Words(), length.Words(), on)
	case rule.DUE1:
		from, said = meeting, fmt.Sprintf("the form is due on %s, %s after the meeting on %s", on, length.Words(), meeting.Words())
	default:
		return ""
	}
	if end, err := length.From(from, r.Workdays); err == nil && end != d.On {
		said += " (moved to the next working day)" // DUE-2
	}
	return said
}

// Words returns the period as it is written in a sentence, such as "14 days".
func (p Period) Words() string {
	if p.WorkingDays > 0 {
		return count(p.WorkingDays, "working day")
	}
	return count(p.Days, "day")
}

// count returns n and the name of a thing as in a sentence, such as "14 days".
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// Explain says why the form has this status, given the arguments from which the
// status was decided. The zero Timeliness means that the answer was refused.
func (t Timeliness) Explain(due, today, submitted civil.Date) rule.Explanation {
	var e rule.Explanation
	e.Given("due", due)
	e.Given("today", today)
	e.Given("submitted", submitted)
	late := count(t.DaysLate, "day") + " late (" + count(t.WorkingDaysLate, "working day") + ")"
	switch t.Status {
	case NotDue:
		e.Says("the form is still out on %s and is not due until %s", today.Words(), due.Words())
	case DueToday:
		e.Says("the form is still out and is due today, %s", due.Words())
	case Overdue:
		e.Says("the form was due on %s and is still out on %s, %s", due.Words(), today.Words(), late)
	case OnTime:
		e.Says("the form was due on %s and came back on time, on %s", due.Words(), submitted.Words())
	case Late:
		e.Says("the form was due on %s and came back on %s, %s", due.Words(), submitted.Words(), late)
	}
	if t.Rules[1] == rule.DUE7 || t.Status == 0 {
		e.Uses(due, "bankHolidays")
	}
	return e
}

// ExplainPreflight says why a form may or may not be delegated to the
// contributor at the establishment at a given instant. The other arguments
// are the day of that instant and the reasons that Preflight gave.
func ExplainPreflight(e record.Establishment, c record.Contributor, at time.Time, on civil.Date, reasons []rule.Reason) rule.Explanation {
	var x rule.Explanation
	x.Given("status", e.Status)
	x.Given("active", c.Active)
	x.Given("actionedAt", instant(c.Actioned))
	x.Given("at", instant(at))
	x.Uses(on, "portalLag")
	if x.Sentence = rule.Text(reasons); len(reasons) == 0 {
		x.Says("the establishment is current and the contributor can be selected")
	}
	return x
}

// instant returns an instant in the form of the JSON contract, or "" if it is
// zero.
func instant(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format(time.RFC3339Nano)
}

// Explain explains the comment of a form, given the form's term and the child's
// last term. The zero Assignment means that the comment was refused.
func (a Assignment) Explain(r Rules, form, last term.Term) rule.Explanation {
	var e rule.Explanation
	e.Given("comment", rule.Private)
	e.Given("formTerm", form)
	e.Given("lastTerm", last)
	if !a.Term.IsZero() {
		e.Given("nextMeeting", a.Next)
		e.Given("nextTerm", a.NextTerm)
	}
	e.Uses(r.Terms.First(form), "assignmentComment", "terms")
	switch {
	case a.Term.IsZero():
	case a.Next.IsZero():
		e.Says("no further meeting is needed after %s, because %s is the last term for which a plan is needed", form, last)
	case a.NextTerm == form:
		e.Says("the next meeting, on %s, is in %s, the form's own term", a.Next.Words(), form)
	case a.NextTerm == form.Next():
		e.Says("the next meeting, on %s, is in %s, the term after the form's own", a.Next.Words(), a.NextTerm)
	default:
		e.Says("the next meeting, on %s, is in %s, which leaves %s without a meeting", a.Next.Words(), a.NextTerm, form.Next())
	}
	return e
}

// Explain says why reminders of the form go out on the given days,
// which must be those that RemindersOn returned.
func (d Dates) Explain(r Rules, on []civil.Date) rule.Explanation {
	var e rule.Explanation
	e.Given("delegated", d.Delegated)
	e.Given("meeting", d.Meeting)
	e.Given("submitted", d.Submitted)
	e.Given("retracted", d.Retracted)
	e.Uses(d.Meeting, "reminders")
	if !d.Due.IsZero() {
		e.Given("due", d.Due)
		e.Uses(d.Meeting, "dueReminders")
	}
	e.Sentence = d.reminded(r, on)
	return e
}

func (d Dates) reminded(r Rules, on []civil.Date) string {
	meeting, ofDue := d.Meeting.Words(), r.DueReminders != 0 && !d.Due.IsZero()
	switch {
	case len(on) > 0:
		return "the establishment is to be reminded on " + listed(on) + " if the form is still out"
	case r.Reminders == 0 && !ofDue:
		return "nobody is reminded, because the policy sets no reminder days"
	case r.Reminders != OnTheDay || ofDue:
	case d.Delegated.After(d.Meeting):
		return "nobody is reminded, because the form was delegated on " + d.Delegated.Words() + ", after the meeting on " + meeting
	case before(d.Submitted, d.Meeting):
		return "nobody is reminded, because the form came back on " + d.Submitted.Words() + ", before the meeting on " + meeting
	case before(d.Retracted, d.Meeting):
		return "nobody is reminded, because the form was retracted on " + d.Retracted.Words() + ", before the meeting on " + meeting
	}
	return "nobody is reminded, because the form is not with the establishment on any reminder day"
}

// listed returns days as they are written in a sentence.
func listed(days []civil.Date) string {
	words := make([]string, len(days))
	for n, d := range days {
		words[n] = d.Words()
	}
	return rule.List("and", words)
}

// Explain says why the form is or is not carried forward, given the arguments
// from which that was decided.
func (c Carried) Explain(r Rules, meeting, due, today, submitted civil.Date, times int) rule.Explanation {
	var e rule.Explanation
	e.Given("meeting", meeting)
	e.Given("due", due)
	e.Given("today", today)
	e.Given("submitted", submitted)
	e.Given("timesCarried", times)
	was := r.Terms.Of(meeting).Add(times)
	e.Given("formTerm", was)
	e.Given("termEnds", r.Terms.Last(was))
	e.Uses(today, "carryForward")
	if c.Code != rule.CarryingOff {
		e.Uses(today, "maxCarries")
	}
	e.Uses(meeting, "terms")
	e.Sentence = c.sentence(was, r.cutOff(was, due), today, submitted, times)
	return e
}

func (c Carried) sentence(was term.Term, cutOff, today, submitted civil.Date, times int) string {
	var said string
	switch {
	case c.Carried:
		said = fmt.Sprintf("the form for %s was not back by %s and becomes the form for %s", was, cutOff.Words(), c.Term)
	case c.Code == rule.CarryingOff, times == 0 && c.Code == rule.AlreadyCarried:
		said = "the policy does not carry forms forward, so the form still counts for " + was.String()
	case c.Code == rule.AlreadyCarried && times == 1:
		said = fmt.Sprintf("the form has already been carried forward once and still counts for %s", was)
	case c.Code == rule.AlreadyCarried:
		said = fmt.Sprintf("the form has already been carried forward %d times and still counts for %s", times, was)
	case !today.After(cutOff):
		said = fmt.Sprintf("the form still counts for %s, because it can be returned until %s and today is %s", was, cutOff.Words(), today.Words())
	default:
		said = fmt.Sprintf("the form still counts for %s, because it had to be back by %s and came back in time, on %s", was, cutOff.Words(), submitted.Words())
	}
	if c.Stale {
		said += "; it has not been returned in time, so it should not stay open"
	}
	return said
}
