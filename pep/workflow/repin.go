package workflow

import (
	"context"

	"virtualschool.example/pep"
	"virtualschool.example/pep/policy"
	"virtualschool.example/storage"
)

// Repinning is what re-pinning a plan to the current policy would change.
type Repinning struct {
	Plan       pep.ID          `json:"plan"`
	From       int             `json:"from"`       // the revision that decides the plan
	To         int             `json:"to"`         // the current revision
	Parameters []policy.Change `json:"parameters"` // the members that differ on the days that choose for the plan
	Before     pep.Outlook     `json:"before"`     // what the first says of the plan today
	After      pep.Outlook     `json:"after"`      // and the second; equal where nothing that matters now differs
}

// Repinning lists what re-pinning a plan to the current policy would change for
// it, and changes nothing. A plan of a revision that is not known here is
// ErrNoPolicy: there is nothing to compare. A denial is entered in the audit
// trail of a store that keeps one.
func (s *Service) Repinning(ctx context.Context, by Actor, id pep.ID) (found Repinning, err error) {
	err = s.look(ctx, by, id, "repinning", func(r storage.Reader, p *pep.PEP) (err error) {
		found, err = s.repinning(ctx, r, by, p)
		return err
	})
	return found, err
}

func (s *Service) repinning(ctx context.Context, r storage.Reader, by Actor, p *pep.PEP) (Repinning, error) {
	old, err := s.policy(p, 0)
	if err != nil {
		return Repinning{}, err
	}
	found := Repinning{Plan: p.ID(), From: old.Revision(), To: s.c.Policy.Revision()}
	before, err := s.actUnder(ctx, r, by, p, old)
	if err != nil {
		return Repinning{}, err
	}
	after, err := s.actUnder(ctx, r, by, p, s.c.Policy)
	if err != nil {
		return Repinning{}, err
	}
	found.Parameters = policy.CompareFor(policy.DaysOf(p, before.On, &before.Facts.Child, old), old, s.c.Policy)
	if found.Before, err = p.Outlook(before); err != nil {
		return Repinning{}, err
	}
	found.After, err = p.Outlook(after)
	return found, err
}

// actUnder returns the act of an actor who looks at a plan under a policy, with
// the facts of an outlook.
func (s *Service) actUnder(ctx context.Context, r storage.Reader, by Actor, p *pep.PEP, under *pep.Policy) (*pep.Act, error) {
	f := s.facts(ctx, r, by, p, nil, under)
	return f.a, f.read(pep.ChildFact | pep.EstablishmentFact | pep.GradingFact)
}
