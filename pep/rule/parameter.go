package rule

import (
	"iter"
	"slices"
)

// Parameter names one number or table that differs between councils or years. Each is
// a member of a policy's document and has a source; an overlay can replace it only as
// a whole. The zero Parameter names no parameter.
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

// parameters is the catalogue of the parameters: the name of each, the day that chooses
// its value, and the rules that read it.
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

// String returns the text form of p, which is its name in a policy's document, or ""
// for the zero Parameter.
func (p Parameter) String() string { return Row(parameters[:], p).name }

// MarshalText returns the text form of p.
func (p Parameter) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads the text form of a parameter as ParseParameter does, and
// empty text as the zero Parameter.
func (p *Parameter) UnmarshalText(text []byte) error { return Unmarshal(text, p, ParseParameter) }

// Basis returns which day chooses the value of p if the policy has several editions.
func (p Parameter) Basis() Basis { return Row(parameters[:], p).basis }

// IsTable reports whether the value of p is too long to be shown on one line. The
// policy's document shows it.
func (p Parameter) IsTable() bool {
	return p == ParameterBankHolidays || p == ParameterFormTypes || p == ParameterSectionTitles
}

// Rules iterates over the rules that read p, beginning with the rule that p exists
// for. The zero Parameter has no rules.
func (p Parameter) Rules() iter.Seq[ID] { return slices.Values(Row(parameters[:], p).rules) }

// Basis says which day chooses among a parameter's values in the editions of a
// policy. The zero Basis has no meaning.
type Basis uint8

// The days that choose a value.
const (
	Throughout Basis = 1 + iota // no day: there is only one value
	ByMeeting                   // the day of the plan's meeting
	ByTerm                      // the first day of the term
	ByToday                     // the day of the action or of the question
	ByEntry                     // the day of entering care
	ByBirth                     // the day of birth
)

var basisNames = [...]string{"", "throughout", "meeting", "term", "today", "entry", "birth"}

// String returns the text form of c, or "" for the zero Basis.
func (c Basis) String() string { return *Row(basisNames[:], c) }

// MarshalText returns the text form of c.
func (c Basis) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// Sources say where each parameter's value comes from, in words that a policy officer
// knows, or "" if no source is given. They are indexed by Parameter.
type Sources [pastParameters]string
