package rule

import "iter"

// Code says why a rule says no, in one word that programs can compare. Its
// text form is stable, such as "wrong_role". The zero Code is none.
type Code uint8

// The codes. Each has one sentence and, where something can be done, a remedy.
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

// refusalRow is everything known about one code: its name, its sentence, what
// to do about it, the parameters that the refusal reads, and the fact of a
// question on which it rests, by its path in the question or within a step.
// Where no fact is given, the refusal rests on what was done before, or on the
// stage, the role and the day that every step names.
type refusalRow struct {
	name, sentence, remedy string
	reads                  []Parameter
	fact                   string
}

var refusals = [codes]refusalRow{
	WrongRole:                  {"wrong_role", "this role does not do this", "ask the role that the workflow table names", nil, ""},
	WrongStage:                 {"wrong_stage", "this is not done at this stage of the plan", "", nil, ""},
	SocialWorkerNeverFinalises: {"social_worker_never_finalises", "a social worker never finalises a plan", "reassign it to business support", nil, ""},
	NotTheContributor:          {"not_the_contributor", "the plan is not delegated to this person", "change the contributor", nil, ""},
	NotPermitted:               {"not_permitted", "this person may see the plan but is not permitted to do this on it", "ask somebody whose case it is", nil, ""},
	NotRequested:               {"not_requested", "nobody has an open request to the service desk for this plan", "make the request first, with the SU number, the date of the plan and a description", nil, ""},
	MissingMember:              {"missing_member", "something that this action needs was not given", "", nil, "with"},
	Blank:                      {"blank", "a reason or comment is needed and was left blank", "say why", nil, "with"},
	BlankName:                  {"blank_name", "the document has no file name", "give the name of its file", nil, "with"},
	NotConfirmed:               {"not_confirmed", "retracting loses what the setting has written and was not confirmed with it", "check with the school or setting first", nil, "with"},
	NoSuchSection:              {"no_such_section", "the form has no such section", "", nil, "with"},
	NotAllSections:             {"not_all_sections", "all sections of the form are delegated together", "select every section", nil, "with"},
	SectionsIncomplete:         {"sections_incomplete", "a box is left blank", "answer it, or write N/A where it does not apply", nil, ""},
	NotActivated:               {"not_activated", "the returned sections are locked", "activate the completed sections", nil, ""},
	AlreadyActivated:           {"already_activated", "the sections are already activated", "", nil, ""},
	PastDate:                   {"past_date", "the due date is before the day of delegation", "give today or a later day", nil, "with"},
	DueTooLate:                 {"due_too_late", "the due date is after the last day that can be entered", "check the year of the date", []Parameter{ParameterTerms, ParameterMeetingTermsAhead}, "with"},
	EstablishmentNotCurrent:    {"establishment_not_current", "the establishment is not CURRENT", "ask the service desk to amend the key agency", nil, "establishment.status"},
	ContributorNotActive:       {"contributor_not_active", "the designated teacher is not ACTIVE in the address book", "ask the service desk for a Professional Portal account", nil, "contributor.active"},
	ContributorElsewhere:       {"contributor_elsewhere", "the designated teacher belongs to another establishment", "name a contributor of the plan's establishment", nil, ""},
	AlreadyTheContributor:      {"already_the_contributor", "the plan is already delegated to this contributor", "choose another contributor", nil, "contributor"},
	NotYetSelectable:           {"not_yet_selectable", "the waiting time after the portal account was actioned is not over", "wait until it can be selected", []Parameter{ParameterPortalLag}, "contributor.actionedAt"},
	NobodyToDelegateTo:         {"nobody_to_delegate_to", "the social worker completes this form: there is no establishment, or no consent at key stage 5", "complete every section and reassign it", nil, "establishment"},
	ConsentWithheld:            {"consent_withheld", "the young person does not consent to sharing the plan with the school or college", "ask the young person, and record the answer in the register", nil, "child.consentToShare"},
	NotSelfCompleted:           {"not_self_completed", "only a form that the social worker completes goes straight from draft to business support", "delegate it", nil, "establishment"},
	CommentTerm:                {"comment_term", "the assignment comment does not begin with SPRING, SUMMER or AUTUMN", "write the plan's term, a dash and the next meeting's date, as in SPRING—17/06/2022", []Parameter{ParameterAssignmentComment}, "with"},
	CommentDash:                {"comment_dash", "no dash follows the term in the assignment comment", "write the plan's term, a dash and the next meeting's date, as in SPRING—17/06/2022", []Parameter{ParameterAssignmentComment}, "with"},
	CommentDate:                {"comment_date", "what follows the dash in the assignment comment is neither a date, as 17/06/2022, nor the policy's words for no next meeting", "write the plan's term, a dash and the next meeting's date, as in SPRING—17/06/2022", []Parameter{ParameterAssignmentComment}, "with"},
	OtherTerm:                  {"other_term", "the assignment comment names another term than the plan's", "name the plan's own term", []Parameter{ParameterTerms}, "with"},
	NextMeetingTooEarly:        {"next_meeting_too_early", "the next meeting is before the plan's term", "give the date of the next term's meeting", []Parameter{ParameterTerms}, "with"},
	NextMeetingNeeded:          {"next_meeting_needed", "a next meeting is needed: the child needs a plan in the next term", "give the date of the next term's meeting", []Parameter{ParameterTerms, ParameterUntilAge, ParameterUpperBound, ParameterAlwaysFromAge, ParameterNurseryFromAge, ParameterNurseryProvision, ParameterLowerBound}, "with"},
	GradeRequired:              {"grade_required", "a grade is required before the plan is finalised", "send it for grading, or give the reason for a waiver", []Parameter{ParameterGrading}, "gradingRequired"},
	GradingNotRequired:         {"grading_not_required", "grading is not required and no reason was given", "say why it is to be graded", []Parameter{ParameterGrading}, "with"},
	GradedRed:                  {"graded_red", "the plan has a grade that is not adequate", "return it to the social worker and have it graded again", []Parameter{ParameterGradesReturned}, ""},
	FeedbackMissing:            {"feedback_missing", "a grade with which the plan goes back needs feedback", "say what must be improved", nil, "with"},
	OpenPlan:                   {"open_plan", "the child has an open plan", "finish, cease or delete that plan first", nil, ""},
	FirstPlanExists:            {"first_plan_exists", "the child has a finalised plan in this period of care", "business support starts the subsequent plan", nil, ""},
	NoFirstPlan:                {"no_first_plan", "the child has no finalised plan in this period of care", "the social worker starts the initial plan", nil, ""},
	NoMeeting:                  {"no_meeting", "no meeting date is known", "give the date of the meeting", nil, "with"},
	MeetingTooEarly:            {"meeting_too_early", "the meeting is before the first day on which one can be set", "check the year of the date", []Parameter{ParameterTerms, ParameterMeetingTermsBack}, "with"},
	MeetingTooLate:             {"meeting_too_late", "the meeting is after the last day on which one can be set", "check the year of the date", []Parameter{ParameterTerms, ParameterMeetingTermsAhead}, "with"},
	SameMeeting:                {"same_meeting", "the meeting is already on this day", "give another day", nil, "with"},
	LaterRevision:              {"later_revision", "a later revision keeps the meeting of the finalised plan", "", nil, ""},
	TooYoung:                   {"too_young", "the child is too young for a plan", "", []Parameter{ParameterTerms, ParameterNurseryFromAge, ParameterLowerBound}, "child.born"},
	NotInNursery:               {"not_in_nursery", "a child of this age needs a plan only in nursery provision", "", []Parameter{ParameterTerms, ParameterAlwaysFromAge, ParameterLowerBound, ParameterNurseryFromAge, ParameterNurseryProvision, ParameterSchoolFromAge}, "child.education"},
	PastLastTerm:               {"past_last_term", "the term is after the last one that needs a plan", "", []Parameter{ParameterTerms, ParameterUntilAge, ParameterUpperBound}, "child.born"},
	NotLookedAfter:             {"not_looked_after", "the child is not looked after", "", nil, "child.lookedAfter"},
	OtherAuthority:             {"other_authority", "the child is looked after by another authority", "", nil, "child.lookedAfter"},
	ShortBreak:                 {"short_break", "the child is in a series of short breaks", "", []Parameter{ParameterShortBreaks}, "child.lookedAfter"},
	CareEnded:                  {"care_ended", "the child has stopped being looked after", "the Pathway Plan carries the education on, where there is one", nil, ""},
	NotYetCarried:              {"not_yet_carried", "the term or the time to return the form is not over", "", []Parameter{ParameterCarryForward, ParameterTerms}, ""},
	AlreadyCarried:             {"already_carried", "the form was already carried forward as often as the policy allows", "return it, cease it or have it deleted", []Parameter{ParameterMaxCarries}, ""},
	CarryingOff:                {"carrying_off", "the policy carries no form forward", "", []Parameter{ParameterCarryForward}, ""},
	NoFormType:                 {"no_form_type", "no form exists for this year group", "correct the recorded year group", []Parameter{ParameterFormTypes}, "child.recordedYear"},
	BeyondHolidays:             {"beyond_holidays", "the bank holidays of that time are not published", "", []Parameter{ParameterBankHolidays}, ""},
	NoRate:                     {"no_rate", "no rate is published for the term", "add the rate to the policy", nil, ""},
	DayToCome:                  {"day_to_come", "the day is after the day of the action", "record a planned end of care as the end of its episode", nil, "with"},
	DayLongPast:                {"day_long_past", "the day is more than a year before the day of the action", "check the year", nil, "with"},
	KeepsTerm:                  {"keeps_term", "the plan was returned, or is a later revision, and keeps its term", "have it returned, cease it or have it deleted", nil, ""},
	NothingToRestore:           {"nothing_to_restore", "the plan was not retracted, or something was written since", "", nil, ""},
	SealedTimeOver:             {"sealed_time_over", "what the retract cleared is no longer kept", "write it again", []Parameter{ParameterSealedDays}, ""},
	SamePolicy:                 {"same_policy", "the plan is already decided by this revision of the policy", "", nil, ""},
	DifferentTerms:             {"different_terms", "the other revision of the policy has other terms", "start the next plan under that revision", nil, ""},
}

// AllCodes iterates over the codes, in the order of their constants.
func AllCodes() iter.Seq[Code] { return Members[Code](int(codes)) }

// ParseCode returns the code whose text form is s, such as "wrong_role".
func ParseCode(s string) (Code, error) {
	return Find[Code](len(refusals), s, "code", "the code of a reason, such as wrong_role")
}

// String returns the text form of c, or "" for none.
func (c Code) String() string { return Row(refusals[:], c).name }

// Sentence returns what c says, in plain English without a full stop.
func (c Code) Sentence() string { return Row(refusals[:], c).sentence }

// Remedy returns what can be done about it, or "" where nothing can.
func (c Code) Remedy() string { return Row(refusals[:], c).remedy }

// Parameters returns the parameters of the policy that the refusal reads. The
// caller must not change them.
func (c Code) Parameters() []Parameter { return Row(refusals[:], c).reads }

// Fact returns the path of the fact on which the refusal rests, such as
// "child.born", or "" where it rests on what every step names.
func (c Code) Fact() string { return Row(refusals[:], c).fact }

// MarshalText returns the text form of c.
func (c Code) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads the text form of a code as ParseCode does, and empty text
// as the zero Code.
func (c *Code) UnmarshalText(text []byte) error { return Unmarshal(text, c, ParseCode) }
