package memstore

import (
	"context"
	"time"

	"github.com/google/uuid"

	"virtualschool.example/storage"
)

// message is a message that was posted. It is replaced, never changed.
type message struct {
	storage.Message
	free         time.Time // no claim returns the message before this instant
	given        bool      // the message was claimed, and has not been released since
	state        standing
	acknowledged acknowledgement
}

// standing says what has become of a message. A delivered message stays until it is
// pruned, so that a repeat is recognised.
type standing uint8

const (
	waits standing = iota
	delivered
	aside
)

// byAge returns the key that sorts a message by age, and inPlan the key that sorts
// it within its plan.
func byAge(m *storage.Message) turn {
	return turn{version: m.At.UnixMicro(), at: m.Version, message: id(m.ID)}
}

func inPlan(m *storage.Message) turn {
	return turn{plan: id(m.Plan.UUID), version: m.Version, at: m.At.UnixMicro(), part: m.Part, message: id(m.ID)}
}

// post stores a message whose id is new, and queues it.
func (s *state) post(m storage.Message) {
	m.At, m.Attempts = storage.Instant(m.At), 0
	s.queue(&message{Message: m})
	if m.Alert() {
		s.alerts.set(s.owner, amongAlerts(&m), id(m.ID))
	}
}

// queue stores a message and puts it into the queue.
func (s *state) queue(m *message) {
	s.hold(m)
	s.waiting.set(s.owner, byAge(&m.Message), id(m.ID))
	s.ofPlan.set(s.owner, inPlan(&m.Message), id(m.ID))
}

// hold stores a message in place of any message with the same id.
func (s *state) hold(m *message) { s.messages.set(s.owner, id(m.ID), m) }

// unqueue takes a message out of the queue, and stores it with a new standing.
func (s *state) unqueue(m message, to standing) {
	s.waiting.cut(s.owner, byAge(&m.Message))
	s.ofPlan.cut(s.owner, inPlan(&m.Message))
	m.state = to
	s.hold(&m)
}

// in returns the message with the given id if it has the given standing, and
// otherwise nil.
func (s *state) in(of uuid.UUID, in standing) *message {
	if m, known := s.messages.get(id(of)); known && m.state == in {
		return m
	}
	return nil
}

// Claim returns waiting messages, at most limit of them, oldest first, and leases
// them until the given instant.
func (s *Store) Claim(ctx context.Context, limit int, now, until time.Time) (claimed []storage.Message, err error) {
	err = s.write(ctx, func(next *state) error {
		before := *next
		c := claim{s: next, limit: limit, now: storage.Instant(now), until: storage.Instant(until), taken: map[id]bool{}}
		for k := range before.waiting.from(turn{version: oldest}, func(turn) bool { return len(c.given) < limit }) {
			c.visit(k)
		}
		claimed = c.given
		return nil
	})
	if err != nil {
		return nil, err
	}
	return claimed, nil
}

// oldest is before every instant.
const oldest = -1 << 63

// claim is a Claim in progress.
type claim struct {
	s          *state
	limit      int
	now, until time.Time
	given      []storage.Message
	taken      map[id]bool // the ids of the messages that were given out
}

// visit claims the earlier messages of a message's plan, and then the message
// itself. It stops at the limit, or at a message that is not free yet.
func (c *claim) visit(k turn) {
	m, _ := c.s.messages.get(k.message)
	end := inPlan(&m.Message)
	upTo := func(t turn) bool { return t.compare(end) <= 0 }
	for _, earlier := range c.s.ofPlan.from(turn{plan: end.plan, version: oldest}, upTo) {
		e, _ := c.s.messages.get(earlier)
		switch {
		case c.taken[earlier]:
		case len(c.given) == c.limit || e.free.After(c.now):
			return
		default:
			c.give(*e)
		}
	}
}

func (c *claim) give(m message) {
	m.free, m.given = c.until, true
	m.Attempts++
	c.s.hold(&m)
	c.given, c.taken[id(m.ID)] = append(c.given, m.Message), true
}

// Delivered marks messages so that no claim returns them again.
func (s *Store) Delivered(ctx context.Context, ids ...uuid.UUID) error {
	return s.write(ctx, func(next *state) error {
		for _, of := range ids {
			if m := next.in(of, waits); m != nil {
				next.unqueue(*m, delivered)
				if !m.alerts() {
					next.done.set(next.owner, byAge(&m.Message), id(of))
				}
			}
		}
		return nil
	})
}

// Release ends the lease of a message, and no claim returns the message before the
// given instant. If the instant is zero, the last claim does not count as an
// attempt.
func (s *Store) Release(ctx context.Context, of uuid.UUID, until time.Time) error {
	return s.write(ctx, func(next *state) error {
		if m := next.in(of, waits); m != nil {
			released := *m
			released.free, released.given = storage.Instant(until), false
			if until.IsZero() && m.given {
				released.Attempts--
			}
			next.hold(&released)
		}
		return nil
	})
}

// SetAside takes a message out of the queue, until Requeue puts it back.
func (s *Store) SetAside(ctx context.Context, of uuid.UUID) error {
	return s.write(ctx, func(next *state) error {
		if m := next.in(of, waits); m != nil {
			next.unqueue(*m, aside)
			next.asides.set(next.owner, byAge(&m.Message), id(of))
		}
		return nil
	})
}

// SetAsides returns up to limit messages that were set aside, oldest first. The list
// begins after the given message.
func (s *Store) SetAsides(ctx context.Context, after storage.Message, limit int) ([]storage.Message, error) {
	if err := s.usable(ctx); err != nil {
		return nil, err
	}
	var found []storage.Message
	now, from := s.committed.Load(), byAge(&after)
	for k, of := range now.asides.from(from, func(turn) bool { return len(found) < limit }) {
		if m, _ := now.messages.get(of); k != from {
			found = append(found, m.Message)
		}
	}
	return found, nil
}

// Leased returns up to limit messages that no claim would return at the given
// instant, oldest first. The list begins after the given message.
func (s *Store) Leased(ctx context.Context, at time.Time, after storage.Message, limit int) (found []storage.Message, err error) {
	if err := s.usable(ctx); err != nil {
		return nil, err
	}
	now, from, last := s.committed.Load(), byAge(&after), storage.Instant(at)
	for k, of := range now.waiting.from(from, func(turn) bool { return len(found) < limit }) {
		if m, _ := now.messages.get(of); k != from && m.free.After(last) {
			found = append(found, m.Message)
		}
	}
	return found, nil
}

// Requeue puts a message that was set aside back into the queue, as if it were new.
func (s *Store) Requeue(ctx context.Context, of uuid.UUID) error {
	return s.write(ctx, func(next *state) error {
		if m := next.in(of, aside); m != nil {
			next.asides.cut(next.owner, byAge(&m.Message))
			again := message{Message: m.Message, acknowledged: m.acknowledged}
			again.Attempts = 0
			next.queue(&again)
		}
		return nil
	})
}
