package outbox

import (
	"cmp"
	"context"
	"errors"
	"time"

	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
)

// ErrPermanent says that a message can never be passed on, so that another attempt
// would be useless. Config.Publish may return an error that wraps it.
var ErrPermanent = errors.New("outbox: this message can never be passed on")

// Config holds the settings of a Relay. Outbox and Publish are required.
type Config struct {
	Outbox storage.Outbox

	// Publish passes a message on. It returns nil if the message arrived; an error
	// that wraps ErrPermanent sets the message aside at once. Each Drain calls
	// Publish for one message at a time. The context ends with the lease or with
	// Drain's own context; except for the first message of a claim, at least half
	// of the lease is left. A panic goes through to the caller of Drain or Run; it
	// counts as an attempt, and the message can be claimed again when its lease
	// ends.
	Publish func(context.Context, storage.Message) error

	// Aside, if set, is called after a message has been set aside, with the last
	// error of Publish, or with nil if Publish never returned. If the program dies
	// before the call, Aside is not called later; Outbox.SetAsides lists every
	// message that was set aside.
	Aside func(context.Context, storage.Message, error)

	// Failed, if set, is called for each failure of the store, unless the failure
	// ends Run.
	Failed func(context.Context, error)

	Now      func() time.Time // defaults to time.Now
	Batch    int              // the most messages that one claim leases; defaults to 100
	Lease    time.Duration    // the length of a lease; defaults to a minute
	Attempts int              // the number of attempts before a message is set aside; defaults to 10
	Wait     time.Duration    // the wait after a message's first failure; doubles with each failure; defaults to a minute
	MaxWait  time.Duration    // the longest wait; defaults to an hour
}

// check returns a *rule.Invalid for each invalid member.
func (c *Config) check() error {
	return errors.Join(
		rule.Need(c.Outbox != nil, "outbox", "an outbox"),
		rule.Need(c.Publish != nil, "publish", "a function"),
		rule.Need(c.Batch >= 0, "batch", "a whole number, 0 or more"),
		rule.Need(c.Lease >= 0, "lease", "a duration of 0 or more"),
		rule.Need(c.Attempts >= 0, "attempts", "a whole number, 0 or more"),
		rule.Need(c.Wait >= 0, "wait", "a duration of 0 or more"),
		rule.Need(c.MaxWait >= 0, "maxWait", "a duration of 0 or more"),
	)
}

// complete replaces the zero members of c with their defaults.
func (c *Config) complete() {
	if c.Now == nil {
		c.Now = time.Now
	}
	c.Batch = cmp.Or(c.Batch, 100)
	c.Lease = cmp.Or(c.Lease, time.Minute)
	c.Attempts = cmp.Or(c.Attempts, 10)
	c.Wait = cmp.Or(c.Wait, time.Minute)
	c.MaxWait = cmp.Or(c.MaxWait, time.Hour)
}

// wait returns how long a message waits after the given number of failed attempts.
func (c *Config) wait(attempts int) time.Duration {
	w := c.Wait
	for ; attempts > 1; attempts-- {
		if w > c.MaxWait/2 {
			return c.MaxWait
		}
		w *= 2
	}
	return min(w, c.MaxWait)
}
