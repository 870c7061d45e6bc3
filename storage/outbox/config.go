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
// is of no use. An error of Config.Publish wraps it.
var ErrPermanent = errors.New("outbox: this message can never be passed on")

// Config is what a Relay is made of. Outbox and Publish are required.
type Config struct {
	Outbox storage.Outbox

	// Publish passes a message on; nil says that it arrived. An error that wraps
	// ErrPermanent sets the message aside at once. It is called for
	// one message at a time in each Drain. Its context ends with the lease, of
	// which at least half is left, or with the Drain's. A panic in it is the
	// caller's; the message then counts an attempt and is given again when its
	// lease ends.
	Publish func(context.Context, storage.Message) error

	// Aside, where given, is told of each message that was set aside, after it
	// was, with the last error of Publish: nil where that never returned. A
	// program that dies in between has not told it; Outbox.SetAsides lists all.
	Aside func(context.Context, storage.Message, error)

	// Failed, where given, is told of each failure of the store that Run
	// outlives.
	Failed func(context.Context, error)

	Now      func() time.Time // defaults to time.Now
	Batch    int              // how many messages are claimed at most at a time; defaults to 100
	Lease    time.Duration    // for how long they are claimed; defaults to a minute
	Attempts int              // how often a message is tried before it is set aside; defaults to 10
	Wait     time.Duration    // from the first failure to the next attempt, doubling each time; defaults to a minute
	MaxWait  time.Duration    // the longest such wait; defaults to an hour
}

// check returns a *rule.Invalid for each member that cannot be.
func (c *Config) check() error {
	return errors.Join(
		rule.Need(c.Outbox != nil, "outbox", "an outbox"),
		rule.Need(c.Publish != nil, "publish", "a function"),
		rule.Need(c.Batch >= 0, "batch", "a number, not negative"),
		rule.Need(c.Lease >= 0, "lease", "a time, not negative"),
		rule.Need(c.Attempts >= 0, "attempts", "a number, not negative"),
		rule.Need(c.Wait >= 0, "wait", "a time, not negative"),
		rule.Need(c.MaxWait >= 0, "maxWait", "a time, not negative"),
	)
}

// complete sets what c leaves to its defaults.
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

// wait returns how long a message waits after so many failed attempts.
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
