package sqlstore

import (
	"context"
	"iter"

	"virtualschool.example/pep/payment"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore/internal/statement"
)

var paidOf = ways{
	all: statement.Paid, child: statement.PaidOfChild, children: statement.PaidOfChildren,
	establishment: statement.PaidOfEstablishment,
}

func (r *reader) Paid(ctx context.Context, q storage.PaymentQuery) iter.Seq2[payment.Line, error] {
	lines := r.scoped(q.Scope, paidOf).from(place{termNumber(q.After.Term), q.After.Child.UUID})
	if !q.Term.IsZero() {
		lines.through = termNumber(q.Term)
		lines = lines.from(place{when: lines.through})
	}
	return listed(ctx, r.session, "paid", q.Check(), lines, q.Limit, line)
}

// line reads a row of pep_payment.
func line(scan located) (payment.Line, error) {
	var establishment, plan []byte
	var paidOn int64
	var reason string
	var l payment.Line
	at, err := scan(&establishment, &l.Pence, &paidOn, &plan, &l.Version, &reason)
	if err != nil {
		return payment.Line{}, err
	}
	l.Child.UUID, l.Establishment.UUID, l.Plan.UUID = at.which, idOf(establishment), idOf(plan)
	l.Term, l.PaidOn = termOf(at.when), dayOf(paidOn)
	l.FinancialYear = l.Term.FinancialYear()
	for _, r := range [...]payment.Cause{payment.Paid, payment.PaidByHead} {
		if r.String() == reason {
			l.Cause = r
		}
	}
	if l.Check() != nil {
		return payment.Line{}, damaged("paid")
	}
	return l, nil
}

func (t *tx) Pay(ctx context.Context, l payment.Line) error {
	if err := t.putting(ctx, false, l.Check); err != nil {
		return err
	}
	return t.enter(ctx, "pay", statement.Pay, place{termNumber(l.Term), l.Child.UUID},
		t.id(&l.Establishment.UUID), int64(l.Pence), day(l.PaidOn), t.id(&l.Plan.UUID), l.Version, l.Cause.String())
}
