package storage

import (
	"context"
	"iter"
	"time"

	"github.com/google/uuid"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Eraser is a store whose files can still hold, for a while, what was overwritten,
// cleared or destroyed. A host that wraps its store hands Erase on.
type Eraser interface {
	// Erase removes it from the files. ErrContention says that somebody who uses
	// them stands in the way.
	Erase(ctx context.Context) error
}

// Plans keeps plans, their history and their content.
type Plans interface {
	// View calls fn with a consistent view of the store: what others commit
	// meanwhile does not show. [P10] It returns fn's error as it is. [P11]
	View(ctx context.Context, fn func(Reader) error) error

	// Update calls fn with a transaction that is committed when fn returns
	// nil. [P12] When fn returns an error, or panics, nothing stays: no state,
	// no event, no message, no key, no text. [P13] It returns fn's error as it
	// is. [P11]
	//
	// Where the store cannot serialize the transaction with another it rolls
	// back and calls fn again, so fn does nothing but use its Tx; in the end it
	// gives up with ErrContention. [P14] It never calls fn again for an error
	// that fn returned. [P15] A cancelled ctx before the commit leaves nothing;
	// the commit itself is not cancelled. [P16] Where the store cannot tell
	// whether it was committed it returns ErrOutcomeUnknown. [P17]
	Update(ctx context.Context, fn func(Tx) error) error
}

// Reader reads plans.
type Reader interface {
	// Plan returns the plan as it was last saved, or ErrNotFound. [P20]
	Plan(ctx context.Context, id pep.ID) (*pep.PEP, error)

	// Plans iterates over the plans that q selects, by meeting date and then
	// by id. [P21] A query without a scope is a *rule.Invalid of "scope". [P22]
	// The caller may leave the loop early [P23] and may use the Reader inside
	// it; whether a plan saved in the loop shows there is left open. [P24]
	// After an error the iteration ends. [P25]
	Plans(ctx context.Context, q Query) iter.Seq2[*pep.PEP, error]

	// History iterates over a plan's events in order; they fold to the plan. [P26]
	// A plan that is not there has none, nor answers, nor sealed copies. [P27]
	History(ctx context.Context, id pep.ID) iter.Seq2[pep.Event, error]

	// Answers returns the answers of a section as they stood at a revision:
	// those last saved at it or at an earlier one. [P28] A section never
	// answered, or cleared by a retract, has zero Answers and no error. [P29]
	Answers(ctx context.Context, id pep.ID, section, revision int) (forms.Answers, error)

	// Text returns the reason, comment, feedback or file name that belongs to
	// an event, or ErrNotFound. [P30]
	Text(ctx context.Context, event uuid.UUID) (private.Text, error)

	// Sealed iterates over the sealed copies of what retracts cleared in a
	// plan, by version and section. [P31]
	Sealed(ctx context.Context, id pep.ID) iter.Seq2[Sealed, error]

	// Outcome returns what the command with that key did, or ErrNotFound. [P32]
	Outcome(ctx context.Context, key Key) (Outcome, error)
}

// Outlines reads what reports need of the plans of many children at once. A Reader may
// be one too. A report reads the plans themselves where the Reader is not.
type Outlines interface {
	// Outlines iterates over the named children who have a plan, with the outlines of all
	// their plans (pep.Snapshot.Outline), in any order. A child who is named twice comes
	// once. [P63] The caller may leave the loop early and may use the Reader inside it. [P64]
	// Where an outline is damaged, its child comes with an error that is ErrDamaged, and
	// the iteration goes on.
	Outlines(ctx context.Context, of ...record.ChildID) iter.Seq2[Outlined, error]
}

// Outlined is a child with the outlines of the child's plans, in any order.
type Outlined struct {
	Child record.ChildID
	Plans []pep.Outline
}

// Tx is a transaction. It sees its own writes. [P40]
type Tx interface {
	Reader

	// Save stores a plan with its pending events, the messages of
	// each event (MessagesOf) and its content, all in the transaction. [P41] A
	// plan with no pending event is left as it is. [P42] A plan never stored
	// before is ErrExists where its id is taken, or where it is open and the
	// child has another open plan. [P43] Any other is ErrConflict where the
	// stored version is not p.Stored(), and ErrNotFound where there is none. [P44]
	// A stored plan becoming open again, where the child has another open
	// plan, is ErrExists. [P45]
	//
	// Content is stored event by event: the answers of a section replace those
	// of the same revision, and earlier revisions stay. [P46] An event with a
	// SealedUntil date moves the answers of the plan's revision, as they stood,
	// into sealed copies, one for each section that has answers; the sections
	// are then blank at that revision, and attachments and texts stay. [P47] An
	// event that Restores a version moves the sealed copies of that version back:
	// the sections have their answers again at the revision of the copies. [P58]
	// Where there is no such copy it is ErrNotFound. [P59] A plan deleted or
	// cancelled keeps its history and content. [P48]
	//
	// p is not changed: to save it again it is read again. [P49]
	Save(ctx context.Context, p *pep.PEP) error

	// Once enters a command's key, as of an instant. It reports false where the key
	// is new, and a *rule.Invalid of "key" where it is none. [P50]
	// Where the key was entered before with the same digest it returns the
	// outcome recorded, zero where none was, and true [P51], with another
	// digest ErrKeyReused. [P52] Of two transactions at once with one key, one
	// waits for the other or fails with ErrContention. [P53]
	Once(ctx context.Context, key Key, digest pep.Digest, at time.Time) (Outcome, bool, error)

	// Record sets the outcome of a key entered in this transaction; of another
	// key it is ErrNotFound. [P54]
	Record(ctx context.Context, key Key, o Outcome) error

	// Post adds a message that belongs to no event, such as a reminder. One
	// whose id is there already, delivered or not, is left as it is, and it
	// reports false. One without an id is a *rule.Invalid of "id". [P55]
	Post(ctx context.Context, m Message) (bool, error)

	// Destroy destroys at most limit sealed copies whose date is on or before
	// the day, and returns them without their answers, in any order; with a
	// limit below 1 it destroys nothing. [P56] Nothing of them can be read
	// afterwards. [P57]
	Destroy(ctx context.Context, on civil.Date, limit int) ([]Sealed, error)

	// Prune removes at most limit messages and at most limit keys that are no
	// longer needed, and returns how many; with a limit below 1 it removes
	// nothing. [P60] A message is removed where it was delivered, is no alert any
	// more, and both its At is before the instant and its On before the day: a
	// message of that day or later stays, so that no reminder is posted
	// twice. [P61] A key is removed where it was entered before the instant; it is
	// new again then. [P62]
	//
	// on is the day on which before is, in the authority's time zone.
	Prune(ctx context.Context, before time.Time, on civil.Date, limit int) (Pruned, error)
}

// Pruned is how much a Prune removed.
type Pruned struct {
	Messages int // that were delivered
	Keys     int // of commands
}

// Sealed is one section's answers that a retract cleared.
type Sealed struct {
	Plan     pep.ID
	Version  int64 // of the event that cleared them
	Section  int
	Revision int
	Until    civil.Date // destroyed from this day on
	Answers  forms.Answers
}

// Key identifies a command, so that giving it twice does it once. It is up to
// 200 bytes of the caller's choosing; the empty Key is none.
type Key string

// maxKey is how many bytes a key may have.
const maxKey = 200

// Check returns a *rule.Invalid where k is no key.
func (k Key) Check() error {
	if k == "" || len(k) > maxKey {
		return &rule.Invalid{Member: "key", Want: "1 to 200 bytes"}
	}
	return nil
}

// Outcome is what a command did.
type Outcome struct {
	Plan    pep.ID      `json:"plan"`
	Version int64       `json:"version"` // of the plan after it
	Events  []uuid.UUID `json:"events"`
}
