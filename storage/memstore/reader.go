package memstore

import (
	"context"
	"iter"
	"slices"
	"sync/atomic"

	"github.com/google/uuid"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/storage"
)

// reader reads one state of the store.
type reader struct {
	state  *state
	writes bool // the reader is part of a tx, which may change the state
	over   atomic.Bool
}

// usable returns an error if r is closed or ctx has ended.
func (r *reader) usable(ctx context.Context) error {
	if r.over.Load() {
		return storage.ErrClosed
	}
	return ctx.Err()
}

// r.still() is a state that does not change during a loop, whatever the transaction
// writes meanwhile.
func (r *reader) still() *state {
	if !r.writes {
		return r.state
	}
	as := *r.state
	r.state.owner = new(owner)
	return &as
}

// each iterates over the items that the function list finds in the state. Before each item it checks that
// r can still be used.
func each[T any](ctx context.Context, r *reader, list func(*state) iter.Seq[T]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		if err := r.usable(ctx); err != nil {
			yield(none, err)
			return
		}
		for v := range list(r.still()) {
			if err := r.usable(ctx); err != nil {
				yield(none, err)
				return
			}
			if !yield(v, nil) {
				return
			}
		}
	}
}

func (r *reader) Plan(ctx context.Context, of pep.ID) (*pep.PEP, error) {
	if err := r.usable(ctx); err != nil {
		return nil, err
	}
	p := r.state.plan(of)
	if p == nil {
		return nil, storage.ErrNotFound
	}
	return restore(p)
}

// restore returns the plan of a stored state, or storage.ErrDamaged.
func restore(p *plan) (*pep.PEP, error) {
	restored, err := pep.Restore(p.state)
	if err != nil {
		return nil, &storage.Error{Op: "plan", Err: storage.ErrDamaged}
	}
	return restored, nil
}

func (r *reader) Plans(ctx context.Context, q storage.Query) iter.Seq2[*pep.PEP, error] {
	q.Stages = slices.Clone(q.Stages)
	return func(yield func(*pep.PEP, error) bool) {
		if err := q.Check(); err != nil {
			yield(nil, err)
			return
		}
		for p, err := range each(ctx, r, func(s *state) iter.Seq[*plan] { return s.list(q) }) {
			var found *pep.PEP
			if err == nil {
				found, err = restore(p)
			}
			if !yield(found, err) || err != nil {
				return
			}
		}
	}
}

func (r *reader) History(ctx context.Context, of pep.ID) iter.Seq2[pep.Event, error] {
	return each(ctx, r, func(s *state) iter.Seq[pep.Event] {
		if p := s.plan(of); p != nil {
			return slices.Values(p.history)
		}
		return none
	})
}

func none[T any](func(T) bool) {}

func (r *reader) Answers(ctx context.Context, of pep.ID, section, revision int) (forms.Answers, error) {
	if err := r.usable(ctx); err != nil {
		return forms.Answers{}, err
	}
	p := r.state.plan(of)
	if p == nil {
		return forms.Answers{}, nil
	}
	return p.standing(section, revision), nil
}

func (r *reader) Text(ctx context.Context, event uuid.UUID) (private.Text, error) {
	if err := r.usable(ctx); err != nil {
		return private.Text{}, err
	}
	return r.state.text(event)
}

func (r *reader) Sealed(ctx context.Context, of pep.ID) iter.Seq2[storage.Sealed, error] {
	return each(ctx, r, func(s *state) iter.Seq[storage.Sealed] { return s.copies(id(of.UUID)) })
}

func (r *reader) Outcome(ctx context.Context, key storage.Key) (storage.Outcome, error) {
	if err := r.usable(ctx); err != nil {
		return storage.Outcome{}, err
	}
	c, ok := r.state.commands.get(name(key))
	if !ok {
		return storage.Outcome{}, storage.ErrNotFound
	}
	return c.answer(), nil
}

// answer returns a copy of the outcome that shares no memory with c.
func (c command) answer() storage.Outcome {
	o := c.outcome
	o.Events = slices.Clone(o.Events)
	return o
}
