package ask

import (
	"math"

	"virtualschool.example/delegation"
	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
)

func delegationDue(in *strict.Members) decide {
	meeting, delegated := in.Need("meeting").Date(), in.May("delegated").Date()
	return func(p *pep.Policy) (Reply, rule.Explanation, error) {
		due, err := p.Delegation(meeting).Due(meeting, delegated)
		e := due.Explain(p.Delegation(meeting), meeting, delegated)
		if err != nil {
			return nil, e, err
		}
		r := Reply{"due": due.On.String(), "outOfTerm": due.OutOfTerm}
		reason := "in_term"
		if due.OutOfTerm {
			reason = "out_of_term"
		}
		return r.because(due.Rules.List(), reason), e, nil
	}
}

func delegationTimeliness(in *strict.Members) decide {
	due, today, submitted := in.Need("due").Date(), in.Need("today").Date(), in.May("submitted").Date()
	return func(p *pep.Policy) (Reply, rule.Explanation, error) {
		t, err := p.Delegation(due).Timeliness(due, today, submitted)
		e := t.Explain(due, today, submitted)
		if err != nil {
			return nil, e, err
		}
		r := Reply{"status": t.Status.String(), "daysLate": t.DaysLate, "workingDaysLate": t.WorkingDaysLate}
		return r.because(t.Rules.List(), t.Status.String()), e, nil
	}
}

func delegationAssignment(in *strict.Members) decide {
	comment := in.Need("comment").Text("the term and the next meeting, such as SPRING—17/06/2022")
	form, last := termValue(in.Need("formTerm")), termValue(in.May("lastTerm"))
	return func(p *pep.Policy) (Reply, rule.Explanation, error) {
		by := p.Delegation(p.Calendar().First(form))
		a, err := by.ParseAssignment(comment, form, last)
		e := a.Explain(by, form, last)
		if err != nil {
			return nil, e, err
		}
		r := Reply{
			"term": a.Term.String(), "nextMeeting": orNull(a.Next),
			"nextTerm": orNull(a.NextTerm), "warnings": gaps(a),
		}
		return r.because(a.Rules.List(), nextReason(a)), e, nil
	}
}

// nextReason returns the reason code for what an assignment comment says about the next
// meeting.
func nextReason(a delegation.Assignment) string {
	switch {
	case a.Next.IsZero():
		return "no_next_meeting"
	case a.Gap == 0:
		return "next_term"
	}
	return a.Gap.String()
}

// gaps returns the comment's warning as a list of one, or an empty list if there is no
// warning (ASSIGN-3).
func gaps(a delegation.Assignment) []string {
	if a.Gap == 0 {
		return []string{}
	}
	return names([]delegation.Gap{a.Gap})
}

func delegationReminders(in *strict.Members) decide {
	d := delegation.Dates{
		Delegated: in.Need("delegated").Date(), Meeting: in.Need("meeting").Date(),
		Due: in.May("due").Date(), Submitted: in.May("submitted").Date(), Retracted: in.May("retracted").Date(),
	}
	return func(p *pep.Policy) (Reply, rule.Explanation, error) {
		by := p.Delegation(d.Meeting)
		on, reason, rules := by.RemindersOn(d), "reminded", []rule.ID{rule.REM1}
		if by.DueReminders != 0 && !d.Due.IsZero() {
			rules = append(rules, rule.REM2)
		}
		if len(on) == 0 {
			reason = "not_reminded"
		}
		return Reply{"on": names(on)}.because(rules, reason), d.Explain(by, on), nil
	}
}

func delegationCarryForward(in *strict.Members) decide {
	meeting, due, today := in.Need("meeting").Date(), in.Need("due").Date(), in.Need("today").Date()
	times := in.Need("timesCarried")
	carried := times.IntFrom(0, math.MaxInt16, wantTimes)
	submitted := in.May("submitted").Date()
	return func(p *pep.Policy) (Reply, rule.Explanation, error) {
		c := p.Delegation(today).CarryForward(meeting, due, today, submitted, carried)
		if c.Term.IsZero() {
			return nil, rule.Explanation{}, &rule.Invalid{Member: "timesCarried", Want: wantTimes}
		}
		r := Reply{"carried": c.Carried, "term": c.Term.String(), "stale": c.Stale}
		return r.because(c.Rules.List(), carriedReason(c)), c.Explain(p.Delegation(today), meeting, due, today, submitted, carried), nil
	}
}

const wantTimes = "the number of times that the form has been carried forward, 0 or more"

func carriedReason(c delegation.Carried) string {
	if c.Carried {
		return "carried"
	}
	return c.Code.String()
}

func delegationPreflight(in *strict.Members) decide {
	where := in.Need("establishment").Object()
	e := record.Establishment{Status: strict.Named(where.Need("status").Described(statuses), "", record.ParseStatus)}
	c, at := readContributor(in.Need("contributor"), false), readMoment(in.Need("at"))
	return func(p *pep.Policy) (Reply, rule.Explanation, error) {
		var reasons rule.Reasons
		p.Delegation(at.on).Preflight(e, c, at.at, &reasons)
		why := delegation.ExplainPreflight(e, c, at.at, at.on, reasons.List())
		r := Reply{"ready": reasons.Empty(), "reasons": append([]rule.Reason{}, reasons.List()...)}
		if reasons.Empty() {
			return r.because([]rule.ID{rule.PRE1, rule.PRE2, rule.PRE3}, "ready"), why, nil
		}
		var rules []rule.ID
		for _, reason := range reasons.List() {
			rules = append(rules, reason.Rule)
		}
		return r.because(rules, reasons.List()[0].Code.String()), why, nil
	}
}
