package workflow

import (
	"context"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/term/civil"
)

const carryingForward = "carry_forward"

// carryForward carries forward the plans that were not returned in term, one
// transaction for each plan, and lists the plans that have gone stale (OOT-2,
// OOT-4).
func (s *Service) carryForward(ctx context.Context, d *DayReport) error {
	over, err := s.over(ctx, d)
	if err != nil {
		return err
	}
	for _, p := range over {
		if err := s.carryOver(ctx, p, d); err != nil && ctx.Err() != nil {
			return err
		} else if err != nil {
			d.fail(carryingForward, p.ID(), err)
		}
	}
	return nil
}

// over returns the plans to carry forward or to list as stale on the day, together
// with those that it cannot judge. It asks the store only for plans that have not
// been returned and whose meeting was before the day, because no other plan can be
// due.
func (s *Service) over(ctx context.Context, d *DayReport) (over []*pep.PEP, err error) {
	q := storage.Query{
		Scope:   storage.Everything(),
		Stages:  []pep.Stage{pep.Draft, pep.Delegated},
		Meeting: record.Span{To: d.On},
	}
	err = s.c.Plans.View(ctx, func(r storage.Reader) error {
		over = nil
		for p, err := range sound(r.Plans(ctx, q), d.failing(carryingForward)) {
			if err != nil {
				return err
			}
			if carries, stale, err := s.outstays(p, d.On); carries || stale || err != nil {
				over = append(over, p)
			}
		}
		return nil
	})
	return over, err
}

// outstays reports whether the plan must be carried forward on the day, and whether
// it has gone stale.
func (s *Service) outstays(p *pep.PEP, on civil.Date) (carries, stale bool, err error) {
	policy, err := s.policy(p, 0)
	if err != nil {
		return false, false, err
	}
	plan := p.Snapshot()
	c := policy.CarryForward(&plan, on)
	return c.Carried, c.Stale, nil
}

// carryOver carries one plan forward if that is due, and lists the plan if it has
// gone stale.
func (s *Service) carryOver(ctx context.Context, p *pep.PEP, d *DayReport) error {
	carries, stale, err := s.outstays(p, d.On)
	if carries && err == nil {
		carries, stale, err = s.carry(ctx, p.ID(), d.On)
	}
	if err != nil {
		return err
	}
	if carries {
		d.Carried = append(d.Carried, p.ID())
	}
	if stale {
		d.Stale = append(d.Stale, p.ID())
	}
	return nil
}

// carry carries one plan forward. It reports false if that is no longer due, because
// somebody returned the plan meanwhile or another run carried it forward.
func (s *Service) carry(ctx context.Context, id pep.ID, on civil.Date) (carried, stale bool, err error) {
	err = s.c.Plans.Update(ctx, func(tx storage.Tx) error {
		carried, stale = false, false
		p, err := tx.Plan(ctx, id)
		if err != nil || p.Stage() > pep.Delegated {
			return err
		}
		if carried, stale, err = s.outstays(p, on); err != nil || !carried {
			return err
		}
		act, err := s.systemAct(p, pep.VerbCarryForward, on)
		if err != nil {
			return err
		}
		if err := p.Do(act, pep.CarryForward{}); err != nil {
			return err
		}
		return tx.Save(ctx, p)
	})
	return carried, stale, err
}
