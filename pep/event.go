package pep

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"time"

	"github.com/google/uuid"

	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// Event records one action on a plan: who did what, when, and what the action set.
// A plan's events are numbered from 1 without a gap, and folding them gives exactly
// the plan's state. An event holds no text: a reason, a comment or an answer is
// kept with the content, and the event holds a digest of it.
type Event struct {
	Format   int             `json:"format"`
	Plan     ID              `json:"plan"`
	Version  int64           `json:"version"`  // the plan's version after the event
	Revision int             `json:"revision"` // the plan's revision after the event
	Verb     Verb            `json:"verb"`
	At       time.Time       `json:"at"`
	On       civil.Date      `json:"on"`
	By       record.PersonID `json:"by"`
	For      record.PersonID `json:"for,omitzero"`
	Role     Role            `json:"role"`
	From     Stage           `json:"from"`
	To       Stage           `json:"to"`
	Policy   int             `json:"policy"` // the revision of the policy that decided
	Notices  Notices         `json:"notices,omitzero"`
	Digest   Digest          `json:"digest,omitzero"` // the digest of the reason, comment, feedback or file name

	// The fields that the action set; the others are zero. An event with
	// notices also names the child, the establishment and the contributor that
	// they concern. If the action ends a delegation, the event names the
	// establishment and the contributor that the plan was delegated to.
	Child         record.ChildID         `json:"child,omitzero"`
	Establishment record.EstablishmentID `json:"establishment,omitzero"`
	Contributor   record.ContributorID   `json:"contributor,omitzero"`
	Former        record.ContributorID   `json:"former,omitzero"` // the contributor who had the plan before it was given to another contributor
	Kind          PlanKind               `json:"kind,omitzero"`
	Type          forms.Type             `json:"type,omitzero"`
	Questions     int                    `json:"questions,omitzero"` // the edition of the form's questions
	Meeting       civil.Date             `json:"meeting,omitzero"`
	Term          term.Term              `json:"term,omitzero"`
	Due           civil.Date             `json:"due,omitzero"`
	DueByDefault  bool                   `json:"dueByDefault,omitzero"`
	Section       int                    `json:"section,omitzero"`
	Filled        forms.Filled           `json:"filled,omitzero"`
	Grade         Grade                  `json:"grade,omitzero"`
	Next          civil.Date             `json:"next,omitzero"`
	CeasedOn      civil.Date             `json:"ceasedOn,omitzero"`
	SealedUntil   civil.Date             `json:"sealedUntil,omitzero"` // the first day on which the content that a retract cleared can no longer be restored
	Restores      int64                  `json:"restores,omitzero"`    // the plan's version after the retract that this event undoes
	Size          int64                  `json:"size,omitzero"`        // the size of an attached file, in bytes
	Waived        bool                   `json:"waived,omitzero"`      // whether the plan was finalised without the required grade, with a reason given (GRADE-3)
}

// events is the UUID namespace of event ids.
var events = uuid.UUID{0x6f, 0x1c, 0x8a, 0x52, 0x0b, 0x3e, 0x4d, 0x77, 0x9a, 0x10, 0x5d, 0x2b, 0x7e, 0x94, 0xc3, 0x01}

// ID returns the event's id: a UUIDv5 of plan and version, so that the same event
// always has the same id.
func (e *Event) ID() uuid.UUID {
	plan := e.Plan.UUID
	name := binary.BigEndian.AppendUint64(plan[:], uint64(e.Version))
	return uuid.NewSHA1(events, name)
}

// Rules returns the rules under which the action was taken: its verb's rules,
// unless its input involves other rules.
func (e *Event) Rules() []rule.ID {
	switch {
	case e.Verb == VerbReassign && e.Next.IsZero():
		return []rule.ID{rule.SECT3, rule.ASSIGN1, rule.ASSIGN2, rule.ASSIGN4}
	case e.Waived:
		return append([]rule.ID{rule.GRADE3}, e.Verb.Rules()...)
	}
	return e.Verb.Rules()
}

// Digest is the SHA-256 of a text. It proves that a text kept elsewhere is the
// original text. The zero Digest means that there is no text.
type Digest [sha256.Size]byte

// DigestOf returns the digest of a text, or the zero Digest for an empty text.
func DigestOf(t private.Text) Digest {
	if t.IsZero() {
		return Digest{}
	}
	return sha256.Sum256([]byte(t.Reveal(private.Deciding)))
}

// String returns the digest in hexadecimal, or "" for the zero Digest.
func (d Digest) String() string {
	if d == (Digest{}) {
		return ""
	}
	return hex.EncodeToString(d[:])
}

// MarshalText returns the digest in hexadecimal.
func (d Digest) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads a digest in hexadecimal, and empty text as the zero Digest.
// Any other text is a *rule.Invalid.
func (d *Digest) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Digest{}
		return nil
	}
	if n, err := hex.Decode(d[:], text[:min(len(text), 2*len(d))]); err != nil || n != len(d) || len(text) != 2*len(d) {
		return &rule.Invalid{Member: "digest", Want: "64 hexadecimal digits"}
	}
	return nil
}

// possible reports whether the workflow allows the event on a form with the
// given number of sections, and whether this version of the library can read
// its format.
func (e *Event) possible(sections int) bool {
	if e.Format < 1 || e.Format > Format {
		return false
	}
	if (e.Verb == VerbAnswer || e.Verb == VerbSaveContribution) && (e.Section < 1 || e.Section > sections) {
		return false
	}
	for _, r := range &workflow {
		if r.From == e.From && r.Verb == e.Verb && r.To == e.To && r.Roles.Has(e.Role) {
			return true
		}
	}
	return false
}

// fold changes the state as the event says. It applies no rule: whether the action
// was allowed was decided before the event was recorded. Everything that a folded
// plan knows comes from here.
func (s *Snapshot) fold(e *Event) {
	s.Version, s.Revision, s.Stage = e.Version, e.Revision, e.To
	verbs[e.Verb].fold(s, e)
	if e.From != e.To {
		s.Since = e.On
	}
}

// revisionAfter returns the revision of the plan after an action.
func (s *Snapshot) revisionAfter(v Verb) int {
	if s.Stage == None || v == VerbRevise {
		return s.Revision + 1
	}
	return s.Revision
}

// keep is the fold function of a verb that changes only the fields that fold
// itself sets.
func (s *Snapshot) keep(*Event) {}

// move applies m to every section.
func (s *Snapshot) move(m delegation.Move) {
	s.Sections, _ = s.Sections.After(m, delegation.Every(s.sections()))
}
