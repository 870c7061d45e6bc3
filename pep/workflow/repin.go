package workflow

import (
	"context"

	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/policy"
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
	err = s.run(ctx, errand{by: by, about: aPlan, name: "repinning", deed: access.ReadPlan, plan: id}, func(v *visit, p *pep.PEP) (err error) {
		found, err = v.repinning(p)
		return err
	})
	return found, err
}

func (v *visit) repinning(p *pep.PEP) (Repinning, error) {
	old, err := v.policy(p, 0)
	if err != nil {
		return Repinning{}, err
	}
	found := Repinning{Plan: p.ID(), From: old.Revision(), To: v.c.Policy.Revision()}
	before, err := v.actUnder(old, p, nil, outlookFacts)
	if err != nil {
		return Repinning{}, err
	}
	found.Parameters = policy.CompareFor(policy.DaysOf(p, before.On, &before.Facts.Child, old), old, v.c.Policy)
	if found.Before, err = p.Outlook(before); err != nil {
		return Repinning{}, err
	}
	found.After, err = v.outlook(p, v.c.Policy)
	return found, err
}

// outlookFacts are the facts of an outlook.
const outlookFacts = pep.ChildFact | pep.EstablishmentFact | pep.GradingFact

// outlook returns what a policy says of the plan today, nothing of one that nobody
// works on any more.
func (v *visit) outlook(p *pep.PEP, under *pep.Policy) (pep.Outlook, error) {
	if !p.Stage().Open() {
		return pep.Outlook{}, nil
	}
	act, err := v.actUnder(under, p, nil, outlookFacts)
	if err != nil {
		return pep.Outlook{}, err
	}
	return p.Outlook(act)
}
