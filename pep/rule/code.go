package rule

import "iter"

// Code says why a rule refuses, in one word that programs can compare. Its text
// form, such as "wrong_role", never changes. The zero Code means that there is
// no code.
type Code uint8

// The codes. Each has a sentence and, if there is anything to be done, a remedy.
const (
	WrongRole Code = 1 + iota
	WrongStage
	SocialWorkerNeverFinalises
	NotTheContributor
	NotPermitted
	NotRequested
	MissingMember
	Blank
	BlankName
	NotConfirmed
	NoSuchSection
	NotAllSections
	SectionsIncomplete
	NotActivated
	AlreadyActivated
	PastDate
	DueTooLate
	EstablishmentNotCurrent
	ContributorNotActive
	ContributorElsewhere
	AlreadyTheContributor
	NotYetSelectable
	NobodyToDelegateTo
	ConsentWithheld
	NotSelfCompleted
	CommentTerm
	CommentDash
	CommentDate
	OtherTerm
	NextMeetingTooEarly
	NextMeetingNeeded
	GradeRequired
	GradingNotRequired
	GradedRed
	FeedbackMissing
	OpenPlan
	FirstPlanExists
	NoFirstPlan
	NoMeeting
	MeetingTooEarly
	MeetingTooLate
	SameMeeting
	LaterRevision
	TooYoung
	NotInNursery
	PastLastTerm
	NotLookedAfter
	OtherAuthority
	ShortBreak
	CareEnded
	NotYetCarried
	AlreadyCarried
	CarryingOff
	NoFormType
	BeyondHolidays
	NoRate
	DayToCome
	DayLongPast
	KeepsTerm
	NothingToRestore
	SealedTimeOver
	SamePolicy
	DifferentTerms
	codes // one past the last
)

// refusalRow holds everything known about one code: its name, its sentence, its
// remedy, the parameters that the refusal reads, and the fact on which it rests,
// as a path in the question or within a step. A refusal without a fact rests on
// earlier actions, or on the stage, the role and the day that every step names.
//
// A sentence may have one part in brackets, such as "[, DAY]" or "[SECTIONS|that
// section]". The part before the bar is used if the reason holds the sections, the
// day or the instant (TIME) that this part names; otherwise the part after the bar
// is used.
type refusalRow struct {
	name, sentence, remedy string
	reads                  []Parameter
	fact                   string
}

const commentRemedy = "write the plan's term, then a dash that the policy allows, then the date of the next meeting as day/month/year"

var refusals = [codes]refusalRow{
	WrongRole:                  {"wrong_role", "a person in this role cannot take this action", "", nil, ""},
	WrongStage:                 {"wrong_stage", "this action cannot be taken at the plan's present stage", "", nil, ""},
	SocialWorkerNeverFinalises: {"social_worker_never_finalises", "a social worker cannot finalise a plan; business support can", "reassign the plan to business support", nil, ""},
	NotTheContributor:          {"not_the_contributor", "the plan is delegated to somebody else", "ask a social worker or business support to change the contributor", nil, ""},
	NotPermitted:               {"not_permitted", "this person can see the case but cannot take this action on it", "ask somebody who is responsible for the case", nil, ""},
	NotRequested:               {"not_requested", "nobody has asked the service desk for this", "send the service desk a request with the SU number, the date of the plan and a description", nil, ""},
	MissingMember:              {"missing_member", "a value that the action needs is missing", "", nil, "with"},
	Blank:                      {"blank", "the reason or comment is blank", "write one", nil, "with"},
	BlankName:                  {"blank_name", "the document has no file name", "give the name of the file", nil, "with"},
	NotConfirmed:               {"not_confirmed", "retracting the plan clears what the school or setting has written, and nobody has confirmed that the school or setting was consulted", "consult the school or setting, then confirm that you have done so", nil, "with"},
	NoSuchSection:              {"no_such_section", "the form does not have [SECTIONS|that section]", "", nil, "with"},
	NotAllSections:             {"not_all_sections", "all sections of the form must be delegated together", "select every section", nil, "with"},
	SectionsIncomplete:         {"sections_incomplete", "some boxes[ in SECTIONS] are blank", "answer each question, or write N/A if it does not apply", nil, ""},
	NotActivated:               {"not_activated", "the completed sections have been returned and are still locked", "activate the completed sections first", nil, ""},
	AlreadyActivated:           {"already_activated", "the completed sections have already been activated", "", nil, ""},
	PastDate:                   {"past_date", "the due date is before the day of delegation[, DAY]", "give today's date or a later one", nil, "with"},
	DueTooLate:                 {"due_too_late", "the due date is after the latest day allowed[, DAY]", "check the year of the date", []Parameter{ParameterTerms, ParameterMeetingTermsAhead}, "with"},
	EstablishmentNotCurrent:    {"establishment_not_current", "the establishment's status is not CURRENT", "ask the service desk to amend the key agency", nil, "establishment.status"},
	ContributorNotActive:       {"contributor_not_active", "the designated teacher is not ACTIVE in the address book", "ask the service desk for a Professional Portal account", nil, "contributor.active"},
	ContributorElsewhere:       {"contributor_elsewhere", "the designated teacher belongs to another establishment", "choose a contributor at the plan's establishment", nil, ""},
	AlreadyTheContributor:      {"already_the_contributor", "the plan is already delegated to this contributor", "choose another contributor", nil, "contributor"},
	NotYetSelectable:           {"not_yet_selectable", "the designated teacher cannot be selected [before TIME|yet], because the portal account is too new", "wait until the account is old enough", []Parameter{ParameterPortalLag}, "contributor.actionedAt"},
	NobodyToDelegateTo:         {"nobody_to_delegate_to", "the plan cannot be delegated, because there is no establishment, or because the young person is at key stage 5 and withholds consent", "the social worker must complete every section, then reassign the plan to business support", nil, "establishment"},
	ConsentWithheld:            {"consent_withheld", "the young person does not consent to sharing the plan with the school or college", "ask the young person, and record the answer in the register", nil, "child.consentToShare"},
	NotSelfCompleted:           {"not_self_completed", "only a form that the social worker completes alone can go straight from draft to business support", "delegate the plan first", nil, "establishment"},
	CommentTerm:                {"comment_term", "the assignment comment must begin with SPRING, SUMMER or AUTUMN", commentRemedy, []Parameter{ParameterAssignmentComment}, "with"},
	CommentDash:                {"comment_dash", "the assignment comment must have a dash after the term", commentRemedy, []Parameter{ParameterAssignmentComment}, "with"},
	CommentDate:                {"comment_date", "the assignment comment must end with a date such as 17/06/2022, or with the words that the policy uses if there is no next meeting", commentRemedy, []Parameter{ParameterAssignmentComment}, "with"},
	OtherTerm:                  {"other_term", "the assignment comment names the wrong term", "name the plan's own term", []Parameter{ParameterTerms}, "with"},
	NextMeetingTooEarly:        {"next_meeting_too_early", "the next meeting is before the first day of the plan's term[, DAY]", "give the date of the next term's meeting", []Parameter{ParameterTerms}, "with"},
	NextMeetingNeeded:          {"next_meeting_needed", "the assignment comment says that there is no next meeting, but the child needs a plan in the next term", "give the date of the next term's meeting", []Parameter{ParameterTerms, ParameterUntilAge, ParameterUpperBound, ParameterAlwaysFromAge, ParameterNurseryFromAge, ParameterNurseryProvision, ParameterLowerBound}, "with"},
	GradeRequired:              {"grade_required", "the plan must be graded before it can be finalised", "send it for grading, or give a reason for waiving the grade", []Parameter{ParameterGrading}, "gradingRequired"},
	GradingNotRequired:         {"grading_not_required", "the plan does not have to be graded, and no reason was given for grading it", "say why it should be graded", []Parameter{ParameterGrading}, "with"},
	GradedRed:                  {"graded_red", "the plan's grade is too low for it to be finalised", "return the plan to the social worker for amendment, then have it graded again", []Parameter{ParameterGradesReturned}, ""},
	FeedbackMissing:            {"feedback_missing", "the grade sends the plan back to the social worker, so feedback is required", "say what must be improved", nil, "with"},
	OpenPlan:                   {"open_plan", "the child already has an open plan", "finalise, cease or delete that plan first", nil, ""},
	FirstPlanExists:            {"first_plan_exists", "the child already has a finalised plan in this period of care", "ask business support to start a subsequent plan", nil, ""},
	NoFirstPlan:                {"no_first_plan", "the child has no finalised plan in this period of care", "ask a social worker to start a first plan", nil, ""},
	NoMeeting:                  {"no_meeting", "the date of the meeting is not known", "give the date of the meeting", nil, "with"},
	MeetingTooEarly:            {"meeting_too_early", "the meeting is before the earliest day allowed[, DAY]", "check the year of the date", []Parameter{ParameterTerms, ParameterMeetingTermsBack}, "with"},
	MeetingTooLate:             {"meeting_too_late", "the meeting is after the latest day allowed[, DAY]", "check the year of the date", []Parameter{ParameterTerms, ParameterMeetingTermsAhead}, "with"},
	SameMeeting:                {"same_meeting", "the meeting is already on that day[, DAY]", "give another day", nil, "with"},
	LaterRevision:              {"later_revision", "the meeting cannot be moved, because the plan has already been finalised and a later revision keeps the same meeting", "", nil, ""},
	TooYoung:                   {"too_young", "the child is too young to need a plan", "", []Parameter{ParameterTerms, ParameterNurseryFromAge, ParameterLowerBound}, "child.born"},
	NotInNursery:               {"not_in_nursery", "a child of this age needs a plan only while in nursery provision", "", []Parameter{ParameterTerms, ParameterAlwaysFromAge, ParameterLowerBound, ParameterNurseryFromAge, ParameterNurseryProvision, ParameterSchoolFromAge}, "child.education"},
	PastLastTerm:               {"past_last_term", "the term is after the last one for which the child needs a plan", "", []Parameter{ParameterTerms, ParameterUntilAge, ParameterUpperBound}, "child.born"},
	NotLookedAfter:             {"not_looked_after", "the child is not looked after", "", nil, "child.lookedAfter"},
	OtherAuthority:             {"other_authority", "the child is looked after by another authority", "", nil, "child.lookedAfter"},
	ShortBreak:                 {"short_break", "the child is looked after only in a series of short breaks", "", []Parameter{ParameterShortBreaks}, "child.lookedAfter"},
	CareEnded:                  {"care_ended", "the child stopped being looked after[ on DAY]", "if there is a Pathway Plan, it covers education from now on", nil, ""},
	NotYetCarried:              {"not_yet_carried", "the form cannot be carried forward yet, because its term, or the time allowed for returning it, is not over", "", []Parameter{ParameterCarryForward, ParameterTerms}, ""},
	AlreadyCarried:             {"already_carried", "the form has already been carried forward as often as the policy allows", "return the form, cease the plan or have it deleted", []Parameter{ParameterMaxCarries}, ""},
	CarryingOff:                {"carrying_off", "the policy does not carry forms forward", "", []Parameter{ParameterCarryForward}, ""},
	NoFormType:                 {"no_form_type", "there is no form for this year group", "correct the recorded year group", []Parameter{ParameterFormTypes}, "child.recordedYear"},
	BeyondHolidays:             {"beyond_holidays", "the policy does not list the bank holidays [around DAY|of that time]", "", []Parameter{ParameterBankHolidays}, ""},
	NoRate:                     {"no_rate", "the policy has no payment rate for the term", "add the rate to the policy", nil, ""},
	DayToCome:                  {"day_to_come", "the day given[, DAY,] is in the future", "if the end of care is planned, record it in the register as the end of the episode of care", nil, "with"},
	DayLongPast:                {"day_long_past", "the day given[, DAY,] is more than a year ago", "check the year", nil, "with"},
	KeepsTerm:                  {"keeps_term", "the plan has already been returned once or is a later revision, so it keeps its term", "have the plan returned, cease it or have it deleted", nil, ""},
	NothingToRestore:           {"nothing_to_restore", "there is nothing to restore: the plan was not retracted, or somebody has written in it since", "", nil, ""},
	SealedTimeOver:             {"sealed_time_over", "the answers cleared when the plan was retracted are no longer kept[ and could be restored only before DAY]", "write the answers again", []Parameter{ParameterSealedDays}, ""},
	SamePolicy:                 {"same_policy", "the plan already follows this revision of the policy", "", nil, ""},
	DifferentTerms:             {"different_terms", "the other revision of the policy divides the year into different terms", "start the next plan under that revision", nil, ""},
}

// AllCodes iterates over the codes, in the order of their constants.
func AllCodes() iter.Seq[Code] { return Members[Code](int(codes)) }

// ParseCode returns the code whose text form is s, such as "wrong_role".
func ParseCode(s string) (Code, error) {
	return Find[Code](len(refusals), s, "code", "the code of a reason, such as wrong_role")
}

// String returns the text form of c, or "" for the zero Code.
func (c Code) String() string { return Row(refusals[:], c).name }

// Sentence returns what c means, in plain English without a full stop and without
// the section, day or role that a Reason adds.
func (c Code) Sentence() string { return Reason{Code: c}.Sentence() }

// Remedy returns what can be done about the refusal, or "" if nothing can.
func (c Code) Remedy() string { return Row(refusals[:], c).remedy }

// Parameters returns the policy parameters on which the refusal depends. The
// caller must not change them.
func (c Code) Parameters() []Parameter { return Row(refusals[:], c).reads }

// Fact returns the path of the fact on which the refusal rests, such as
// "child.born", or "" if there is no such fact.
func (c Code) Fact() string { return Row(refusals[:], c).fact }

// MarshalText returns the text form of c.
func (c Code) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads the text form of a code as ParseCode does. Empty text is the
// zero Code.
func (c *Code) UnmarshalText(text []byte) error { return Unmarshal(text, c, ParseCode) }
