package workflow

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/storage"
)

const (
	destroying = "destroy"
	erasing    = "erase"
)

// destroy destroys the sealed copies whose time is over (DELEG-6). A store that
// keeps an audit trail has an entry of each retract whose copies are gone.
func (s *Service) destroy(ctx context.Context, d *DayReport) error {
	at := storage.Instant(s.c.Now())
	for n := batch; n == batch; d.Destroyed += n {
		err := s.c.Plans.Update(ctx, func(tx storage.Tx) error {
			gone, err := tx.Destroy(ctx, d.On, batch)
			if n = len(gone); err != nil {
				return err
			}
			return s.destroyed(ctx, tx, gone, at)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// unfinished is how long a file may be under way; what is left of it is then swept.
const unfinished = 24 * time.Hour

// erase has the store remove from its files what was overwritten or destroyed, and
// sweeps what is left of files that a killed program was putting. Somebody who
// stands in the way stops no day's work: the next day's does it.
func (s *Service) erase(ctx context.Context, _ *DayReport) (err error) {
	if files, ok := s.c.Blobs.(storage.Sweeper); ok {
		err = files.Sweep(ctx, s.c.Now().Add(-unfinished))
	}
	if store, ok := s.c.Plans.(storage.Eraser); ok {
		if failure := store.Erase(ctx); !errors.Is(failure, storage.ErrContention) {
			err = errors.Join(err, failure)
		}
	}
	return err
}

// destroyed enters in the audit trail what was destroyed, once for each
// retract. A damaged plan has an entry too, without its child. After a failure
// of the store the entry itself fails.
func (s *Service) destroyed(ctx context.Context, tx storage.Tx, gone []storage.Sealed, at time.Time) error {
	auditor, err := storage.AuditorOf(tx)
	if errors.Is(err, storage.ErrNoRole) {
		return nil
	}
	for _, c := range gone {
		retract := (&pep.Event{Plan: c.Plan, Version: c.Version}).ID()
		e := storage.Entry{
			ID: uuid.NewSHA1(attempts, append(retract[:], destroying...)), By: s.c.System, Role: pep.System,
			At: at, What: storage.Acted, Name: destroying, Plan: c.Plan,
		}
		if p, err := tx.Plan(ctx, c.Plan); err == nil {
			e.Child = p.Child()
		}
		if err := auditor.Audit(ctx, e); err != nil && !errors.Is(err, storage.ErrExists) {
			return err
		}
	}
	return nil
}
