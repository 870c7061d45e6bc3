package rule

import (
	"iter"
	"slices"
)

// Parameter names one number or table that differs between councils or years: a
// member of a policy's document, which an overlay replaces whole and which has a
// source. The zero Parameter names none of them.
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
	ParameterMeetingTermsBack
	ParameterMeetingTermsAhead
	ParameterSubsequentDelegation
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
	ParameterPaidTypes
	ParameterUnpaidTypes
	ParameterFinanceTypes
	ParameterSealedDays
	ParameterStalledDays
	ParameterKeepYears
	ParameterKeepAfterDeath

	pastParameters // one past the last
)

// parameters is the catalogue: the name of each parameter, which day chooses its
// value, and the rules that read it.
var parameters = [pastParameters]struct {
	name  string
	basis Basis
	rules []ID
}{
	ParameterTerms:                {"terms", Throughout, []ID{TERM1}},
	ParameterBankHolidays:         {"bankHolidays", Throughout, []ID{DUE7}},
	ParameterLeapBirthday:         {"leapBirthday", ByTerm, []ID{AGE2}},
	ParameterNurseryFromAge:       {"nurseryFromAge", ByTerm, []ID{ELIG2, ELIG6, ELIG11}},
	ParameterSchoolFromAge:        {"schoolFromAge", ByTerm, []ID{ELIG2}},
	ParameterAlwaysFromAge:        {"alwaysFromAge", ByTerm, []ID{ELIG3, ELIG6}},
	ParameterUntilAge:             {"untilAge", ByTerm, []ID{ELIG4}},
	ParameterLowerBound:           {"lowerBound", ByTerm, []ID{ELIG6}},
	ParameterUpperBound:           {"upperBound", ByTerm, []ID{ELIG4}},
	ParameterNurseryProvision:     {"nurseryProvision", ByTerm, []ID{ELIG2}},
	ParameterShortBreaks:          {"shortBreaks", ByTerm, []ID{ELIG9}},
	ParameterFormTypes:            {"formTypes", ByMeeting, []ID{FORM1, FORM2, FORM3, FORM4, FORM5, FORM6, FORM8}},
	ParameterSpecialTypes:         {"specialTypes", ByMeeting, []ID{FORM7}},
	ParameterSectionTitles:        {"sectionTitles", ByMeeting, []ID{SECT2}},
	ParameterMeetingTermsBack:     {"meetingTermsBack", ByToday, []ID{TERM8}},
	ParameterMeetingTermsAhead:    {"meetingTermsAhead", ByToday, []ID{TERM8, DELEG3}},
	ParameterSubsequentDelegation: {"subsequentDelegation", ByMeeting, []ID{DELEG2}},
	ParameterReturnPeriod:         {"returnPeriod", ByMeeting, []ID{DUE1, DUE4b}},
	ParameterRollDueDate:          {"rollDueDate", ByMeeting, []ID{DUE2}},
	ParameterOutOfTermPeriod:      {"outOfTermPeriod", ByMeeting, []ID{DUE4}},
	ParameterReminders:            {"reminders", ByMeeting, []ID{REM1}},
	ParameterDueReminders:         {"dueReminders", ByMeeting, []ID{REM2}},
	ParameterPreparationDays:      {"preparationDays", ByMeeting, []ID{SECT4}},
	ParameterPortalLag:            {"portalLag", ByToday, []ID{PRE3}},
	ParameterAssignmentComment:    {"assignmentComment", ByMeeting, []ID{ASSIGN1, ASSIGN4}},
	ParameterCarryForward:         {"carryForward", ByToday, []ID{OOT2}},
	ParameterMaxCarries:           {"maxCarries", ByToday, []ID{OOT4}},
	ParameterInitialDeadline:      {"initialDeadline", ByEntry, []ID{DUE5}},
	ParameterEmergencyDeadline:    {"emergencyDeadline", ByEntry, []ID{DUE6}},
	ParameterGrading:              {"grading", ByTerm, []ID{GRADE1, GRADE2}},
	ParameterGradesReturned:       {"gradesReturned", ByTerm, []ID{GRADE4, FINAL2, PAY2}},
	ParameterUngradedPaid:         {"ungradedPaid", ByTerm, []ID{PAY2}},
	ParameterRates:                {"rates", ByTerm, []ID{PAY4}},
	ParameterPaidYears:            {"paidYears", ByTerm, []ID{PAY5}},
	ParameterPaidTypes:            {"paidTypes", ByTerm, []ID{PAY7}},
	ParameterUnpaidTypes:          {"unpaidTypes", ByTerm, []ID{PAY7}},
	ParameterFinanceTypes:         {"financeTypes", ByTerm, []ID{PAY8}},
	ParameterSealedDays:           {"sealedDays", ByToday, []ID{DELEG6}},
	ParameterStalledDays:          {"stalledDays", ByToday, []ID{DUE8}},
	ParameterKeepYears:            {"keepYears", ByBirth, []ID{RET1}},
	ParameterKeepAfterDeath:       {"keepAfterDeath", ByBirth, []ID{RET1}},
}

// AllParameters iterates over the parameters, in the order of their constants.
func AllParameters() iter.Seq[Parameter] { return Members[Parameter](int(pastParameters)) }

// ParseParameter returns the parameter whose text form is s, such as
// "returnPeriod".
func ParseParameter(s string) (Parameter, error) {
	return Find[Parameter](int(pastParameters), s, "parameter", "a parameter of a policy, such as returnPeriod")
}

// String returns the text form of p, its name in a policy's document, or "" for
// none.
func (p Parameter) String() string { return Row(parameters[:], p).name }

// MarshalText returns the text form of p.
func (p Parameter) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads the text form of a parameter as ParseParameter does, and
// empty text as the zero Parameter.
func (p *Parameter) UnmarshalText(text []byte) error { return Unmarshal(text, p, ParseParameter) }

// Basis returns which day chooses the value of p, where it has several.
func (p Parameter) Basis() Basis { return Row(parameters[:], p).basis }

// IsTable reports whether the values of p are too long to be shown on a line: the
// policy's document has them.
func (p Parameter) IsTable() bool {
	return p == ParameterBankHolidays || p == ParameterFormTypes || p == ParameterSectionTitles
}

// Rules iterates over the rules that read p, the one that it is for first. The
// zero Parameter has no rules.
func (p Parameter) Rules() iter.Seq[ID] { return slices.Values(Row(parameters[:], p).rules) }

// Basis says which day chooses among a parameter's values. It is a day of the
// thing decided, not the day of deciding. The zero Basis names no day.
type Basis uint8

// The days that choose.
const (
	Throughout Basis = 1 + iota // none: there is one value
	ByMeeting                   // the day of the plan's meeting
	ByTerm                      // the first day of the term
	ByToday                     // the day on which it is done
	ByEntry                     // the day of entering care
	ByBirth                     // the day of birth
)

var basisNames = [...]string{"", "throughout", "meeting", "term", "today", "entry", "birth"}

// String returns the text form of c, or "" for none.
func (c Basis) String() string { return *Row(basisNames[:], c) }

// MarshalText returns the text form of c.
func (c Basis) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// Sources say where each parameter's value comes from, in words that a policy
// officer knows, by Parameter; "" where no source is given.
type Sources [pastParameters]string
