package memstore

import (
	"context"
	"iter"

	"virtualschool.example/pep"
	"virtualschool.example/pep/payment"
	"virtualschool.example/storage"
	"virtualschool.example/term"
)

func (r *reader) Paid(ctx context.Context, q storage.PaymentQuery) iter.Seq2[payment.Line, error] {
	of := scoped(q.Scope)
	if q.After != (storage.PaymentPlace{}) {
		of.after = place{at: termNumber(q.After.Term), id: id(q.After.Child.UUID)}
	}
	if !q.Term.IsZero() {
		of.through = termNumber(q.Term)
		if first := (place{at: of.through}); first.follows(&of.after) {
			of.after = first
		}
	}
	return selected(ctx, r, q.Check(), q.Limit, func(s *state) iter.Seq[payment.Line] { return s.lines.each(of) })
}

func (t *tx) Pay(ctx context.Context, l payment.Line) error {
	child, of := id(l.Child.UUID), termNumber(l.Term)
	return file(ctx, t, &t.state.lines, l, l.Check(),
		place{ofChild, child, of, child},
		place{amongAll, id{}, of, child},
		place{ofEstablishment, id(l.Establishment.UUID), of, child})
}

func (r *reader) Decisions(ctx context.Context, plans ...pep.ID) iter.Seq2[payment.Discretion, error] {
	of := everything()
	if len(plans) > 0 {
		of.by, of.groups = ofPlan, distinct(plans)
	}
	return each(ctx, r, func(s *state) iter.Seq[payment.Discretion] { return s.decided.each(of) })
}

// Decide adds a decision, and numbers decisions in the order in which they are made.
func (t *tx) Decide(ctx context.Context, d payment.Discretion) error {
	day, next := dayNumber(d.On), numbered(uint64(t.state.decided.n))
	return file(ctx, t, &t.state.decided, d, d.Check(),
		place{amongAll, id{}, day, next},
		place{ofPlan, id(d.Plan.UUID), day, next})
}

func termNumber(t term.Term) int64 { return int64(t.Year())<<8 | int64(t.Season()) }
