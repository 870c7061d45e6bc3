package workflow

import (
	"context"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/storage"
)

// Acknowledge notes that the social worker has seen an alert of a plan. The alert
// then leaves the tray and View.Alerts. The audit trail shows who acknowledged it
// and when. Acknowledge returns storage.ErrNotFound if the plan does not have that
// alert, or if the alert was acknowledged before.
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

// writing returns one of the store's roles, such as its alerts, for an errand that
// writes. It returns storage.ErrNoRole if the store does not have that role.
func writing[Role any](v *visit, of func(storage.Tx) (Role, error)) (role Role, err error) {
	tx, ok := v.r.(storage.Tx)
	if !ok {
		return role, storage.ErrNoRole
	}
	return of(tx)
}
