package workflow

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
)

// subject says what an errand is about.
type subject uint8

// The subjects.
const (
	authority subject = iota // the whole authority
	aChild                   // the case of a child
	aPlan
)

// errand is something that an actor wants to read, or to do outside the workflow.
type errand struct {
	by    Actor
	about subject
	name  string      // the service's method, for errors and the audit trail; "" means the name of the deed
	deed  access.Deed // the deed that the actor must be permitted to do; zero if fn checks each plan itself
	plan  pep.ID
	child record.ChildID
	acts  bool // whether the errand changes something or takes something out of the system; if it does, it is always entered in the audit trail
}

// run calls fn in a transaction, provided that the actor is permitted to do the
// errand. It passes nil to fn if the errand is not about a plan. If the actor is not
// permitted, run returns storage.ErrNotFound and enters the denial in the audit
// trail of a store that keeps one.
//
// An errand that changes or exports something is entered there too, in the
// transaction that carries it out. If the host audits readings, a reading is entered
// before fn is called, in a transaction of its own, because fn may show what it
// reads and a store may run a writing transaction more than once.
func (s *Service) run(ctx context.Context, e errand, fn func(v *visit, p *pep.PEP) error) (err error) {
	if e.name == "" {
		e.name = e.deed.String()
	}
	started := s.c.Now()
	defer func() {
		if !errors.Is(err, errLeft) {
			s.observe(ctx, e.name, e.by.Role, started, err)
		}
	}()
	tried := attempt{by: e.by, name: e.name, plan: e.plan, child: e.child, at: started}
	if err = e.by.Check(); err == nil && (e.acts || s.c.AuditReadings && !nested(ctx)) {
		err = s.c.Plans.Update(ctx, func(tx storage.Tx) error {
			return s.visit(ctx, tx, e.by).carryOut(e, &tried, func(v *visit, p *pep.PEP) error {
				if e.acts {
					if err := fn(v, p); err != nil {
						return err
					}
				}
				return v.enter(e, &tried)
			})
		})
	}
	if err == nil && !e.acts {
		err = s.c.Plans.View(ctx, func(r storage.Reader) error { return s.visit(ctx, r, e.by).carryOut(e, &tried, fn) })
	}
	return wrap(e.name, e.plan, s.denied(ctx, tried, err))
}

// carryOut calls fn if the actor is permitted to do the errand.
func (v *visit) carryOut(e errand, tried *attempt, fn func(*visit, *pep.PEP) error) error {
	p, err := v.admit(e, tried)
	if err != nil {
		return err
	}
	return fn(v, p)
}

// admit returns the plan of an errand, or nil if the errand is not about a plan. It
// returns an error if the actor is not permitted to do the errand.
func (v *visit) admit(e errand, tried *attempt) (p *pep.PEP, err error) {
	if e.about == aPlan {
		p, v.may, err = v.see(e.plan, tried)
	} else {
		tried.on(v.r, e.child)
		if v.may, err = v.permission(e.child, nil); err == nil && e.about == aChild && e.child.IsZero() {
			err = errUnseen
		}
	}
	if err == nil && e.deed != 0 && (!v.may.may(e.deed) || e.deed == access.Export && !v.may.may(access.ReadAnswers)) {
		err = errUnseen
	}
	return p, err
}

// enter enters an errand in the audit trail, if the store keeps one.
func (v *visit) enter(e errand, tried *attempt) error {
	if !tried.audits {
		return nil
	}
	auditor, err := writing(v, storage.AuditorOf)
	if err != nil {
		return err
	}
	what := storage.Looked
	switch {
	case e.deed == access.Export:
		what = storage.Exported
	case e.acts:
		what = storage.Acted
	}
	return auditor.Audit(v.ctx, tried.entry(uuid.UUID(v.c.NewID()), what))
}
