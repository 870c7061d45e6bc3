package ask

import (
	"math"

	"virtualschool.example/delegation"
	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/rule"
)

func delegationDue(in *strict.Members) decide {
	meeting, delegated := in.Need("meeting").Date(), in.May("delegated").Date()
	return func(p *pep.Policy) (Reply, error) {
		due, err := p.Delegation(meeting).Due(meeting, delegated)
		if err != nil {
			return nil, err
		}
		r := Reply{"due": due.On.String(), "outOfTerm": due.OutOfTerm}
		reason := "in_term"
		if due.OutOfTerm {
			reason = "out_of_term"
		}
		return r.because(due.Rules.List(), reason, "the form is due on "+due.On.String()), nil
	}
}

func delegationTimeliness(in *strict.Members) decide {
	due, today, submitted := in.Need("due").Date(), in.Need("today").Date(), in.May("submitted").Date()
	return func(p *pep.Policy) (Reply, error) {
		t, err := p.Delegation(due).Timeliness(due, today, submitted)
		if err != nil {
			return nil, err
		}
		r := Reply{"status": t.Status.String(), "daysLate": t.DaysLate, "workingDaysLate": t.WorkingDaysLate}
		return r.because(t.Rules.List(), t.Status.String(), timely[t.Status]), nil
	}
}

// timely says each status in a sentence.
var timely = [...]string{
	delegation.NotDue:   "the form is still out and not due yet",
	delegation.DueToday: "the form is still out and due today",
	delegation.Overdue:  "the form is still out and overdue",
	delegation.OnTime:   "the form came back in time",
	delegation.Late:     "the form came back late",
}

func delegationAssignment(in *strict.Members) decide {
	comment := in.Need("comment").Text("the assignment comment")
	form, last := termValue(in.Need("formTerm")), termValue(in.May("lastTerm"))
	return func(p *pep.Policy) (Reply, error) {
		a, err := p.Delegation(p.Calendar().First(form)).ParseAssignment(comment, form, last)
		if err != nil {
			return nil, err
		}
		r := Reply{
			"term": a.Term.String(), "nextMeeting": orNull(a.Next),
			"nextTerm": orNull(a.NextTerm), "warnings": names(a.Warnings),
		}
		reason, message := nextSaid(a)
		return r.because(a.Rules.List(), reason, message), nil
	}
}

// nextSaid says what an assignment comment says of the next meeting.
func nextSaid(a delegation.Assignment) (reason, message string) {
	switch {
	case a.Next.IsZero():
		return "no_next_meeting", "no next meeting is needed after the last term"
	case len(a.Warnings) == 0:
		return "next_term", "the next meeting is in the next term"
	case a.Warnings[0] == delegation.SameTerm:
		return a.Warnings[0].String(), "the next meeting is in the form's own term"
	}
	return a.Warnings[0].String(), "the next meeting leaves a term without one"
}

func delegationReminders(in *strict.Members) decide {
	d := delegation.Dates{
		Delegated: in.Need("delegated").Date(), Meeting: in.Need("meeting").Date(),
		Submitted: in.May("submitted").Date(), Retracted: in.May("retracted").Date(),
	}
	return func(p *pep.Policy) (Reply, error) {
		on := p.Delegation(d.Meeting).RemindersOn(d)
		reason, message := "reminded", "the establishment is reminded"
		if len(on) == 0 {
			reason, message = "not_reminded", "it came back or was taken back before the day, or was delegated after it"
		}
		return Reply{"on": names(on)}.because([]rule.ID{rule.REM1}, reason, message), nil
	}
}

func delegationCarryForward(in *strict.Members) decide {
	meeting, due, today := in.Need("meeting").Date(), in.Need("due").Date(), in.Need("today").Date()
	times := in.Need("timesCarried")
	carried := times.IntFrom(0, math.MaxInt16, wantTimes)
	submitted := in.May("submitted").Date()
	return func(p *pep.Policy) (Reply, error) {
		c := p.Delegation(today).CarryForward(meeting, due, today, submitted, carried)
		if c.Term.IsZero() {
			return nil, &rule.Invalid{Member: "timesCarried", Want: wantTimes}
		}
		r := Reply{"carried": c.Carried, "term": c.Term.String(), "stale": c.Stale}
		return r.because(c.Rules.List(), carriedReason(c), carriedMessage(c)), nil
	}
}

const wantTimes = "how often it was carried, from 0"

func carriedReason(c delegation.Carried) string {
	if c.Carried {
		return "carried"
	}
	return c.Code.String()
}

func carriedMessage(c delegation.Carried) string {
	said := c.Code.Sentence()
	if c.Carried {
		said = "it was not returned in time and becomes the form of " + c.Term.String()
	}
	if c.Stale {
		said += "; it is not to be kept open"
	}
	return said
}
