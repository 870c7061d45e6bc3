package workflow

import (
	"context"
	"errors"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
)

// visit is what one actor does or reads in one transaction. It reads each fact
// once.
type visit struct {
	*Service
	ctx context.Context
	r   storage.Reader
	by  Actor
	may permission // the actor's permission for the case that the visit is dealing with now
	known

	alerted []storage.Message // the alerts about all children of the caseload; nil if they were not read
	damaged []*Error          // the damaged plans, and the damaged records of children, found while reading a list
}

// visit begins an actor's visit in a transaction.
func (s *Service) visit(ctx context.Context, r storage.Reader, by Actor) *visit {
	return &visit{Service: s, ctx: ctx, r: r, by: by, known: known{Register: s.c.Register(r)}}
}

// permission returns what the actor may do about a child's case, or about the whole
// authority if child is zero.
func (v *visit) permission(child record.ChildID, p *pep.PEP) (permission, error) {
	may := permission{s: v.Service, role: v.by.Role}
	if v.c.Trusting {
		return may, nil
	}
	have, err := v.c.Relation(context.WithValue(v.ctx, within{}, true), Case{By: v.by, Child: child, Plan: p, Reader: v.r, register: &v.known})
	if err == nil {
		may.have = have
	} else if failed(err) && KindOf(err) != Damaged {
		return may, err
	}
	return may, nil
}

// within marks the context of a call to Relation, which may read through the service
// while the service waits for it.
type within struct{}

// nested reports whether a call comes from a Relation. What a Relation reads is not
// audited: no person reads it, and the entry might have to wait for the transaction
// that called the Relation.
func nested(ctx context.Context) bool { return ctx.Value(within{}) != nil }

// see returns a plan and the actor's permission for it. It returns errUnseen if the
// actor may not see the plan.
func (v *visit) see(id pep.ID, a *attempt) (*pep.PEP, permission, error) {
	p, err := v.r.Plan(v.ctx, id)
	if errors.Is(err, storage.ErrNotFound) {
		a.on(v.r, record.ChildID{})
		return nil, permission{}, errUnseen // audited like a denial, so that nobody can tell the two apart
	}
	if err != nil {
		return nil, permission{}, err
	}
	a.on(v.r, p.Child())
	may, err := v.permission(p.Child(), p)
	if err == nil && !may.see() {
		err = errUnseen
	}
	return p, may, err
}

// requests gives, for each action, the kind of request that asks the service desk
// for it.
var requests = [...]record.RequestKind{
	pep.VerbReopen:          record.ReopenPlan,
	pep.VerbRestoreSections: record.RestorePlan,
	pep.VerbDelete:          record.DeletePlan,
}

// objection returns why the actor may not take an action that the workflow gives to
// their role, or the zero Code if they may. Either their relation to the case does
// not let them, or nobody asked the service desk for the action.
func (v *visit) objection(p *pep.PEP, verb pep.Verb) (rule.Code, error) {
	if v.may.forbids(verb) {
		return rule.NotPermitted, nil
	}
	if !v.c.NeedRequests || v.by.Role != pep.ServiceDesk || int(verb) >= len(requests) || requests[verb] == 0 {
		return 0, nil
	}
	book, err := storage.BookOf(v.r)
	if err != nil {
		return 0, err
	}
	for q, err := range book.Requests(v.ctx, storage.RequestQuery{Scope: storage.Caseload(p.Child()), Open: true}) {
		if err != nil {
			return 0, err
		}
		if q.Kind == requests[verb] && q.Meeting == p.Meeting() {
			return 0, nil
		}
	}
	return rule.NotRequested, nil
}

// object returns a refusal if there is an objection to an action, and nil otherwise.
func (v *visit) object(p *pep.PEP, verb pep.Verb) error {
	code, err := v.objection(p, verb)
	if err != nil || code == 0 {
		return err
	}
	var reasons rule.Reasons
	reasons.AddReason(verb.Refused(code))
	return reasons.Err(verb.String())
}
