package pep

import (
	"iter"

	"virtualschool.example/pep/rule"
)

// Verb names an action of the workflow. The zero Verb names no action.
type Verb uint8

// The verbs, in the order of the process.
const (
	VerbStartInitial Verb = 1 + iota
	VerbStartSubsequent
	VerbAnswer
	VerbRescheduleMeeting
	VerbAttach
	VerbDelegate
	VerbSaveContribution
	VerbSubmitContribution
	VerbChangeContributor
	VerbRetract
	VerbActivate
	VerbRedelegate
	VerbReassign
	VerbSendForGrading
	VerbAwardGrade
	VerbReturnForAmendment
	VerbFinalise
	VerbRevise
	VerbReopen
	VerbRestoreSections
	VerbDelete
	VerbCease
	VerbCarryForward
	VerbRepin
	pastVerbs // one past the last verb
)

// verbs holds everything known about each verb in one row: its text form and
// its words, the rule that refuses a wrong role, a wrong stage or a missing
// member, the rules under which it is taken, the parameters and the facts that
// it reads, the notices that it gives, and how its event changes the plan's
// state. The code of each verb is in the file named after it.
var verbs = [pastVerbs]struct {
	name, words string
	refuses     rule.ID
	decides     []rule.ID
	reads       []rule.Parameter
	facts       FactSet
	notices     Notices
	fold        func(*Snapshot, *Event)
}{
	VerbStartInitial: {
		name: "start_initial", words: "start a first plan", refuses: rule.START1,
		decides: []rule.ID{rule.START1, rule.START2, rule.TERM2, rule.TERM8},
		reads:   []rule.Parameter{rule.ParameterFormTypes, rule.ParameterMeetingTermsBack, rule.ParameterMeetingTermsAhead},
		facts:   ChildFact | EstablishmentFact | PlansFact,
		fold:    (*Snapshot).start,
	},
	VerbStartSubsequent: {
		name: "start_subsequent", words: "start a subsequent plan", refuses: rule.START1,
		decides: []rule.ID{rule.START1, rule.START2, rule.TERM2, rule.TERM8},
		reads:   []rule.Parameter{rule.ParameterFormTypes, rule.ParameterMeetingTermsBack, rule.ParameterMeetingTermsAhead},
		facts:   ChildFact | EstablishmentFact | PlansFact,
		fold:    (*Snapshot).start,
	},
	VerbAnswer: {
		name: "answer", words: "answer a section", refuses: rule.DELEG5,
		decides: []rule.ID{rule.DELEG5},
		fold:    (*Snapshot).fill,
	},
	VerbRescheduleMeeting: {
		name: "reschedule_meeting", words: "move the meeting", refuses: rule.TERM2,
		decides: []rule.ID{rule.TERM2, rule.TERM8},
		reads:   []rule.Parameter{rule.ParameterTerms, rule.ParameterMeetingTermsBack, rule.ParameterMeetingTermsAhead},
		facts:   ChildFact,
		notices: Notices{NoticeRescheduled},
		fold:    (*Snapshot).reschedule,
	},
	VerbAttach: {
		name: "attach", words: "attach a document", refuses: rule.DOC1,
		decides: []rule.ID{rule.DOC1},
		fold:    (*Snapshot).keep,
	},
	VerbDelegate: {
		name: "delegate", words: "delegate the plan", refuses: rule.DELEG2,
		decides: []rule.ID{rule.DELEG1, rule.DELEG2, rule.DELEG3},
		reads:   []rule.Parameter{rule.ParameterPortalLag},
		facts:   ChildFact | EstablishmentFact | ContributorFact,
		notices: Notices{NoticeDelegated},
		fold:    (*Snapshot).delegate,
	},
	VerbSaveContribution: {
		name: "save_contribution", words: "save a contribution", refuses: rule.DELEG5,
		decides: []rule.ID{rule.DELEG5},
		facts:   EstablishmentFact | ContributorFact,
		fold:    (*Snapshot).fill,
	},
	VerbSubmitContribution: {
		name: "submit_contribution", words: "submit the contribution", refuses: rule.DELEG8,
		decides: []rule.ID{rule.DELEG8},
		facts:   EstablishmentFact | ContributorFact,
		notices: Notices{NoticeReturned},
		fold:    (*Snapshot).submit,
	},
	VerbChangeContributor: {
		name: "change_contributor", words: "change the contributor", refuses: rule.DELEG2,
		decides: []rule.ID{rule.DELEG2},
		facts:   EstablishmentFact | ContributorFact,
		notices: Notices{NoticeDelegated, NoticeWithdrawn},
		fold:    (*Snapshot).changeContributor,
	},
	VerbRetract: {
		name: "retract", words: "retract the plan", refuses: rule.DELEG6,
		decides: []rule.ID{rule.DELEG6},
		notices: Notices{NoticeRetracted},
		fold:    (*Snapshot).retract,
	},
	VerbActivate: {
		name: "activate", words: "activate the completed sections", refuses: rule.DELEG5,
		decides: []rule.ID{rule.DELEG5},
		fold:    (*Snapshot).activate,
	},
	VerbRedelegate: {
		name: "redelegate", words: "re-delegate the plan", refuses: rule.DELEG7,
		decides: []rule.ID{rule.DELEG7},
		reads:   []rule.Parameter{rule.ParameterPortalLag},
		facts:   EstablishmentFact | ContributorFact,
		notices: Notices{NoticeRedelegated},
		fold:    (*Snapshot).redelegate,
	},
	VerbReassign: {
		name: "reassign", words: "reassign the plan to business support", refuses: rule.SECT3,
		decides: []rule.ID{rule.SECT3, rule.ASSIGN1, rule.ASSIGN2, rule.ASSIGN3, rule.TERM8},
		reads:   []rule.Parameter{rule.ParameterAssignmentComment, rule.ParameterTerms, rule.ParameterMeetingTermsBack, rule.ParameterMeetingTermsAhead},
		facts:   ChildFact, // whether the child needs a plan in the next term
		fold:    (*Snapshot).reassign,
	},
	VerbSendForGrading: {
		name: "send_for_grading", words: "send the plan for grading", refuses: rule.GRADE1,
		decides: []rule.ID{rule.GRADE1},
		reads:   []rule.Parameter{rule.ParameterGrading},
		facts:   GradingFact,
		fold:    (*Snapshot).keep,
	},
	VerbAwardGrade: {
		name: "grade", words: "grade the plan", refuses: rule.GRADE9,
		decides: []rule.ID{rule.GRADE9, rule.GRADE4},
		reads:   []rule.Parameter{rule.ParameterGradesReturned},
		notices: Notices{NoticeGraded},
		fold:    (*Snapshot).award,
	},
	VerbReturnForAmendment: {
		name: "return_for_amendment", words: "return the plan for amendment", refuses: rule.AMEND1,
		decides: []rule.ID{rule.AMEND1},
		notices: Notices{NoticeSentBack},
		fold:    (*Snapshot).keep,
	},
	VerbFinalise: {
		name: "finalise", words: "finalise the plan", refuses: rule.FINAL2,
		decides: []rule.ID{rule.FINAL2, rule.GRADE1},
		reads:   []rule.Parameter{rule.ParameterGradesReturned, rule.ParameterGrading},
		facts:   GradingFact,
		notices: Notices{NoticeFinalised},
		fold:    (*Snapshot).finalise,
	},
	VerbRevise: {
		name: "revise", words: "revise the plan", refuses: rule.AMEND1,
		decides: []rule.ID{rule.AMEND1},
		facts:   OpenFact,
		notices: Notices{NoticeSentBack},
		fold:    (*Snapshot).revise,
	},
	VerbReopen: {
		name: "reopen", words: "reopen the plan", refuses: rule.FINAL4,
		decides: []rule.ID{rule.FINAL4},
		facts:   OpenFact, // a cancelled plan needs more: see PEP.Needs
		fold:    (*Snapshot).reopen,
	},
	VerbRestoreSections: {
		name: "restore", words: "restore the cleared answers", refuses: rule.DELEG6,
		decides: []rule.ID{rule.DELEG6},
		reads:   []rule.Parameter{rule.ParameterSealedDays},
		fold:    (*Snapshot).restore,
	},
	VerbDelete: {
		name: "delete", words: "delete the plan", refuses: rule.FINAL4,
		decides: []rule.ID{rule.FINAL4},
		notices: Notices{NoticeWithdrawn},
		fold:    (*Snapshot).delete,
	},
	VerbCease: {
		name: "cease", words: "cease the plan", refuses: rule.CHG4,
		decides: []rule.ID{rule.CHG4},
		notices: Notices{NoticeWithdrawn},
		fold:    (*Snapshot).cease,
	},
	VerbCarryForward: {
		name: "carry_forward", words: "carry the plan forward", refuses: rule.OOT2,
		decides: []rule.ID{rule.OOT2, rule.OOT3, rule.OOT4},
		reads:   []rule.Parameter{rule.ParameterCarryForward, rule.ParameterMaxCarries, rule.ParameterTerms},
		notices: Notices{NoticeCarried},
		fold:    (*Snapshot).carryForward,
	},
	VerbRepin: {
		name: "repin", words: "re-pin the plan to another policy revision", refuses: rule.REPIN1,
		decides: []rule.ID{rule.REPIN1},
		reads:   []rule.Parameter{rule.ParameterTerms},
		fold:    (*Snapshot).repin,
	},
}

// ParseVerb returns the verb whose text form is s, such as "start_initial".
func ParseVerb(s string) (Verb, error) {
	return rule.Find[Verb](len(verbs), s, "do", "an action of the workflow, such as delegate")
}

// AllVerbs iterates over the verbs, in the order of the process.
func AllVerbs() iter.Seq[Verb] { return rule.Members[Verb](len(verbs)) }

// String returns the text form of v, such as "start_initial", or "" for the
// zero Verb.
func (v Verb) String() string { return rule.Row(verbs[:], v).name }

// Words returns what v does in words that follow "can" or "cannot", such as
// "delegate the plan".
func (v Verb) Words() string { return rule.Row(verbs[:], v).words }

// Refused returns a reason to refuse v because of something that only a service
// knows. The reason names the rule that refuses a wrong role or stage.
func (v Verb) Refused(because rule.Code) rule.Reason {
	return rule.Reason{Rule: rule.Row(verbs[:], v).refuses, Code: because, Words: v}
}

// Rules returns the rules under which v is taken. The caller must not change
// them.
func (v Verb) Rules() []rule.ID { return rule.Row(verbs[:], v).decides }

// Notices returns the notices that v can give. Some of them are given only if the
// plan is delegated.
func (v Verb) Notices() Notices { return rule.Row(verbs[:], v).notices }

// Parameters returns the policy's parameters that v reads, whatever its input. The
// caller must not change them.
func (v Verb) Parameters() []rule.Parameter { return rule.Row(verbs[:], v).reads }

// MarshalText returns the text form of v.
func (v Verb) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText reads the text form of a verb as ParseVerb does, and empty text
// as the zero Verb.
func (v *Verb) UnmarshalText(text []byte) error { return rule.Unmarshal(text, v, ParseVerb) }
