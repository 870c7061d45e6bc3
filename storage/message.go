package storage

import (
	"context"
	"iter"
	"time"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/term/civil"
)

// Message is a notice of an event, or a reminder, that is to be delivered. It holds ids
// and dates, and no personal data: the sender looks up names and addresses, according
// to its own access rules. The ids are enough for that, so the sender need not read the
// plan's history. pep.Notice.To says who receives a notice.
type Message struct {
	ID      uuid.UUID `json:"id"` // the message's id, derived from the event and the notice, or from the plan and the day
	Plan    pep.ID    `json:"plan"`
	Version int64     `json:"version"`       // the plan's version when the message was made
	Part    int       `json:"part"`          // the message's position in its event, from 0
	Kind    string    `json:"kind"`          // a pep.Notice in its text form, or "reminder"
	Verb    pep.Verb  `json:"verb,omitzero"` // the verb of the event; zero for a reminder

	// The child, establishment and contributor that the message concerns. An id that
	// does not apply is zero.
	Child         record.ChildID         `json:"child"`
	Establishment record.EstablishmentID `json:"establishment,omitzero"`
	Contributor   record.ContributorID   `json:"contributor,omitzero"`

	On       civil.Date `json:"on"`
	At       time.Time  `json:"at"`
	Attempts int        `json:"attempts"` // the number of claims that returned the message, including the latest; a claim does not count if the message was then released untried
}

// MessagesOf iterates over the messages of an event: one for each notice, in the
// order of the notices. [O11] The id of a message is the UUIDv5 of the event's id and
// the notice, so that two messages of one event have different ids, and recording an
// event twice gives the same ids. [O12] A message names the verb, the child, the
// establishment and the contributor; if the action ended a delegation, the message
// names the establishment and the contributor that had the plan before the action,
// and if the plan went to another contributor, the notice "withdrawn" names the
// former contributor. [O13]
func MessagesOf(e *pep.Event) iter.Seq[Message] {
	return func(yield func(Message) bool) {
		for i, n := range e.Notices.List() {
			m := Message{
				ID: uuid.NewSHA1(e.ID(), []byte(n.String())), Plan: e.Plan, Version: e.Version, Part: i,
				Kind: n.String(), Verb: e.Verb,
				Child: e.Child, Establishment: e.Establishment, Contributor: e.Contributor,
				On: e.On, At: Instant(e.At),
			}
			if n == pep.NoticeWithdrawn && !e.Former.IsZero() {
				m.Contributor = e.Former
			}
			if !yield(m) {
				return
			}
		}
	}
}

// Reminder is the Kind of a message that reminds an establishment of a meeting or
// a due date.
const Reminder = "reminder"

var reminders = uuid.UUID{0x2d, 0x77, 0x0e, 0x1b, 0x58, 0xc4, 0x4f, 0x0a, 0x8c, 0x35, 0x6a, 0x91, 0x04, 0xfe, 0xb2, 0x17}

// RemindOn returns the reminder about a plan on a day. Its id is derived from the
// plan and the day, so that posting it twice stores it once (REM-1).
func RemindOn(p *pep.PEP, on civil.Date, at time.Time) Message {
	s := p.Snapshot()
	return Message{
		ID:   uuid.NewSHA1(reminders, append(s.ID.UUID[:], on.String()...)),
		Plan: s.ID, Version: s.Version, Kind: Reminder,
		Child: s.Child, Establishment: s.Establishment, Contributor: s.Contributor,
		On: on, At: at,
	}
}

// Outbox is the queue of the messages that Save and Post add. It delivers each
// message at least once: a receiver recognises repeats by Message.ID. The store
// remembers a delivered message until Tx.Prune removes it.
type Outbox interface {
	// Claim returns undelivered messages, at most limit of them, oldest first by
	// At, and leases them until the given instant; if limit is below 1 it returns
	// no messages. [O1] While now is before the end of a message's lease, no other
	// claim returns it. [O2] A plan's messages come in order of Version, then of
	// At, then of Part, even if At alone would put them in another order: no claim
	// returns a message until every earlier one of the plan has been delivered or
	// set aside, or comes before it in the same claim. [O3] Each claim counts as an
	// attempt. [O4]
	Claim(ctx context.Context, limit int, now, until time.Time) ([]Message, error)

	// Delivered marks messages so that no claim returns them again, and passes over an
	// unknown id. [O5]
	Delivered(ctx context.Context, ids ...uuid.UUID) error

	// Release ends the lease of a message that could not be delivered, and no claim
	// returns the message before the given instant. Release passes over a message
	// that is unknown, delivered or set aside. [O6] If the instant is zero, the
	// message goes back untried: a claim can return it at once, and its last claim no
	// longer counts as an attempt. A second Release before the next claim does
	// not change the number of attempts. [O8]
	Release(ctx context.Context, id uuid.UUID, until time.Time) error

	// SetAside takes a message out of the queue, and SetAsides lists up to limit
	// messages that were set aside, oldest first by At, then by Version and id.
	// SetAside passes over a message that is unknown or delivered. [O7] The argument
	// after is the last message of the previous page, and the list begins with the
	// next one; if the argument is zero, the list begins with the first message. [O9]
	SetAside(ctx context.Context, id uuid.UUID) error
	SetAsides(ctx context.Context, after Message, limit int) ([]Message, error)

	// Requeue puts a message that was set aside back into the queue, as if it had never
	// been claimed: a claim can return it at once, in its plan's order. Requeue passes
	// over a message that was not set aside. [O10]
	Requeue(ctx context.Context, id uuid.UUID) error

	// Leased lists up to limit messages that no claim would return at the given
	// instant, because a lease or a Release holds them back until later. The order
	// of the list and the argument after are the same as for SetAsides. [O14] If a
	// program whose clock was years ahead claimed a message, Release makes the
	// message available again.
	Leased(ctx context.Context, at time.Time, after Message, limit int) ([]Message, error)
}
