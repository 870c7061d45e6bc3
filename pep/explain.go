package pep

import (
	"fmt"

	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// ExplainOn says what the answer of RequiredOn rests on, given the child's
// birth date and the day. A birth date is named and not shown.
func (r Requirement) ExplainOn(p *Policy, born, on civil.Date) rule.Explanation {
	t := p.Calendar().Of(on)
	par := p.forTerm(t)
	var e rule.Explanation
	e.Given("born", rule.Private)
	e.Given("on", on)
	e.Given("term", t)
	e.Given("lastTerm", p.LastTerm(born))
	e.Given("age", born.AgeOn(on, par.LeapBirthday))
	aged := r.explainAge(&e, p, t, fmt.Sprintf("%d on %s", born.AgeOn(on, par.LeapBirthday), on.Words()))
	r.explainCare(&e, p.Calendar().First(t), aged, "on "+on.Words(), p.LastTerm(born))
	return e
}

// ExplainFor says what the answer of RequiredForTerm rests on, given the
// child's birth date and the term. A birth date is named and not shown.
func (r Requirement) ExplainFor(p *Policy, born civil.Date, t term.Term) rule.Explanation {
	e, aged := r.explainWindow(p, born, t)
	r.explainCare(&e, p.Calendar().First(t), aged, "in "+t.String(), p.LastTerm(born))
	return e
}

// ExplainWindow says what the answer of InAgeWindow rests on, given the
// child's birth date and the term. A birth date is named and not shown.
func (r Requirement) ExplainWindow(p *Policy, born civil.Date, t term.Term) rule.Explanation {
	e, aged := r.explainWindow(p, born, t)
	if r.Required {
		e.Says("the child is %s, and in the age window up to %s", aged, p.LastTerm(born))
	}
	return e
}

func (r Requirement) explainWindow(p *Policy, born civil.Date, t term.Term) (rule.Explanation, string) {
	last, par := p.Calendar().Last(t), p.forTerm(t)
	var e rule.Explanation
	e.Given("born", rule.Private)
	e.Given("term", t)
	e.Given("lastTerm", p.LastTerm(born))
	e.Given("ageAtEnd", born.AgeOn(last, par.LeapBirthday))
	aged := r.explainAge(&e, p, t, fmt.Sprintf("%d at the end of %s", born.AgeOn(last, par.LeapBirthday), t))
	return e, aged
}

// explainAge adds what the reasons of the age window rest on, of a child of
// the age said, and returns what else a sentence says of the child.
func (r Requirement) explainAge(e *rule.Explanation, p *Policy, t term.Term, aged string) string {
	par, first := p.forTerm(t), p.Calendar().First(t)
	e.Uses(first, "untilAge", "upperBound", "leapBirthday")
	switch r.Reason {
	case PastLastTerm:
		e.Says("%s is after %s", t, par.UpperBound.words(par.UntilAge))
		return aged
	case TooYoung:
		e.Uses(first, "nurseryFromAge", "lowerBound")
		e.Says("the child is %s, and no plan is needed before the age of %d%s", aged, par.NurseryFromAge, par.LowerBound.words())
		return aged
	case NotInNursery:
		e.Uses(first, "nurseryFromAge", "alwaysFromAge", "lowerBound")
		e.Uses(first, "nurseryProvision")
		e.Given("inNursery", false)
		e.Says("the child is %s and in no nursery provision, without which no plan is needed before the age of %d%s", aged, par.AlwaysFromAge, par.LowerBound.words())
		return aged
	}
	e.Uses(first, "alwaysFromAge", "nurseryFromAge", "lowerBound")
	if r.Rules[0] == rule.ELIG2 || r.Rules[1] == rule.ELIG2 {
		e.Given("inNursery", true)
		e.Uses(first, "nurseryProvision")
		aged += ", in nursery provision"
	}
	return aged
}

// explainCare adds what the reasons of the looked-after gate rest on.
func (r Requirement) explainCare(e *rule.Explanation, first civil.Date, aged, when string, last term.Term) {
	if r.Reason < NotLookedAfter {
		return
	}
	e.Given("lookedAfter", r.Reason != NotLookedAfter)
	switch r.Reason {
	case NotLookedAfter:
		e.Says("the child is not looked after %s, and only a looked-after child needs a plan", when)
	case OtherAuthority:
		e.Given("authority", "another")
		e.Says("the child is looked after by another authority %s, which is the one to plan", when)
	case ShortBreak:
		e.Uses(first, "shortBreaks")
		e.Given("shortBreak", true)
		e.Says("the child is in a series of short breaks %s, which needs no plan", when)
	default:
		e.Says("the child is %s and looked after, and needs a plan up to %s", aged, last)
	}
}

// words returns how a lower bound goes on in a sentence.
func (b LowerBound) words() string {
	if b == TermAfterBirthday {
		return " has been reached in an earlier term"
	}
	return ""
}

// words returns what an upper bound is in a sentence.
func (b UpperBound) words(age int) string {
	if b == UntilBirthday {
		return fmt.Sprintf("the birthday of %d, from which no plan is needed", age)
	}
	return fmt.Sprintf("the last term that needs a plan, that of the birthday of %d", age)
}

// Explain says what the answer rests on, given the question.
func (a GradingAnswer) Explain(p *Policy, q GradingQuestion) rule.Explanation {
	var e rule.Explanation
	on := p.Calendar().First(q.Term)
	e.Given("establishment", !q.Establishment.IsZero())
	e.Given("term", q.Term)
	switch a.Reason {
	case NoEstablishment:
	case LatestIsRed:
		e.Given("latestGrade", Red)
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
	e.Says("%s", a.sentence(q, p.forTerm(q.Term).SamplingMonths))
	return e
}

func (a GradingAnswer) sentence(q GradingQuestion, months int) string {
	switch a.Reason {
	case LatestIsRed:
		return fmt.Sprintf("the child's latest grade of %s is red, so the plan is graded again", q.Term)
	case FirstOfTerm:
		return fmt.Sprintf("no plan of the establishment has been graded in %s, so this one is", q.Term)
	case EstablishmentGraded:
		return fmt.Sprintf("a plan of the establishment has been graded in %s already", q.Term)
	case ChildDue:
		return fmt.Sprintf("the child has no grade in the %d months before the meeting of %s", months, q.Meeting.Words())
	case ChildGraded:
		return fmt.Sprintf("the child was graded less than %d months before the meeting of %s", months, q.Meeting.Words())
	}
	return a.Sentence()
}

// Explain says what the answer rests on, given the claim: what was looked at
// up to the reason. The zero PaymentAnswer is one that was refused.
func (a PaymentAnswer) Explain(p *Policy, c Claim) rule.Explanation {
	var e rule.Explanation
	on := p.Calendar().First(c.Term)
	e.Given("term", c.Term)
	e.Given("stage", c.Stage)
	for _, look := range []struct {
		reason PaymentReason
		add    func()
	}{
		{YearGroupUnpaid, func() { e.Given("yearGroup", c.YearGroup); e.Uses(on, "paidYears") }},
		{PayeeUnpaid, func() { c.Payee.explain(&e); e.Uses(on, "unpaidTypes") }},
		{NotFinalised, func() {}},
		{NotAdequate, func() { e.Given("grade", c.Grade); e.Uses(on, "gradesReturned", "ungradedPaid") }},
		{FinanceMissing, func() { c.Payee.explainFinance(&e); e.Uses(on, "financeTypes") }},
	} {
		if a.Reason == NoLongerAPlan {
			break
		}
		look.add()
		if a.Reason == look.reason {
			break
		}
	}
	if a.Reason == Paid || a.Reason == 0 {
		e.Uses(on, "rates")
	}
	e.Sentence = a.sentence(c)
	return e
}

func (p *Payee) explain(e *rule.Explanation) {
	e.Given("establishment", p != nil)
	if p != nil {
		e.Given("gias", int(p.Type))
	}
}

func (p *Payee) explainFinance(e *rule.Explanation) {
	if p != nil {
		e.Given("dfe", p.DfENumber)
		e.Given("finance", p.Finance)
	}
}

func (a PaymentAnswer) sentence(c Claim) string {
	switch {
	case a.Reason == Paid:
		return fmt.Sprintf("the finalised plan of %s is paid £%d.%02d, the rate of that term", c.Term, a.Pence/100, a.Pence%100)
	case a.Reason == NoLongerAPlan:
		return fmt.Sprintf("the plan of %s was %s, and such a plan is never paid", c.Term, c.Stage)
	case a.Reason == YearGroupUnpaid:
		return fmt.Sprintf("the child was in %s at the meeting, a year group that is not paid for", c.YearGroup)
	case a.Reason == PayeeUnpaid && c.Payee == nil:
		return "there is no establishment to pay"
	case a.Reason == PayeeUnpaid:
		return fmt.Sprintf("the establishment is of type %d, which is not paid", c.Payee.Type)
	case a.Reason == NotFinalised:
		return fmt.Sprintf("the plan of %s is at stage %s and is paid once it is finalised", c.Term, c.Stage)
	case a.Reason == NotAdequate:
		return fmt.Sprintf("the plan of %s is graded red and is paid once it is adequate", c.Term)
	case a.Reason == FinanceMissing && c.Payee.DfENumber == "":
		return "the establishment has no current DfE number, without which it is not paid yet"
	case a.Reason == FinanceMissing:
		return fmt.Sprintf("the establishment is of type %d, which is paid only once its finance details are known", c.Payee.Type)
	}
	return ""
}

// Explain says what the deadlines rest on, given the day of entering care.
// The zero Deadlines are ones that were refused.
func (d Deadlines) Explain(p *Policy, enteredCare civil.Date, emergency bool) rule.Explanation {
	var e rule.Explanation
	par := p.on(enteredCare)
	e.Given("enteredCare", enteredCare)
	e.Given("emergency", emergency)
	e.Uses(enteredCare, "initialDeadline", "bankHolidays")
	switch {
	case emergency:
		e.Uses(enteredCare, "emergencyDeadline")
		e.Says("after an emergency placement on %s the first plan is started by %s, %s on, and complete by %s, %s on",
			enteredCare.Words(), d.InitiateBy.Words(), par.EmergencyDeadline.Words(), d.CompleteBy.Words(), par.InitialDeadline.Words())
	default:
		e.Says("the child entered care on %s, and the first plan is complete by %s, %s on",
			enteredCare.Words(), d.CompleteBy.Words(), par.InitialDeadline.Words())
	}
	return e
}
