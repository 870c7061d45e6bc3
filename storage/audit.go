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

// Audit says who did, saw or was denied what. A Reader of a store that keeps
// an audit trail is one.
type Audit interface {
	// Entries iterates over the entries that q selects, by instant and then by
	// id. [A1] An entry is of the person who acted and of the one on whose
	// behalf. [A2] What is no query is a *rule.Invalid. [A3] The caller may
	// leave early and may use the Audit inside the loop. [A4]
	Entries(ctx context.Context, q AuditQuery) iter.Seq2[Entry, error]
}

// Auditor is an Audit that can be added to. A Tx of a store that keeps an
// audit trail is one.
type Auditor interface {
	Audit

	// Audit adds an entry, which is neither changed nor removed afterwards,
	// whatever becomes of the plan. One whose id is taken is ErrExists. [A10]
	// One that its Check refuses is refused. [A11]
	Audit(ctx context.Context, e Entry) error
}

// Entry is one line of the audit trail. It holds ids and words of programs, no
// content: what was done to a plan is in its history, with the content's digest.
type Entry struct {
	ID    uuid.UUID       `json:"id"`
	By    record.PersonID `json:"by"`
	For   record.PersonID `json:"for,omitzero"` // on whose behalf; zero where on their own
	Role  pep.Role        `json:"role"`
	At    time.Time       `json:"at"`
	What  Deed            `json:"what"`
	Name  string          `json:"name"`           // of what was done, such as "finalise"
	Plan  pep.ID          `json:"plan,omitzero"`  // zero where it concerns none
	Child record.ChildID  `json:"child,omitzero"` // zero where it concerns none
	Kind  string          `json:"kind,omitzero"`  // how it ended, such as "refused"; "" where it was done
	Rule  rule.ID         `json:"rule,omitzero"`  // that said no; zero where none did
}

// Check returns a *rule.Invalid for each member that cannot be: the id, who,
// the role, the instant, the deed and its name are needed, of a denial also
// how it ended. Words are of a to z, 0 to 9 and _, up to 64.
func (e Entry) Check() error {
	return errors.Join(
		rule.Need(e.ID != uuid.UUID{}, "id", "an id"),
		rule.Need(!e.By.IsZero(), "by", "who it was"),
		rule.Need(e.Role.String() != "", "role", "a role, such as social_worker"),
		rule.Need(!e.At.IsZero(), "at", "the instant"),
		rule.Need(e.What.String() != "", deedMember, deedWant),
		rule.Need(word(e.Name), "name", "a word, such as finalise"),
		rule.Need(word(e.Kind) || e.Kind == "" && e.What != Denied, "kind", "a word, such as refused, unless it was done"),
		rule.Need(e.Rule == 0 || e.Rule.String() != "", "rule", "a rule"),
	)
}

// word reports whether s is a word of a program, so that it is no content.
func word(s string) bool {
	for _, c := range []byte(s) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' {
			return false
		}
	}
	return s != "" && len(s) <= 64
}

// Moment returns the place of an entry.
func (e *Entry) Moment() Moment { return Moment{At: e.At, ID: e.ID} }

// Deed is what sort of thing somebody did. The zero Deed is none.
type Deed uint8

// The deeds.
const (
	Acted    Deed = 1 + iota // changed something
	Looked                   // read something
	Exported                 // took something out of the system
	Denied                   // was not let, or was refused
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

// String returns the text form of d, or "" for none.
func (d Deed) String() string { return rule.Row(deeds[:], d).name }

// Words returns d in words that follow who it was, such as "read something".
func (d Deed) Words() string { return rule.Row(deeds[:], d).words }

// MarshalText returns the text form of d.
func (d Deed) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the text form of a deed as ParseDeed does, and empty text
// as the zero Deed.
func (d *Deed) UnmarshalText(text []byte) error { return rule.Unmarshal(text, d, ParseDeed) }

// AuditQuery selects entries: those of the scope that meet every member that
// is not zero.
type AuditQuery struct {
	Scope Scope     // mandatory: everything, a caseload, a plan or a person
	From  time.Time // at it or later
	To    time.Time // before it
	After Moment    // only entries after this place
	Limit int       // at most so many; 0 is all
}

// Check returns a *rule.Invalid where q is no query: without a scope of
// entries, or with a limit below zero.
func (q AuditQuery) Check() error {
	return check(q.Scope, q.Limit, "a caseload, a plan, a person or everything", everything, caseload, onePlan, person)
}
