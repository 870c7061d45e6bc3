package workflow

import (
	"context"
	"errors"

	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
)

// visit is what one actor does or reads in one transaction. It reads each fact
// once.
type visit struct {
	*Service
	ctx context.Context
	r   storage.Reader
	by  Actor
	may permission // about the case that the visit is concerned with now
	known
}

// visit returns the visit of an actor in a transaction.
func (s *Service) visit(ctx context.Context, r storage.Reader, by Actor) *visit {
	return &visit{Service: s, ctx: ctx, r: r, by: by, known: known{Register: s.c.Register(r)}}
}

// permission returns what the actor may do about a child's case, or about the
// whole authority where no child is named.
func (v *visit) permission(child record.ChildID, p *pep.PEP) (permission, error) {
	may := permission{s: v.Service, role: v.by.Role}
	if v.c.Trusting {
		return may, nil
	}
	have, err := v.c.Relation(v.ctx, Case{By: v.by, Child: child, Plan: p, Reader: v.r, register: &v.known})
	if err == nil {
		may.have = have
	} else if failed(err) {
		return may, err
	}
	return may, nil
}

// need returns errUnseen unless the actor may do a deed about the whole authority.
func (v *visit) need(d access.Deed) error {
	may, err := v.permission(record.ChildID{}, nil)
	if err == nil && !may.may(d) {
		err = errUnseen
	}
	return err
}

// see returns a plan that the actor may see, with what they may do about it.
func (v *visit) see(id pep.ID, a *attempt) (*pep.PEP, permission, error) {
	p, err := v.r.Plan(v.ctx, id)
	if errors.Is(err, storage.ErrNotFound) {
		err = storage.ErrNotFound
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
