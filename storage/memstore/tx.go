package memstore

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/storage"
)

// tx changes a state that nobody else can see.
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
	s, old, now := t.state, t.state.plan(p.ID()), p.Snapshot()
	if err := s.refuse(p, old, &now); err != nil {
		return err
	}
	s.put(old, s.written(old, now, events, p.Content()))
	return nil
}

// refuse returns an error if a plan cannot be saved in place of old.
func (s *state) refuse(p *pep.PEP, old *plan, now *pep.Snapshot) error {
	switch {
	case p.Stored() == 0 && old != nil:
		return storage.ErrExists
	case p.Stored() != 0 && old == nil:
		return storage.ErrNotFound
	case p.Stored() != 0 && old.state.Version != p.Stored():
		return storage.ErrConflict
	case !s.restorable(p):
		return storage.ErrNotFound
	case now.Stage.Open() && !old.open() && s.otherOpen(now):
		return storage.ErrExists
	}
	return nil
}

// written stores the content, the sealed copies and the messages of a plan's new
// events, and returns the plan to store.
func (s *state) written(old *plan, now pep.Snapshot, events []pep.Event, content []pep.Content) *plan {
	next := &plan{}
	if old != nil {
		*next = *old
	}
	for i := range events {
		e := &events[i]
		e.At = storage.Instant(e.At)
		s.keep(next, e.ID(), content)
		if !e.SealedUntil.IsZero() {
			s.seal(next, e)
		}
		if e.Restores != 0 {
			s.unseal(next, e)
		}
		for m := range storage.MessagesOf(e) {
			s.post(m)
		}
	}
	next.state, next.history = now, append(next.history, events...)
	return next
}

func (t *tx) Once(ctx context.Context, key storage.Key, digest pep.Digest, at time.Time) (storage.Outcome, bool, error) {
	if err := t.usable(ctx); err != nil {
		return storage.Outcome{}, false, err
	}
	if err := key.Check(); err != nil {
		return storage.Outcome{}, false, err
	}
	c, ok := t.state.commands.get(name(key))
	switch {
	case !ok:
		c := command{digest: digest, entered: at.UnixMicro()}
		t.state.commands.set(t.state.owner, name(key), c)
		t.state.ages.set(t.state.owner, aged{c.entered, name(key)}, struct{}{})
		t.entered = append(t.entered, key)
		return storage.Outcome{}, false, nil
	case c.digest != digest:
		return storage.Outcome{}, false, storage.ErrKeyReused
	}
	return c.answer(), true, nil
}

func (t *tx) Record(ctx context.Context, key storage.Key, o storage.Outcome) error {
	if err := t.usable(ctx); err != nil {
		return err
	}
	if !slices.Contains(t.entered, key) {
		return storage.ErrNotFound
	}
	c, _ := t.state.commands.get(name(key))
	o.Events = slices.Clone(o.Events)
	c.outcome = o
	t.state.commands.set(t.state.owner, name(key), c)
	return nil
}

func (t *tx) Post(ctx context.Context, m storage.Message) (bool, error) {
	if err := t.usable(ctx); err != nil {
		return false, err
	}
	if m.ID == (uuid.UUID{}) {
		return false, noID()
	}
	if _, ok := t.state.messages.get(id(m.ID)); ok {
		return false, nil
	}
	t.state.post(m)
	return true, nil
}
