package pep

import (
	"iter"

	"virtualschool.example/pep/rule"
)

// Verb names an action of the workflow. The zero Verb is none.
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
	VerbGrade
	VerbReturnForAmendment
	VerbFinalise
	VerbRevise
	VerbReopen
	VerbDelete
	VerbCease
	VerbCarryForward
	VerbRepin
)

// verbs holds what each verb says: its text form, the rule that refuses it by
// a wrong role, at a wrong stage or with something missing, and the notice
// that it gives.
var verbs = [...]struct {
	name    string
	refuses rule.ID
	notice  Notice
}{
	VerbStartInitial:       {"start_initial", rule.START1, 0},
	VerbStartSubsequent:    {"start_subsequent", rule.START1, 0},
	VerbAnswer:             {"answer", rule.DELEG5, 0},
	VerbRescheduleMeeting:  {"reschedule_meeting", rule.TERM2, 0},
	VerbAttach:             {"attach", rule.DOC1, 0},
	VerbDelegate:           {"delegate", rule.DELEG2, NoticeDelegated},
	VerbSaveContribution:   {"save_contribution", rule.DELEG5, 0},
	VerbSubmitContribution: {"submit_contribution", rule.DELEG8, NoticeReturned},
	VerbChangeContributor:  {"change_contributor", rule.DELEG2, 0},
	VerbRetract:            {"retract", rule.DELEG6, NoticeRetracted},
	VerbActivate:           {"activate", rule.DELEG5, 0},
	VerbRedelegate:         {"redelegate", rule.DELEG7, NoticeRedelegated},
	VerbReassign:           {"reassign", rule.SECT3, 0},
	VerbSendForGrading:     {"send_for_grading", rule.GRADE1, 0},
	VerbGrade:              {"grade", rule.GRADE9, NoticeGraded},
	VerbReturnForAmendment: {"return_for_amendment", rule.AMEND1, NoticeReturned},
	VerbFinalise:           {"finalise", rule.FINAL2, NoticeFinalised},
	VerbRevise:             {"revise", rule.AMEND1, 0},
	VerbReopen:             {"reopen", rule.FINAL4, 0},
	VerbDelete:             {"delete", rule.FINAL4, 0},
	VerbCease:              {"cease", rule.CHG4, 0},
	VerbCarryForward:       {"carry_forward", rule.OOT2, 0},
	VerbRepin:              {"repin", rule.FINAL4, 0},
}

// ParseVerb returns the verb whose text form is s, such as "start_initial".
func ParseVerb(s string) (Verb, error) {
	for v := range AllVerbs() {
		if verbs[v].name == s {
			return v, nil
		}
	}
	return 0, &rule.Invalid{Member: "do", Want: "an action of the workflow, such as delegate"}
}

// AllVerbs iterates over the verbs, in the order of the process.
func AllVerbs() iter.Seq[Verb] { return members[Verb](len(verbs)) }

// String returns the text form of v, or "" for none.
func (v Verb) String() string {
	if int(v) >= len(verbs) {
		return ""
	}
	return verbs[v].name
}

// MarshalText returns the text form of v.
func (v Verb) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText reads the text form of a verb. It refuses what ParseVerb refuses.
func (v *Verb) UnmarshalText(text []byte) (err error) {
	*v, err = ParseVerb(string(text))
	return err
}

// Notice is what somebody is told of an action. The zero Notice is none.
type Notice uint8

// The notices. A reminder is not among them: it follows from the day.
const (
	NoticeDelegated   Notice = 1 + iota // to the establishment: there is a plan to complete
	NoticeRedelegated                   // to the establishment: it came back, with comments
	NoticeReturned                      // to the social worker
	NoticeRetracted                     // to the establishment: what it wrote is gone
	NoticeWithdrawn                     // to the establishment: the plan was ceased or deleted
	NoticeGraded                        // to the establishment and the social worker
	NoticeFinalised                     // to the establishment: its copy
)

var noticeNames = [...]string{"", "delegated", "redelegated", "returned", "retracted", "withdrawn", "graded", "finalised"}

// String returns the text form of n, or "" for none.
func (n Notice) String() string { return rule.Name(noticeNames[:], n) }

// MarshalText returns the text form of n.
func (n Notice) MarshalText() ([]byte, error) { return []byte(n.String()), nil }

// UnmarshalText reads the text form of a notice; "" is none.
func (n *Notice) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*n = 0
		return nil
	}
	*n, err = rule.Named[Notice](noticeNames[:], string(text), "notice", "a notice, such as delegated")
	return err
}
