package ask

import (
	"strconv"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
)

// run is one child's plans while steps are taken. A step is taken on the latest of
// them, so that nothing about the others changes any more. A question about a plan
// that somebody holds is a run that begins with that plan as the latest.
type run struct {
	policy  *pep.Policy // by which the plans are decided
	next    *pep.Policy // to which a plan is re-pinned
	given   facts
	id      pep.ID      // of the plan that is started; zero where it follows from the child and the plans
	started int         // how many plans there are
	earlier pep.Facts   // what the plans before the latest say
	latest  *pep.PEP    // nil before the first
	used    []rule.Used // by the steps so far
}

// newRun returns the run that begins with a plan, nil for none, and the other
// plans of the facts.
func newRun(p *pep.Policy, given facts, plan *pep.PEP) (*run, error) {
	r := &run{policy: p, next: p, given: given, latest: plan, started: len(given.plans)}
	r.earlier.Terms = p.Calendar()
	if err := r.given.complete(plan); err != nil {
		return nil, err
	}
	for n := range r.given.plans {
		r.earlier.AddPlan(&r.given.plans[n].Snapshot)
	}
	return r, p.CheckCare(given.child.Care)
}

// take takes one step, and returns what it shows, the event, nil where the step is
// refused, and the rules that decided.
func (r *run) take(s step, e *rule.Explanation) (Reply, *pep.Event, []rule.ID, error) {
	plan := r.plan(s.verb)
	by, err := r.act(s, plan)
	if err == nil {
		err = s.do.take(plan, by, s.verb)
	}
	switch no := err.(type) {
	case nil:
	case *rule.Refusal:
		refuse(no, e)
		r.restsRefused(s, plan, no, e)
		return refused(no), nil, rulesOf(no), nil
	default:
		return nil, nil, nil, err
	}
	if starts(s.verb) {
		r.earlier, r.started = r.others(plan), r.started+1
	}
	last := plan.Pending()[0]
	decided := last.Rules()
	r.rests(s, plan, e)
	shows := shown(plan, &last, decided)
	r.latest, err = pep.Restore(plan.Snapshot()) // without the event, so that a long run costs no more for each step
	return shows, &last, decided, err
}

// plan returns the plan that an action is taken on: a new one where it starts
// one, else the latest.
func (r *run) plan(v pep.Verb) *pep.PEP {
	switch {
	case r.latest != nil && !starts(v):
		return r.latest
	case !r.id.IsZero():
		return pep.New(r.id)
	}
	return pep.New(pep.ID{UUID: idOf("plan", r.given.child.ID.String()+" "+strconv.Itoa(r.started+1))})
}

// starts reports whether an action starts a plan.
func starts(v pep.Verb) bool { return v == pep.VerbStartInitial || v == pep.VerbStartSubsequent }

// act returns who does the step with the facts as they then are.
func (r *run) act(s step, plan *pep.PEP) (*pep.Act, error) {
	facts := r.others(plan)
	facts.Child, facts.Establishment = r.given.child, r.given.establishment
	who := r.contributor(s, plan)
	facts.Contributor = &who
	grading, err := r.grading(plan)
	facts.Grading = grading
	act := &pep.Act{By: record.PersonID{UUID: s.actor}, Role: s.by, At: s.when.at, On: s.when.on, Policy: r.policy, Facts: facts}
	if s.verb == pep.VerbRepin {
		act.Policy = r.next
	}
	switch {
	case s.by == pep.DesignatedTeacher:
		act.Contributor = s.contributor(plan.Snapshot().Contributor, who.ID)
		act.By = record.PersonID(act.Contributor)
		if meant := r.given.contributor.ID; err == nil && !meant.IsZero() && meant != act.Contributor && act.Contributor == plan.Snapshot().Contributor {
			err = &rule.Invalid{Member: "contributor", Want: "the contributor of the plan, who is the designated teacher that acts"}
		}
	case s.actor == uuid.UUID{}:
		act.By.UUID = idOf("person", s.by.String())
	}
	return act, err
}

// others returns the facts that the other plans of the child say.
func (r *run) others(plan *pep.PEP) pep.Facts {
	facts := r.earlier
	if r.latest != nil && r.latest != plan {
		s := r.latest.Snapshot()
		facts.AddPlan(&s)
	}
	return facts
}

// contributorID returns the id of the contributor of a run, or of another.
func contributorID(another string) record.ContributorID {
	return record.ContributorID{UUID: idOf("person", another+pep.DesignatedTeacher.String())}
}

// contributor returns whom a step means: the contributor who has an id. Without one
// it is the contributor of the plan, and changing the contributor makes it another
// of two in turn.
func (r *run) contributor(s step, plan *pep.PEP) record.Contributor {
	c, has := r.given.contributor, plan.Snapshot().Contributor
	if !c.ID.IsZero() {
		return c
	}
	c.ID = contributorID("")
	switch change := s.verb == pep.VerbChangeContributor; {
	case change && has != contributorID("another "):
		c.ID = contributorID("another ")
	case !change && !has.IsZero():
		c.ID = has
	}
	return c
}

// grading says whether the plan must be graded: as it was given, or as the
// policy samples with no history.
func (r *run) grading(plan *pep.PEP) (pep.GradingDecision, error) {
	if r.given.grading != nil {
		return pep.GradingDecision{Required: *r.given.grading}, nil
	}
	if plan.Stage() == pep.None {
		return pep.GradingDecision{}, nil
	}
	q := pep.GradingQuestion{Term: plan.Term(), Child: plan.Child(), Meeting: plan.Meeting()}
	if r.given.establishment != nil {
		q.Establishment = r.given.establishment.ID
	}
	return r.policy.Grading(q, nil)
}

// refuse names the facts on which the refusal of a step rests, without what
// they are: the question has that.
func refuse(no *rule.Refusal, e *rule.Explanation) {
	var paths []string
	for _, reason := range no.Reasons() {
		if path := reason.Code.Fact(); path != "" {
			paths = append(paths, path)
		}
	}
	for _, path := range once(paths) {
		e.Given(path, rule.Private)
	}
}

// shown is what a step that was taken shows.
func shown(plan *pep.PEP, last *pep.Event, decided []rule.ID) Reply {
	r := Reply{"stage": plan.Stage().String(), "tray": orNull(plan.Tray()), "notices": names(last.Notices.List())}
	return r.because(decided, "done").saying("the plan is now " + plan.Stage().Words())
}

// final returns the plan last touched, nil where there is none.
func (r *run) final() any {
	plan := r.latest
	if plan == nil {
		return nil
	}
	s := plan.Snapshot()
	return Reply{
		"stage": s.Stage.String(), "term": s.Term.String(), "meeting": s.Meeting.String(),
		"formType": s.Type.String(), "due": orNull(s.Due), "grade": orNull(s.Grade),
		"nextMeeting": orNull(s.Next), "revision": s.Revision, "completedSections": plan.CompletedSections(),
	}
}
