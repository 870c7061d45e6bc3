package rulebook

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/rule"
)

// labels holds the name by which officers know each parameter.
var labels = [...]string{
	rule.ParameterTerms:                "The terms of the year",
	rule.ParameterBankHolidays:         "Bank holidays",
	rule.ParameterLeapBirthday:         "Birthday of somebody born on 29 February, in other years",
	rule.ParameterNurseryFromAge:       "Age from which a child in nursery provision needs a plan",
	rule.ParameterSchoolFromAge:        "Age from which a school counts as nursery provision",
	rule.ParameterAlwaysFromAge:        "Age from which every child needs a plan",
	rule.ParameterUntilAge:             "Age at which the need for plans ends",
	rule.ParameterLowerBound:           "When the need begins",
	rule.ParameterUpperBound:           "When the need ends",
	rule.ParameterNurseryProvision:     "What counts as nursery provision",
	rule.ParameterShortBreaks:          "A child in short breaks needs a plan",
	rule.ParameterFormTypes:            "Form types",
	rule.ParameterSpecialTypes:         "Types of special school",
	rule.ParameterSectionTitles:        "Titles of the sections",
	rule.ParameterMeetingTermsBack:     "Terms before the current one for which a meeting can be set",
	rule.ParameterMeetingTermsAhead:    "Terms after the current one for which a meeting can be set",
	rule.ParameterSubsequentDelegation: "Who delegates a plan after the first",
	rule.ParameterReturnPeriod:         "Time from the meeting to the due date",
	rule.ParameterRollDueDate:          "A due date on a weekend or bank holiday moves to the next working day",
	rule.ParameterOutOfTermPeriod:      "Time from delegation to the due date, for a form delegated out of term",
	rule.ParameterReminders:            "Reminders counted from the meeting",
	rule.ParameterDueReminders:         "Reminders counted from the due date",
	rule.ParameterPreparationDays:      "When the social worker's sections should be ready",
	rule.ParameterPortalLag:            "Waiting time after a portal account is actioned",
	rule.ParameterAssignmentComment:    "How the assignment comment is written",
	rule.ParameterCarryForward:         "When a form is carried forward",
	rule.ParameterMaxCarries:           "Greatest number of times a form is carried forward",
	rule.ParameterInitialDeadline:      "Time to complete the first plan",
	rule.ParameterEmergencyDeadline:    "Time to start the first plan in an emergency",
	rule.ParameterGrading:              "Which plans are graded",
	rule.ParameterGradesReturned:       "Grades that are not adequate",
	rule.ParameterUngradedPaid:         "A plan not selected for grading is paid without a grade",
	rule.ParameterRates:                "Amounts paid",
	rule.ParameterPaidYears:            "Year groups that are paid for",
	rule.ParameterPaidTypes:            "Types of establishment that are paid",
	rule.ParameterUnpaidTypes:          "Types of establishment that are never paid",
	rule.ParameterFinanceTypes:         "Types of establishment that need finance details",
	rule.ParameterSealedDays:           "How long the answers of a retracted plan can be restored",
	rule.ParameterStalledDays:          "How long a plan may stay at one stage",
	rule.ParameterKeepYears:            "How long a plan is kept after the child's birth",
	rule.ParameterKeepAfterDeath:       "How long a plan is kept after a death",
}

// plainly holds a function for each parameter whose JSON is not plain English. The
// function returns the value in words.
var plainly = [...]func(par *pep.Parameters) string{
	rule.ParameterLowerBound:       func(par *pep.Parameters) string { return lowerBounds[par.LowerBound] },
	rule.ParameterUpperBound:       func(par *pep.Parameters) string { return upperBounds[par.UpperBound] },
	rule.ParameterNurseryProvision: nurseries,
	rule.ParameterSpecialTypes:     func(par *pep.Parameters) string { return types(par.Special) },
	rule.ParameterReturnPeriod:     func(par *pep.Parameters) string { return par.Delegation.Return.Words() },
	rule.ParameterOutOfTermPeriod:  func(par *pep.Parameters) string { return par.Delegation.OutOfTerm.Words() },
	rule.ParameterReminders: func(par *pep.Parameters) string {
		return reminders(par.Delegation.Reminders, "the day of the meeting", "the meeting")
	},
	rule.ParameterDueReminders: func(par *pep.Parameters) string {
		return reminders(par.Delegation.DueReminders, "the due date", "the due date")
	},
	rule.ParameterPreparationDays:   prepared,
	rule.ParameterPortalLag:         func(par *pep.Parameters) string { return hours(par.Delegation.PortalLag) },
	rule.ParameterAssignmentComment: comment,
	rule.ParameterCarryForward:      func(par *pep.Parameters) string { return carryings[par.Delegation.Carry] },
	rule.ParameterInitialDeadline:   func(par *pep.Parameters) string { return par.InitialDeadline.Words() },
	rule.ParameterEmergencyDeadline: func(par *pep.Parameters) string { return par.EmergencyDeadline.Words() },
	rule.ParameterMaxCarries:        func(par *pep.Parameters) string { return times(par.Delegation.MaxCarries) },
	rule.ParameterGrading:           sampling,
	rule.ParameterGradesReturned:    func(par *pep.Parameters) string { return grades(par.Returned) },
	rule.ParameterPaidYears:         func(par *pep.Parameters) string { return years(par.PayFrom, par.PayTo) },
	rule.ParameterPaidTypes:         func(par *pep.Parameters) string { return types(par.Payee) },
	rule.ParameterUnpaidTypes:       func(par *pep.Parameters) string { return types(par.NoPayee) },
	rule.ParameterFinanceTypes:      func(par *pep.Parameters) string { return types(par.NeedsFinance) },
	rule.ParameterSealedDays:        func(par *pep.Parameters) string { return counted(par.SealedDays, "day") },
	rule.ParameterStalledDays:       func(par *pep.Parameters) string { return counted(par.StalledDays, "day") },
	rule.ParameterKeepYears:         func(par *pep.Parameters) string { return counted(par.KeepYears, "year") },
	rule.ParameterKeepAfterDeath:    func(par *pep.Parameters) string { return counted(par.KeepAfterDeath, "year") },
}

var lowerBounds = [...]string{
	pep.BirthdayTerm:      "on the birthday, so that its term counts",
	pep.TermAfterBirthday: "on the first day of the term after the birthday",
}

var upperBounds = [...]string{
	pep.UntilTermEnd:  "at the end of the term of the birthday",
	pep.UntilBirthday: "on the day before the birthday",
}

var carryings = [...]string{
	delegation.AfterDue: "at the end of its term or on its due date, whichever is later",
	delegation.Strict:   "at the end of its term",
	delegation.Off:      "never",
}

// valueOf returns the value of a parameter in words. The argument par holds the
// parameters that are in force together with the value, and doc is the value as JSON.
func valueOf(of rule.Parameter, par *pep.Parameters, doc json.RawMessage) string {
	if of == rule.ParameterRates {
		return rate(doc)
	}
	if int(of) < len(plainly) && plainly[of] != nil {
		return plainly[of](par)
	}
	return inWords(doc)
}

// sampling says which plans are graded, without a full stop.
func sampling(par *pep.Parameters) string {
	switch par.Sampling {
	case pep.PerEstablishmentPerTerm:
		return "in each term, at least one plan of each establishment is graded"
	case pep.PerChild:
		return "each child's plan is graded at least once in " + counted(par.SamplingMonths, "month")
	}
	return "every plan is graded"
}

// prepared says when the social worker's sections should be ready.
func prepared(par *pep.Parameters) string {
	if par.Delegation.Preparation == 0 {
		return "by the day of the meeting"
	}
	return "at least " + counted(par.Delegation.Preparation, "day") + " before the meeting"
}

func nurseries(par *pep.Parameters) string {
	var kinds []string
	for k := range par.NurseryKinds.All() {
		kinds = append(kinds, k.Words())
	}
	return orNone(strings.Join(kinds, ", "))
}

func comment(par *pep.Parameters) string {
	g := par.Delegation.Comment
	return fmt.Sprintf("the term, then one of the dashes %s, then a date or “%s”", strings.Join(strings.Split(g.Dashes, ""), " "), g.None)
}

// reminders says on which days reminders go out, counted from a day.
func reminders(o delegation.Offsets, day, from string) string {
	return orNone(rule.List("and", offsets(o, day, from)))
}

// offsets puts days that are counted from a day into words, such as "2 days before
// the due date".
func offsets(o delegation.Offsets, day, from string) (words []string) {
	for _, n := range o.List() {
		switch {
		case n < 0:
			words = append(words, counted(-n, "day")+" before "+from)
		case n > 0:
			words = append(words, counted(n, "day")+" after "+from)
		default:
			words = append(words, "on "+day)
		}
	}
	return words
}

// types returns types of establishment by their names, each with its code.
func types(set forms.GIASSet) string {
	var names []string
	for code := range set.All() {
		names = append(names, establishment(code))
	}
	return orNone(strings.Join(names, ", "))
}

// years returns the year groups from one to another, such as "Reception to Year 11".
func years(from, to forms.YearGroup) string {
	if from == to {
		return from.Words()
	}
	return from.Words() + " to " + to.Words()
}

// grades returns grades as alternatives, such as "red or amber".
func grades(set pep.Grades) string {
	var words []string
	for g := range set.All() {
		words = append(words, g.Words())
	}
	return rule.List("or", words)
}

// people returns roles as they appear in a sentence, such as "a social worker or
// business support".
func people(roles pep.Roles, last string) string {
	var words []string
	for r := range roles.All() {
		words = append(words, r.Words())
	}
	return rule.List(last, words)
}

// hours returns a waiting time in hours, or in minutes if it is not a whole number of hours.
func hours(d time.Duration) string {
	if d%time.Hour != 0 {
		return counted(int(d/time.Minute), "minute")
	}
	return counted(int(d/time.Hour), "hour")
}

// afterwards returns a waiting time in words that "the account was actioned" can follow,
// such as "24 hours after".
func afterwards(d time.Duration) string {
	if d == 0 {
		return "as soon as"
	}
	return hours(d) + " after"
}

// times returns a number of times in words, such as "once".
func times(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return counted(n, "time")
}

// ordinal returns the number of a birthday, such as "18th".
func ordinal(n int) string {
	end := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			end = "st"
		case 2:
			end = "nd"
		case 3:
			end = "rd"
		}
	}
	return fmt.Sprint(n) + end
}

// capital returns the text with a capital as its first letter.
func capital(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}
