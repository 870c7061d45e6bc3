package memstore

import (
	"github.com/google/uuid"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/payment"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
)

// state is all that the store keeps. Once committed it is never changed, but
// for what a later commit adds to the cells of plans.
type state struct {
	owner   *owner
	epoch   *epoch
	oldest  int64   // the earliest commit at which a view reads
	touched []*cell // the plans to which the write that is under way added

	plans   *cells           // of all states
	open    tree[id, pep.ID] // a child's open plan
	indexes [indexes]tree[entry, *cell]

	texts    tree[id, private.Text]
	sealed   tree[copyKey, *storage.Sealed]
	expiries tree[copyKey, struct{}]
	commands tree[name, command]
	ages     tree[aged, struct{}] // of commands

	messages tree[id, *message]
	waiting  tree[turn, id] // by age
	ofPlan   tree[turn, id] // those waiting, by plan
	asides   tree[turn, id] // by age
	alerts   tree[turn, id] // those not acknowledged, by plan
	done     tree[turn, id] // those delivered that are no alerts, by age

	children       tree[id, *record.Child]
	caseloads      tree[pair, struct{}] // children by worker and by adviser
	establishments tree[id, record.Establishment]
	named          tree[label, struct{}] // establishments by name
	contributors   tree[id, record.Contributor]
	workingAt      tree[pair, struct{}] // contributors by establishment

	notes    shelf[record.Note]
	requests shelf[record.Request]
	lines    shelf[payment.Line]
	decided  shelf[payment.Discretion]
	entries  shelf[storage.Entry]
}

// plan is what is kept of one plan. It is replaced, never changed; the
// histories of a plan's successive states share memory.
type plan struct {
	state   pep.Snapshot
	history []pep.Event
	answers []answers
}

// open reports whether somebody still has to do something with a plan; with
// none nobody has.
func (p *plan) open() bool { return p != nil && p.state.Stage.Open() }

// answers are those of one section as they were saved last at one revision.
type answers struct {
	section, revision int
	answers           forms.Answers
}

// command is a key that was entered.
type command struct {
	digest  pep.Digest
	entered int64 // microseconds
	outcome storage.Outcome
}

// plan returns what is kept of a plan, nil where nothing is.
func (s *state) plan(of pep.ID) *plan {
	if c := s.plans.find(id(of.UUID)); c != nil {
		return c.at(s.epoch.seq)
	}
	return nil
}

// put stores a plan in place of what was kept of it, nil for nothing.
func (s *state) put(old, next *plan) {
	c := s.plans.made(id(next.state.ID.UUID))
	if c.add(next, s.epoch.seq, s.oldest) {
		s.touched = append(s.touched, c)
	}
	child := id(next.state.Child.UUID)
	switch was, is := old.open(), next.open(); {
	case is && !was:
		s.open.set(s.owner, child, next.state.ID)
	case was && !is:
		s.open.cut(s.owner, child)
	}
	s.index(c, old, next)
}

// otherOpen reports whether the child of a plan has another plan that is open.
func (s *state) otherOpen(of *pep.Snapshot) bool {
	open, ok := s.open.get(id(of.Child.UUID))
	return ok && open != of.ID
}

func (s *state) text(event uuid.UUID) (private.Text, error) {
	t, ok := s.texts.get(id(event))
	if !ok {
		return t, storage.ErrNotFound
	}
	return t, nil
}
