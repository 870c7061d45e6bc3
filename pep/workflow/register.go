package workflow

import (
	"context"
	"errors"
	"slices"
	"time"

	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
)

// Agencies returns the establishments of the register whose name and post code are
// exactly as given (PRE-4), sorted by id. It returns storage.ErrNoRole if the
// register cannot be searched by name.
func (s *Service) Agencies(ctx context.Context, by Actor, name, postCode string) (found []record.Establishment, err error) {
	err = s.run(ctx, errand{by: by, name: "agencies", deed: access.ReadRegister}, func(v *visit, _ *pep.PEP) error {
		directory, ok := v.Register.(storage.Directory)
		if !ok {
			return storage.ErrNoRole
		}
		found = nil
		for e, err := range directory.Named(ctx, name) {
			if err != nil {
				return err
			}
			if delegation.MatchesAgency(e, name, postCode) {
				found = append(found, e)
			}
		}
		return nil
	})
	return found, err
}

// Child returns what the register holds about a child. It returns
// storage.ErrNotFound if there is no such child, or if the actor may not see the
// child's case. A designated teacher, for example, may not see the case, but the
// views of the plans delegated to them name the child.
func (s *Service) Child(ctx context.Context, by Actor, id record.ChildID) (child record.Child, err error) {
	err = s.run(ctx, errand{by: by, about: aChild, name: "child", deed: access.ReadPlan, child: id}, func(v *visit, _ *pep.PEP) error {
		child, err = v.known.Child(ctx, id)
		return err
	})
	return child, err
}

// Contributors returns the contributors of an establishment, active or not, in the
// order of the register. A host uses it to let somebody choose the contributor to
// whom a plan is delegated.
func (s *Service) Contributors(ctx context.Context, by Actor, of record.EstablishmentID) (all []record.Contributor, err error) {
	err = s.run(ctx, errand{by: by, name: "contributors", deed: access.ReadRegister}, func(v *visit, _ *pep.PEP) error {
		if v.Register == nil {
			return storage.ErrNoRegister
		}
		all = nil
		for c, err := range v.known.Contributors(ctx, of) {
			if err != nil {
				return err
			}
			all = append(all, c)
		}
		return nil
	})
	return all, err
}

// Convert records in the store's register that a school has become an academy
// (CHG-3). The school's payments are held until its new finance details are on
// record (PAY-8).
func (s *Service) Convert(ctx context.Context, by Actor, id record.EstablishmentID, to pep.Conversion) error {
	return s.run(ctx, errand{by: by, name: "convert", deed: access.ChangeRegister, acts: true}, func(v *visit, _ *pep.PEP) error {
		register, err := writing(v, storage.RegistrarOf)
		if err != nil {
			return err
		}
		e, err := register.Establishment(ctx, id)
		if err != nil {
			return err
		}
		if e, err = s.c.Policy.Convert(e, to); err != nil {
			return err
		}
		return register.PutEstablishment(ctx, e)
	})
}

// Preflight says whether a plan can be delegated to a contributor now, even before
// there is a plan (PRE-1 to PRE-3).
type Preflight struct {
	Reasons  []rule.Reason    `json:"reasons"`       // the reasons why the plan cannot be delegated now; empty if it can
	From     time.Time        `json:"from,omitzero"` // the instant from which the plan can be delegated; zero if it can be delegated now, or if waiting does not help
	Requests []record.Request `json:"-"`             // the open requests to the service desk about the establishment
}

// Preflight returns whether a plan could be delegated to a contributor now.
func (s *Service) Preflight(ctx context.Context, by Actor, to record.ContributorID) (found Preflight, err error) {
	err = s.run(ctx, errand{by: by, name: "preflight", deed: access.ReadRegister}, func(v *visit, _ *pep.PEP) error {
		found, err = v.preflight(to)
		return err
	})
	return found, err
}

func (v *visit) preflight(to record.ContributorID) (found Preflight, err error) {
	c, err := v.Contributor(v.ctx, to)
	if err != nil {
		return found, err
	}
	e, err := v.Establishment(v.ctx, c.Establishment)
	if err != nil {
		return found, err
	}
	var reasons rule.Reasons
	v.c.Policy.Delegation(v.Today()).Preflight(e, c, v.c.Now(), &reasons)
	found.Reasons = append([]rule.Reason{}, reasons.List()...)
	if len(found.Reasons) == 1 {
		found.From = found.Reasons[0].From
	}
	found.Requests, err = v.openRequests(e.ID)
	return found, err
}

// openRequests returns the open requests about an establishment. If the store keeps
// no book, there are none.
func (v *visit) openRequests(of record.EstablishmentID) (open []record.Request, err error) {
	book, err := storage.BookOf(v.r)
	if err != nil {
		return nil, nil
	}
	for q, err := range book.Requests(v.ctx, storage.RequestQuery{Scope: storage.Establishment(of), Open: true}) {
		if err != nil {
			return nil, err
		}
		open = append(open, q)
	}
	return open, nil
}

// Criteria returns what a consultant looks for when grading a plan (GRADE-8). If a
// transition plan is due, it is one of the criteria.
func (s *Service) Criteria(ctx context.Context, by Actor, plan pep.ID) (criteria []pep.Criterion, err error) {
	err = s.run(ctx, errand{by: by, about: aPlan, name: "criteria", deed: access.ReadPlan, plan: plan}, func(v *visit, p *pep.PEP) error {
		child, err := v.known.Child(ctx, p.Child())
		if err != nil {
			return err
		}
		year, err := forms.YearGroupAt(child.Born.Reveal(private.Deciding), p.Meeting(), child.Recorded())
		if err != nil {
			return err
		}
		criteria = slices.Collect(pep.Criteria(year, p.Term()))
		return nil
	})
	return criteria, err
}

// Entries is what a host enters in the store's register. Each entry replaces the one
// with the same id.
type Entries struct {
	Children       []record.Child
	Establishments []record.Establishment
	Contributors   []record.Contributor
}

// Enter enters children, establishments and contributors in the store's register:
// all of them or none. Only the role System may enter children, so only the host's
// own program can. Enter returns a *rule.Invalid if an entry is not valid, and
// storage.ErrNoRegister if the host keeps its own register.
func (s *Service) Enter(ctx context.Context, by Actor, e Entries) error {
	return s.run(ctx, errand{by: by, name: "enter", deed: access.ChangeRegister, acts: true}, func(v *visit, _ *pep.PEP) error {
		to, err := writing(v, storage.RegistrarOf)
		if err == nil && len(e.Children) > 0 && !v.may.may(access.ChangeChildren) {
			err = errUnseen
		}
		if err != nil {
			return err
		}
		return errors.Join(
			putAll(ctx, e.Establishments, to.PutEstablishment),
			putAll(ctx, e.Contributors, to.PutContributor),
			putAll(ctx, e.Children, to.PutChild),
		)
	})
}

// putAll enters entries of one kind, up to the first that is refused.
func putAll[V any](ctx context.Context, all []V, put func(context.Context, V) error) error {
	for _, v := range all {
		if err := put(ctx, v); err != nil {
			return err
		}
	}
	return nil
}
