package story

import (
	"slices"

	"virtualschool.example/pep"
)

// The story is data: the parts of each course, and who tries to do what on which day.
// It does not say what the outcome is, because the library's rules decide that. A step
// is skipped if the plan is no longer at the stage that the step needs.

// step is one thing that somebody tries to do.
type step struct {
	day       int // the number of calendar days after the meeting; the step moves on to the next working day if necessary
	at        int // the hour and minute: 930 is half past nine
	who       pep.Role
	says      string // a description of the action, beginning with the verb
	stage     pep.Stage
	do        deed
	note      note  // a remark on how it went; nil for no remark
	otherwise *step // the step to take instead if a rule refuses; nil to do nothing instead
}

// A step whose stage is anyStage is tried whatever the plan's stage is.
const anyStage = pep.None

// part is a group of steps.
type part struct {
	later   int // the number of days by which every step is postponed
	steps   []step
	leaving bool // whether the days count from the day on which the child leaves care, and not from the meeting
}

// course is a plan's way through the term.
type course struct {
	name  string
	parts []part
}

// leaves reports whether the child leaves care in this course.
func (c *course) leaves() bool {
	return c != nil && slices.ContainsFunc(c.parts, func(p part) bool { return p.leaving })
}

// courseOf returns the course with the given name.
func courseOf(name string) (*course, error) {
	for i := range courses {
		if courses[i].name == name {
			return &courses[i], nil
		}
	}
	return nil, want("a course of the story, such as usual, late or never")
}

// courses holds the possible values of the file's column "course"; a blank cell means the
// first. If steps of two parts need the same stage, the step that happens first is taken.
var courses = [...]course{
	{"usual", []part{{steps: begin}, {steps: delegate}, {steps: rest}}},
	{"amber", []part{{steps: begin}, {steps: delegate}, {steps: doubt}, {steps: amber}, {steps: rest}}},
	{"red", []part{{steps: begin}, {steps: delegate}, {steps: doubt}, {steps: red}, {steps: rest}, {later: 15, steps: amber}, {later: 15, steps: rest}}},
	{"blank", []part{{steps: begin}, {steps: delegate}, {steps: leaveBlank}, {later: 7, steps: rest}}},
	{"late", []part{{steps: begin}, {steps: delegate}, {later: 11, steps: rest}}},
	{"never", []part{{steps: begin}, {steps: delegate}, {steps: saveOne}}},
	{"retracted", []part{{steps: begin}, {steps: delegate}, {steps: saveOne}, {steps: retract}, {later: 7, steps: rest}}},
	{"self_completed", []part{{steps: begin}, {steps: delegate}, {steps: completeAlone}, {steps: rest}}},
	{"new_teacher", []part{{steps: begin}, {steps: delegate}, {later: 1, steps: delegate}, {steps: rest}}},
	{"moved", []part{{steps: begin}, {steps: delegate}, {steps: move}, {later: 7, steps: rest}}},
	{"amended", []part{{steps: begin}, {steps: delegate}, {steps: amend}, {steps: rest}, {later: 6, steps: rest}}},
	{"revised", []part{{steps: begin}, {steps: delegate}, {steps: revise}, {steps: rest}, {later: 12, steps: rest}}},
	{"deleted", []part{{steps: begin}, {steps: remove}, {later: 2, steps: begin}, {later: 2, steps: delegate}, {steps: rest}}},
	{"hasty", []part{{steps: jumpIn}, {steps: delegate}, {steps: meddle}, {steps: misdirect}, {steps: overstep}, {steps: rest}}},
	{"leaving", []part{{steps: begin}, {steps: delegate}, {steps: leave, leaving: true}, {steps: rest}}},
	{"forgotten", nil},
}

// The parts of a plan that goes well.
var (
	begin = []step{
		{-14, 900, pep.SocialWorker, "start the first plan", anyStage, startInitial, ofForm, nil},
		{-13, 1000, pep.SocialWorker, "write the first two sections", pep.Draft, writeOwn, nil, nil},
	}
	delegate = []step{
		{-10, 930, pep.SocialWorker, "delegate every section", pep.Draft, delegateAll, ofDue, nil},
	}
	rest = []step{
		{3, 1500, pep.DesignatedTeacher, "save the remaining sections", pep.Delegated, writeRest, nil, nil},
		{8, 1600, pep.DesignatedTeacher, "submit the contribution", pep.Delegated, submit, ofReturn, nil},
		{9, 1000, pep.SocialWorker, "reassign the plan to business support", pep.Returned, assign, ofNext, nil},
		{12, 1000, pep.BusinessSupport, "finalise the plan", pep.Checking, finalise, nil, &step{says: "send the plan for grading", do: sendForGrading}},
		{15, 1400, pep.VirtualSchoolConsultant, "grade the plan green", pep.Grading, awardGreen, nil, nil},
		{16, 1100, pep.BusinessSupport, "finalise the plan", pep.Checking, finalise, nil, nil},
		{20, 900, pep.BusinessSupport, "start the next term's plan", pep.Finalised, startSubsequent, ofMeeting, nil},
	}
)

// The parts of a plan that does not go well.
var (
	// The establishment returns the plan with blank boxes.
	leaveBlank = []step{
		{3, 1500, pep.DesignatedTeacher, "save some of the remaining sections", pep.Delegated, writeWithBlanks, nil, nil},
		{6, 1600, pep.DesignatedTeacher, "submit the contribution", pep.Delegated, submit, ofReturn, nil},
		{7, 1000, pep.SocialWorker, "reassign the plan to business support", pep.Returned, assign, ofNext, nil},
		{7, 1005, pep.SocialWorker, "re-delegate the plan with comments", pep.Returned, redelegate, ofDue, nil},
		{7, 1010, pep.SocialWorker, "activate the completed sections", pep.Returned, activate, nil, nil},
		{7, 1015, pep.SocialWorker, "re-delegate the plan with comments", pep.Returned, redelegate, ofDue, nil},
	}
	// The establishment saves one section and then does no more.
	saveOne = []step{
		{1, 1500, pep.DesignatedTeacher, "save one section", pep.Delegated, writeThird, nil, nil},
	}
	// The plan is taken back from the establishment.
	retract = []step{
		{2, 1100, pep.SocialWorker, "retract the plan", pep.Delegated, retractUnconfirmed, nil, nil},
		{2, 1130, pep.SocialWorker, "retract the plan", pep.Delegated, retractConfirmed, ofLoss, nil},
		{3, 1000, pep.SocialWorker, "write the first two sections", pep.Draft, writeOwn, nil, nil},
		{3, 1100, pep.SocialWorker, "delegate every section", pep.Draft, delegateAll, ofDue, nil},
	}
	// There is nobody to delegate to.
	completeAlone = []step{
		{5, 1000, pep.SocialWorker, "write every section", pep.Draft, writeAll, nil, nil},
		{9, 1000, pep.SocialWorker, "reassign the plan to business support", pep.Draft, assign, ofNext, nil},
	}
	// The meeting is put off by a week.
	move = []step{
		{-6, 1000, pep.BusinessSupport, "move the meeting", pep.Delegated, reschedule, ofMeeting, nil},
	}
	// Business support is not satisfied with the plan.
	amend = []step{
		{12, 930, pep.BusinessSupport, "return the plan for amendment", pep.Checking, returnWithoutReason, nil, nil},
		{12, 940, pep.BusinessSupport, "return the plan for amendment", pep.Checking, returnForAmendment, nil, nil},
		{13, 1000, pep.SocialWorker, "activate the completed sections", pep.Returned, activate, nil, nil},
		{13, 1030, pep.SocialWorker, "write the first two sections", pep.Returned, writeOwn, nil, nil},
	}
	// The plan is graded, whether or not it is in the sample.
	doubt = []step{
		{12, 945, pep.BusinessSupport, "send the plan for grading", pep.Checking, sendForConcern, nil, nil},
	}
	amber = []step{
		{15, 1345, pep.VirtualSchoolConsultant, "grade the plan amber", pep.Grading, awardAmber, nil, nil},
	}
	// The consultant sends the plan back.
	red = []step{
		{15, 1330, pep.VirtualSchoolConsultant, "grade the plan red", pep.Grading, awardRedSilently, nil, nil},
		{15, 1345, pep.VirtualSchoolConsultant, "grade the plan red", pep.Grading, awardRed, nil, nil},
		{16, 1000, pep.SocialWorker, "activate the completed sections", pep.Returned, activate, nil, nil},
		{16, 1015, pep.SocialWorker, "re-delegate the plan with comments", pep.Returned, redelegate, ofDue, nil},
	}
	// Something must be corrected after the plan was finalised.
	revise = []step{
		{19, 1000, pep.BusinessSupport, "revise the plan", pep.Finalised, reviseFinalised, nil, nil},
		{20, 1000, pep.SocialWorker, "write the first two sections", pep.Returned, writeOwn, nil, nil},
	}
	// The plan was started by mistake.
	remove = []step{
		{-13, 1100, pep.BusinessSupport, "delete the plan", pep.Draft, deleteMistake, nil, nil},
		{-13, 1400, pep.ServiceDesk, "delete the plan", pep.Draft, deleteMistake, nil, nil},
	}
	// The child leaves care.
	leave = []step{
		{0, 1000, pep.BusinessSupport, "cease the plan", anyStage, cease, nil, nil},
		{0, 1030, pep.SocialWorker, "start another plan", anyStage, startInitial, ofForm, nil},
	}
)

// The parts in which people try to do things that they are not allowed to do.
var (
	jumpIn = []step{
		{-14, 830, pep.BusinessSupport, "start the first plan", anyStage, startInitial, ofForm, nil},
		{-14, 900, pep.SocialWorker, "start the first plan", anyStage, startInitial, ofForm, nil},
		{-13, 900, pep.SocialWorker, "start another plan", anyStage, startInitial, ofForm, nil},
		{-13, 930, pep.SocialWorker, "delegate every section", pep.Draft, delegateAll, ofDue, nil},
		{-13, 1000, pep.SocialWorker, "write the first two sections", pep.Draft, writeOwn, nil, nil},
		{-10, 900, pep.SocialWorker, "delegate three sections", pep.Draft, delegateSome, ofDue, nil},
		{-10, 915, pep.SocialWorker, "delegate every section, due yesterday", pep.Draft, delegateOverdue, ofDue, nil},
	}
	meddle = []step{
		{1, 1000, pep.SocialWorker, "write the first two sections", pep.Delegated, writeOwn, nil, nil},
		{1, 1030, pep.SocialWorker, "submit the contribution", pep.Delegated, submit, ofReturn, nil},
		{3, 1400, pep.IndependentReviewingOfficer, "save the remaining sections", pep.Delegated, writeRest, nil, nil},
	}
	misdirect = []step{
		{9, 930, pep.SocialWorker, "reassign the plan with only a date", pep.Returned, assignWithoutTerm, ofNext, nil},
		{9, 940, pep.SocialWorker, "reassign the plan for another term", pep.Returned, assignToOtherTerm, ofNext, nil},
		{9, 950, pep.SocialWorker, "reassign the plan without a next meeting", pep.Returned, assignAsLast, ofNext, nil},
	}
	overstep = []step{
		{12, 900, pep.SocialWorker, "finalise the plan", pep.Checking, finalise, nil, nil},
		{12, 930, pep.BusinessSupport, "grade the plan green", pep.Checking, awardGreen, nil, nil},
	}
)
