package memstore

import (
	"bytes"
	"cmp"
	"context"
	"iter"
	"math"
	"slices"
	"time"

	"github.com/google/uuid"

	"virtualschool.example/storage"
)

// shelf keeps things of one type, each at every place where it can be found. A
// thing is replaced, never changed.
type shelf[V any] struct{ tree[place, *V] }

// place is the key of a thing on a shelf: first the way in which the thing is found,
// then its position among the things found in that way.
type place struct {
	by    filing
	group id
	at    int64 // an instant in microseconds, or the number of a term or a day
	id    id
}

func (a place) compare(b place) int {
	return cmp.Or(cmp.Compare(a.by, b.by), a.group.compare(b.group), cmp.Compare(a.at, b.at), a.id.compare(b.id))
}

// follows reports whether a comes after b, if both are in the same group.
func (a *place) follows(b *place) bool {
	return a.at > b.at || a.at == b.at && bytes.Compare(a.id[:], b.id[:]) > 0
}

// filing is one way of finding things on a shelf.
type filing uint8

const (
	byItself filing = iota
	amongAll
	ofChild
	ofEstablishment
	ofPlan
	ofPerson
)

// add puts a thing at its places, as put does. It returns false, and adds nothing,
// if the first place is taken.
func (s *shelf[V]) add(o *owner, v *V, places ...place) bool {
	if _, taken := s.get(places[0]); taken {
		return false
	}
	s.put(o, v, places...)
	return true
}

// put puts a thing at its places and replaces what is there. It leaves out a place
// whose group is the zero id: for example, a request without a child has no place
// among the requests of a child.
func (s *shelf[V]) put(o *owner, v *V, places ...place) {
	for _, p := range places {
		if p.by <= amongAll || p.group != (id{}) {
			s.set(o, p, v)
		}
	}
}

// file adds v to a shelf. If the argument check is an error, file returns that
// error; if the first place is taken, it returns storage.ErrExists.
func file[V any](ctx context.Context, t *tx, on *shelf[V], v V, check error, places ...place) error {
	if err := cmp.Or(t.usable(ctx), check); err != nil {
		return err
	}
	if !on.add(t.state.owner, &v, places...) {
		return storage.ErrExists
	}
	return nil
}

// named returns an error if a record has no id. Otherwise it returns check, the
// error that it was given.
func named(id interface{ IsZero() bool }, check error) error {
	if id.IsZero() {
		return noID()
	}
	return check
}

// stretch selects the things on a shelf that are in certain groups and in a certain
// range of places.
type stretch struct {
	by      filing
	groups  []id
	after   place // only things after this place
	through int64 // the last instant, term or day that the stretch includes
}

// everything returns the stretch that selects everything on a shelf.
func everything() stretch {
	return stretch{by: amongAll, groups: []id{{}}, after: place{at: oldest}, through: math.MaxInt64}
}

// scoped returns the stretch that selects everything in a scope.
func scoped(s storage.Scope) stretch {
	all := everything()
	if children, ok := s.Children(); ok {
		all.by, all.groups = ofChild, distinct(children)
	}
	if at, ok := s.Establishment(); ok {
		all.by, all.groups = ofEstablishment, []id{id(at.UUID)}
	}
	if of, ok := s.Plan(); ok {
		all.by, all.groups = ofPlan, []id{id(of.UUID)}
	}
	if who, ok := s.Person(); ok {
		all.by, all.groups = ofPerson, []id{id(who.UUID)}
	}
	return all
}

// distinct returns ids in order, each once.
func distinct[T ~struct{ uuid.UUID }](ids []T) []id {
	groups := make([]id, len(ids))
	for i, of := range ids {
		groups[i] = id(struct{ uuid.UUID }(of).UUID)
	}
	slices.SortFunc(groups, id.compare)
	return slices.Compact(groups)
}

// past returns the place of a moment. The zero Moment is before every place.
func past(m storage.Moment) place {
	if m == (storage.Moment{}) {
		return place{at: oldest}
	}
	return place{at: m.At.UnixMicro(), id: id(m.ID)}
}

// since(t) returns the part of s at or after t, or all of s if t is zero.
func (s stretch) since(t time.Time) stretch {
	if from := (place{at: t.UnixMicro()}); !t.IsZero() && from.follows(&s.after) {
		s.after = from
	}
	return s
}

// before(t) returns the part of s before t, or all of s if t is zero.
func (s stretch) before(t time.Time) stretch {
	if !t.IsZero() {
		s.through = t.UnixMicro() - 1
	}
	return s
}

// each iterates over the things of a stretch in order.
func (s *shelf[V]) each(of stretch) iter.Seq[V] {
	return func(yield func(V) bool) {
		heads := s.heads(of)
		for len(heads) > 0 {
			i := foremost(heads)
			if !yield(*heads[i].thing) {
				return
			}
			if !heads[i].advance(of.through) {
				heads = slices.Delete(heads, i, i+1)
			}
		}
	}
}

// finger points at the next thing of one group.
type finger[V any] struct {
	at     place
	thing  *V
	cursor cursor[place, *V]
}

// heads returns one finger for each group that is not empty. The finger points at
// the group's first thing.
func (s *shelf[V]) heads(of stretch) (heads []*finger[V]) {
	for _, group := range of.groups {
		from := of.after
		from.by, from.group = of.by, group
		f := &finger[V]{at: from, cursor: s.seek(from)}
		there := f.advance(of.through)
		if there && !f.at.follows(&of.after) {
			there = f.advance(of.through)
		}
		if there {
			heads = append(heads, f)
		}
	}
	return heads
}

// advance moves to the next thing of the group. It returns false after the last.
func (f *finger[V]) advance(through int64) bool {
	by, group := f.at.by, f.at.group
	at, thing, ok := f.cursor.next()
	f.at, f.thing = at, thing
	return ok && at.by == by && at.group == group && at.at <= through
}

// foremost returns the index of the finger whose thing comes first.
func foremost[V any](heads []*finger[V]) (first int) {
	for i := range heads {
		if heads[first].at.follows(&heads[i].at) {
			first = i
		}
	}
	return first
}

// selected iterates over the results of a query, as the function each does. If the
// argument check is an error, selected yields only that error; otherwise it yields at
// most limit things. A limit of 0 means no limit.
func selected[V any](ctx context.Context, r *reader, check error, limit int, list func(*state) iter.Seq[V]) iter.Seq2[V, error] {
	return func(yield func(V, error) bool) {
		if check != nil {
			var none V
			yield(none, check)
			return
		}
		n := 0
		for v, err := range each(ctx, r, list) {
			if n++; !yield(v, err) || n == limit {
				return
			}
		}
	}
}
