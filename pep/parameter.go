package pep

import (
	"iter"

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

// parameters holds the name of each parameter and what chooses its value.
var parameters = [pastParameters]struct {
	name string
	by   Chosen
}{
	ParameterTerms:                {"terms", Throughout},
	ParameterBankHolidays:         {"bankHolidays", Throughout},
	ParameterLeapBirthday:         {"leapBirthday", ByTerm},
	ParameterNurseryFromAge:       {"nurseryFromAge", ByTerm},
	ParameterSchoolFromAge:        {"schoolFromAge", ByTerm},
	ParameterAlwaysFromAge:        {"alwaysFromAge", ByTerm},
	ParameterUntilAge:             {"untilAge", ByTerm},
	ParameterLowerBound:           {"lowerBound", ByTerm},
	ParameterUpperBound:           {"upperBound", ByTerm},
	ParameterNurseryProvision:     {"nurseryProvision", ByTerm},
	ParameterShortBreaks:          {"shortBreaks", ByTerm},
	ParameterFormTypes:            {"formTypes", ByMeeting},
	ParameterSpecialTypes:         {"specialTypes", ByMeeting},
	ParameterSectionTitles:        {"sectionTitles", ByMeeting},
	ParameterSubsequentDelegation: {"subsequentDelegation", ByMeeting},
	ParameterAllSections:          {"allSections", ByMeeting},
	ParameterReturnPeriod:         {"returnPeriod", ByMeeting},
	ParameterRollDueDate:          {"rollDueDate", ByMeeting},
	ParameterOutOfTermPeriod:      {"outOfTermPeriod", ByMeeting},
	ParameterReminders:            {"reminders", ByMeeting},
	ParameterDueReminders:         {"dueReminders", ByMeeting},
	ParameterPreparationDays:      {"preparationDays", ByMeeting},
	ParameterPortalLag:            {"portalLag", ByToday},
	ParameterAssignmentComment:    {"assignmentComment", ByMeeting},
	ParameterCarryForward:         {"carryForward", ByToday},
	ParameterMaxCarries:           {"maxCarries", ByToday},
	ParameterInitialDeadline:      {"initialDeadline", ByEntry},
	ParameterEmergencyDeadline:    {"emergencyDeadline", ByEntry},
	ParameterGrading:              {"grading", ByTerm},
	ParameterGradesReturned:       {"gradesReturned", ByTerm},
	ParameterUngradedPaid:         {"ungradedPaid", ByTerm},
	ParameterRates:                {"rates", ByTerm},
	ParameterPaidYears:            {"paidYears", ByTerm},
	ParameterUnpaidTypes:          {"unpaidTypes", ByTerm},
	ParameterFinanceTypes:         {"financeTypes", ByTerm},
	ParameterSealedDays:           {"sealedDays", ByToday},
	ParameterKeepYears:            {"keepYears", ByBirth},
	ParameterKeepAfterDeath:       {"keepAfterDeath", ByBirth},
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
