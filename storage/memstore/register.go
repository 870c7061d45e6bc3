package memstore

import (
	"context"
	"iter"
	"slices"

	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
)

func (r *reader) Child(ctx context.Context, of record.ChildID) (record.Child, error) {
	if err := r.usable(ctx); err != nil {
		return record.Child{}, err
	}
	c, ok := r.state.children.get(id(of.UUID))
	if !ok {
		return record.Child{}, storage.ErrNotFound
	}
	return unshared(c), nil
}

// unshared returns a child in memory of its own.
func unshared(c *record.Child) record.Child {
	own := *c
	own.Care.Episodes = slices.Clone(c.Care.Episodes)
	own.Education = slices.Clone(c.Education)
	return own
}

func (r *reader) Children(ctx context.Context, born record.Span, after record.ChildID) iter.Seq2[record.Child, error] {
	return each(ctx, r, func(s *state) iter.Seq[record.Child] {
		return func(yield func(record.Child) bool) {
			for k, c := range s.children.from(id(after.UUID), all) {
				passed := k == id(after.UUID) || !storage.BornOn(born, c.Born.Reveal(private.Deciding))
				if !passed && !yield(unshared(c)) {
					return
				}
			}
		}
	})
}

func all(id) bool { return true }

func (r *reader) Establishment(ctx context.Context, of record.EstablishmentID) (record.Establishment, error) {
	if err := r.usable(ctx); err != nil {
		return record.Establishment{}, err
	}
	e, ok := r.state.establishments.get(id(of.UUID))
	if !ok {
		return e, storage.ErrNotFound
	}
	return e, nil
}

func (r *reader) Contributor(ctx context.Context, of record.ContributorID) (record.Contributor, error) {
	if err := r.usable(ctx); err != nil {
		return record.Contributor{}, err
	}
	c, ok := r.state.contributors.get(id(of.UUID))
	if !ok {
		return c, storage.ErrNotFound
	}
	return c, nil
}

func (r *reader) Contributors(ctx context.Context, at record.EstablishmentID) iter.Seq2[record.Contributor, error] {
	return each(ctx, r, func(s *state) iter.Seq[record.Contributor] {
		return func(yield func(record.Contributor) bool) {
			here := func(p pair) bool { return p.of == id(at.UUID) }
			for p := range s.workingAt.from(pair{of: id(at.UUID)}, here) {
				if c, _ := s.contributors.get(p.id); !yield(c) {
					return
				}
			}
		}
	})
}

func (t *tx) PutChild(ctx context.Context, c record.Child) error {
	if err := t.usable(ctx); err != nil {
		return err
	}
	if c.ID.IsZero() {
		return noID()
	}
	if err := c.Check(); err != nil {
		return err
	}
	own := unshared(&c)
	t.state.children.set(t.state.owner, id(c.ID.UUID), &own)
	return nil
}

func (t *tx) PutEstablishment(ctx context.Context, e record.Establishment) error {
	if err := t.usable(ctx); err != nil {
		return err
	}
	if e.ID.IsZero() {
		return noID()
	}
	if err := e.Check(); err != nil {
		return err
	}
	t.state.establishments.set(t.state.owner, id(e.ID.UUID), e)
	return nil
}

func (t *tx) PutContributor(ctx context.Context, c record.Contributor) error {
	if err := t.usable(ctx); err != nil {
		return err
	}
	if c.ID.IsZero() {
		return noID()
	}
	s, k := t.state, id(c.ID.UUID)
	if old, ok := s.contributors.get(k); ok {
		s.workingAt.cut(s.owner, pair{id(old.Establishment.UUID), k})
	}
	c.Actioned = storage.Instant(c.Actioned)
	s.contributors.set(s.owner, k, c)
	s.workingAt.set(s.owner, pair{id(c.Establishment.UUID), k}, struct{}{})
	return nil
}

func noID() error { return &rule.Invalid{Member: "id", Want: "an id"} }
