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

// Eraser is a store whose files can still hold, for a while, text that was overwritten,
// cleared or destroyed. A host that wraps such a store must forward Erase to it.
type Eraser interface {
	// Erase removes all overwritten, cleared and destroyed text from the files. It
	// returns ErrContention if another user of the files prevents it.
	Erase(ctx context.Context) error
}

// Plans keeps plans, their history and their content.
type Plans interface {
	// View calls fn with a consistent view of the store: fn does not see what
	// others commit meanwhile. [P10] View and Update return fn's error
	// unchanged. [P11]
	View(ctx context.Context, fn func(Reader) error) error

	// Update calls fn with a transaction that is committed when fn returns
	// nil. [P12] If fn returns an error or panics, nothing that it did stays: no
	// state, no event, no message, no key, no text. [P13]
	//
	// If the store cannot serialize the transaction with another, it rolls back
	// and calls fn again, so fn must do nothing but use its Tx; after several
	// attempts Update returns ErrContention. [P14] Update never calls fn again
	// because of an error that fn returned. [P15] If ctx is cancelled before the commit,
	// nothing is written; the commit itself cannot be cancelled. [P16] If the store
	// cannot tell whether it committed, Update returns ErrOutcomeUnknown. [P17]
	Update(ctx context.Context, fn func(Tx) error) error
}

// Reader reads plans.
type Reader interface {
	// Plan returns the plan as it was last saved, or ErrNotFound. [P20]
	Plan(ctx context.Context, id pep.ID) (*pep.PEP, error)

	// Plans iterates over the plans that q selects, by meeting date and then by id.
	// [P21] For a query without a scope, Plans yields a *rule.Invalid for "scope".
	// [P22] The caller may leave the loop early. [P23] The caller may use the Reader
	// inside the loop; if it saves a plan there, the list may or may not include that
	// plan. [P24] The iteration ends after an error. [P25]
	Plans(ctx context.Context, q Query) iter.Seq2[*pep.PEP, error]

	// History iterates over a plan's events in order; pep.Fold makes the plan from
	// them. [P26] An unknown plan has no events, no answers and no sealed copies, and
	// that is not an error. [P27]
	History(ctx context.Context, id pep.ID) iter.Seq2[pep.Event, error]

	// Answers returns the answers of a section as they stood at a revision: those last saved
	// at that revision or an earlier one. [P28] If the section was never answered, or was
	// cleared by a retract, Answers returns a zero forms.Answers and no error. [P29]
	Answers(ctx context.Context, id pep.ID, section, revision int) (forms.Answers, error)

	// Text returns the reason, comment, feedback or file name that belongs to
	// an event, or ErrNotFound. [P30]
	Text(ctx context.Context, event uuid.UUID) (private.Text, error)

	// Sealed iterates over a plan's sealed copies, which hold the answers that retracts
	// cleared, by version and then by section. [P31]
	Sealed(ctx context.Context, id pep.ID) iter.Seq2[Sealed, error]

	// Outcome returns what the command with the key did, or ErrNotFound. [P32]
	Outcome(ctx context.Context, key Key) (Outcome, error)
}

// Outlines reads, for many children at once, the parts of their plans that reports
// need. A Reader may implement it; if it does not, a report reads the plans themselves.
type Outlines interface {
	// Outlines iterates, in any order, over the named children who have a plan, and
	// yields each child once, with the outlines of all the child's plans
	// (pep.Snapshot.Outline). [P63] The caller may leave the loop early and may use
	// the Reader inside it. [P64] If an outline is damaged, Outlines yields its
	// child with ErrDamaged, and goes on.
	Outlines(ctx context.Context, of ...record.ChildID) iter.Seq2[Outlined, error]
}

// Outlined is a child with the outlines of the child's plans, in any order.
type Outlined struct {
	Child record.ChildID
	Plans []pep.Outline
}

// Tx is a transaction. A Tx sees its own writes. [P40]
type Tx interface {
	Reader

	// Save stores a plan with its pending events, the messages of each event
	// (MessagesOf) and its content, all in the transaction. [P41] If the plan has no
	// pending event, Save does nothing. [P42] For a plan that was never stored,
	// Save returns ErrExists if the id is taken, or if the plan is open and the child
	// has another open plan. [P43] For a plan that was stored before, Save
	// returns ErrConflict if the stored version is not p.Stored(), and ErrNotFound if
	// the store does not have the plan. [P44] If a stored plan becomes open again
	// while the child has another open plan, Save returns ErrExists. [P45]
	//
	// Content is stored event by event: the answers of a section replace those
	// of the same revision, and earlier revisions stay. [P46] An event with a
	// SealedUntil date moves the plan's answers, as they stood at its revision, into
	// sealed copies, one for each section that has answers; the sections are then
	// blank at that revision, while attachments and texts stay. [P47] An event that
	// Restores a version moves the sealed copies of that version back, so that the
	// sections have their answers again at the revision of the copies. [P58] If there
	// is no such copy, Save returns ErrNotFound. [P59] A plan that is deleted or
	// cancelled keeps its history and content. [P48]
	//
	// Save does not change p; the caller must read the plan again before saving it
	// again. [P49]
	Save(ctx context.Context, p *pep.PEP) error

	// Once enters a command's key at an instant. It returns false if the key is
	// new, and a *rule.Invalid for "key" if the key is invalid. [P50] If the key was
	// entered before with the same digest, Once returns true and the outcome that was
	// recorded, or a zero Outcome if none was. [P51] If the key was entered with
	// another digest, Once returns ErrKeyReused. [P52] If two transactions enter the
	// same key at once, one waits for the other or fails with ErrContention. [P53]
	Once(ctx context.Context, key Key, digest pep.Digest, at time.Time) (Outcome, bool, error)

	// Record sets the outcome of a key that was entered in this transaction. For
	// any other key it returns ErrNotFound. [P54]
	Record(ctx context.Context, key Key, o Outcome) error

	// Post adds a message that belongs to no event, such as a reminder, and returns
	// true. If a message with the same id is there already, delivered or not, Post
	// leaves it unchanged and returns false. If m has no id, Post returns a
	// *rule.Invalid for "id". [P55]
	Post(ctx context.Context, m Message) (bool, error)

	// Destroy destroys at most limit sealed copies whose Until is the given day or
	// earlier, and returns them without their answers, in any order; if limit is
	// below 1 it destroys nothing. [P56] Nothing of a destroyed copy can be read
	// afterwards. [P57]
	Destroy(ctx context.Context, on civil.Date, limit int) ([]Sealed, error)

	// Prune removes at most limit messages and at most limit keys that are no
	// longer needed, and returns how many; if limit is below 1 it removes
	// nothing. [P60] Prune removes a message that was delivered and is no longer an
	// alert, if its At is before the instant and its On before the day: a message of
	// that day or later stays, so that no reminder is posted twice. [P61] Prune removes
	// a key that was entered before the instant; that key is then new again. [P62]
	//
	// The given day must be the day of the given instant in the authority's time
	// zone.
	Prune(ctx context.Context, before time.Time, on civil.Date, limit int) (Pruned, error)
}

// Pruned counts what Prune removed.
type Pruned struct {
	Messages int // delivered messages
	Keys     int // keys of commands
}

// Sealed is a copy of one section's answers, made when a retract cleared them.
type Sealed struct {
	Plan     pep.ID
	Version  int64 // the version of the event that cleared the answers
	Section  int
	Revision int
	Until    civil.Date // the first day on which the copy can be destroyed
	Answers  forms.Answers
}

// Key identifies a command, so that a command given twice is carried out once. It
// is 1 to 200 bytes of the caller's choosing; an empty Key is invalid.
type Key string

// maxKey is the greatest length of a key, in bytes.
const maxKey = 200

// Check returns a *rule.Invalid if k is empty or too long.
func (k Key) Check() error {
	if k == "" || len(k) > maxKey {
		return &rule.Invalid{Member: "key", Want: "1 to 200 bytes"}
	}
	return nil
}

// Outcome records what a command did.
type Outcome struct {
	Plan    pep.ID      `json:"plan"`
	Version int64       `json:"version"` // the plan's version after the command
	Events  []uuid.UUID `json:"events"`
}
