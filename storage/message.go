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

// Message is one notice of one event, or a reminder, that is to be passed on. It
// holds ids and dates, and nothing personal; who sends it reads names and
// addresses under its own rules of access. What it names is enough for that: it
// need not read the plan's history. pep.Notice.To says whom a notice goes to.
type Message struct {
	ID      uuid.UUID `json:"id"` // derived from what the message says
	Plan    pep.ID    `json:"plan"`
	Version int64     `json:"version"`       // of the plan when the message was made
	Part    int       `json:"part"`          // its place among the messages of its event, from 0
	Kind    string    `json:"kind"`          // a pep.Notice in its text form, or "reminder"
	Verb    pep.Verb  `json:"verb,omitzero"` // the action that gave the notice; zero for a reminder

	// Whom it concerns; the zero id for nobody.
	Child         record.ChildID         `json:"child"`
	Establishment record.EstablishmentID `json:"establishment,omitzero"`
	Contributor   record.ContributorID   `json:"contributor,omitzero"`

	On       civil.Date `json:"on"`
	At       time.Time  `json:"at"`
	Attempts int        `json:"attempts"` // how often it was claimed, this time included, and not given back untried
}

// MessagesOf iterates over the messages of an event: one for each notice, in
// their order. [O11] The id of a message is the UUIDv5 of the event's id and the
// notice, so that two messages of one event are told apart, and recording an
// event twice gives the same ids. [O12] A message names the action, the child,
// the establishment and the contributor; where the action ended a delegation
// they are those before it, and a contributor from whom the plan went to
// another is told so by "withdrawn". [O13]
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

// Reminder is the Kind of the message that goes out on the day of a meeting.
const Reminder = "reminder"

var reminders = uuid.UUID{0x2d, 0x77, 0x0e, 0x1b, 0x58, 0xc4, 0x4f, 0x0a, 0x8c, 0x35, 0x6a, 0x91, 0x04, 0xfe, 0xb2, 0x17}

// RemindOn returns the reminder of a plan on a day. Its id is derived from
// both, so that posting it twice posts it once (REM-1).
func RemindOn(p *pep.PEP, on civil.Date, at time.Time) Message {
	s := p.Snapshot()
	return Message{
		ID:   uuid.NewSHA1(reminders, append(s.ID.UUID[:], on.String()...)),
		Plan: s.ID, Version: s.Version, Kind: Reminder,
		Child: s.Child, Establishment: s.Establishment, Contributor: s.Contributor,
		On: on, At: at,
	}
}

// Outbox is the queue of messages that Save and Post fill. Delivery is at
// least once: a receiver tells repeats by Message.ID. What was delivered is known
// again until Tx.Prune removes it.
type Outbox interface {
	// Claim leases up to limit undelivered messages until an instant, oldest
	// first by At, and returns them; a limit below 1 is none. [O1] Nobody else
	// is given a leased message while now is before the end of its lease. [O2]
	// A plan's messages come in the order of their versions, then of At, then of
	// Part, even where At says otherwise: none is given while an earlier one of the plan
	// is neither delivered, set aside nor given before it in the same claim. [O3]
	// Each claim counts an attempt. [O4]
	Claim(ctx context.Context, limit int, now, until time.Time) ([]Message, error)

	// Delivered marks messages so that they are not given again; an unknown id
	// is passed over. [O5]
	Delivered(ctx context.Context, ids ...uuid.UUID) error

	// Release ends the lease of a message that could not be delivered; it is
	// not given before the instant. An unknown, delivered or set aside one is
	// passed over. [O6]
	// A zero instant gives it back untried: it can be given at once, and the
	// claim that gave it is no attempt, once. [O8]
	Release(ctx context.Context, id uuid.UUID, until time.Time) error

	// SetAside takes a message out of the queue, and SetAsides lists up to
	// limit of those, oldest first by At, then by Version and id. An unknown or
	// delivered one is passed over. [O7] The list begins after a message of an
	// earlier page, at the first for the zero Message. [O9]
	SetAside(ctx context.Context, id uuid.UUID) error
	SetAsides(ctx context.Context, after Message, limit int) ([]Message, error)

	// Requeue puts a message that was set aside back into the queue, as one
	// that was never claimed: it can be given at once, in its plan's order. One
	// that was not set aside is passed over. [O10]
	Requeue(ctx context.Context, id uuid.UUID) error

	// Leased lists up to limit messages that no claim gives at an instant, because
	// a lease or a Release lasts beyond it, in the order and from the place of
	// SetAsides. [O14] After a claim by a clock that was years ahead, Release puts
	// such a message back.
	Leased(ctx context.Context, at time.Time, after Message, limit int) ([]Message, error)
}
