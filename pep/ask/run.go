package ask

import (
	"strconv"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
)

// run holds one child's plans while steps are taken. Every step is taken on the latest
// plan, so the others no longer change. A question about a plan that the client holds is
// a run that begins with that plan as the latest.
type run struct {
	policy  *pep.Policy // the policy that decides
	next    *pep.Policy // the policy to which repin moves a plan
	given   facts
	id      pep.ID      // the id of a new plan; if zero, it is derived from the child's id and the field started
	started int         // the number of plans that the child has
	earlier pep.Facts   // the facts from the plans before the latest
	latest  *pep.PEP    // nil before the first start
	used    []rule.Used // the parameters that the steps have used so far
}

// newRun returns the run that begins with a plan, which may be nil, and with the other
// plans in the facts.
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

// take takes one step. It returns what the step shows, the event (nil if the step is
// refused), and the rules that decided.
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
	r.latest, err = pep.Restore(plan.Snapshot()) // restoring the plan drops the event, so that the steps of a long run do not become slower
	return shows, &last, decided, err
}

// plan returns the plan that an action is taken on: a new plan for a start or if the
// run has no plan yet, and otherwise the latest plan.
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

// act returns the act of a step: who takes it and when, under which policy, and on which
// facts.
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
			err = &rule.Invalid{Member: "contributor", Want: "the plan's contributor: the designated teacher who takes this action"}
		}
	case s.actor == uuid.UUID{}:
		act.By.UUID = idOf("person", s.by.String())
	}
	return act, err
}

// others returns the facts from the child's other plans.
func (r *run) others(plan *pep.PEP) pep.Facts {
	facts := r.earlier
	if r.latest != nil && r.latest != plan {
		s := r.latest.Snapshot()
		facts.AddPlan(&s)
	}
	return facts
}

// contributorID returns the id of the contributor of a run or, with the prefix
// "another ", of the other contributor.
func contributorID(another string) record.ContributorID {
	return record.ContributorID{UUID: idOf("person", another+pep.DesignatedTeacher.String())}
}

// contributor returns the contributor that a step concerns: the contributor in the facts
// if the facts give an id, and otherwise the plan's contributor. If the facts give no
// id, each change of contributor switches between the same two contributors.
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

// grading decides whether the plan must be graded. If the question does not say, the
// policy's sampling decides, with an empty history.
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

// refuse names the facts that led to the refusal of a step. It leaves out their values,
// which are in the question.
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

// shown returns the members that a run shows for a step that was taken.
func shown(plan *pep.PEP, last *pep.Event, decided []rule.ID) Reply {
	r := Reply{"stage": plan.Stage().String(), "tray": orNull(plan.Tray()), "notices": names(last.Notices.List())}
	return r.because(decided, "done").saying("the plan is now " + plan.Stage().Words())
}

// final returns a summary of the latest plan, or nil if there is none.
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
