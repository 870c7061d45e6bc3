package rulebook

import (
	"fmt"

	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/rule"
)

// answer is one question that people ask, with the policy's answer in at most two
// sentences and the rules behind it.
type answer struct {
	Question, Text string
	Rules          []rule.ID
}

// answers returns the first page: what people ask, in the order of the process. Every
// number, date and role in it comes from the policy and from the workflow.
func (b Book) answers() []answer {
	terms := b.Policy.Calendar()
	t := terms.Of(b.On)
	day, term := b.Policy.Parameters(b.On), b.Policy.Parameters(terms.First(t))
	first, last := b.Policy.MeetingWindow(b.On)
	return []answer{
		{"When does a child need a plan?", needed(&term), []rule.ID{rule.ELIG3, rule.ELIG4, rule.ELIG2, rule.ELIG6, rule.ELIG9}},
		{"When is the first plan due?", fmt.Sprintf("The first plan must be complete within %s of the day on which the child comes into care. After an emergency placement it must be started within %s.",
			day.InitialDeadline.Words(), day.EmergencyDeadline.Words()), []rule.ID{rule.DUE5, rule.DUE6}},
		{"How far ahead can a meeting be set?", fmt.Sprintf("On %s, a meeting can be set for any day from the start of %s to the end of %s.",
			b.On.Words(), terms.Of(first), terms.Of(last)), []rule.ID{rule.TERM8}},
		{"When must the social worker's sections be ready?", fmt.Sprintf("The first %d sections are the social worker's, and should be ready %s. A plan cannot be delegated while any box in them is blank; write N/A for anything that does not apply.",
			forms.SocialWorkerSections, prepared(&day)), []rule.ID{rule.SECT4, rule.SECT3}},
		{"When can a teacher with a new portal account be chosen?", fmt.Sprintf("A designated teacher can be chosen %s the portal account has been actioned. The address book must also show the teacher as active.",
			afterwards(day.Delegation.PortalLag)), []rule.ID{rule.PRE3, rule.PRE2}},
		{"Who delegates a plan?", fmt.Sprintf("A child's first plan is delegated by %s, and any later plan by %s. All sections go together, to one designated teacher.",
			people(takers(pep.VerbDelegate, pep.Always), "or"), people(day.SubsequentDelegation, "or")), []rule.ID{rule.DELEG2, rule.DELEG1}},
		{"When is a plan due?", due(&day.Delegation), []rule.ID{rule.DUE1, rule.DUE4, rule.DUE4b, rule.DUE2, rule.DELEG3}},
		{"When is the school reminded?", reminded(&day.Delegation), []rule.ID{rule.REM1, rule.REM2}},
		{"What happens if the school is late?", late(&day.Delegation), []rule.ID{rule.DUE3, rule.OOT2, rule.OOT4}},
		{"What is lost when a plan is retracted?", lost(&day), []rule.ID{rule.DELEG6}},
		{"What does the comment say when a plan goes to business support?", fmt.Sprintf("It gives the term, a dash and the date of the next meeting, such as “%s”. If the child needs no plan in the next term, it gives “%s” instead of the date.",
			day.Delegation.FormatAssignment(t, terms.First(t.Next()).AddDays(20)), day.Delegation.Comment.None), []rule.ID{rule.ASSIGN1, rule.ASSIGN4}},
		{"Which plans are graded?", graded(&term), []rule.ID{rule.GRADE1, rule.GRADE2, rule.GRADE6, rule.GRADE5}},
		{"Who may finalise a plan?", fmt.Sprintf("Only %s may finalise a plan. A social worker never may, and nobody may finalise a plan that is graded %s.",
			people(takers(pep.VerbFinalise, pep.Always), "or"), grades(term.Returned)), []rule.ID{rule.FINAL1, rule.FINAL2}},
		{"Who starts the next plan?", fmt.Sprintf("%s starts it, once the plan before it is finalised. The child's first plan after coming into care is started by %s.",
			capital(people(takers(pep.VerbStartSubsequent, pep.Always), "or")), people(takers(pep.VerbStartInitial, pep.Always), "or")), []rule.ID{rule.START1, rule.FINAL3, rule.START3}},
		{"When is a plan missing?", fmt.Sprintf("A child who needs a plan for a term is missing one until a plan for that term has been returned. A child new to care is not counted if the term ends before the %s for the first plan are over.",
			day.InitialDeadline.Words()), []rule.ID{rule.MISS1, rule.ELIG10}},
		{"What is paid, and to whom?", paid(t.String(), b.Policy.PaymentRules(t)), []rule.ID{rule.PAY4, rule.PAY5, rule.PAY6, rule.PAY7}},
		{"When does a payment have to wait?", held(&term), []rule.ID{rule.PAY1, rule.PAY2, rule.PAY8, rule.PAY7}},
		{"How long is a plan kept?", fmt.Sprintf("A plan is kept until %s after the child was born. If the child died before the age of %d, it is kept until %s after the death.",
			counted(day.KeepYears, "year"), day.UntilAge, counted(day.KeepAfterDeath, "year")), []rule.ID{rule.RET1}},
	}
}

// needed says between which birthdays a child needs a plan.
func needed(par *pep.Parameters) string {
	from := func(age int) string {
		if par.LowerBound == pep.TermAfterBirthday {
			return "the term after the " + ordinal(age) + " birthday"
		}
		if age == 0 {
			return "birth"
		}
		return "the " + ordinal(age) + " birthday"
	}
	until := "to the end of the term that contains the " + ordinal(par.UntilAge)
	if par.UpperBound == pep.UntilBirthday {
		until = "to the day before the " + ordinal(par.UntilAge)
	}
	breaks := ", except a child in short breaks only"
	if par.ShortBreaks {
		breaks = ", including a child in short breaks"
	}
	text := fmt.Sprintf("Every child looked after by %s needs a plan each term from %s %s birthday, in education or not%s.", par.Council.Name(), from(par.AlwaysFromAge), until, breaks)
	if par.NurseryFromAge < par.AlwaysFromAge && par.NurseryKinds != 0 {
		text += fmt.Sprintf(" Before that, from %s, a child needs a plan only while in nursery provision.", from(par.NurseryFromAge))
	}
	return text
}

// due says when a form is due back.
func due(by *delegation.Rules) string {
	rolls := "does not move"
	if by.Roll {
		rolls = "moves to the next working day"
	}
	after := "the same time after delegation"
	if by.OutOfTerm != by.Return {
		after += ", or " + by.OutOfTerm.Words() + " after delegation if the term of the meeting has ended"
	}
	return fmt.Sprintf("Unless another date is entered, the form is due back %s after the meeting; if it is delegated later than that, it is due back %s. A due date on a weekend or bank holiday %s.",
		by.Return.Words(), after, rolls)
}

// reminded says on which days reminders go out.
func reminded(by *delegation.Rules) string {
	days := append(offsets(by.Reminders, "the day of the meeting", "the meeting"), offsets(by.DueReminders, "the due date", "the due date")...)
	if len(days) == 0 {
		return "This policy sends no reminders."
	}
	return fmt.Sprintf("A reminder goes out %s, if the form is with the school and has not been returned.", rule.List("and", days))
}

// late says what becomes of a form that is not returned in time.
func late(by *delegation.Rules) string {
	const overdue = "The form is overdue from the day after its due date. "
	switch {
	case by.Carry == delegation.Off || by.MaxCarries == 0:
		return overdue + "It is not carried forward to the next term."
	case by.Carry == delegation.Strict:
		return overdue + fmt.Sprintf("If it is not returned by the end of its term, it is carried forward to the next term, at most %s.", times(by.MaxCarries))
	}
	return overdue + fmt.Sprintf("If it is not returned by the end of its term or by its due date, whichever is later, it is carried forward to the next term, at most %s.", times(by.MaxCarries))
}

// lost says what a retract loses, and for how long the content can be restored.
func lost(par *pep.Parameters) string {
	const all = "Everything written in the form is lost, in every section. "
	if par.SealedDays == 0 {
		return all + "Nothing can be restored."
	}
	return all + fmt.Sprintf("For %s, counting the day on which the plan was retracted, %s can restore it if the plan is still a draft and nothing has been written in it since.",
		counted(par.SealedDays, "day"), people(takers(pep.VerbRestoreSections, pep.Always), "or"))
}

// graded says which plans are graded.
func graded(par *pep.Parameters) string {
	again := fmt.Sprintf("A plan graded %s goes back to the social worker and is graded again.", grades(par.Returned))
	if par.Sampling == pep.EveryPlan {
		return "Every plan is graded. " + again
	}
	return capital(sampling(par)) + ", and every plan of a child without an establishment is graded too. " + again
}

// paid says how much is paid for a plan of the given term, for which year groups, and to
// whom.
func paid(term string, by pep.PaymentRules) string {
	earns := fmt.Sprintf("A finalised plan for %s earns %s if the child is in %s.", term, pounds(int64(by.Pence)), years(by.From, by.To))
	if by.Pence == 0 {
		earns = fmt.Sprintf("No rate is published for the plans of %s, so nothing is paid for them yet; the year groups that are paid for are %s.", term, years(by.From, by.To))
	}
	return earns + " The money goes to the establishment that the plan was made with, even if the child has moved since, provided that establishments of its type are paid."
}

// held says what a payment waits for.
func held(par *pep.Parameters) string {
	ungraded := ""
	if !par.UngradedPaid {
		ungraded = " and graded"
	}
	text := fmt.Sprintf("It waits until the plan is finalised%s, and for as long as the grade is %s. It also waits until the establishment's DfE number is on record", ungraded, grades(par.Returned))
	if par.NeedsFinance != 0 {
		text += ", and its finance details if its type needs them"
	}
	return text + ", until the policy has a rate for the term, and until it says whether the establishment's type is paid."
}

// takers returns the roles that may take an action under a condition.
func takers(v pep.Verb, when pep.Condition) (roles pep.Roles) {
	for row := range pep.Workflow() {
		if row.Verb == v && row.When == when {
			roles |= row.Roles
		}
	}
	return roles
}
