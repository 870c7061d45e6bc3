package workflow

import (
	"context"
	"errors"
	"fmt"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
	"virtualschool.example/term/civil"
)

const listingLeavers = "list_care_ended"

// listLeavers lists the open plans of children whose care has ended in the register.
// If Config.CeaseEnded is set, it ceases them instead, one transaction for each plan
// (CHG-4). If the store has no register, there is nothing to list.
func (s *Service) listLeavers(ctx context.Context, d *DayReport) error {
	var found DayReport
	err := s.c.Plans.View(ctx, func(r storage.Reader) error {
		found = DayReport{}
		return s.leavers(ctx, r, d.On, &found)
	})
	d.Failed = append(d.Failed, found.Failed...)
	if err != nil {
		return err
	}
	inOrder(found.CareEnded)
	if !s.c.CeaseEnded {
		d.CareEnded = found.CareEnded
		return nil
	}
	for _, i := range found.CareEnded {
		if err := s.ceaseLeaver(ctx, i, d); err != nil {
			return err
		}
	}
	return nil
}

// leavers finds the open plans of children whose care had ended by the given day.
func (s *Service) leavers(ctx context.Context, r storage.Reader, on civil.Date, found *DayReport) error {
	v := s.visit(ctx, r, Actor{})
	if v.Register == nil {
		return nil
	}
	plans := sound(r.Plans(ctx, storage.Query{Scope: storage.Everything(), Stages: open()}), found.failing(listingLeavers))
	for page, err := range pages(plans, batch) {
		if err == nil {
			err = v.leavers(page, on, found)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// leavers lists, from a page of open plans, the plans of children whose care had
// ended by the given day.
func (v *visit) leavers(plans []*pep.PEP, on civil.Date, found *DayReport) error {
	if err := v.readChildren(v.ctx, plans); err != nil {
		return err
	}
	for _, p := range plans {
		ended, err := v.careEnded(p.Child(), on)
		switch {
		case err != nil && !ofOne(err):
			return err
		case err != nil:
			found.fail(listingLeavers, p.ID(), err)
		case !ended.IsZero():
			found.CareEnded = append(found.CareEnded, leaver(p, ended))
		}
	}
	return nil
}

// leaver returns the task for an open plan whose child's care ended on a day. The
// social worker must always act next, because they know what became of the child.
func leaver(p *pep.PEP, ended civil.Date) Task {
	i := taskOf(p, ended)
	i.Role = pep.SocialWorker
	return i
}

// careEnded returns the day on which a child's care ended, as known on the given
// day, or the zero Date if it had not ended.
func (v *visit) careEnded(id record.ChildID, on civil.Date) (civil.Date, error) {
	c, err := v.known.Child(v.ctx, id)
	if err == nil {
		err = v.c.Policy.CheckCare(c.Care)
	}
	if err != nil {
		return civil.Date{}, fmt.Errorf("child: %w", err)
	}
	return v.c.Policy.CareEnded(c.Care, on), nil
}

// ceaseLeaver ceases the plan of a task. If it cannot, the plan stays in the list of
// open plans.
func (s *Service) ceaseLeaver(ctx context.Context, i Task, d *DayReport) error {
	ceased, open, err := s.cease(ctx, i.Plan, d.On)
	switch {
	case err != nil && ctx.Err() != nil:
		return err
	case err != nil:
		d.fail(listingLeavers, i.Plan, err)
		d.CareEnded = append(d.CareEnded, i)
	case open:
		d.CareEnded = append(d.CareEnded, i)
	case ceased:
		i.Stage, i.Role = pep.Cancelled, 0
		d.Ceased = append(d.Ceased, i)
	}
	return nil
}

// cease ceases one plan as of the day on which the child's care ended. It reports
// whether it did so, and whether the plan stays open because CHG-4 refuses that day.
// It does nothing if the plan was closed, or the register corrected, in the
// meantime.
func (s *Service) cease(ctx context.Context, id pep.ID, on civil.Date) (ceased, open bool, err error) {
	err = s.c.Plans.Update(ctx, func(tx storage.Tx) error {
		ceased, open = false, false
		p, err := tx.Plan(ctx, id)
		if err != nil || !p.Stage().Open() {
			return err
		}
		ended, err := s.visit(ctx, tx, Actor{}).careEnded(p.Child(), on)
		if err != nil || ended.IsZero() {
			return err
		}
		act, err := s.systemAct(p, pep.VerbCease, on)
		if err != nil {
			return err
		}
		err = p.Do(act, pep.Cease{On: ended})
		if open = errors.Is(err, rule.CHG4); open {
			return nil
		}
		if ceased = err == nil; !ceased {
			return err
		}
		return tx.Save(ctx, p)
	})
	return ceased, open, err
}
