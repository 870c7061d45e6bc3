package forms

// The published titles (SECT-2: "First My Personal Information, second My
// Health, last Attendees and Next PEP Meeting").
const (
	personalInformation = "My Personal Information"
	myHealth            = "My Health"
	nextMeeting         = "Attendees and Next PEP Meeting"
)

// The titles of the other sections, which we wrote (Proposed).
const (
	myViews           = "My Views"
	myEducation       = "My Education and Progress"
	myTargets         = "My Targets and Funding"
	myLearningTargets = "My Learning, Development and Targets" // in Early Years, one section covers learning and targets
)

// The sections that several form types share unchanged.
var (
	aboutMe      = page{title: personalInformation, by: SocialWorker, known: true, lists: [][]box{identity, care}}
	healthAtAge  = page{title: myHealth, by: SocialWorker, known: true, lists: [][]box{health, strengthsAndDifficulties}}
	healthInCare = page{title: myHealth, by: SocialWorker, known: true, lists: [][]box{health, strengthsAndDifficulties, careAtSchool}}
	views        = page{title: myViews, by: DesignatedTeacher, lists: [][]box{voice, ambitions, leisure, carers}}
	viewsHelped  = page{title: myViews, by: DesignatedTeacher, lists: [][]box{communication, voice, ambitions, leisure, carers}}
	fundedBy     = page{title: myTargets, by: DesignatedTeacher, lists: [][]box{targets, funding}}
	lastPage     = page{title: nextMeeting, by: DesignatedTeacher, known: true, lists: [][]box{meeting}}
)

// templates holds the sections of each form type, in order. SECT-1: "6 sections
// (5 for Early Years)".
var templates = [...]Template{
	EarlyYears: {[]*page{
		&aboutMe,
		{title: myHealth, by: SocialWorker, known: true, lists: [][]box{health, earlyHealth}},
		{title: myViews, by: DesignatedTeacher, lists: [][]box{voice, keyPerson, leisure, carers}},
		{title: myLearningTargets, by: DesignatedTeacher, lists: [][]box{history, earlyLearning, needs, provision, changes, targets}},
		&lastPage,
	}},
	PrimaryMainstream: {[]*page{
		&aboutMe, &healthAtAge, &views,
		{title: myEducation, by: DesignatedTeacher, lists: [][]box{history, record, primaryResults, needs, attending, provision, changes}},
		&fundedBy, &lastPage,
	}},
	SecondaryMainstream: {[]*page{
		&aboutMe, &healthAtAge, &views,
		{title: myEducation, by: DesignatedTeacher, lists: [][]box{history, record, secondaryResults, needs, attending, provision, changes}},
		&fundedBy, &lastPage,
	}},
	KeyStage5: {[]*page{
		{title: personalInformation, by: SocialWorker, known: true, lists: [][]box{identity, care, leavingCare}},
		{title: myHealth, by: SocialWorker, known: true, lists: [][]box{health, adultServices}},
		{title: myViews, by: DesignatedTeacher, lists: [][]box{voice, ambitions, independence, leisure, carers}},
		{title: myEducation, by: DesignatedTeacher, lists: [][]box{history, record, sixthForm, needs, provision, changes}},
		{title: myTargets, by: DesignatedTeacher, lists: [][]box{targets, funding, bursary}},
		&lastPage,
	}},
	PrimarySpecial: {[]*page{
		&aboutMe, &healthInCare, &viewsHelped,
		{title: myEducation, by: DesignatedTeacher, lists: [][]box{history, record, planOfNeeds, attending, provision, changes}},
		&fundedBy, &lastPage,
	}},
	SecondarySpecial: {[]*page{
		&aboutMe, &healthInCare, &viewsHelped,
		{title: myEducation, by: DesignatedTeacher, lists: [][]box{history, record, secondaryResults, planOfNeeds, attending, provision, preparation, changes}},
		&fundedBy, &lastPage,
	}},
}

// TemplateOf returns the council's sections and questions of form type t, or
// nil if t is not a form type.
func TemplateOf(t Type) *Template {
	if t == 0 || int(t) >= len(templates) {
		return nil
	}
	return &templates[t]
}
