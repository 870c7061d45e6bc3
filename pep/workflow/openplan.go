package workflow

import (
	"context"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/term/civil"
)

const listingOpen = "list_open"

// listOpen lists the open plans that somebody should look at on the day, because
// they are overdue (DUE-3), have stalled (DUE-8) or have a meeting.
func (s *Service) listOpen(ctx context.Context, d *DayReport) error {
	var found DayReport
	err := s.c.Plans.View(ctx, func(r storage.Reader) error {
		found = DayReport{On: d.On}
		for _, l := range s.openLists(&found) {
			if err := l.read(ctx, r, &found); err != nil {
				return err
			}
		}
		return nil
	})
	d.Overdue, d.Stalled, d.Meetings = found.Overdue, found.Stalled, found.Meetings
	d.Failed = append(d.Failed, found.Failed...)
	return err
}

// openList is a list of open plans. Its query selects the plans that may be in the
// list. The function day returns the day for which a plan is listed, or zero if the
// plan is not in the list.
type openList struct {
	into *[]Task
	of   storage.Query
	day  func(*pep.PEP) (civil.Date, error)
}

func (s *Service) openLists(d *DayReport) [3]openList {
	today := record.Span{From: d.On, To: d.On.AddDays(1)}
	return [...]openList{
		{&d.Overdue, storage.Query{Stages: []pep.Stage{pep.Delegated}, Due: record.Span{To: d.On}}, due},
		{&d.Stalled, storage.Query{Stages: []pep.Stage{pep.Returned, pep.Checking, pep.Grading}}, s.stalledOn(d.On)},
		{&d.Meetings, storage.Query{Stages: open(), Meeting: today}, meeting},
	}
}

func due(p *pep.PEP) (civil.Date, error)     { return p.Due(), nil }
func meeting(p *pep.PEP) (civil.Date, error) { return p.Meeting(), nil }

// stalledOn returns a function for an openList. If a plan had stalled by the given
// day, according to the plan's own policy, the function returns the day on which the
// plan reached its stage.
func (s *Service) stalledOn(on civil.Date) func(*pep.PEP) (civil.Date, error) {
	return func(p *pep.PEP) (civil.Date, error) {
		policy, err := s.policy(p, 0)
		if err != nil {
			return civil.Date{}, err
		}
		plan := p.Snapshot()
		if !policy.Stalled(&plan, on) {
			return civil.Date{}, nil
		}
		return plan.Since, nil
	}
}

// read fills the list and sorts it.
func (l openList) read(ctx context.Context, r storage.Reader, found *DayReport) error {
	l.of.Scope = storage.Everything()
	for p, err := range sound(r.Plans(ctx, l.of), found.failing(listingOpen)) {
		if err != nil {
			return err
		}
		on, err := l.day(p)
		switch {
		case err != nil:
			found.fail(listingOpen, p.ID(), err)
		case !on.IsZero():
			*l.into = append(*l.into, taskOf(p, on))
		}
	}
	inOrder(*l.into)
	return nil
}
