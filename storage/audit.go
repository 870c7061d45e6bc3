package storage

import (
	"context"
	"errors"
	"iter"
	"time"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
)

// Audit reads the audit trail, which says what each person did, saw or was denied.
// If a store keeps an audit trail, its Readers implement Audit.
type Audit interface {
	// Entries iterates over the entries that q selects, by instant and then by id. [A1]
	// The scope of a person selects the entries in which the person acted, and those in
	// which somebody acted on the person's behalf. [A2] If q is invalid, Entries yields a
	// *rule.Invalid. [A3] The caller may leave the loop early and may use the Audit
	// inside it. [A4]
	Entries(ctx context.Context, q AuditQuery) iter.Seq2[Entry, error]
}

// Auditor is an Audit to which entries can be added. If a store keeps an audit
// trail, its Txs implement Auditor.
type Auditor interface {
	Audit

	// Audit adds an entry, or returns ErrExists if the id is taken. The entry is
	// never changed or removed afterwards, whatever becomes of the plan. [A10] An
	// entry whose Check fails is refused. [A11]
	Audit(ctx context.Context, e Entry) error
}

// Entry is one line of the audit trail. It holds ids, and words that a program chose,
// but nothing that a person wrote; the plan's history says what was done, with a digest
// of each text.
type Entry struct {
	ID    uuid.UUID       `json:"id"`
	By    record.PersonID `json:"by"`
	For   record.PersonID `json:"for,omitzero"` // the person on whose behalf By acted; zero if By acted for nobody else
	Role  pep.Role        `json:"role"`
	At    time.Time       `json:"at"`
	What  Deed            `json:"what"`
	Name  string          `json:"name"`           // the name of what was done, such as "finalise"
	Plan  pep.ID          `json:"plan,omitzero"`  // zero if the entry concerns no plan
	Child record.ChildID  `json:"child,omitzero"` // zero if the entry concerns no child
	Kind  string          `json:"kind,omitzero"`  // why the deed was not done, such as "refused"; "" if it was done
	Rule  rule.ID         `json:"rule,omitzero"`  // the rule that refused the deed; zero if no rule did
}

// Check returns a *rule.Invalid for each field that is missing or invalid. An entry
// needs an id, a person, a role, an instant, a deed and the deed's name; a denial
// also needs its Kind. Name and Kind are words of at most 64 characters from a to
// z, 0 to 9 and _.
func (e Entry) Check() error {
	return errors.Join(
		rule.Need(e.ID != uuid.UUID{}, "id", "an id"),
		rule.Need(!e.By.IsZero(), "by", "the person who acted"),
		rule.Need(e.Role.String() != "", "role", "a role, such as social_worker"),
		rule.Need(!e.At.IsZero(), "at", "the instant"),
		rule.Need(e.What.String() != "", deedMember, deedWant),
		rule.Need(word(e.Name), "name", "a word, such as finalise"),
		rule.Need(word(e.Kind) || e.Kind == "" && e.What != Denied, "kind", "a word, such as refused, unless the action was done"),
		rule.Need(e.Rule == 0 || e.Rule.String() != "", "rule", "a rule"),
	)
}

// word reports whether s has the form of a Name or a Kind.
func word(s string) bool {
	for _, c := range []byte(s) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' {
			return false
		}
	}
	return s != "" && len(s) <= 64
}

// Moment returns the place of e in a list.
func (e *Entry) Moment() Moment { return Moment{At: e.At, ID: e.ID} }

// Deed is the kind of thing that somebody did. The zero Deed is invalid.
type Deed uint8

// The deeds.
const (
	Acted    Deed = 1 + iota // somebody changed something
	Looked                   // somebody read something
	Exported                 // somebody took something out of the system
	Denied                   // somebody was not permitted to do something, or was refused it
)

var deeds = [...]struct{ name, words string }{
	Acted:    {"action", "changed something"},
	Looked:   {"reading", "read something"},
	Exported: {"export", "took something out of the system"},
	Denied:   {"denial", "was refused"},
}

const deedMember, deedWant = "what", "action, reading, export or denial"

// ParseDeed returns the deed whose text form is s: action, reading, export or
// denial.
func ParseDeed(s string) (Deed, error) { return rule.Find[Deed](len(deeds), s, deedMember, deedWant) }

// String returns the text form of d, or "" if d is invalid.
func (d Deed) String() string { return rule.Row(deeds[:], d).name }

// Words returns d in words that follow the person's name, such as "read something".
func (d Deed) Words() string { return rule.Row(deeds[:], d).words }

// MarshalText returns the text form of d.
func (d Deed) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the text form of a deed as ParseDeed does, except that empty
// text gives the zero Deed.
func (d *Deed) UnmarshalText(text []byte) error { return rule.Unmarshal(text, d, ParseDeed) }

// AuditQuery selects the entries that are in its scope and match every other field
// that is set.
type AuditQuery struct {
	Scope Scope     // required: the scope (everything, a caseload, a plan or a person)
	From  time.Time // only entries at this instant or later
	To    time.Time // only entries before this instant
	After Moment    // only entries after this place
	Limit int       // the most entries to list; 0 means no limit
}

// Check returns a *rule.Invalid if the scope is not set or does not apply to
// entries, or if the limit is below zero.
func (q AuditQuery) Check() error {
	return check(q.Scope, q.Limit, "a caseload, a plan, a person or everything", everything, caseload, onePlan, person)
}
