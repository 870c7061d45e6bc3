package memstore

import (
	"sync"
	"sync/atomic"
)

// cells holds every plan, and all states share it. If a plan's cell has no version as
// old as a state, the plan does not exist in that state. The lock is held only while
// a cell is found, added or removed.
type cells struct {
	mu sync.RWMutex
	at map[id]*cell
}

// find returns the cell of a plan, or nil if there is none.
func (c *cells) find(of id) *cell {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.at[of]
}

// made returns the cell of a plan, and makes it if there is none.
func (c *cells) made(of id) *cell {
	if known := c.find(of); known != nil {
		return known
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at[of] = &cell{}
	return c.at[of]
}

// drop removes the latest version from a cell, and removes the cell if that was its
// only version.
func (c *cells) drop(at *cell) {
	v := at.latest.Load()
	before := v.before.Load()
	at.latest.Store(before)
	if before == nil {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.at, id(v.plan.state.ID.UUID))
	}
}

// cell holds the versions of one plan, the latest first. A save adds a version
// instead of copying a tree; a View reads the version of its own time.
type cell struct{ latest atomic.Pointer[version] }

// version is a plan as one commit left it.
type version struct {
	plan   *plan
	seq    int64 // the number of the commit
	before atomic.Pointer[version]
}

// at returns the plan as it was at a commit, or nil if it did not exist yet.
func (c *cell) at(seq int64) *plan {
	for v := c.latest.Load(); v != nil; v = v.before.Load() {
		if v.seq <= seq {
			return v.plan
		}
	}
	return nil
}

// add makes p the latest version of c. It replaces a version of the same commit if
// there is one, and otherwise returns true. It also drops the versions that no View
// needs; no View reads a commit before oldest.
func (c *cell) add(p *plan, seq, oldest int64) (first bool) {
	next, old := &version{plan: p, seq: seq}, c.latest.Load()
	if first = old == nil || old.seq != seq; !first {
		old = old.before.Load()
	}
	next.before.Store(old)
	c.latest.Store(next)
	for v := old; v != nil; v = v.before.Load() {
		if v.seq <= oldest {
			v.before.Store(nil)
		}
	}
	return first
}

// epoch is the time from one commit to the next. It counts the Views that read the
// store as it was then.
type epoch struct {
	seq   int64
	views atomic.Int64
	next  *epoch // the next epoch, which only writers use
}

// read returns the committed state for a View, which must call leave at its end.
// read counts the View first, and tries again if the state is then no longer the
// latest, so that a writer never drops what a View is about to read.
func (s *Store) read() *state {
	for {
		now := s.committed.Load()
		now.epoch.views.Add(1)
		if s.committed.Load() == now {
			return now
		}
		now.leave()
	}
}

func (s *state) leave() { s.epoch.views.Add(-1) }

// begin returns a copy of the committed state for a writer to change and commit.
func (s *Store) begin() *state {
	now := s.committed.Load()
	for s.oldest != now.epoch && s.oldest.views.Load() == 0 {
		s.oldest = s.oldest.next
	}
	next := *now
	next.owner, next.epoch, next.oldest, next.touched = new(owner), &epoch{seq: now.epoch.seq + 1}, s.oldest.seq, nil
	return &next
}

// commit makes a writer's state the committed one.
func (s *Store) commit(next *state) {
	s.committed.Load().epoch.next = next.epoch
	next.touched = nil
	s.committed.Store(next)
}

// rollBack removes the versions that a writer added to plans. Everything else that it
// wrote is in its own trees.
func (s *state) rollBack() {
	for _, c := range s.touched {
		s.plans.drop(c)
	}
}
