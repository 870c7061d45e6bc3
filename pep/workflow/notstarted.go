package workflow

import (
	"context"
	"fmt"
	"slices"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/term/civil"
)

const listingNotStarted = "list_not_started"

// ended is a plan that nobody works on any more and whose finalised revision names a
// next meeting.
type ended struct {
	Next
	meeting   civil.Date
	finalised civil.Date
	followed  bool
	ceased    civil.Date // the latest day on which a plan of the child was ceased; zero if no plan was ceased
}

// listNotStarted lists the finalised plans of about the last year whose child needs
// a next plan that nobody has started (FINAL-3). A plan that names no next meeting
// has no next plan.
func (s *Service) listNotStarted(ctx context.Context, d *DayReport) error {
	var found DayReport
	err := s.c.Plans.View(ctx, func(r storage.Reader) error {
		found = DayReport{}
		all, err := s.ended(ctx, r, d.On, &found)
		if err != nil {
			return err
		}
		for some := range slices.Chunk(all, batch) {
			if err := follow(ctx, r, some, &found); err != nil {
				return err
			}
		}
		return s.waiting(ctx, r, all, d.On, &found)
	})
	d.NotStarted, d.Failed = found.NotStarted, append(d.Failed, found.Failed...)
	return err
}

// ended returns the finalised plans that name a next meeting, and whose own meeting
// is in the day's term, in one of the three terms before it, or later.
func (s *Service) ended(ctx context.Context, r storage.Reader, on civil.Date, found *DayReport) (all []ended, err error) {
	terms := s.c.Policy.Calendar()
	recent := record.Span{From: terms.First(terms.Of(on).Add(-3))}
	q := storage.Query{Scope: storage.Everything(), Stages: []pep.Stage{pep.Finalised, pep.Cancelled}, Meeting: recent}
	for p, err := range sound(r.Plans(ctx, q), found.failing(listingNotStarted)) {
		if err != nil {
			return nil, err
		}
		if plan := p.Snapshot(); !plan.Final.Next.IsZero() {
			next := Next{After: plan.ID, Child: plan.Child, Meeting: plan.Final.Next}
			all = append(all, ended{Next: next, meeting: plan.Meeting, finalised: plan.Final.On})
		}
	}
	return all, nil
}

// follow marks each of the given plans that has been followed by another plan of the
// same child.
func follow(ctx context.Context, r storage.Reader, some []ended, found *DayReport) error {
	of := map[record.ChildID][]*ended{}
	children := make([]record.ChildID, 0, len(some))
	for i := range some {
		e := &some[i]
		of[e.Child] = append(of[e.Child], e)
		children = append(children, e.Child)
	}
	for p, err := range sound(r.Plans(ctx, storage.Query{Scope: storage.Caseload(children...)}), found.failing(listingNotStarted)) {
		if err != nil {
			return err
		}
		plan := p.Snapshot()
		for _, e := range of[plan.Child] {
			e.see(&plan)
		}
	}
	return nil
}

// see takes account of p, a plan of the same child. If p is open, or finalised for a
// later meeting, p has followed the ended plan. If p was ceased on a later day than
// any plan seen before, e.ceased becomes that day.
func (e *ended) see(p *pep.Snapshot) {
	e.followed = e.followed || p.Stage.Open() || p.Final.Revision != 0 && p.Meeting.After(e.meeting)
	if p.CeasedOn.After(e.ceased) {
		e.ceased = p.CeasedOn
	}
}

// waiting lists each plan that has not been followed by another, if its child needs
// a next plan.
func (s *Service) waiting(ctx context.Context, r storage.Reader, all []ended, on civil.Date, found *DayReport) error {
	register := s.c.Register(r)
	for _, e := range all {
		if e.followed {
			continue
		}
		needed, err := s.needsNext(ctx, register, e, on)
		switch {
		case err != nil && failed(err) && KindOf(err) != Damaged:
			return err
		case err != nil:
			found.fail(listingNotStarted, e.After, err)
		case needed:
			found.NotStarted = append(found.NotStarted, e.Next)
		}
	}
	return nil
}

// needsNext reports whether the child needs a plan for the term of the next meeting
// and is looked after on the day (CHG-4). Without a register, needsNext returns false
// if a plan of the child was ceased on or after the day on which this one was
// finalised, and true otherwise.
func (s *Service) needsNext(ctx context.Context, register storage.Register, e ended, on civil.Date) (bool, error) {
	if register == nil {
		return e.ceased.Before(e.finalised), nil
	}
	c, err := register.Child(ctx, e.Child)
	if err != nil {
		return false, fmt.Errorf("child: %w", err)
	}
	born, care, policy := c.Born.Reveal(private.Deciding), c.Care.Ceased(e.ceased), s.c.Policy
	next, err := policy.RequiredForTerm(born, policy.Calendar().Of(e.Meeting), care, c.Education)
	if err != nil || !next.Required {
		return false, err
	}
	today, err := policy.RequiredOn(born, on, care, c.Education)
	return today.Required || today.Reason < pep.NotLookedAfter, err
}
