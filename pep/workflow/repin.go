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
	From       int             `json:"from"`       // the revision that applies to the plan now
	To         int             `json:"to"`         // the current revision
	Parameters []policy.Change `json:"parameters"` // the policy's members that differ for the plan, each compared on the day that determines its value
	Before     pep.Outlook     `json:"before"`     // the plan's outlook today under the revision From
	After      pep.Outlook     `json:"after"`      // the outlook under the revision To; equal to Before if no difference matters now
}

// Repinning lists what re-pinning a plan to the current policy would change for it,
// without changing anything. If the service does not know the plan's revision, there
// is nothing to compare, and Repinning returns ErrNoPolicy. A denial is entered in
// the audit trail of a store that keeps one.
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

// outlookFacts are the facts that an outlook needs.
const outlookFacts = pep.ChildFact | pep.EstablishmentFact | pep.GradingFact

// outlook returns what a policy says about the plan today, or the zero Outlook if
// the plan is not open.
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
