package workflow

import (
	"context"
	"errors"

	"virtualschool.example/pep"
	"virtualschool.example/storage"
	"virtualschool.example/term/civil"
)

const (
	makingUp = "make_up"
	ending   = "end_day"
)

// lookBack is how many days back a run looks for missed days.
const lookBack = 31

// makeUp makes up the missed days, one after another. A day that fails stays missed,
// and makeUp continues with the next.
func (s *Service) makeUp(ctx context.Context, d *DayReport) error {
	missed, err := s.missed(ctx, d.On)
	if err != nil {
		return err
	}
	var errs []error
	for _, day := range missed {
		errs = append(errs, s.makeUpDay(ctx, day, d))
	}
	return errors.Join(errs...)
}

// makeUpDay does the part of a missed day's work that depends on its date:
// reminders and carrying forward. A plan that cannot be carried forward is tried
// again on the run's own day.
func (s *Service) makeUpDay(ctx context.Context, day civil.Date, d *DayReport) error {
	was := DayReport{On: day}
	err := errors.Join(s.remind(ctx, &was), s.carryForward(ctx, &was))
	d.Reminded, d.Carried = append(d.Reminded, was.Reminded...), append(d.Carried, was.Carried...)
	for _, e := range was.Failed {
		if e.Op == reminding {
			d.fail(makingUp, e.Plan, e.Err)
		}
	}
	if err != nil {
		return err
	}
	if err := s.end(ctx, &was); err != nil {
		return err
	}
	d.MadeUp = append(d.MadeUp, day)
	return nil
}

// missed returns the missed days. Any of the lookBack days before the given day was
// missed if it was not done but an earlier one of them was. A host that has only
// just begun to run the day's work has missed no day.
func (s *Service) missed(ctx context.Context, on civil.Date) (days []civil.Date, err error) {
	err = s.c.Plans.View(ctx, func(r storage.Reader) error {
		days = nil
		began := false
		for n := lookBack; n > 0; n-- {
			day := on.AddDays(-n)
			switch _, err := r.Outcome(ctx, keyOf(day)); {
			case err == nil:
				began = true
			case !errors.Is(err, storage.ErrNotFound):
				return err
			case began:
				days = append(days, day)
			}
		}
		return nil
	})
	return days, err
}

// end records that the work of a day was done. A day on which a reminder failed
// stays missed, so that the next run tries it again.
func (s *Service) end(ctx context.Context, d *DayReport) error {
	if d.failed(reminding) {
		return nil
	}
	return s.c.Plans.Update(ctx, func(tx storage.Tx) error {
		_, done, err := tx.Once(ctx, keyOf(d.On), pep.Digest{}, s.c.Now())
		if err != nil || done {
			return err
		}
		return tx.Record(ctx, keyOf(d.On), storage.Outcome{})
	})
}

// keyOf returns the key under which a store remembers that a day was done.
func keyOf(day civil.Date) storage.Key { return storage.Key(reserved + "RunDay/" + day.String()) }
