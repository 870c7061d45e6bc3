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

// state is everything that the store keeps. Once committed it never changes, except
// that later writes add versions to the cells of plans.
type state struct {
	owner   *owner
	epoch   *epoch
	oldest  int64   // the earliest commit that a View may still read
	touched []*cell // the plans to which the current write has added a version

	plans   *cells           // shared by all states
	open    tree[id, pep.ID] // open plans by child
	indexes [indexes]tree[entry, *cell]

	texts    tree[id, private.Text]
	sealed   tree[copyKey, *storage.Sealed]
	expiries tree[copyKey, struct{}]
	commands tree[name, command]
	ages     tree[aged, struct{}] // commands by age

	messages tree[id, *message]
	waiting  tree[turn, id] // waiting messages by age
	ofPlan   tree[turn, id] // waiting messages by plan
	asides   tree[turn, id] // messages set aside, by age
	alerts   tree[turn, id] // alerts not acknowledged, by child
	done     tree[turn, id] // delivered messages that are not alerts, by age

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

// plan is everything that the store keeps about one plan. It is replaced, never
// changed. The histories of a plan's successive versions share memory.
type plan struct {
	state   pep.Snapshot
	history []pep.Event
	answers []answers
}

// open reports whether p is at an open stage. A nil plan is not open.
func (p *plan) open() bool { return p != nil && p.state.Stage.Open() }

// answers are the answers of one section as last saved at one revision.
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

// plan returns what s keeps about a plan, or nil if s does not have it.
func (s *state) plan(of pep.ID) *plan {
	if c := s.plans.find(id(of.UUID)); c != nil {
		return c.at(s.epoch.seq)
	}
	return nil
}

// put replaces old, the stored plan, with next. If the plan is new, old is nil.
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

// otherOpen reports whether the plan's child has another open plan.
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
