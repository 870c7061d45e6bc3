package workflow

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
	"virtualschool.example/term/civil"
)

const listingNewcomers = "list_new_to_care"

// newcomer is a child new to care.
type newcomer struct {
	child record.ChildID
	first pep.FirstPlan
	has   bool // whether the child has a plan for this period of care
}

// listNewcomers lists the children new to care who have no plan (DUE-5). If the
// store has no register, there is nothing to list.
func (s *Service) listNewcomers(ctx context.Context, d *DayReport) error {
	var found DayReport
	err := s.c.Plans.View(ctx, func(r storage.Reader) error {
		found = DayReport{}
		all, err := s.newcomers(ctx, s.c.Register(r), d.On, &found)
		if err != nil {
			return err
		}
		for some := range slices.Chunk(all, batch) {
			if err := planned(ctx, r, some, &found); err != nil {
				return err
			}
		}
		for _, n := range all {
			if !n.has {
				found.NewToCare = append(found.NewToCare, Task{Child: n.child, On: n.first.CompleteBy, Role: pep.SocialWorker})
			}
		}
		return nil
	})
	inOrder(found.NewToCare)
	d.NewToCare, d.Failed = found.NewToCare, append(d.Failed, found.Failed...)
	return err
}

// newcomers returns the children new to care on a day who need a plan. It reads only
// children of an age that can need one in the day's term.
func (s *Service) newcomers(ctx context.Context, register storage.Register, on civil.Date, found *DayReport) (all []newcomer, err error) {
	if register == nil {
		return nil, nil
	}
	policy := s.c.Policy
	ages := policy.Cohort(policy.Calendar().Of(on))
	born := record.Span{From: ages.Earliest, To: ages.Nursery.AddDays(1)}
	for c, err := range register.Children(ctx, born, record.ChildID{}) {
		if KindOf(err) == Damaged {
			found.fail(listingNewcomers, pep.ID{}, err)
			continue
		}
		if err != nil {
			return nil, err
		}
		first, err := policy.FirstPlan(c.Born.Reveal(private.Deciding), on, c.Care, c.Education)
		if err != nil && !errors.Is(err, rule.DUE7) { // without published bank holidays, CompleteBy is zero
			found.fail(listingNewcomers, pep.ID{}, fmt.Errorf("child %s: %w", c.ID, err))
		} else if !first.Entered.IsZero() {
			all = append(all, newcomer{child: c.ID, first: first})
		}
	}
	return all, nil
}

// planned notes which of the children have a plan for this period of care.
func planned(ctx context.Context, r storage.Reader, some []newcomer, found *DayReport) error {
	of := make(map[record.ChildID]*newcomer, len(some))
	children := make([]record.ChildID, len(some))
	for i := range some {
		n := &some[i]
		of[n.child], children[i] = n, n.child
	}
	for p, err := range sound(r.Plans(ctx, storage.Query{Scope: storage.Caseload(children...)}), found.failing(listingNewcomers)) {
		if err != nil {
			return err
		}
		plan := p.Snapshot()
		n := of[plan.Child]
		n.has = n.has || n.first.Has(&plan)
	}
	return nil
}
