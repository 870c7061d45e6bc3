package pep

import (
	"iter"
	"slices"

	"virtualschool.example/pep/rule"
)

// Parameter names one member of Parameters: what a policy's document calls by
// that name, what an overlay replaces whole, and what has a source. The zero
// Parameter is none.
type Parameter uint8

// The parameters, in the order of a policy's document.
const (
	ParameterTerms Parameter = 1 + iota
	ParameterBankHolidays
	ParameterLeapBirthday
	ParameterNurseryFromAge
	ParameterSchoolFromAge
	ParameterAlwaysFromAge
	ParameterUntilAge
	ParameterLowerBound
	ParameterUpperBound
	ParameterNurseryProvision
	ParameterShortBreaks
	ParameterFormTypes
	ParameterSpecialTypes
	ParameterSectionTitles
	ParameterSubsequentDelegation
	ParameterAllSections
	ParameterReturnPeriod
	ParameterRollDueDate
	ParameterOutOfTermPeriod
	ParameterReminders
	ParameterDueReminders
	ParameterPreparationDays
	ParameterPortalLag
	ParameterAssignmentComment
	ParameterCarryForward
	ParameterMaxCarries
	ParameterInitialDeadline
	ParameterEmergencyDeadline
	ParameterGrading
	ParameterGradesReturned
	ParameterUngradedPaid
	ParameterRates
	ParameterPaidYears
	ParameterUnpaidTypes
	ParameterFinanceTypes
	ParameterSealedDays
	ParameterKeepYears
	ParameterKeepAfterDeath

	pastParameters // one past the last
)

// parameters holds the name of each parameter, what chooses its value and the
// rules that read it.
var parameters = [pastParameters]struct {
	name  string
	by    Chosen
	rules []rule.ID
}{
	ParameterTerms:                {"terms", Throughout, []rule.ID{rule.TERM1}},
	ParameterBankHolidays:         {"bankHolidays", Throughout, []rule.ID{rule.DUE7}},
	ParameterLeapBirthday:         {"leapBirthday", ByTerm, []rule.ID{rule.AGE2}},
	ParameterNurseryFromAge:       {"nurseryFromAge", ByTerm, []rule.ID{rule.ELIG2, rule.ELIG6, rule.ELIG11}},
	ParameterSchoolFromAge:        {"schoolFromAge", ByTerm, []rule.ID{rule.ELIG2}},
	ParameterAlwaysFromAge:        {"alwaysFromAge", ByTerm, []rule.ID{rule.ELIG3, rule.ELIG6}},
	ParameterUntilAge:             {"untilAge", ByTerm, []rule.ID{rule.ELIG4}},
	ParameterLowerBound:           {"lowerBound", ByTerm, []rule.ID{rule.ELIG6}},
	ParameterUpperBound:           {"upperBound", ByTerm, []rule.ID{rule.ELIG4}},
	ParameterNurseryProvision:     {"nurseryProvision", ByTerm, []rule.ID{rule.ELIG2}},
	ParameterShortBreaks:          {"shortBreaks", ByTerm, []rule.ID{rule.ELIG9}},
	ParameterFormTypes:            {"formTypes", ByMeeting, []rule.ID{rule.FORM1, rule.FORM2, rule.FORM3, rule.FORM4, rule.FORM5, rule.FORM6, rule.FORM8}},
	ParameterSpecialTypes:         {"specialTypes", ByMeeting, []rule.ID{rule.FORM7}},
	ParameterSectionTitles:        {"sectionTitles", ByMeeting, []rule.ID{rule.SECT2}},
	ParameterSubsequentDelegation: {"subsequentDelegation", ByMeeting, []rule.ID{rule.DELEG2}},
	ParameterAllSections:          {"allSections", ByMeeting, []rule.ID{rule.DELEG1}},
	ParameterReturnPeriod:         {"returnPeriod", ByMeeting, []rule.ID{rule.DUE1, rule.DUE4b}},
	ParameterRollDueDate:          {"rollDueDate", ByMeeting, []rule.ID{rule.DUE2}},
	ParameterOutOfTermPeriod:      {"outOfTermPeriod", ByMeeting, []rule.ID{rule.DUE4}},
	ParameterReminders:            {"reminders", ByMeeting, []rule.ID{rule.REM1}},
	ParameterDueReminders:         {"dueReminders", ByMeeting, []rule.ID{rule.REM2}},
	ParameterPreparationDays:      {"preparationDays", ByMeeting, []rule.ID{rule.SECT4}},
	ParameterPortalLag:            {"portalLag", ByToday, []rule.ID{rule.PRE3}},
	ParameterAssignmentComment:    {"assignmentComment", ByMeeting, []rule.ID{rule.ASSIGN1, rule.ASSIGN4}},
	ParameterCarryForward:         {"carryForward", ByToday, []rule.ID{rule.OOT2}},
	ParameterMaxCarries:           {"maxCarries", ByToday, []rule.ID{rule.OOT4}},
	ParameterInitialDeadline:      {"initialDeadline", ByEntry, []rule.ID{rule.DUE5}},
	ParameterEmergencyDeadline:    {"emergencyDeadline", ByEntry, []rule.ID{rule.DUE6}},
	ParameterGrading:              {"grading", ByTerm, []rule.ID{rule.GRADE1, rule.GRADE2}},
	ParameterGradesReturned:       {"gradesReturned", ByTerm, []rule.ID{rule.GRADE4, rule.FINAL2, rule.PAY2}},
	ParameterUngradedPaid:         {"ungradedPaid", ByTerm, []rule.ID{rule.PAY2}},
	ParameterRates:                {"rates", ByTerm, []rule.ID{rule.PAY4}},
	ParameterPaidYears:            {"paidYears", ByTerm, []rule.ID{rule.PAY5}},
	ParameterUnpaidTypes:          {"unpaidTypes", ByTerm, []rule.ID{rule.PAY7}},
	ParameterFinanceTypes:         {"financeTypes", ByTerm, []rule.ID{rule.PAY8}},
	ParameterSealedDays:           {"sealedDays", ByToday, []rule.ID{rule.DELEG6}},
	ParameterKeepYears:            {"keepYears", ByBirth, []rule.ID{rule.RET1}},
	ParameterKeepAfterDeath:       {"keepAfterDeath", ByBirth, []rule.ID{rule.RET1}},
}

// AllParameters iterates over the parameters, in the order of their constants.
func AllParameters() iter.Seq[Parameter] { return members[Parameter](int(pastParameters)) }

// ParseParameter returns the parameter whose text form is s, such as
// "returnPeriod".
func ParseParameter(s string) (Parameter, error) {
	for p := range AllParameters() {
		if parameters[p].name == s {
			return p, nil
		}
	}
	return 0, &rule.Invalid{Member: "parameter", Want: "a parameter of a policy, such as returnPeriod"}
}

// String returns the text form of p, its name in a policy's document, or "" for
// none.
func (p Parameter) String() string {
	if p >= pastParameters {
		return ""
	}
	return parameters[p].name
}

// MarshalText returns the text form of p.
func (p Parameter) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// Chosen returns which day chooses the value of p, where it has several.
func (p Parameter) Chosen() Chosen {
	if p >= pastParameters {
		return 0
	}
	return parameters[p].by
}

// Rules iterates over the rules that read p, the one that it is for first; over
// none for no parameter.
func (p Parameter) Rules() iter.Seq[rule.ID] {
	if p >= pastParameters {
		p = 0
	}
	return slices.Values(parameters[p].rules)
}

// Chosen says which day chooses among a parameter's values: the day of what is
// decided, not of deciding it. The zero Chosen is none.
type Chosen uint8

// The days that choose.
const (
	Throughout Chosen = 1 + iota // none: there is one value
	ByMeeting                    // the day of the plan's meeting
	ByTerm                       // the first day of the term
	ByToday                      // the day on which it is done
	ByEntry                      // the day of entering care
	ByBirth                      // the day of birth
)

var chosenNames = [...]string{"", "throughout", "meeting", "term", "today", "entry", "birth"}

// String returns the text form of c, or "" for none.
func (c Chosen) String() string { return rule.Name(chosenNames[:], c) }

// MarshalText returns the text form of c.
func (c Chosen) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// Sources are where each parameter's value comes from, in words that a policy
// officer knows, by Parameter; "" where it is not said.
type Sources [pastParameters]string
