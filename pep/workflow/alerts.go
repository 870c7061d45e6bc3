package workflow

import (
	"context"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/storage"
)

// Acknowledge notes that the social worker has seen an alert of a plan, so that it
// leaves the tray and View.Alerts. Who did so and when is in the audit trail. An
// alert that the plan does not have, or that was acknowledged before, is
// storage.ErrNotFound.
func (s *Service) Acknowledge(ctx context.Context, by Actor, plan pep.ID, alert uuid.UUID) error {
	return s.run(ctx, errand{by: by, about: aPlan, deed: access.Acknowledge, plan: plan, acts: true}, func(v *visit, p *pep.PEP) error {
		to, err := writing(v, storage.AcknowledgerOf)
		if err != nil {
			return err
		}
		for a, err := range to.Alerts(ctx, p.Child()) {
			if err != nil {
				return err
			}
			if a.Plan == plan && a.ID == alert {
				return to.Acknowledge(ctx, alert, by.ID, storage.Instant(s.c.Now()))
			}
		}
		return storage.ErrNotFound
	})
}

// writing returns a role of the store that an errand writes to.
func writing[Role any](v *visit, of func(storage.Tx) (Role, error)) (role Role, err error) {
	tx, ok := v.r.(storage.Tx)
	if !ok {
		return role, storage.ErrNoRole
	}
	return of(tx)
}
