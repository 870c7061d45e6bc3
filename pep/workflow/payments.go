package workflow

import (
	"context"

	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/payment"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/term"
)

// PaymentRun is a payment run, with the plans about which it could not decide.
type PaymentRun struct {
	payment.Run
	Failed []*Error `json:"failed"` // plans whose child or establishment cannot be read; a later run can pay them
}

// Pay makes the payment run for a term and for late plans of earlier terms (PAY-9).
// In one transaction it decides what is paid today and stores every line. It returns
// the lines, and also what is held and what is not payable. If a run is repeated, it
// pays nothing twice (PAY-3).
func (s *Service) Pay(ctx context.Context, by Actor, t term.Term) (run PaymentRun, err error) {
	err = s.run(ctx, errand{by: by, deed: access.Pay, acts: true}, func(v *visit, _ *pep.PEP) error {
		to, err := writing(v, storage.PayerOf)
		if err != nil {
			return err
		}
		if run, err = v.settle(to, t); err != nil {
			return err
		}
		for _, line := range run.Lines {
			if err := to.Pay(ctx, line); err != nil {
				return err
			}
		}
		return nil
	})
	return run, err
}

// PreviewPayments returns what Pay would do today, without paying anything.
func (s *Service) PreviewPayments(ctx context.Context, by Actor, t term.Term) (run PaymentRun, err error) {
	err = s.run(ctx, errand{by: by, deed: access.ReadPayments}, func(v *visit, _ *pep.PEP) error {
		from, err := storage.PaymentsOf(v.r)
		if err == nil {
			run, err = v.settle(from, t)
		}
		return err
	})
	return run, err
}

// Paid returns the lines of earlier runs that q selects, sorted by term and then by
// child. It returns storage.ErrNoRole if the store keeps no payments.
func (s *Service) Paid(ctx context.Context, by Actor, q storage.PaymentQuery) (lines []payment.Line, err error) {
	err = s.run(ctx, errand{by: by, name: "paid", deed: access.ReadPayments}, func(v *visit, _ *pep.PEP) error {
		from, err := storage.PaymentsOf(v.r)
		if err != nil {
			return err
		}
		lines = []payment.Line{}
		for line, err := range from.Paid(ctx, q) {
			if err != nil {
				return err
			}
			lines = append(lines, line)
		}
		return nil
	})
	return lines, err
}

// DecidePayment stores the virtual school head's decision to pay for a plan or to
// hold its payment (PAY-11). Every run from today on follows it. The service fills
// in who decides, in which role and when. A blank reason is a *rule.Refusal. Any
// other role gets storage.ErrNotFound, or a *rule.Refusal if the host is Trusting.
func (s *Service) DecidePayment(ctx context.Context, by Actor, d payment.Discretion) error {
	d.By, d.Role, d.On = by.ID, by.Role, s.Today()
	return s.run(ctx, errand{by: by, about: aPlan, deed: access.DecidePayment, plan: d.Plan, acts: true}, func(v *visit, _ *pep.PEP) error {
		to, err := writing(v, storage.PayerOf)
		if err == nil {
			err = d.Check()
		}
		if err != nil {
			return err
		}
		return to.Decide(ctx, d)
	})
}

// settle decides a payment run from what the store holds.
func (v *visit) settle(from storage.Payments, t term.Term) (run PaymentRun, err error) {
	run.Failed = []*Error{}
	order := payment.Order{Term: t, On: v.Today()}
	for line, err := range from.Paid(v.ctx, storage.PaymentQuery{Scope: storage.Everything()}) {
		if err != nil {
			return run, err
		}
		order.Paid = append(order.Paid, line)
	}
	for d, err := range from.Decisions(v.ctx) {
		if err != nil {
			return run, err
		}
		order.Decisions = append(order.Decisions, d)
	}
	plans := sound(v.r.Plans(v.ctx, storage.Query{Scope: storage.Everything()}), func(id pep.ID, err error) {
		run.Failed = append(run.Failed, &Error{Op: "pay", Plan: id, Err: err})
	})
	for page, err := range pages(plans, batch) {
		if err == nil {
			err = v.claims(&order, &run, page)
		}
		if err != nil {
			return run, err
		}
	}
	run.Run, err = payment.Settle(v.c.Policy, order)
	return run, err
}

// claims adds the claims of some plans to an order. It leaves out plans whose
// term is after the term of the order.
func (v *visit) claims(order *payment.Order, run *PaymentRun, plans []*pep.PEP) error {
	if err := v.readChildren(v.ctx, plans); err != nil {
		return err
	}
	for _, p := range plans {
		plan := p.Snapshot()
		if plan.Term.After(order.Term) {
			continue
		}
		claim, err := v.claim(&plan)
		switch {
		case err == nil:
			order.Claims = append(order.Claims, claim)
		case ofOne(err):
			run.Failed = append(run.Failed, &Error{Op: "pay", Plan: plan.ID, Err: ofRecord(err)})
		default:
			return err
		}
	}
	return nil
}

// claim returns the claim of a plan, with the child and the establishment as they
// are in the register now.
func (v *visit) claim(plan *pep.Snapshot) (payment.PlanClaim, error) {
	child, err := v.known.Child(v.ctx, plan.Child)
	if err != nil {
		return payment.PlanClaim{}, err
	}
	where := plan.Establishment
	if plan.Final.Revision != 0 {
		where = plan.Final.Establishment
	}
	var at *record.Establishment
	if !where.IsZero() {
		e, err := v.Establishment(v.ctx, where)
		if err != nil {
			return payment.PlanClaim{}, err
		}
		at = &e
	}
	return payment.ClaimOf(plan, child.Born.Reveal(private.Deciding), child.Recorded(), at)
}
