package pep

import (
	"fmt"

	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// ExplainOn explains the answer of RequiredOn, given the child's birth date and
// the day. The explanation says that the birth date was used but does not show
// it.
func (r Requirement) ExplainOn(p *Policy, born, on civil.Date) rule.Explanation {
	t := p.Calendar().Of(on)
	age := born.AgeOn(on, p.forTerm(t).LeapBirthday)
	var e rule.Explanation
	e.Given("born", rule.Private)
	e.Given("on", on)
	e.Given("term", t)
	e.Given("lastTerm", p.LastTerm(born))
	e.Given("age", age)
	x := explained{&e, p, born, t, record.Span{From: on, To: on.AddDays(1)}}
	aged := x.age(r, fmt.Sprintf("%d on %s", age, on.Words()), on.Words())
	x.care(r, aged, "on "+on.Words())
	return e
}

// ExplainFor explains the answer of RequiredForTerm, given the child's birth
// date and the term. The explanation says that the birth date was used but
// does not show it.
func (r Requirement) ExplainFor(p *Policy, born civil.Date, t term.Term) rule.Explanation {
	x, aged := r.explainWindow(p, born, t)
	when := "in " + t.String()
	if !x.counts() {
		when = "on the days of " + t.String() + " on which a plan could be needed"
	}
	x.care(r, aged, when)
	return *x.Explanation
}

// ExplainWindow explains the answer of InAgeWindow, given the child's birth
// date and the term. The explanation says that the birth date was used but
// does not show it.
func (r Requirement) ExplainWindow(p *Policy, born civil.Date, t term.Term) rule.Explanation {
	x, aged := r.explainWindow(p, born, t)
	if r.Required {
		x.Says("the child is %s and, if looked after, needs a plan %s", aged, p.until(born))
	}
	return *x.Explanation
}

func (r Requirement) explainWindow(p *Policy, born civil.Date, t term.Term) (explained, string) {
	last, par := p.Calendar().Last(t), p.forTerm(t)
	age := born.AgeOn(last, par.LeapBirthday)
	var e rule.Explanation
	e.Given("born", rule.Private)
	e.Given("term", t)
	e.Given("lastTerm", p.LastTerm(born))
	e.Given("ageAtEnd", age)
	x := explained{&e, p, born, t, par.days(t)}
	return x, x.age(r, fmt.Sprintf("%d at the end of %s", age, t), "the first day of "+t.String())
}

// explained builds the explanation of whether a child needs a plan on days that lie
// in one term.
type explained struct {
	*rule.Explanation
	policy *Policy
	born   civil.Date
	term   term.Term
	days   record.Span
}

// uses adds parameters whose values depend on the first day of the term.
func (x explained) uses(parameters ...string) {
	x.Uses(x.policy.Calendar().First(x.term), parameters...)
}

// age explains a reason about the age window, given the child's age and the first
// day, both in words. It returns the age in words, followed by "is in nursery
// provision" if the child is in the age window only because of that.
func (x explained) age(r Requirement, aged, first string) string {
	par := x.policy.forTerm(x.term)
	x.uses("terms", "untilAge", "upperBound", "leapBirthday")
	switch r.Reason {
	case PastLastTerm:
		x.Says("%s", par.past(x.term, first))
		return aged
	case TooYoung:
		x.uses("nurseryFromAge", "lowerBound")
		x.Says("the child is %s, and needs a plan only from %s", aged, par.LowerBound.from(par.NurseryFromAge))
		return aged
	}
	x.uses("alwaysFromAge", "lowerBound")
	if r.Reason != NotInNursery && !x.inNursery(r) {
		return aged
	}
	x.uses("nurseryFromAge", "nurseryProvision", "schoolFromAge")
	x.Given("inNursery", r.Reason != NotInNursery)
	if r.Reason == NotInNursery {
		x.Says("the child is %s but is not in nursery provision, so needs a plan only from %s", aged, par.LowerBound.from(par.AlwaysFromAge))
		return aged
	}
	return aged + ", is in nursery provision"
}

// inNursery reports whether the child is in the age window only because of nursery
// provision.
func (x explained) inNursery(r Requirement) bool {
	par := x.policy.forTerm(x.term)
	return r.Rules[0] == rule.ELIG2 || r.Rules[1] == rule.ELIG2 ||
		!par.from(x.born, par.AlwaysFromAge).Before(x.days.To)
}

// counts reports whether, on all of the days, the child is of an age at which every
// child needs a plan.
func (x explained) counts() bool {
	par := x.policy.forTerm(x.term)
	return !par.from(x.born, par.AlwaysFromAge).After(x.days.From) &&
		(par.UpperBound != UntilBirthday || !par.birthday(x.born, par.UntilAge).Before(x.days.To))
}

// care explains a reason about being looked after.
func (x explained) care(r Requirement, aged, when string) {
	if r.Reason < NotLookedAfter {
		return
	}
	x.Given("lookedAfter", r.Reason != NotLookedAfter)
	switch r.Reason {
	case NotLookedAfter:
		x.Says("the child is not looked after %s, and only a looked-after child needs a plan", when)
	case OtherAuthority:
		x.Given("authority", "another")
		x.Says("the child is looked after by another authority %s, and that authority makes the plan", when)
	case ShortBreak:
		x.uses("shortBreaks")
		x.Given("shortBreak", true)
		x.Says("the child is looked after only in a series of short breaks %s, and no plan is needed for short breaks", when)
	default:
		x.Says("the child is %s, is looked after, and needs a plan %s", aged, x.policy.until(x.born))
	}
}

// ExplainLastTerm explains the answer of LastTerm, given the child's birth
// date. The explanation says that the birth date was used but does not show it.
func (p *Policy) ExplainLastTerm(born civil.Date) rule.Explanation {
	last := p.LastTerm(born)
	par := p.forTerm(last)
	var e rule.Explanation
	e.Given("born", rule.Private)
	e.Uses(p.Calendar().First(last), "untilAge", "upperBound", "leapBirthday", "terms")
	e.Says("the last term for which a plan is needed is %s, the term %s the child turns %d", last, par.UpperBound.words(), par.UntilAge)
	return e
}

// words returns the words that come between the last term and the birthday in
// a sentence.
func (b UpperBound) words() string {
	if b == UntilBirthday {
		return "that contains the day before"
	}
	return "in which"
}

// until returns, in words, when a child's need for plans ends.
func (p *Policy) until(born civil.Date) string {
	last := p.lastDay(born)
	if par := p.inTermOf(last); par.UpperBound == UntilBirthday {
		return fmt.Sprintf("until the child turns %d", par.UntilAge)
	}
	return "up to " + p.Calendar().Of(last).String()
}

// past says why no plan is needed any more in a term. The first day in question is
// given in words.
func (par *Parameters) past(t term.Term, first string) string {
	if par.UpperBound == UntilBirthday {
		return fmt.Sprintf("the child has turned %d by %s, and no plan is needed from that birthday on", par.UntilAge, first)
	}
	return fmt.Sprintf("%s is after the last term for which a plan is needed, the term in which the child turns %d", t, par.UntilAge)
}

// from returns, in words, the time at which a child begins to need plans if the
// lower limit is the given age.
func (b LowerBound) from(age int) string {
	if b == TermAfterBirthday {
		return fmt.Sprintf("the term after the child turns %d", age)
	}
	return fmt.Sprintf("the age of %d", age)
}

// Explain explains the decision, given the same arguments as Grading.
func (a GradingDecision) Explain(p *Policy, q GradingQuestion, history []Graded) rule.Explanation {
	var e rule.Explanation
	on := p.Calendar().First(q.Term)
	e.Given("establishment", !q.Establishment.IsZero())
	e.Given("term", q.Term)
	switch a.Reason {
	case NoEstablishment:
	case LatestIsRed:
		e.Given("latestGrade", q.latest(history))
		e.Uses(on, "gradesReturned")
	case FirstOfTerm, EstablishmentGraded:
		e.Given("gradedThisTerm", a.Reason == EstablishmentGraded)
		e.Uses(on, "grading")
	case ChildDue, ChildGraded:
		e.Given("meeting", q.Meeting)
		e.Given("gradedInPeriod", a.Reason == ChildGraded)
		e.Uses(on, "grading")
	default:
		e.Uses(on, "grading")
	}
	e.Says("%s", a.sentence(q, q.latest(history), p.forTerm(q.Term).SamplingMonths))
	return e
}

func (a GradingDecision) sentence(q GradingQuestion, latest Grade, months int) string {
	switch a.Reason {
	case LatestIsRed:
		return fmt.Sprintf("the child's latest grade in %s is %s, so the plan must be graded again", q.Term, latest)
	case FirstOfTerm:
		return fmt.Sprintf("this plan must be graded, because none of the establishment's plans has been graded in %s yet", q.Term)
	case EstablishmentGraded:
		return fmt.Sprintf("one of the establishment's plans has already been graded in %s, so this plan does not have to be graded", q.Term)
	case ChildDue:
		return fmt.Sprintf("none of the child's plans was graded in the %d months before the meeting on %s, so this plan must be graded", months, q.Meeting.Words())
	case ChildGraded:
		return fmt.Sprintf("one of the child's plans was graded less than %d months before the meeting on %s, so this plan does not have to be graded", months, q.Meeting.Words())
	}
	return a.Sentence()
}

// Explain explains the deadlines, given the day on which the child entered
// care. The zero Deadlines mean that the deadlines were refused.
func (d Deadlines) Explain(p *Policy, enteredCare civil.Date, emergency bool) rule.Explanation {
	var e rule.Explanation
	par := p.on(enteredCare)
	e.Given("enteredCare", enteredCare)
	e.Given("emergency", emergency)
	e.Uses(enteredCare, "initialDeadline")
	working := par.InitialDeadline.WorkingDays > 0
	if emergency {
		e.Uses(enteredCare, "emergencyDeadline")
		working = working || par.EmergencyDeadline.WorkingDays > 0
	}
	if working {
		e.Uses(enteredCare, "bankHolidays")
	}
	if emergency {
		e.Says("after the emergency placement on %s, the first plan must be started by %s (within %s) and completed by %s (within %s)",
			enteredCare.Words(), d.InitiateBy.Words(), par.EmergencyDeadline.Words(), d.CompleteBy.Words(), par.InitialDeadline.Words())
		return e
	}
	e.Says("the child entered care on %s, so the first plan must be complete by %s, %s later",
		enteredCare.Words(), d.CompleteBy.Words(), par.InitialDeadline.Words())
	return e
}

// Explain explains the standing, given the child's birth date and the question.
// The explanation says that the birth date was used but does not show it. The
// zero MissingDecision means that the decision was refused.
func (a MissingDecision) Explain(p *Policy, born civil.Date, q MissingQuestion) rule.Explanation {
	var e rule.Explanation
	if q.Care = q.Care.Ceased(ceasedOn(q.Plans)); a.Standing != 0 {
		e = a.Requirement.ExplainFor(p, born, q.Term)
	} else {
		e.Given("term", q.Term)
	}
	e.Given("today", q.Today)
	e.Given("plans", len(q.Plans))
	e.Given("by", a.By)
	if from, _ := p.entered(born, q); !from.IsZero() && a.deadlineCounts() {
		e.Parameters = append(e.Parameters, Deadlines{}.Explain(p, from, false).Parameters...)
	}
	if a.Reason > NothingNeeded {
		e.Says("the child %s for %s: %s", a.Standing.Words(), q.Term, a.why())
	}
	return e
}

// deadlineCounts reports whether the deadline of a first plan played a part.
func (a MissingDecision) deadlineCounts() bool {
	return a.Standing == 0 || a.Standing == MissingPlan || a.Reason == NewToCare
}

// why returns the reason in words, with the due date if the reason depends on it.
func (a MissingDecision) why() string {
	switch due := a.By.Words(); {
	case due == "":
	case a.Reason == NewToCare:
		return "the first plan is due on " + due + ", after the term"
	case a.Reason == OverdueReturn:
		return a.Reason.Words() + ", " + due
	case a.Reason == DelegatedNotDue:
		return "the establishment has the plan, which is due on " + due
	}
	return a.Reason.Words()
}
