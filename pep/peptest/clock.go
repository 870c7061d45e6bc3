package peptest

import (
	"sync"
	"time"

	"virtualschool.example/term/civil"
)

// Clock is a clock that a test moves. It is safe for concurrent use. The zero Clock
// shows the zero time.
type Clock struct {
	mu sync.Mutex
	t  time.Time
}

// Now returns the time that the clock shows. It suits workflow.Config.Now.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

// Noon sets the clock to noon UTC on a day.
func (c *Clock) Noon(on civil.Date) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = time.Date(on.Year(), on.Month(), on.Day(), 12, 0, 0, 0, time.UTC)
}

// Move moves the clock forward by a duration, or back if the duration is negative.
func (c *Clock) Move(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(by)
}
