package memstore

import (
	"sync"
	"sync/atomic"
)

// cells are where all plans are kept, which states share: what a state does not
// know of is a cell without a version of its time. A lock is held for as long as
// a cell is looked for, or added to the others.
type cells struct {
	mu sync.RWMutex
	at map[id]*cell
}

// find returns where a plan is kept, nil where none was.
func (c *cells) find(of id) *cell {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.at[of]
}

// made returns where a plan is kept, or is to be.
func (c *cells) made(of id) *cell {
	if known := c.find(of); known != nil {
		return known
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at[of] = &cell{}
	return c.at[of]
}

// drop takes the latest version of a plan back, and the cell with the first.
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

// cell is where a plan is kept: its versions, the latest first. A save adds
// one, so that it copies no tree; a view reads the one of its own time.
type cell struct{ latest atomic.Pointer[version] }

// version is a plan as one commit left it.
type version struct {
	plan   *plan
	seq    int64 // of the commit
	before atomic.Pointer[version]
}

// at returns the plan as it was at a commit, nil where it was not there yet.
func (c *cell) at(seq int64) *plan {
	for v := c.latest.Load(); v != nil; v = v.before.Load() {
		if v.seq <= seq {
			return v.plan
		}
	}
	return nil
}

// add makes a plan the latest version, in place of one of the same commit, and
// reports whether there was none of it. Versions that no view needs, of which
// the oldest reads at a commit, are let go.
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

// epoch is the time from one commit to the next, with how many views read at it.
type epoch struct {
	seq   int64
	views atomic.Int64
	next  *epoch // used by writers alone
}

// read returns the committed state for a view, which ends with leave. A state
// that is no longer the latest when the view is counted is not taken, so that a
// writer never lets go of what a view is about to read.
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

// begin returns a copy of the committed state for a writer, whose commit it
// will be.
func (s *Store) begin() *state {
	now := s.committed.Load()
	for s.oldest != now.epoch && s.oldest.views.Load() == 0 {
		s.oldest = s.oldest.next
	}
	next := *now
	next.owner, next.epoch, next.oldest, next.touched = new(owner), &epoch{seq: now.epoch.seq + 1}, s.oldest.seq, nil
	return &next
}

// commit makes a writer's state the one that others read.
func (s *Store) commit(next *state) {
	s.committed.Load().epoch.next = next.epoch
	next.touched = nil
	s.committed.Store(next)
}

// rollBack takes back what a writer added to plans. All else that it wrote is
// in trees of its own.
func (s *state) rollBack() {
	for _, c := range s.touched {
		s.plans.drop(c)
	}
}
