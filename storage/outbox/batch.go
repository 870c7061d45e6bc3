package outbox

import (
	"context"
	"errors"
	"time"

	"virtualschool.example/pep"
	"virtualschool.example/storage"
)

// batch is the messages of one claim under way.
type batch struct {
	c           *Config
	half, until time.Time         // of the lease
	rest        []storage.Message // not come to yet
	untried     []storage.Message // come to, and to be given back
	held        map[pep.ID]bool   // plans with a message that failed
	delivered   int
}

// smooth reports whether every message was published.
func (b *batch) smooth() bool { return len(b.rest)+len(b.untried)+len(b.held) == 0 }

// work publishes the messages, the first one in any case and the others while
// the lease is less than half over, and gives back what it does not try,
// whatever ends it.
func (b *batch) work(ctx context.Context) (err error) {
	defer func() { err = errors.Join(err, b.giveBack(ctx)) }()
	for first := true; len(b.rest) > 0 && (first || b.c.Now().Before(b.half)); first = false {
		if err := ctx.Err(); err != nil {
			return err
		}
		m := b.rest[0]
		b.rest = b.rest[1:]
		if err := b.pass(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

// pass publishes a message and marks what came of it.
func (b *batch) pass(ctx context.Context, m storage.Message) error {
	switch {
	case b.held[m.Plan]:
		b.untried = append(b.untried, m)
		return nil
	case m.Attempts > b.c.Attempts:
		return b.setAside(ctx, m, nil)
	}
	failure := b.publish(ctx, m)
	switch {
	case failure == nil:
		return b.markDelivered(ctx, m)
	case ctx.Err() != nil:
		b.untried = append(b.untried, m)
		return ctx.Err()
	case m.Attempts >= b.c.Attempts || errors.Is(failure, ErrPermanent):
		return b.setAside(ctx, m, failure)
	}
	return b.putOff(ctx, m)
}

// publish hands a message over, for as long as it is leased.
func (b *batch) publish(ctx context.Context, m storage.Message) error {
	ctx, cancel := context.WithTimeout(ctx, b.until.Sub(b.c.Now()))
	defer cancel()
	return b.c.Publish(ctx, m)
}

func (b *batch) markDelivered(ctx context.Context, m storage.Message) error {
	ctx, cancel := b.marking(ctx)
	defer cancel()
	if err := b.c.Outbox.Delivered(ctx, m.ID); err != nil {
		return err
	}
	b.delivered++
	return nil
}

// setAside takes a message out of the queue and tells.
func (b *batch) setAside(ctx context.Context, m storage.Message, failure error) error {
	marking, cancel := b.marking(ctx)
	defer cancel()
	if err := b.c.Outbox.SetAside(marking, m.ID); err != nil {
		return err
	}
	if b.c.Aside != nil {
		b.c.Aside(ctx, m, failure)
	}
	return nil
}

// putOff has a message that failed, and those of its plan, wait.
func (b *batch) putOff(ctx context.Context, m storage.Message) error {
	b.held[m.Plan] = true
	ctx, cancel := b.marking(ctx)
	defer cancel()
	return b.c.Outbox.Release(ctx, m.ID, b.c.Now().Add(b.c.wait(m.Attempts)))
}

// giveBack releases what was not tried, as long as nobody else can have it.
func (b *batch) giveBack(ctx context.Context) error {
	ctx, cancel := b.marking(ctx)
	defer cancel()
	for _, m := range append(b.untried, b.rest...) {
		if !b.c.Now().Before(b.until) {
			return nil
		}
		if err := b.c.Outbox.Release(ctx, m.ID, time.Time{}); err != nil {
			return err
		}
	}
	return nil
}

// marking returns the context in which the store is told what happened: the
// end of ctx does not reach it, and it ends after a lease.
func (b *batch) marking(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), b.c.Lease)
}
