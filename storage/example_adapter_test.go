package storage_test

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
	"virtualschool.example/term/civil"
)

// shelf is the smallest adapter: it implements storage.Plans and nothing else, and
// keeps everything in maps.
type shelf struct {
	writing sync.Mutex // held while an Update runs, because only one may run at a time
	reading sync.RWMutex
	kept    kept // the last committed state, whose maps never change again
}

// kept is everything that a shelf stores.
type kept struct {
	plans    map[pep.ID]pep.Snapshot
	events   map[pep.ID][]pep.Event
	answers  map[sheet]forms.Answers
	texts    map[uuid.UUID]private.Text
	sealed   []storage.Sealed
	commands map[storage.Key]command
	posted   map[uuid.UUID]bool
}

// sheet is the key of a section's answers at a revision.
type sheet struct {
	plan              pep.ID
	section, revision int
}

type command struct {
	digest  pep.Digest
	entered time.Time
	outcome storage.Outcome
}

func newShelf() *shelf { return &shelf{kept: kept{}.clone()} }

func (k kept) clone() kept {
	return kept{
		plans: cloned(k.plans), events: cloned(k.events), answers: cloned(k.answers), texts: cloned(k.texts),
		sealed: slices.Clone(k.sealed), commands: cloned(k.commands), posted: cloned(k.posted),
	}
}

// cloned returns a copy of m that can be added to, even if m is nil.
func cloned[K comparable, V any](m map[K]V) map[K]V {
	all := make(map[K]V, len(m))
	maps.Copy(all, m)
	return all
}

// View gives fn what was last committed. That state never changes.
func (s *shelf) View(ctx context.Context, fn func(storage.Reader) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r := &reader{kept: s.committed()}
	defer func() { r.closed = true }()
	return fn(r)
}

// Update gives fn a copy of the state. If fn returns nil, the copy becomes the
// state; if fn fails, panics or ends its goroutine, nobody ever sees the copy.
func (s *shelf) Update(ctx context.Context, fn func(storage.Tx) error) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	t := &tx{reader: reader{kept: s.committed().clone()}}
	defer func() { t.closed = true }()
	if err := fn(t); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	s.reading.Lock()
	defer s.reading.Unlock()
	s.kept = t.kept
	return nil
}

func (s *shelf) committed() kept {
	s.reading.RLock()
	defer s.reading.RUnlock()
	return s.kept
}

type reader struct {
	kept
	closed bool
}

// usable returns an error if r is closed or the context has ended. Every method
// calls it first.
func (r *reader) usable(ctx context.Context) error {
	if r.closed {
		return storage.ErrClosed
	}
	return ctx.Err()
}

func (r *reader) Plan(ctx context.Context, id pep.ID) (*pep.PEP, error) {
	if err := r.usable(ctx); err != nil {
		return nil, err
	}
	s, ok := r.plans[id]
	if !ok {
		return nil, storage.ErrNotFound
	}
	return pep.Restore(s)
}

func (r *reader) Plans(ctx context.Context, q storage.Query) iter.Seq2[*pep.PEP, error] {
	if err := q.Check(); err != nil {
		return func(yield func(*pep.PEP, error) bool) { yield(nil, err) }
	}
	q.Stages = slices.Clone(q.Stages)
	found := func() (all []*pep.PEP, err error) {
		for _, s := range r.plans {
			if !q.Selects(&s) || compare(place(s), q.After) <= 0 {
				continue
			}
			p, err := pep.Restore(s)
			if err != nil {
				return nil, err
			}
			all = append(all, p)
		}
		slices.SortFunc(all, func(a, b *pep.PEP) int { return compare(storage.PlaceOf(a), storage.PlaceOf(b)) })
		if q.Limit > 0 {
			all = all[:min(q.Limit, len(all))]
		}
		return all, nil
	}
	return list(ctx, r, found)
}

func place(s pep.Snapshot) storage.Place { return storage.Place{Meeting: s.Meeting, ID: s.ID} }

func compare(a, b storage.Place) int {
	return cmp.Or(a.Meeting.Compare(b.Meeting), bytes.Compare(a.ID.UUID[:], b.ID.UUID[:]))
}

// list iterates over the items that the function find returns when the loop
// begins. Before each item it checks that r can still be used.
func list[T any](ctx context.Context, r *reader, find func() ([]T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		all, err := find()
		for _, v := range all {
			if err := r.usable(ctx); err != nil {
				yield(none, err)
				return
			}
			if !yield(v, nil) {
				return
			}
		}
		if err := cmp.Or(err, r.usable(ctx)); err != nil {
			yield(none, err)
		}
	}
}

func (r *reader) History(ctx context.Context, id pep.ID) iter.Seq2[pep.Event, error] {
	return list(ctx, r, func() ([]pep.Event, error) { return r.events[id], nil })
}

func (r *reader) Answers(ctx context.Context, id pep.ID, section, revision int) (forms.Answers, error) {
	if err := r.usable(ctx); err != nil {
		return forms.Answers{}, err
	}
	return r.standing(id, section, revision), nil
}

// standing returns the answers of a section as they stood at a revision.
func (k kept) standing(plan pep.ID, section, revision int) forms.Answers {
	for ; revision > 0; revision-- {
		if a, there := k.answers[sheet{plan, section, revision}]; there {
			return a
		}
	}
	return forms.Answers{}
}

func (r *reader) Text(ctx context.Context, event uuid.UUID) (private.Text, error) {
	if err := r.usable(ctx); err != nil {
		return private.Text{}, err
	}
	text, ok := r.texts[event]
	if !ok {
		return private.Text{}, storage.ErrNotFound
	}
	return text, nil
}

func (r *reader) Sealed(ctx context.Context, id pep.ID) iter.Seq2[storage.Sealed, error] {
	return list(ctx, r, func() (all []storage.Sealed, err error) {
		for _, c := range r.sealed { // in the order in which they were sealed
			if c.Plan == id {
				all = append(all, c)
			}
		}
		return all, nil
	})
}

func (r *reader) Outcome(ctx context.Context, key storage.Key) (storage.Outcome, error) {
	if err := r.usable(ctx); err != nil {
		return storage.Outcome{}, err
	}
	c, ok := r.commands[key]
	if !ok {
		return storage.Outcome{}, storage.ErrNotFound
	}
	return own(c.outcome), nil
}

// own returns an outcome that shares no memory with o.
func own(o storage.Outcome) storage.Outcome {
	o.Events = slices.Clone(o.Events)
	return o
}

type tx struct {
	reader
	entered []storage.Key // the keys that are new in this transaction
}

func (t *tx) Save(ctx context.Context, p *pep.PEP) error {
	if err := t.usable(ctx); err != nil {
		return err
	}
	events := p.Pending()
	if len(events) == 0 {
		return nil
	}
	before, there := t.plans[p.ID()]
	now := p.Snapshot()
	if err := t.refuse(p, before, there, now); err != nil {
		return err
	}
	for _, e := range events {
		e.At = storage.Instant(e.At)
		t.write(e, p.Content())
		if !e.SealedUntil.IsZero() {
			t.seal(e)
		}
		t.unseal(e)
		t.events[e.Plan] = append(slices.Clip(t.events[e.Plan]), e)
	}
	t.plans[now.ID] = now
	return nil
}

// refuse returns an error if the plan cannot replace what is stored.
func (t *tx) refuse(p *pep.PEP, before pep.Snapshot, there bool, now pep.Snapshot) error {
	switch {
	case p.Stored() == 0 && there:
		return storage.ErrExists
	case p.Stored() != 0 && !there:
		return storage.ErrNotFound
	case there && before.Version != p.Stored():
		return storage.ErrConflict
	}
	for _, e := range p.Pending() {
		of := func(c storage.Sealed) bool { return c.Plan == e.Plan && c.Version == e.Restores }
		if 0 < e.Restores && e.Restores <= p.Stored() && !slices.ContainsFunc(t.sealed, of) {
			return storage.ErrNotFound
		}
	}
	if now.Stage.Open() && !before.Stage.Open() {
		for _, other := range t.plans {
			if other.Child == now.Child && other.ID != now.ID && other.Stage.Open() {
				return storage.ErrExists
			}
		}
	}
	return nil
}

// write stores the content of an event.
func (t *tx) write(e pep.Event, content []pep.Content) {
	for _, c := range content {
		switch {
		case c.Event != e.ID():
		case c.Section != 0:
			t.answers[sheet{e.Plan, c.Section, c.Revision}] = c.Answers
		case !c.Text.IsZero():
			t.texts[c.Event] = c.Text
		}
	}
}

// seal moves a plan's answers, as they stand, into sealed copies.
func (t *tx) seal(e pep.Event) {
	for section := 1; section <= forms.MaxSections; section++ {
		standing := t.standing(e.Plan, section, e.Revision)
		if standing.IsZero() {
			continue
		}
		t.answers[sheet{e.Plan, section, e.Revision}] = forms.Answers{}
		t.sealed = append(t.sealed, storage.Sealed{
			Plan: e.Plan, Version: e.Version, Section: section, Revision: e.Revision, Until: e.SealedUntil, Answers: standing,
		})
	}
}

// unseal moves the sealed copies of a version back to their sections, if e restores
// that version.
func (t *tx) unseal(e pep.Event) {
	t.sealed = slices.DeleteFunc(t.sealed, func(c storage.Sealed) bool {
		restored := c.Plan == e.Plan && c.Version == e.Restores
		if restored {
			t.answers[sheet{c.Plan, c.Section, c.Revision}] = c.Answers
		}
		return restored
	})
}

func (t *tx) Once(ctx context.Context, key storage.Key, digest pep.Digest, at time.Time) (storage.Outcome, bool, error) {
	if err := cmp.Or(t.usable(ctx), key.Check()); err != nil {
		return storage.Outcome{}, false, err
	}
	c, there := t.commands[key]
	switch {
	case !there:
		t.commands[key] = command{digest: digest, entered: storage.Instant(at)}
		t.entered = append(t.entered, key)
	case c.digest != digest:
		return storage.Outcome{}, false, storage.ErrKeyReused
	}
	return own(c.outcome), there, nil
}

func (t *tx) Record(ctx context.Context, key storage.Key, o storage.Outcome) error {
	if err := t.usable(ctx); err != nil {
		return err
	}
	if !slices.Contains(t.entered, key) {
		return storage.ErrNotFound
	}
	c := t.commands[key]
	c.outcome = own(o)
	t.commands[key] = c
	return nil
}

// Post remembers the id of a message, so that it recognises a repeat. It does not
// keep the message, because a shelf delivers no messages.
func (t *tx) Post(ctx context.Context, m storage.Message) (bool, error) {
	if err := t.usable(ctx); err != nil {
		return false, err
	}
	if m.ID == (uuid.UUID{}) {
		return false, &rule.Invalid{Member: "id", Want: "an id"}
	}
	fresh := !t.posted[m.ID]
	t.posted[m.ID] = true
	return fresh, nil
}

func (t *tx) Destroy(ctx context.Context, on civil.Date, limit int) (gone []storage.Sealed, err error) {
	if err := t.usable(ctx); err != nil {
		return nil, err
	}
	t.sealed = slices.DeleteFunc(t.sealed, func(c storage.Sealed) bool {
		due := len(gone) < limit && !c.Until.After(on)
		if due {
			c.Answers = forms.Answers{}
			gone = append(gone, c)
		}
		return due
	})
	return gone, nil
}

// Prune removes keys. A shelf has no messages to remove, because it never delivers
// any.
func (t *tx) Prune(ctx context.Context, before time.Time, _ civil.Date, limit int) (gone storage.Pruned, err error) {
	if err := t.usable(ctx); err != nil {
		return gone, err
	}
	for key, c := range t.commands {
		if gone.Keys < limit && c.entered.Before(storage.Instant(before)) {
			delete(t.commands, key)
			gone.Keys++
		}
	}
	return gone, nil
}

// An adapter implements storage.Plans. An Update that fails leaves nothing, not
// even its key; a later Update with the same key succeeds.
func Example() {
	ctx := context.Background()
	store, id := newShelf(), pep.ID{UUID: uuid.UUID{1}}
	entered := func(err error) error {
		return store.Update(ctx, func(tx storage.Tx) error {
			_, done, failed := tx.Once(ctx, "start-0001", pep.Digest{1}, time.Unix(0, 0))
			fmt.Println("given before:", done)
			return errors.Join(failed, tx.Record(ctx, "start-0001", storage.Outcome{Plan: id, Version: 1}), err)
		})
	}
	fmt.Println(entered(errors.New("a rule says no")))
	fmt.Println(entered(nil))
	fmt.Println(store.View(ctx, func(r storage.Reader) error {
		o, err := r.Outcome(ctx, "start-0001")
		fmt.Println("version", o.Version)
		return err
	}))
	// Output:
	// given before: false
	// a rule says no
	// given before: false
	// <nil>
	// version 1
	// <nil>
}
