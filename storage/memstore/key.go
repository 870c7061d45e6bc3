package memstore

import (
	"bytes"
	"cmp"
	"strings"

	"github.com/google/uuid"

	"virtualschool.example/term/civil"
)

// id is the key of a thing that is found by its own id.
type id uuid.UUID

func (a id) compare(b id) int { return bytes.Compare(a[:], b[:]) }

// pair is the key of a thing that belongs to another: the other's id, then its own.
type pair struct{ of, id id }

func (a pair) compare(b pair) int { return cmp.Or(a.of.compare(b.of), a.id.compare(b.id)) }

// name is the key of a command.
type name string

func (a name) compare(b name) int { return strings.Compare(string(a), string(b)) }

// aged is the key of a command in the tree that sorts commands by the time of entry.
type aged struct {
	at  int64 // microseconds
	key name
}

func (a aged) compare(b aged) int { return cmp.Or(cmp.Compare(a.at, b.at), a.key.compare(b.key)) }

// label is the key of a thing that is found by its name.
type label struct {
	name string
	id   id
}

func (a label) compare(b label) int {
	return cmp.Or(strings.Compare(a.name, b.name), a.id.compare(b.id))
}

// entry is the key of a plan in an index: its group, then its place in the order of
// plans.
type entry struct {
	group id
	day   civil.Date
	plan  id
}

func (a entry) compare(b entry) int {
	return cmp.Or(a.group.compare(b.group), a.day.Compare(b.day), a.plan.compare(b.plan))
}

// order compares the places of a and b in the order of plans.
func (a *entry) order(b *entry) int { return cmp.Or(a.day.Compare(b.day), a.plan.compare(b.plan)) }

// copyKey is the key of a sealed copy. The field until is set only in the tree that
// orders the copies by the day from which they can be destroyed.
type copyKey struct {
	until   civil.Date
	plan    id
	version int64
	section int
}

func (a copyKey) compare(b copyKey) int {
	return cmp.Or(a.until.Compare(b.until), a.plan.compare(b.plan),
		cmp.Compare(a.version, b.version), cmp.Compare(a.section, b.section))
}

// turn is the key of a message. It sorts messages by age or, if plan is set, by plan
// and then in the order in which claims return the plan's messages. A key by age swaps
// two fields, so that the instant is compared first: version holds the instant, and at
// holds the version. The key of an alert also has the child, which comes before both.
type turn struct {
	child   id
	plan    id
	version int64
	at      int64 // microseconds
	part    int
	message id
}

func (a turn) compare(b turn) int {
	return cmp.Or(a.child.compare(b.child), a.plan.compare(b.plan), cmp.Compare(a.version, b.version),
		cmp.Compare(a.at, b.at), cmp.Compare(a.part, b.part), a.message.compare(b.message))
}
