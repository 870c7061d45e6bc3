package access

import (
	"iter"

	"virtualschool.example/pep"
	"virtualschool.example/pep/rule"
)

// Deed is something that a person may be permitted to do: see something, do something
// outside the workflow, or take one of its actions. Nobody may do the zero Deed.
type Deed uint8

// The deeds other than the actions of the workflow. Act returns the deed of taking an
// action.
const (
	ReadPlan       Deed = 1 + iota // see the plan, its options, warnings and alerts, including in a tray
	ReadHistory                    // read the events of a plan, with their reasons and comments
	ReadAnswers                    // read what is written in the sections of a plan
	ReadDocuments                  // read the files attached to a plan
	Export                         // take a plan out of the system as a document; this needs ReadAnswers too
	ReadNotes                      // read the case notes of a child
	AddNote                        // add a case note
	Acknowledge                    // acknowledge an alert about a plan
	ListMissing                    // list the missing plans: with GroupTray, those of the authority; with OwnCaseload, those of the caseload
	ReadPayments                   // see what was paid, what is held and what is not payable
	Pay                            // make a payment run
	DecidePayment                  // decide on the payment of one plan (PAY-11)
	ReadRequests                   // read the requests to the service desk
	AddRequest                     // ask the service desk for something
	AnswerRequest                  // answer a request to the service desk
	ReadRegister                   // look up establishments and contributors, to see to whom a plan can be delegated
	ChangeRegister                 // change what the register holds about establishments and contributors (CHG-3)
	ChangeChildren                 // change what the register holds about children
	actions                        // one less than the deed of the first verb; the verbs' deeds follow in order
)

var deeds = [...]struct{ name, words string }{
	{"", ""},
	ReadPlan:       {"read_plan", "see the plan"},
	ReadHistory:    {"read_history", "read the plan's history"},
	ReadAnswers:    {"read_answers", "read the answers"},
	ReadDocuments:  {"read_documents", "read the attached documents"},
	Export:         {"export", "export the plan as a document"},
	ReadNotes:      {"read_notes", "read the case notes"},
	AddNote:        {"add_note", "add a case note"},
	Acknowledge:    {"acknowledge", "acknowledge an alert"},
	ListMissing:    {"list_missing", "list the missing plans"},
	ReadPayments:   {"read_payments", "see the payments"},
	Pay:            {"pay", "make a payment run"},
	DecidePayment:  {"decide_payment", "decide on a payment"},
	ReadRequests:   {"read_requests", "read the requests to the service desk"},
	AddRequest:     {"add_request", "ask the service desk"},
	AnswerRequest:  {"answer_request", "answer a request to the service desk"},
	ReadRegister:   {"read_register", "look up establishments and contributors"},
	ChangeRegister: {"change_register", "change establishments and contributors in the register"},
	ChangeChildren: {"change_children", "change children in the register"},
}

// Act returns the deed of taking an action of the workflow.
func Act(v pep.Verb) Deed {
	if v == 0 {
		return 0
	}
	return actions + Deed(v)
}

// Verb returns the verb of the action if d is an action of the workflow, and otherwise
// the zero Verb.
func (d Deed) Verb() pep.Verb {
	if d <= actions {
		return 0
	}
	return pep.Verb(d - actions)
}

// AllDeeds iterates over the deeds: first those that are not actions, then the actions
// in the order of the process.
func AllDeeds() iter.Seq[Deed] {
	return func(yield func(Deed) bool) {
		for d := range rule.Members[Deed](len(deeds)) {
			if !yield(d) {
				return
			}
		}
		for v := range pep.AllVerbs() {
			if !yield(Act(v)) {
				return
			}
		}
	}
}

// String returns the text form of d, such as "read_history" or "delegate", or ""
// for the zero Deed.
func (d Deed) String() string {
	if v := d.Verb(); v != 0 {
		return v.String()
	}
	return rule.Row(deeds[:], d).name
}

// Words returns d in words that follow "may", such as "read the plan's history".
func (d Deed) Words() string {
	if v := d.Verb(); v != 0 {
		return v.Words()
	}
	return rule.Row(deeds[:], d).words
}

// MarshalText returns the text form of d.
func (d Deed) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the text form of a deed as ParseDeed does, and empty text as the
// zero Deed.
func (d *Deed) UnmarshalText(text []byte) error { return rule.Unmarshal(text, d, ParseDeed) }

// ParseDeed returns the deed whose text form is s, such as "read_history" or
// "delegate".
func ParseDeed(s string) (Deed, error) {
	return rule.Find[Deed](pastDeeds, s, "deed", "something to do or to see, such as read_history or delegate")
}
