package workflow

import (
	"context"
	"errors"
	"slices"

	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
)

// Case is what somebody wants to act on or read about: a plan, a child without a
// plan, or the whole authority.
type Case struct {
	By     Actor
	Child  record.ChildID // zero for the whole authority
	Plan   *pep.PEP       // nil for a child without a plan, and for the whole authority
	Reader storage.Reader // the Reader of the transaction that reads the plan

	register *known
}

// Record returns what the register holds about the child, or storage.ErrNoRegister
// if there is no register. The service reads the record once in a transaction, so
// calling Record costs nothing more if the action needs it too.
func (c Case) Record(ctx context.Context) (record.Child, error) {
	if c.register == nil {
		return record.Child{}, storage.ErrNoRegister
	}
	return c.register.Child(ctx, c.Child)
}

// Registered is a Relation for a host whose register names each child's workers,
// whose groups work for the whole authority, and whose service desk acts on
// requests. The caseload of a social worker or personal adviser is every child for whom
// the register names them. A designated teacher is connected with the plans that are
// delegated to them now. Registered never returns access.UnderReview; a host that knows
// the reviewing officers must add it.
func Registered(ctx context.Context, c Case) (access.Relations, error) {
	switch c.By.Role {
	case pep.SocialWorker, pep.PersonalAdviser:
		return worksWith(ctx, c)
	case pep.DesignatedTeacher:
		if c.Plan != nil && c.Plan.Stage() == pep.Delegated && c.Plan.Snapshot().Contributor == c.By.Contributor {
			return access.Of(access.LiveDelegation), nil
		}
	case pep.BusinessSupport, pep.VirtualSchoolConsultant, pep.VirtualSchoolHead:
		return access.Of(access.GroupTray), nil
	case pep.ServiceDesk:
		return requested(ctx, c)
	case pep.System:
		return access.Of(access.Unattended), nil
	}
	return 0, nil
}

// worksWith returns access.OwnCaseload for the whole authority, and for a child
// whose worker is the actor.
func worksWith(ctx context.Context, c Case) (access.Relations, error) {
	if c.Child.IsZero() {
		return access.Of(access.OwnCaseload), nil
	}
	child, err := c.Record(ctx)
	if err != nil {
		return 0, err
	}
	worker := child.Worker
	if c.By.Role == pep.PersonalAdviser {
		worker = child.Adviser
	}
	if worker != c.By.ID {
		return 0, nil
	}
	return access.Of(access.OwnCaseload), nil
}

// requested returns the relation of the service desk. The desk works through its
// own tray, and it acts on a child's plan while a request to reopen, restore or
// delete one of the child's plans is open. If the store keeps no requests, the desk
// needs none.
func requested(ctx context.Context, c Case) (access.Relations, error) {
	group := access.Of(access.GroupTray)
	if c.Child.IsZero() {
		return group, nil
	}
	book, err := storage.BookOf(c.Reader)
	if errors.Is(err, storage.ErrNoRole) {
		return group | access.Of(access.OpenRequest), nil
	} else if err != nil {
		return 0, err
	}
	for q, err := range book.Requests(ctx, storage.RequestQuery{Scope: storage.Caseload(c.Child), Open: true}) {
		if err != nil {
			return 0, err
		}
		if slices.Contains(requests[:], q.Kind) {
			group |= access.Of(access.OpenRequest)
		}
	}
	return group, nil
}

// permission is what one actor may do about one case.
type permission struct {
	s    *Service
	role pep.Role
	have access.Relations
}

// may reports whether the actor may do a deed.
func (p permission) may(d access.Deed) bool {
	return p.s.c.Trusting || p.s.c.Access.Permits(p.role, d, p.have)
}

// see reports whether the actor may see the plan.
func (p permission) see() bool { return p.may(access.ReadPlan) }

// forbids reports whether the actor's relation keeps them from an action that the
// workflow gives to their role. If the workflow does not give the action to the
// role, forbids returns false, because the rules then refuse it and give their
// reasons.
func (p permission) forbids(v pep.Verb) bool {
	return !p.may(access.Act(v)) && p.s.standard.In(p.role, access.Act(v)) != 0
}
