package storage

import (
	"context"
	"time"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/term/civil"
)

// Message is a notice that is to be passed on. It holds ids and dates; who
// sends it reads the rest under its own rules of access.
type Message struct {
	ID       uuid.UUID // the event's id, or one derived from what the message says
	Plan     pep.ID
	Version  int64  // of the plan when the message was made
	Kind     string // a pep.Notice in its text form, or "reminder"
	On       civil.Date
	At       time.Time
	Attempts int // how often it was claimed, this time included, and not given back untried
}

// MessageOf returns the message of an event that gives a notice.
func MessageOf(e *pep.Event) Message {
	return Message{
		ID: e.ID(), Plan: e.Plan, Version: e.Version, Kind: e.Notice.String(),
		On: e.On, At: Instant(e.At),
	}
}

// Reminder is the Kind of the message that goes out on the day of a meeting.
const Reminder = "reminder"

var reminders = uuid.UUID{0x2d, 0x77, 0x0e, 0x1b, 0x58, 0xc4, 0x4f, 0x0a, 0x8c, 0x35, 0x6a, 0x91, 0x04, 0xfe, 0xb2, 0x17}

// RemindOn returns the reminder of a plan on a day. Its id is derived from
// both, so that posting it twice posts it once (REM-1).
func RemindOn(p *pep.PEP, on civil.Date, at time.Time) Message {
	id := p.ID()
	return Message{
		ID:   uuid.NewSHA1(reminders, append(id.UUID[:], on.String()...)),
		Plan: id, Version: p.Version(), Kind: Reminder, On: on, At: at,
	}
}

// Outbox is the queue of messages that Save and Post fill. Delivery is at
// least once: a receiver tells repeats by Message.ID.
type Outbox interface {
	// Claim leases up to limit undelivered messages until an instant, oldest
	// first by At, and returns them; a limit below 1 is none. [O1] Nobody else
	// is given a leased message while now is before the end of its lease. [O2]
	// A plan's messages come in the order of their versions, then of At, even
	// where At says otherwise: none is given while an earlier one of the plan
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
}
