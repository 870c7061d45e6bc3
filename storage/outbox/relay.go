package outbox

import (
	"context"
	"errors"
	"time"

	"virtualschool.example/pep"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
)

// Relay passes on the messages of an outbox. It is safe for concurrent use, and any
// number of relays can share an outbox. Use New to make one.
type Relay struct{ c Config }

// New returns a relay with the settings of c. If Outbox or Publish is missing, or a
// member is negative, New returns a *rule.Invalid for each of them, joined into one
// error.
func New(c Config) (*Relay, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	c.complete()
	return &Relay{c}, nil
}

// Run drains the outbox at once and then once in every interval, until ctx ends, and
// returns the context's error. A temporary failure of the store is passed to
// Config.Failed; any other failure ends Run and is returned. If the interval is not
// above zero, Run returns a *rule.Invalid for "every".
func (r *Relay) Run(ctx context.Context, every time.Duration) error {
	if every <= 0 {
		return &rule.Invalid{Member: "every", Want: "a duration of more than 0"}
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		if err := r.outlive(ctx); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}

// outlive drains the outbox once, and returns an error only if the error must end
// Run.
func (r *Relay) outlive(ctx context.Context) error {
	_, err := r.Drain(ctx)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err == nil:
		return nil
	case !passes(err):
		return err
	}
	if r.c.Failed != nil {
		r.c.Failed(ctx, err)
	}
	return nil
}

// passes reports whether a store failure may be temporary, so that a retry could
// succeed.
func passes(err error) bool {
	return errors.Is(err, storage.ErrUnavailable) || errors.Is(err, storage.ErrDamaged) || errors.Is(err, storage.ErrContention) ||
		errors.Is(err, storage.ErrOutcomeUnknown) || errors.Is(err, context.DeadlineExceeded)
}

// Drain passes on messages until none can be claimed, and returns how many were
// delivered. It returns no error if Publish fails, because the message then waits for
// its next attempt. Drain returns the errors of the store and, once the context has
// ended, the error of the context.
func (r *Relay) Drain(ctx context.Context) (delivered int, err error) {
	for size := 1; ; {
		b, err := r.claim(ctx, size)
		if err != nil || len(b.rest) == 0 {
			return delivered, err
		}
		err = b.work(ctx)
		delivered += b.delivered
		if err != nil {
			return delivered, err
		}
		size = min(2*size, r.c.Batch)
		if !b.smooth() {
			size = 1
		}
	}
}

// claim leases up to size messages.
func (r *Relay) claim(ctx context.Context, size int) (*batch, error) {
	now := r.c.Now()
	until := now.Add(r.c.Lease)
	given, err := r.c.Outbox.Claim(ctx, size, now, until)
	return &batch{
		c: &r.c, rest: given, held: map[pep.ID]bool{},
		half: now.Add(r.c.Lease / 2), until: until,
	}, err
}
