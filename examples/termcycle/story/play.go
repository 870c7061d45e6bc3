package story

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// clock holds the time that the story sets for the service, and the id for the next
// thing that the service makes.
type clock struct {
	now  time.Time
	next uuid.UUID
}

func (c *clock) time() time.Time  { return c.now }
func (c *clock) newID() uuid.UUID { return c.next }

// player plays the story through the service, as any host would. To learn how far an
// earlier run got, it asks the service which commands have already been carried out.
type player struct {
	service *workflow.Service
	policy  *pep.Policy
	clock   *clock
	zone    *time.Location
	told    *timeline
	refs    map[record.ChildID]string // the name of each child in the story
	changes int                       // the number of changes that this run has made in the store
	again   bool                      // whether an earlier run has reached this day
}

// The times of the day's work: every morning, and once more in the evening at the end of
// a run.
const morning, evening = 700, 1900

// play plays the story up to a day, from where an earlier run stopped. It returns the
// report of the evening's work on the last day.
func (p *player) play(ctx context.Context, all []*moment, until civil.Date) (workflow.DayReport, error) {
	next, err := p.reached(ctx, all)
	if err != nil {
		return workflow.DayReport{}, err
	}
	today := until
	if len(all) > 0 {
		today = p.on(all[max(next, 0)])
	}
	if p.again = next >= 0; p.again && today.After(until) {
		until = today // an earlier run got further
	}
	for next = max(next, 0); !today.After(until); today = today.AddDays(1) {
		if next, err = p.playDay(ctx, all, next, today); err != nil {
			return workflow.DayReport{}, err
		}
	}
	defer p.told.flush(until)
	return p.day(ctx, until, evening)
}

// playDay plays one day, beginning with the moment at index next. It returns the index
// of the first moment on a later day. It prints what has happened even if the day is cut
// short.
func (p *player) playDay(ctx context.Context, all []*moment, next int, today civil.Date) (int, error) {
	defer p.told.flush(today)
	if _, err := p.day(ctx, today, morning); err != nil {
		return next, err
	}
	for ; next < len(all) && p.on(all[next]) == today; next++ {
		if err := p.take(ctx, all[next]); err != nil {
			return next, err
		}
	}
	p.again = false
	return next, nil
}

// take takes one step of the story or, if an earlier run was cut short in that step, the
// rest of it.
func (p *player) take(ctx context.Context, m *moment) error {
	p.clock.now = m.at
	s, done, err := p.look(ctx, m)
	if err != nil || done == 0 && s.overtaken(m.step) {
		return err
	}
	refusal, err := p.try(ctx, m, s, meant, m.step, done)
	if refusal != nil && m.step.otherwise != nil {
		second := *m.step.otherwise
		second.who = m.step.who
		second.says += ", as " + refusal.Rule().String() + " asks"
		refusal, err = p.try(ctx, m, s, otherwise, &second, done)
	}
	if refusal != nil {
		p.tellRefusal(m, refusal)
	}
	return err
}

// look returns the scene of a step, and how many of the step's actions an earlier run
// has carried out.
func (p *player) look(ctx context.Context, m *moment) (s *scene, done int, err error) {
	s = &scene{Pupil: m.pupil, policy: p.policy, today: p.on(m)}
	if done, err = p.carriedOut(ctx, m); err == nil {
		s.plan, err = p.planOf(ctx, m.pupil.ID)
	}
	return s, done, err
}

// planOf returns the child's open plan or, if there is none, the latest one. It ignores
// deleted plans, and returns nil if the child has no other plan.
func (p *player) planOf(ctx context.Context, child record.ChildID) (latest *pep.PEP, err error) {
	views, err := p.service.LookAll(ctx, program, storage.Query{Scope: storage.Caseload(child)})
	for _, view := range views {
		if view.Plan.Stage() != pep.Deleted && (latest == nil || !latest.Stage().Open()) {
			latest = view.Plan
		}
	}
	return latest, err
}

// try issues the commands of a step that have not been carried out yet. If a rule
// refuses a command, try returns the refusal; any other error ends the story.
func (p *player) try(ctx context.Context, m *moment, s *scene, way string, st *step, done int) (*rule.Refusal, error) {
	actions := st.do(s)
	if done >= len(actions) {
		return nil, nil
	}
	c := workflow.Command{By: p.actor(s, st.who)}
	if s.plan != nil {
		c.Plan, c.Seen = s.plan.ID(), s.plan.Version()
	}
	for i := done; i < len(actions); i++ {
		c.Key, c.Do = m.key(way, i), actions[i]
		o, err := p.give(ctx, c)
		if err != nil {
			var refusal *rule.Refusal
			if errors.As(err, &refusal) {
				return refusal, nil
			}
			return nil, err
		}
		c.Plan, c.Seen = o.Plan, o.Version
	}
	return nil, p.tellDone(ctx, m, s, st, c.Plan)
}

// give issues one command. If the command starts a plan, give derives the plan's id from
// the key, and sets it as the next id that the service draws.
func (p *player) give(ctx context.Context, c workflow.Command) (storage.Outcome, error) {
	if v := c.Do.Verb(); v == pep.VerbStartInitial || v == pep.VerbStartSubsequent {
		c.Plan, c.Seen = pep.ID{}, 0
		p.clock.next = idOf("plan", string(c.Key))
	}
	o, err := p.service.Do(ctx, c)
	if err == nil {
		p.changes++
	}
	return o, err
}

// actor returns the person who acts in a role. The designated teacher is the contributor
// to whom the plan is delegated.
func (p *player) actor(s *scene, role pep.Role) workflow.Actor {
	if role == pep.DesignatedTeacher && s.plan != nil {
		return workflow.Actor{ID: person(role), Role: role, Contributor: s.plan.Snapshot().Contributor}
	}
	return workflow.Actor{ID: person(role), Role: role}
}

// program is the actor for the story's own questions to the service.
var program = workflow.Actor{ID: person(pep.System), Role: pep.System}

// person returns the id of the only person in a role.
func person(role pep.Role) record.PersonID {
	return record.PersonID{UUID: idOf("person", role.String())}
}

// day does the day's work at an hour and reports its changes. If the work fails for any
// plan, the story ends, so that the next run begins with the same day.
func (p *player) day(ctx context.Context, on civil.Date, at int) (workflow.DayReport, error) {
	p.clock.now = p.instant(on, at)
	d, err := p.service.RunDay(ctx, on)
	for _, failed := range d.Failed {
		err = errors.Join(err, failed)
	}
	if err != nil {
		return d, err
	}
	p.changes += len(d.Reminded) + len(d.Carried) + d.Destroyed
	err = errors.Join(
		p.tellPlans(ctx, d.Reminded, "reminds the establishment of today's meeting (REM-1)"),
		p.tellPlans(ctx, d.Carried, "carries the plan forward to the next term (OOT-2)"))
	if d.Destroyed > 0 {
		p.told.tell(p.clock.now, theDay, "destroys the sealed copies of a retract at the end of their period", "", number(d.Destroyed, "section"))
	}
	return d, err
}

// conclude prints how things stand: the counts, the tasks left for people, the children
// without a plan, and the payments.
func (p *player) conclude(ctx context.Context, t term.Term, d workflow.DayReport) error {
	for _, conclusion := range [...]func(context.Context, term.Term, workflow.DayReport) error{p.counts, p.leftToDo, p.missing, p.payments} {
		if err := conclusion(ctx, t, d); err != nil {
			return err
		}
	}
	return p.told.err
}

// termOf returns the term of the story, which is the term of the first meeting.
func (p *player) termOf(pupils []*Pupil, d workflow.DayReport) term.Term {
	first := d.On
	if len(pupils) > 0 {
		first = slices.MinFunc(pupils, func(a, b *Pupil) int { return a.Meeting.Compare(b.Meeting) }).Meeting
	}
	return p.policy.Calendar().Of(first)
}
