package pep

import (
	"iter"

	"virtualschool.example/pep/rule"
)

// Notice is something that the library tells somebody about an action. The zero
// Notice has no meaning.
type Notice uint8

// The notices. Reminders are not among them, because a reminder depends on the day
// and not on an action.
const (
	NoticeDelegated Notice = 1 + iota
	NoticeRescheduled
	NoticeRedelegated
	NoticeReturned // the contributor returned the plan; the guide calls this alert 'Delegated section'
	NoticeSentBack // the plan goes back for an amendment or a revision
	NoticeRetracted
	NoticeWithdrawn // the plan was ceased, deleted or given to another contributor
	NoticeCarried
	NoticeGraded
	NoticeFinalised
)

// notices holds everything known about each notice in one row: its text form,
// what it says, who receives it, and whether it is given only for a delegated
// plan.
var notices = [...]struct {
	name, words string
	to          Addressees
	delegated   bool
}{
	NoticeDelegated:   {"delegated", "there is a plan to complete", ToEstablishment, false},
	NoticeRescheduled: {"rescheduled", "the meeting was moved", ToEstablishment, true},
	NoticeRedelegated: {"redelegated", "the plan came back to be completed, with comments", ToEstablishment, false},
	NoticeReturned:    {"returned", "the delegated sections were returned", ToSocialWorker, false},
	NoticeSentBack:    {"sent_back", "the plan was sent back to be amended", ToSocialWorker, false},
	NoticeRetracted:   {"retracted", "the plan was taken back, and what was written in it has been cleared", ToEstablishment, false},
	NoticeWithdrawn:   {"withdrawn", "the contributor no longer has the plan", ToEstablishment, true},
	NoticeCarried:     {"carried", "the plan was not returned in its term and counts for the next one", ToSocialWorker | ToEstablishment, false},
	NoticeGraded:      {"graded", "the plan was graded", ToSocialWorker | ToEstablishment, false},
	NoticeFinalised:   {"finalised", "the plan was finalised, and a copy is ready", ToEstablishment, false},
}

// AllNotices iterates over the notices, in the order of their constants.
func AllNotices() iter.Seq[Notice] { return rule.Members[Notice](len(notices)) }

// ParseNotice returns the notice whose text form is s, such as "delegated".
func ParseNotice(s string) (Notice, error) {
	return rule.Find[Notice](len(notices), s, "notice", "a notice, such as delegated")
}

// String returns the text form of n, or "" for the zero Notice.
func (n Notice) String() string { return rule.Row(notices[:], n).name }

// Words returns what n says, such as "there is a plan to complete".
func (n Notice) Words() string { return rule.Row(notices[:], n).words }

// To returns the addressees of n. A notice with two addressees is one
// message. An establishment receives it only if the message names that
// establishment. A message about a draft that is carried forward names no
// establishment.
func (n Notice) To() Addressees { return rule.Row(notices[:], n).to }

// MarshalText returns the text form of n.
func (n Notice) MarshalText() ([]byte, error) { return []byte(n.String()), nil }

// UnmarshalText reads the text form of a notice as ParseNotice does, and empty
// text as the zero Notice.
func (n *Notice) UnmarshalText(text []byte) error { return rule.Unmarshal(text, n, ParseNotice) }

// Notices are the notices of one event, at most two, in the order in which they go
// out. The zero Notices is empty.
type Notices [2]Notice

// List returns the notices in ns, without the unused places.
func (ns *Notices) List() []Notice {
	n := len(ns)
	for n > 0 && ns[n-1] == 0 {
		n--
	}
	return ns[:n]
}

// MarshalJSON returns the notices in ns as a list of their text forms.
func (ns Notices) MarshalJSON() ([]byte, error) { return rule.MarshalNames(ns.List()) }

// Addressees is the set of recipients of a notice, one bit each. The zero
// Addressees is empty.
type Addressees uint8

// The addressees.
const (
	ToSocialWorker  Addressees = 1 << iota // the child's social worker
	ToEstablishment                        // the establishment that the plan is delegated to, and its contributor
)

// Has reports whether every addressee in other is in the set.
func (a Addressees) Has(other Addressees) bool { return a&other == other }

var addresseeNames = [...]string{"", "the social worker", "the establishment", "the social worker and the establishment"}

// String returns a in words, such as "the social worker", or "" for the empty
// set.
func (a Addressees) String() string { return *rule.Row(addresseeNames[:], a) }

// tell adds the action's notices to its event, together with the child, the
// establishment and the contributor that they concern. If the action sets a new
// establishment or contributor, the event keeps the new one. A draft concerns no
// establishment until it is delegated.
func (p *PEP) tell(e *Event) {
	n := 0
	for _, notice := range verbs[e.Verb].notices {
		if notice != 0 && (e.From == Delegated || !notices[notice].delegated) {
			e.Notices[n] = notice
			n++
		}
	}
	if n == 0 {
		return
	}
	e.Child = p.s.Child
	if e.Contributor.IsZero() {
		e.Contributor = p.s.Contributor
	}
	if e.Establishment.IsZero() && e.From != Draft {
		e.Establishment = p.s.Establishment
	}
}
