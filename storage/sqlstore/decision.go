package sqlstore

import (
	"context"
	"iter"

	"virtualschool.example/pep"
	"virtualschool.example/pep/payment"
	"virtualschool.example/pep/private"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore/internal/fault"
	"virtualschool.example/storage/sqlstore/internal/statement"
)

func (r *reader) Decisions(ctx context.Context, plans ...pep.ID) iter.Seq2[payment.Discretion, error] {
	if len(plans) > 0 {
		return among(ctx, r.session, "decisions", statement.DecisionsOf, plans, func(scan scanner) (payment.Discretion, error) {
			return decision(scan, new(int64), new(int64))
		})
	}
	return func(yield func(payment.Discretion, error) bool) {
		var day, number int64 // the place of the last decision read
		page := func(limit int) ([]found[payment.Discretion], error) {
			return collect(ctx, r.session, "decisions", statement.Decisions, func(scan scanner) (payment.Discretion, error) {
				return decision(scan, &day, &number)
			}, r.authority(), day, number, limit)
		}
		paged(ctx, r.session, page)(yield)
	}
}

// decision reads a row of pep_decision, and stores the row's place in *on and *number.
func decision(scan scanner, on, number *int64) (payment.Discretion, error) {
	var plan, person []byte
	var held int64
	var reason string
	d := payment.Discretion{Verdict: payment.Payable, Role: pep.VirtualSchoolHead}
	if err := scan(on, number, &plan, &held, &d.Pence, &person, &reason); err != nil {
		return payment.Discretion{}, err
	}
	d.Plan.UUID, d.By.UUID, d.On, d.Reason = idOf(plan), idOf(person), dayOf(*on), private.NewText(reason)
	if held != 0 {
		d.Verdict = payment.Held
	}
	if d.Check() != nil {
		return payment.Discretion{}, damaged("decisions")
	}
	return d, nil
}

// Decide adds a decision with the next number. If another transaction has taken that
// number meanwhile, Decide returns storage.ErrContention.
func (t *tx) Decide(ctx context.Context, d payment.Discretion) error {
	if err := t.putting(ctx, false, d.Check); err != nil {
		return err
	}
	n, err := t.exec(ctx, "decide", statement.Decide, t.authority(), t.authority(), t.id(&d.Plan.UUID), day(d.On),
		flag(d.Verdict == payment.Held), int64(d.Pence), t.id(&d.By.UUID), t.text(d.Reason.Reveal(private.Storing)))
	if err == nil && n == 0 {
		t.kind = fault.Busy
		err = t.breaks(&storage.Error{Op: "decide", Err: storage.ErrContention})
	}
	return err
}
