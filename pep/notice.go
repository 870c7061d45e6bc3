package pep

import "virtualschool.example/pep/rule"

// Notice is what the library tells somebody about an action. The zero Notice
// tells nobody anything.
type Notice uint8

// The notices. A reminder is not among them: it follows from the day, not from
// an action.
const (
	NoticeDelegated   Notice = 1 + iota // to the establishment: there is a plan to complete
	NoticeRedelegated                   // to the establishment: it came back, with comments
	NoticeReturned                      // to the social worker
	NoticeRetracted                     // to the establishment: what it wrote is gone
	NoticeWithdrawn                     // to the establishment that has the plan: it was ceased or deleted
	NoticeGraded                        // to the establishment and the social worker
	NoticeFinalised                     // to the establishment: its copy
)

var noticeNames = [...]string{"", "delegated", "redelegated", "returned", "retracted", "withdrawn", "graded", "finalised"}

// String returns the text form of n, or "" for the zero Notice.
func (n Notice) String() string { return rule.Name(noticeNames[:], n) }

// MarshalText returns the text form of n.
func (n Notice) MarshalText() ([]byte, error) { return []byte(n.String()), nil }

// UnmarshalText reads the text form of a notice; "" is the zero Notice.
func (n *Notice) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*n = 0
		return nil
	}
	*n, err = rule.Named[Notice](noticeNames[:], string(text), "notice", "a notice, such as delegated")
	return err
}

// given reports whether an action on a plan at that stage gives the notice:
// only a delegated plan can be withdrawn from an establishment.
func (n Notice) given(at Stage) bool { return n != NoticeWithdrawn || at == Delegated }
