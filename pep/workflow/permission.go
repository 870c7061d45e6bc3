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

// Case is what somebody wants to do something about: a plan, a child without a
// plan, or the whole authority.
type Case struct {
	By     Actor
	Child  record.ChildID // zero for the whole authority
	Plan   *pep.PEP       // nil for a child without a plan, and for the whole authority
	Reader storage.Reader // of the transaction in which the plan is read

	register *known
}

// Record returns what the register holds of the child. The service reads it once
// in a transaction, so that asking here costs no further statement where the
// action needs it too.
func (c Case) Record(ctx context.Context) (record.Child, error) {
	if c.register == nil {
		return record.Child{}, storage.ErrNoRegister
	}
	return c.register.Child(ctx, c.Child)
}

// Registered is a Relation for a host whose register names the workers of each
// child, whose groups work for the whole authority, and whose service desk acts
// on requests. A social worker and a personal adviser have the children that the
// register gives them. A designated teacher has the plans that are delegated to
// them now. Nobody reviews a case by it: a host that knows the reviewing officers
// adds access.UnderReview.
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

// worksWith returns the relation of a worker: to the whole authority that of
// having a caseload, and to a child that of having the child on it.
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

// requested returns the relation of the service desk: it works its own tray, and
// acts on a child's plan while a request about it is open. Where the store keeps
// no requests, it acts without one.
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

// forbids reports whether the actor may not take an action that the workflow
// gives their role. What the workflow does not give the role is for the rules to
// refuse, with their reasons.
func (p permission) forbids(v pep.Verb) bool {
	return !p.may(access.Act(v)) && p.s.standard.In(p.role, access.Act(v)) != 0
}
