package sqlstore

import (
	"context"
	"math"
	"slices"
	"time"

	"github.com/google/uuid"

	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore/internal/statement"
)

// anytime is the value of free for a message that can be claimed at once.
const anytime = int64(math.MinInt64)

// queued is a message with the earliest instant at which it can be claimed.
type queued struct {
	storage.Message
	free int64
}

// Claim leases waiting messages until the given instant, oldest first and no more than
// limit, and returns them.
func (s *Store) Claim(ctx context.Context, limit int, now, until time.Time) (given []storage.Message, err error) {
	if limit < 1 {
		return nil, ctx.Err()
	}
	err = s.write(ctx, "claim", func(c *session) error {
		k := claim{session: c, ctx: ctx, limit: limit, now: instant(now), until: instant(until), taken: map[uuid.UUID]bool{}}
		given = nil
		err := k.take()
		given = k.given
		return err
	})
	if err != nil {
		return nil, err
	}
	return given, nil
}

// claim is a Claim in progress.
type claim struct {
	*session
	ctx        context.Context
	limit      int
	now, until int64
	given      []storage.Message
	taken      map[uuid.UUID]bool // the ids of the messages that were given out
}

// take reads the waiting messages in pages, oldest first, and visits each.
func (c *claim) take() error {
	after := queued{}
	at := int64(math.MinInt64)
	for len(c.given) < c.limit {
		page, err := c.messages(c.ctx, "claim", statement.Waiting,
			c.authority(), c.now, at, after.Version, c.id(&after.ID), c.limit)
		if err != nil {
			return err
		}
		for i := range page {
			if err := c.visit(&page[i]); err != nil || len(c.given) == c.limit {
				return err
			}
		}
		if len(page) < c.limit {
			return nil
		}
		after = page[len(page)-1]
		at = instant(after.At)
	}
	return nil
}

// visit claims the earlier messages of a message's plan, and then the message itself. It
// stops at the limit, or at a message that is not free yet.
func (c *claim) visit(m *queued) error {
	if c.taken[m.ID] {
		return nil
	}
	earlier, err := c.messages(c.ctx, "claim", statement.Earlier,
		c.authority(), c.id(&m.Plan.UUID), m.Version, instant(m.At), int64(m.Part), c.id(&m.ID), len(c.given)+c.limit)
	if err != nil {
		return err
	}
	for i := range earlier {
		e := &earlier[i]
		switch {
		case c.taken[e.ID]:
		case len(c.given) == c.limit || e.free > c.now:
			return nil
		default:
			if err := c.give(&e.Message); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *claim) give(m *storage.Message) error {
	_, err := c.exec(c.ctx, "claim", statement.Lease, c.until, c.authority(), c.id(&m.ID))
	if err != nil {
		return err
	}
	m.Attempts++
	c.taken[m.ID] = true
	c.given = append(c.given, *m)
	return nil
}

// messages returns the messages that a statement selects.
func (c *session) messages(ctx context.Context, op string, id statement.ID, args ...any) (all []queued, err error) {
	err = c.rows(ctx, op, id, func(scan scanner) error {
		m, err := scanned(op, scan)
		all = append(all, m)
		return err
	}, args...)
	return all, err
}

// scanned reads a row of pep_outbox.
func scanned(op string, scan scanner) (m queued, err error) {
	var own, plan, child, establishment, contributor []byte
	var verb string
	var on, at int64
	if err := scan(&own, &plan, &m.Version, &m.Part, &m.Kind, &verb, &child, &establishment, &contributor,
		&on, &at, &m.Attempts, &m.free); err != nil {
		return m, err
	}
	if verb != "" && m.Verb.UnmarshalText([]byte(verb)) != nil {
		return m, damaged(op)
	}
	m.ID, m.Plan.UUID, m.On, m.At = idOf(own), idOf(plan), dayOf(on), instantOf(at)
	m.Child.UUID, m.Establishment.UUID, m.Contributor.UUID = idOf(child), idOf(establishment), idOf(contributor)
	return m, nil
}

// Delivered marks messages so that no claim returns them again.
func (s *Store) Delivered(ctx context.Context, ids ...uuid.UUID) error {
	ids = slices.Clone(ids)
	return s.write(ctx, "delivered", func(c *session) error {
		for i := range ids {
			if _, err := c.exec(ctx, "delivered", statement.Delivered, c.authority(), c.id(&ids[i])); err != nil {
				return err
			}
		}
		return nil
	})
}

// Release ends the lease of a message, and no claim returns the message before the given
// instant. If the instant is zero, the last claim does not count as an attempt.
func (s *Store) Release(ctx context.Context, id uuid.UUID, until time.Time) error {
	return s.write(ctx, "release", func(c *session) error {
		_, err := c.exec(ctx, "release", statement.Release, instant(until), flag(until.IsZero()), c.authority(), c.id(&id))
		return err
	})
}

// SetAside takes a message out of the queue, until Requeue puts it back.
func (s *Store) SetAside(ctx context.Context, id uuid.UUID) error {
	return s.write(ctx, "set aside", func(c *session) error {
		_, err := c.exec(ctx, "set aside", statement.SetAside, c.authority(), c.id(&id))
		return err
	})
}

// SetAsides returns up to limit messages that were set aside, oldest first. The list
// begins after the given message.
func (s *Store) SetAsides(ctx context.Context, after storage.Message, limit int) ([]storage.Message, error) {
	return s.listed(ctx, "set asides", statement.SetAsides, after, limit)
}

// Leased returns up to limit messages that no claim would return at the given instant,
// oldest first. The list begins after the given message.
func (s *Store) Leased(ctx context.Context, at time.Time, after storage.Message, limit int) ([]storage.Message, error) {
	return s.listed(ctx, "leased", statement.Leased, after, limit, instant(at))
}

// listed returns the messages that a statement selects and that come after the given
// message.
func (s *Store) listed(ctx context.Context, op string, by statement.ID, after storage.Message, limit int, of ...any) (all []storage.Message, err error) {
	if limit < 1 {
		return nil, ctx.Err()
	}
	err = s.read(ctx, op, func(c *session) error {
		args := append(append([]any{c.authority()}, of...), instant(after.At), after.Version, c.id(&after.ID), limit)
		found, err := c.messages(ctx, op, by, args...)
		for i := range found {
			all = append(all, found[i].Message)
		}
		return err
	})
	return all, err
}

// Requeue puts a message that was set aside back into the queue, as if it were new.
func (s *Store) Requeue(ctx context.Context, id uuid.UUID) error {
	return s.write(ctx, "requeue", func(c *session) error {
		_, err := c.exec(ctx, "requeue", statement.Requeue, anytime, c.authority(), c.id(&id))
		return err
	})
}
