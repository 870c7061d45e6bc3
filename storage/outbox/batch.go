package outbox

import (
	"context"
	"errors"
	"time"

	"virtualschool.example/pep"
	"virtualschool.example/storage"
)

// batch holds the messages of one claim while a relay works on them.
type batch struct {
	c           *Config
	half, until time.Time         // the middle and the end of the lease
	rest        []storage.Message // the messages still to be worked on
	untried     []storage.Message // the messages that were passed over and must be given back
	held        map[pep.ID]bool   // the plans with a message that failed
	delivered   int
}

// smooth reports whether every message has been delivered or set aside.
func (b *batch) smooth() bool { return len(b.rest)+len(b.untried)+len(b.held) == 0 }

// work always publishes the first message, and publishes the others while the lease
// is less than half over. In any case, work gives back the messages that it did not
// try.
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

// pass publishes a message and records the result in the store.
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

// publish calls Publish with a context that ends with the lease.
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

// setAside takes a message out of the queue and calls Config.Aside.
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

// putOff makes a failed message wait, together with the later messages of its plan.
func (b *batch) putOff(ctx context.Context, m storage.Message) error {
	b.held[m.Plan] = true
	ctx, cancel := b.marking(ctx)
	defer cancel()
	return b.c.Outbox.Release(ctx, m.ID, b.c.Now().Add(b.c.wait(m.Attempts)))
}

// giveBack releases the messages that were not tried. It stops when the lease ends,
// because another relay may have claimed them by then.
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

// marking returns a context for recording results in the store. The context outlives
// ctx, and ends after the length of a lease.
func (b *batch) marking(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), b.c.Lease)
}
