package workflow

import (
	"context"
	"slices"

	"virtualschool.example/delegation"
	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/term/civil"
)

const reminding = "remind"

// remind posts the day's reminders, once each (REM-1, REM-2), to those who still
// have the plan.
func (s *Service) remind(ctx context.Context, d *DayReport) error {
	for _, q := range s.remindable(d.On) {
		for more := true; more; {
			page, err := s.remindPage(ctx, q, d.On)
			if err != nil {
				return err
			}
			d.Reminded = append(d.Reminded, page.reminded...)
			for _, e := range page.failed {
				d.fail(reminding, e.Plan, e.Err)
			}
			q.After, more = page.last, page.plans == q.Limit
		}
	}
	return nil
}

// page is the result of posting the reminders for one page of plans.
type page struct {
	plans    int
	last     storage.Place
	reminded []pep.ID
	failed   []Error
}

// remindPage reads one page of plans and posts their reminders in the same
// transaction, so that nobody is reminded of a plan that was returned a moment
// before.
func (s *Service) remindPage(ctx context.Context, q storage.Query, on civil.Date) (done page, err error) {
	at := storage.Instant(s.c.Now())
	err = s.c.Plans.Update(ctx, func(tx storage.Tx) error {
		done = page{}
		var messages []storage.Message
		damaged := func(id pep.ID, _ error) {
			done.plans, done.failed = done.plans+1, append(done.failed, Error{Plan: id, Err: storage.ErrDamaged})
		}
		for p, err := range sound(tx.Plans(ctx, q), damaged) {
			if err != nil {
				return err
			}
			done.plans, done.last = done.plans+1, storage.PlaceOf(p)
			wanted, err := s.remindsOn(p, on)
			if err != nil {
				done.failed = append(done.failed, Error{Plan: p.ID(), Err: ErrNoPolicy})
			}
			if wanted {
				messages = append(messages, storage.RemindOn(p, on, at))
			}
		}
		done.reminded, err = post(ctx, tx, messages)
		return err
	})
	return done, err
}

// post posts messages. It returns the plan of each message that had not been posted
// before.
func post(ctx context.Context, tx storage.Tx, messages []storage.Message) (posted []pep.ID, err error) {
	for _, m := range messages {
		fresh, err := tx.Post(ctx, m)
		if err != nil {
			return nil, err
		}
		if fresh {
			posted = append(posted, m.Plan)
		}
	}
	return posted, nil
}

// remindable returns queries that together find every plan about which a policy of
// the service could remind somebody on a day. There is one query for each day from
// which a reminder can be counted.
func (s *Service) remindable(on civil.Date) (queries []storage.Query) {
	var meetings, dues []civil.Date
	for _, p := range s.policies {
		for _, e := range p.Editions() {
			meetings = count(meetings, on, e.Parameters.Delegation.Reminders)
			dues = count(dues, on, e.Parameters.Delegation.DueReminders)
		}
	}
	q := storage.Query{Scope: storage.Everything(), Stages: []pep.Stage{pep.Delegated}, Limit: batch}
	for _, day := range distinct(meetings) {
		q.Meeting, q.Due = record.Span{From: day, To: day.AddDays(1)}, record.Span{}
		queries = append(queries, q)
	}
	for _, day := range distinct(dues) {
		q.Meeting, q.Due = record.Span{}, record.Span{From: day, To: day.AddDays(1)}
		queries = append(queries, q)
	}
	return queries
}

// count appends, for each offset, the given day minus that offset.
func count(days []civil.Date, on civil.Date, by delegation.Offsets) []civil.Date {
	for _, n := range by.List() {
		days = append(days, on.AddDays(-n))
	}
	return days
}

func distinct(days []civil.Date) []civil.Date {
	slices.SortFunc(days, civil.Date.Compare)
	return slices.Compact(days)
}

// remindsOn reports whether the plan's policy has a reminder for the plan on the
// day.
func (s *Service) remindsOn(p *pep.PEP, on civil.Date) (bool, error) {
	policy, err := s.policy(p, 0)
	if err != nil {
		return false, err
	}
	plan := p.Snapshot()
	return policy.Delegation(plan.Meeting).RemindOn(on, delegation.Dates{Meeting: plan.Meeting, Delegated: plan.Delegated, Due: plan.Due}), nil
}
