package workflow

import (
	"context"

	"virtualschool.example/delegation"
	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// batch is how many plans one transaction of the day's work concerns.
const batch = 100

// Day is what the day's work did and found.
type Day struct {
	On         civil.Date
	Reminded   []pep.ID // a reminder was posted by this run (REM-1)
	Carried    []pep.ID // carried forward by this run (OOT-2)
	Destroyed  int      // sealed copies destroyed by this run
	Stale      []pep.ID // carried once and overdue again: for a person to end (OOT-4)
	NotStarted []Next   // finalised plans whose next one nobody started (FINAL-3)
	Failed     []*Error // plans that this run could not work on; the others are done
}

// Next is a plan that business support is to start.
type Next struct {
	After   pep.ID // the finalised plan
	Child   record.ChildID
	Meeting civil.Date // the next meeting that it names
}

// Day does the day's work of a day, which is today or one that was missed: it
// posts the reminders, carries forward what was not returned in term, destroys
// the sealed copies whose time is over, and lists what has gone stale and what
// was not started. Run again for the same day it changes nothing more;
// interrupted, it goes on where it was. A single plan that fails is listed in
// Failed and keeps nobody else from being served.
func (s *Service) Day(ctx context.Context, on civil.Date) (d Day, err error) {
	d.On = on
	for _, step := range [...]struct {
		name string
		do   func(context.Context, *Day) error
	}{
		{"remind", s.remind}, {"carry_forward", s.carryForward}, {"destroy", s.destroy}, {"list_not_started", s.listNotStarted},
	} {
		started := s.c.Now()
		err := step.do(ctx, &d)
		s.observe(step.name, pep.System, started, err)
		if err != nil {
			return d, wrap("day: "+step.name, pep.ID{}, err)
		}
	}
	return d, nil
}

// remind posts the reminders of the day, once each (REM-1, REM-2).
func (s *Service) remind(ctx context.Context, d *Day) error {
	for _, q := range s.remindable(d.On) {
		for q.Limit = batch; ; {
			page, err := s.remindPage(ctx, q, d.On)
			if err != nil {
				return err
			}
			d.Reminded = append(d.Reminded, page.reminded...)
			d.Failed = append(d.Failed, page.failed...)
			if page.last == (storage.Place{}) {
				break
			}
			q.After = page.last
		}
	}
	return nil
}

// page is what the reminders of one page of plans came to.
type page struct {
	reminded []pep.ID
	failed   []*Error
	last     storage.Place // zero where there was no plan
}

// remindPage reads and reminds of one page of plans in one transaction, so
// that nobody is reminded of what was returned a moment before.
func (s *Service) remindPage(ctx context.Context, q storage.Query, on civil.Date) (done page, err error) {
	err = s.c.Plans.Update(ctx, func(tx storage.Tx) error {
		done = page{}
		for p, err := range tx.Plans(ctx, q) {
			if err != nil {
				return err
			}
			done.last = storage.PlaceOf(p)
			wanted, err := s.remindsOn(p, on)
			if err != nil {
				done.failed = append(done.failed, &Error{Op: "remind", Plan: p.ID(), Err: err})
			}
			if !wanted {
				continue
			}
			posted, err := tx.Post(ctx, storage.RemindOn(p, on, s.c.Now().UTC()))
			if err != nil {
				return err
			}
			if posted {
				done.reminded = append(done.reminded, p.ID())
			}
		}
		return nil
	})
	return done, err
}

// remindable returns the queries that together find every plan of which a
// policy of the service reminds on a day.
func (s *Service) remindable(on civil.Date) (queries []storage.Query) {
	meetings, dues := map[civil.Date]bool{}, map[civil.Date]bool{}
	for _, p := range s.policies {
		for _, n := range p.Delegation().Reminders.List() {
			meetings[on.AddDays(-n)] = true
		}
		for _, n := range p.Delegation().DueReminders.List() {
			dues[on.AddDays(-n)] = true
		}
	}
	for day := range meetings {
		queries = append(queries, storage.Query{Meeting: record.Span{From: day, To: day.AddDays(1)}})
	}
	for day := range dues {
		queries = append(queries, storage.Query{Due: record.Span{From: day, To: day.AddDays(1)}})
	}
	for i := range queries {
		queries[i].Scope, queries[i].Stages = storage.Everything(), []pep.Stage{pep.Delegated}
	}
	return queries
}

// remindsOn reports whether the plan's policy reminds on the day.
func (s *Service) remindsOn(p *pep.PEP, on civil.Date) (bool, error) {
	policy, err := s.policy(p, 0)
	if err != nil {
		return false, err
	}
	plan := p.Snapshot()
	return policy.Delegation().RemindOn(on, delegation.Dates{Meeting: plan.Meeting, Delegated: plan.Delegated, Due: plan.Due}), nil
}

// carryForward carries forward what was not returned in term, a transaction a
// plan, and lists what cannot be carried again.
func (s *Service) carryForward(ctx context.Context, d *Day) error {
	q := storage.Query{
		Scope:   storage.Everything(),
		Stages:  []pep.Stage{pep.Draft, pep.Delegated},
		Meeting: record.Span{To: d.On}, // a term that is over has its meeting before today
	}
	var due []*pep.PEP
	err := s.c.Plans.View(ctx, func(r storage.Reader) error {
		for p, err := range r.Plans(ctx, q) {
			if err != nil {
				return err
			}
			if s.outstays(p, d) {
				due = append(due, p)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, p := range due {
		if err := s.carry(ctx, p, d); err != nil {
			return err
		}
	}
	return nil
}

// outstays reports whether the plan is to be carried forward on the day, and
// lists it where it has gone stale.
func (s *Service) outstays(p *pep.PEP, d *Day) bool {
	policy, err := s.policy(p, 0)
	if err != nil {
		d.fail("carry_forward", p, err)
		return false
	}
	plan, rules := p.Snapshot(), policy.Delegation()
	first := rules.Terms.First(plan.Term.Add(-plan.Carried))
	c := rules.CarryForward(first, plan.Due, d.On, civil.Date{}, plan.Carried)
	if c.Stale {
		d.Stale = append(d.Stale, p.ID())
	}
	return c.Carried
}

// carry carries one plan forward. What somebody did to the plan meanwhile, or
// a rule that says no, is for the next run.
func (s *Service) carry(ctx context.Context, p *pep.PEP, d *Day) error {
	at := s.c.Now()
	err := s.c.Plans.Update(ctx, func(tx storage.Tx) error {
		p, err := tx.Plan(ctx, p.ID())
		if err != nil {
			return err
		}
		policy, err := s.policy(p, 0)
		if err != nil {
			return err
		}
		act := &pep.Act{By: s.c.System, Role: pep.System, At: at.UTC(), On: d.On, Policy: policy}
		if err := p.CarryForward(act, pep.CarryForward{}); err != nil {
			return err
		}
		return tx.Save(ctx, p)
	})
	switch KindOf(err) {
	case 0:
		d.Carried = append(d.Carried, p.ID())
	case Refused, Conflict, NotFound, Invalid:
		d.fail("carry_forward", p, err)
	default:
		return err
	}
	return nil
}

// destroy destroys the sealed copies whose time is over.
func (s *Service) destroy(ctx context.Context, d *Day) error {
	for {
		n := 0
		err := s.c.Plans.Update(ctx, func(tx storage.Tx) (err error) {
			n, err = tx.Destroy(ctx, d.On, batch)
			return err
		})
		if err != nil {
			return err
		}
		d.Destroyed += n
		if n < batch {
			return nil
		}
	}
}

// listNotStarted lists the finalised plans of this term and the two before it
// whose next plan nobody started (FINAL-3). A plan that names no next meeting
// has none to start.
func (s *Service) listNotStarted(ctx context.Context, d *Day) error {
	now := s.c.Policy.Calendar().Of(d.On)
	return s.c.Plans.View(ctx, func(r storage.Reader) error {
		for _, t := range [...]term.Term{now.Add(-2), now.Add(-1), now} {
			q := storage.Query{Scope: storage.Everything(), Term: t, Stages: []pep.Stage{pep.Finalised}}
			for p, err := range r.Plans(ctx, q) {
				if err != nil {
					return err
				}
				if waits, err := s.waits(ctx, r, p); err != nil {
					return err
				} else if waits {
					d.NotStarted = append(d.NotStarted, Next{After: p.ID(), Child: p.Child(), Meeting: p.Snapshot().Next})
				}
			}
		}
		return nil
	})
}

// waits reports whether the plan that is to follow p was not started.
func (s *Service) waits(ctx context.Context, r storage.Reader, p *pep.PEP) (bool, error) {
	plan := p.Snapshot()
	if plan.Next.IsZero() {
		return false, nil
	}
	for other, err := range r.Plans(ctx, storage.Query{Scope: storage.Caseload(plan.Child)}) {
		if err != nil {
			return false, err
		}
		o := other.Snapshot()
		followed := o.Stage.Open() || o.Stage == pep.Finalised && o.Meeting.After(plan.Meeting)
		if o.ID != plan.ID && (followed || o.Stage == pep.Cancelled && !o.CeasedOn.Before(plan.FinalisedOn)) {
			return false, nil
		}
	}
	return true, nil
}

// fail lists a plan that this run could not work on.
func (d *Day) fail(op string, p *pep.PEP, err error) {
	d.Failed = append(d.Failed, &Error{Op: op, Plan: p.ID(), Err: err})
}
