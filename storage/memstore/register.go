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

// unshared returns a copy of c that shares no memory with it.
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
	return each(ctx, r, func(s *state) iter.Seq[record.Contributor] { return s.workers(id(at.UUID)) })
}

// workers iterates over the contributors of an establishment.
func (s *state) workers(at id) iter.Seq[record.Contributor] {
	return func(yield func(record.Contributor) bool) {
		here := func(p pair) bool { return p.of == at }
		for p := range s.workingAt.from(pair{of: at}, here) {
			if c, _ := s.contributors.get(p.id); !yield(c) {
				return
			}
		}
	}
}

func (r *reader) Caseload(ctx context.Context, worker record.PersonID) iter.Seq2[record.Child, error] {
	return each(ctx, r, func(s *state) iter.Seq[record.Child] {
		return func(yield func(record.Child) bool) {
			theirs := func(p pair) bool { return p.of == id(worker.UUID) }
			for p := range s.caseloads.from(pair{of: id(worker.UUID)}, theirs) {
				if c, _ := s.children.get(p.id); !yield(unshared(c)) {
					return
				}
			}
		}
	})
}

func (r *reader) ChildrenOf(ctx context.Context, ids ...record.ChildID) iter.Seq2[record.Child, error] {
	of := distinct(ids)
	return each(ctx, r, func(s *state) iter.Seq[record.Child] {
		return func(yield func(record.Child) bool) {
			for c := range known(&s.children, of) {
				if !yield(unshared(c)) {
					return
				}
			}
		}
	})
}

func (r *reader) EstablishmentsOf(ctx context.Context, ids ...record.EstablishmentID) iter.Seq2[record.Establishment, error] {
	of := distinct(ids)
	return each(ctx, r, func(s *state) iter.Seq[record.Establishment] { return known(&s.establishments, of) })
}

// known looks up each of the keys in t, and iterates over the values that it finds.
func known[V any](t *tree[id, V], keys []id) iter.Seq[V] {
	return func(yield func(V) bool) {
		for _, k := range keys {
			if v, ok := t.get(k); ok && !yield(v) {
				return
			}
		}
	}
}

func (r *reader) ContributorsAt(ctx context.Context, of ...record.EstablishmentID) iter.Seq2[record.Contributor, error] {
	places := distinct(of)
	return each(ctx, r, func(s *state) iter.Seq[record.Contributor] {
		return func(yield func(record.Contributor) bool) {
			for _, at := range places {
				for c := range s.workers(at) {
					if !yield(c) {
						return
					}
				}
			}
		}
	})
}

func (r *reader) Named(ctx context.Context, name string) iter.Seq2[record.Establishment, error] {
	return each(ctx, r, func(s *state) iter.Seq[record.Establishment] {
		return func(yield func(record.Establishment) bool) {
			same := func(l label) bool { return l.name == name }
			for l := range s.named.from(label{name: name}, same) {
				if e, _ := s.establishments.get(l.id); !yield(e) {
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
	own, s, k := unshared(&c), t.state, id(c.ID.UUID)
	if old, ok := s.children.get(k); ok {
		for of := range workersOf(old) {
			s.caseloads.cut(s.owner, pair{of, k})
		}
	}
	s.children.set(s.owner, k, &own)
	for of := range workersOf(&own) {
		s.caseloads.set(s.owner, pair{of, k}, struct{}{})
	}
	return nil
}

// workersOf iterates over the child's worker and adviser, if they are set.
func workersOf(c *record.Child) iter.Seq[id] {
	return func(yield func(id) bool) {
		for _, of := range [...]record.PersonID{c.Worker, c.Adviser} {
			if !of.IsZero() && !yield(id(of.UUID)) {
				return
			}
		}
	}
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
	s, k := t.state, id(e.ID.UUID)
	if old, ok := s.establishments.get(k); ok {
		s.named.cut(s.owner, label{old.Name, k})
	}
	s.establishments.set(s.owner, k, e)
	s.named.set(s.owner, label{e.Name, k}, struct{}{})
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
