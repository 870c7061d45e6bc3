package workflow

import (
	"context"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
)

// errand is something that an actor wants to read or to do beside the workflow:
// about a plan, about a child's case, or about the whole authority where neither
// is named.
type errand struct {
	by    Actor
	name  string      // of the service's method, for errors and the audit trail; "" for the deed's
	deed  access.Deed // what the actor must be permitted to do; zero where fn sees to it, plan by plan
	plan  pep.ID
	child record.ChildID
	acts  bool // it changes something, which is entered in the audit trail
}

// run calls fn in a transaction once the actor is permitted to do the errand; p is
// nil for an errand about no plan. What the actor may not see is
// storage.ErrNotFound, and the denial is entered in the audit trail of a store that
// keeps one. So is the errand itself, in the same transaction, if it changes
// something or the host has its readings audited.
func (s *Service) run(ctx context.Context, e errand, fn func(v *visit, p *pep.PEP) error) error {
	if e.name == "" {
		e.name = e.deed.String()
	}
	tried := attempt{by: e.by, name: e.name, plan: e.plan, child: e.child, at: s.c.Now()}
	err := e.by.Check()
	if err == nil {
		err = s.transact(ctx, s.writes(e), func(r storage.Reader) error {
			v := s.visit(ctx, r, e.by)
			p, err := v.admit(e, &tried)
			if err != nil {
				return err
			}
			if err := fn(v, p); err != nil {
				return err
			}
			return v.enter(e, &tried)
		})
	}
	return wrap(e.name, e.plan, s.denied(ctx, tried, err))
}

// writes reports whether an errand's transaction writes: what it changes, or that
// it was a reading.
func (s *Service) writes(e errand) bool { return e.acts || s.c.AuditReadings }

// transact calls fn in a transaction, which can write where writes says so.
func (s *Service) transact(ctx context.Context, writes bool, fn func(storage.Reader) error) error {
	if !writes {
		return s.c.Plans.View(ctx, fn)
	}
	return s.c.Plans.Update(ctx, func(tx storage.Tx) error { return fn(tx) })
}

// admit returns the plan of an errand, nil for none, once the actor is permitted
// to do the errand.
func (v *visit) admit(e errand, tried *attempt) (p *pep.PEP, err error) {
	if e.plan.IsZero() {
		tried.on(v.r, e.child)
		if e.deed == 0 {
			return nil, nil
		}
		v.may, err = v.permission(e.child, nil)
	} else {
		p, v.may, err = v.see(e.plan, tried)
	}
	if err == nil && !v.may.may(e.deed) {
		err = errUnseen
	}
	return p, err
}

// enter enters an errand in the audit trail of a store that keeps one.
func (v *visit) enter(e errand, tried *attempt) error {
	if !v.writes(e) || !tried.audits {
		return nil
	}
	auditor, err := writing(v, storage.AuditorOf)
	if err != nil {
		return err
	}
	what := storage.Looked
	if e.acts {
		what = storage.Acted
	}
	return auditor.Audit(v.ctx, tried.entry(uuid.UUID(v.c.NewID()), what))
}
