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
// keeps an audit trail gets one entry for each retract whose copies were destroyed.
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

// unfinished is the longest time that a file may take to arrive. After that, erase
// removes the part that has arrived.
const unfinished = 24 * time.Hour

// erase has the store remove overwritten and destroyed content from its files, and
// removes unfinished files left behind by programs that were killed. If the store
// cannot erase now because somebody else is using it, that is not an error: the next
// day's run erases.
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

// destroyed makes one entry in the audit trail for each retract whose copies were
// destroyed. The entry for a damaged plan does not name the child. If the store
// fails while the plan is read, the store also refuses the entry, so the failure is
// not lost.
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
