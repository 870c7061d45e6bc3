package record

import (
	"errors"
	"time"

	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// Note is a case note: it records contact about a child outside the workflow
// (NOTE-1).
type Note struct {
	ID    NoteID
	Child ChildID
	By    PersonID
	At    time.Time
	Text  private.Text
}

// Check returns a *rule.Invalid for each member that is missing: the child, the
// author, the instant and the text. It returns one too if CheckText refuses the
// text.
func (n Note) Check() error {
	return errors.Join(
		rule.Need(!n.Child.IsZero(), "child", "the child that it is about"),
		rule.Need(!n.By.IsZero(), byMember, byWant),
		rule.Need(!n.At.IsZero(), atMember, atWant),
		rule.Need(!n.Text.IsZero(), "text", "the text of the note"),
		CheckText("text", n.Text, MaxText),
	)
}

// Attachment is a document of a plan. It belongs to the plan and stays when a
// delegation is retracted (DOC-1). Its content is stored separately, in a
// storage.Blobs or by the host.
type Attachment struct {
	ID   AttachmentID
	Name private.Text
	Size int64 // bytes
}

// Check returns a *rule.Invalid for a size below zero or above MaxFileSize, and
// for a name that CheckText refuses.
func (a Attachment) Check() error {
	return errors.Join(
		rule.Need(a.Size >= 0 && a.Size <= MaxFileSize, "size", "a number of bytes, from 0 to 1 GiB"),
		CheckText("name", a.Name, MaxFileName),
	)
}

// Payment is the Pupil Premium Plus paid once for a child and a term (PAY-3),
// to the establishment on the plan (PAY-6).
type Payment struct {
	Child         ChildID         `json:"child"`
	Term          term.Term       `json:"term"`
	Establishment EstablishmentID `json:"establishment"`
	Pence         int             `json:"pence"`
	PaidOn        civil.Date      `json:"paidOn"` // the day of the payment run
}

// Check returns a *rule.Invalid for each member that is missing: the child, the
// term, the establishment and the day. It returns one too if the sum is not above
// zero.
func (p Payment) Check() error {
	return errors.Join(
		rule.Need(!p.Child.IsZero(), "child", "the child that is paid for"),
		rule.Need(!p.Term.IsZero(), "term", "the term that is paid for"),
		rule.Need(!p.Establishment.IsZero(), "establishment", "the establishment that is paid"),
		rule.Need(p.Pence > 0, "pence", "a number of pence, 1 or more"),
		rule.Need(!p.PaidOn.IsZero(), "paidOn", "the day of the payment run"),
	)
}

// The names of members that several records have, and what each must be.
const (
	byMember, byWant = "by", "who it is from"
	atMember, atWant = "at", "the instant"
	requestWant      = "a kind of request, such as reopen_plan"
)

// RequestKind is one of the service desk's forms. The zero RequestKind is not a
// kind.
type RequestKind uint8

// The kinds of request.
const (
	NewAgency RequestKind = 1 + iota
	AmendAgency
	NewPortalUser
	AmendPortalUser
	CeasePortalUser
	TechnicalIssue
	ReopenPlan
	DeletePlan
	RestorePlan
)

var requestKinds = [...]struct{ name, words string }{
	NewAgency:       {"new_agency", "new agency"},
	AmendAgency:     {"amend_agency", "amended agency"},
	NewPortalUser:   {"new_portal_user", "new portal account"},
	AmendPortalUser: {"amend_portal_user", "amended portal account"},
	CeasePortalUser: {"cease_portal_user", "ceased portal account"},
	TechnicalIssue:  {"technical_issue", "technical issue"},
	ReopenPlan:      {"reopen_plan", "plan to be reopened"},
	DeletePlan:      {"delete_plan", "plan to be deleted"},
	RestorePlan:     {"restore_plan", "plan to be restored"},
}

// ParseRequestKind returns the kind whose text form is s, such as
// "reopen_plan". For any other text it returns a *rule.Invalid of member
// "kind".
func ParseRequestKind(s string) (RequestKind, error) {
	return rule.Find[RequestKind](len(requestKinds), s, kindMember, requestWant)
}

// String returns the text form of k, or "" for the zero RequestKind.
func (k RequestKind) String() string { return rule.Row(requestKinds[:], k).name }

// Words returns k in words, such as "plan to be reopened".
func (k RequestKind) Words() string { return rule.Row(requestKinds[:], k).words }

// MarshalText returns the text form of k.
func (k RequestKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads a kind as ParseRequestKind does. Empty text is the zero
// RequestKind.
func (k *RequestKind) UnmarshalText(text []byte) error {
	return rule.Unmarshal(text, k, ParseRequestKind)
}
