package memstore

import (
	"context"
	"iter"

	"virtualschool.example/storage"
)

func (r *reader) Entries(ctx context.Context, q storage.AuditQuery) iter.Seq2[storage.Entry, error] {
	of := scoped(q.Scope)
	of.after = past(q.After)
	of = of.since(q.From).before(q.To)
	return selected(ctx, r, q.Check(), q.Limit, func(s *state) iter.Seq[storage.Entry] { return s.entries.each(of) })
}

func (t *tx) Audit(ctx context.Context, e storage.Entry) error {
	check := e.Check()
	e.At = storage.Instant(e.At)
	own, at := id(e.ID), e.At.UnixMicro()
	return file(ctx, t, &t.state.entries, e, check,
		itself(e.ID),
		place{amongAll, id{}, at, own},
		place{ofPlan, id(e.Plan.UUID), at, own},
		place{ofChild, id(e.Child.UUID), at, own},
		place{ofPerson, id(e.By.UUID), at, own},
		place{ofPerson, id(e.For.UUID), at, own})
}
