package ask

import (
	"fmt"

	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/strict"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
)

// given is what a run of the workflow is about: the facts, which stay the
// same throughout, and the steps.
type given struct {
	child         record.Child
	establishment *record.Establishment // nil for none
	contributor   *record.Contributor
	grading       *bool // nil where the policy decides
	steps         []step
}

// step is one action that somebody takes.
type step struct {
	when moment
	by   pep.Role
	verb pep.Verb
	do   action
}

func pepWorkflow(in *strict.Members) decide {
	g := given{
		child:         readChild(in.Need("child")),
		establishment: readEstablishment(in.May("establishment")),
		contributor:   readContributor(in.May("contributor")),
	}
	grading := in.May("gradingRequired")
	if required := grading.Bool(); grading.Given() {
		g.grading = &required
	}
	for element := range in.Need("steps").List(maxSteps, "a list of steps") {
		g.steps = append(g.steps, readStep(element))
	}
	if g.child.RecordedOn.IsZero() && len(g.steps) > 0 {
		g.child.RecordedOn = g.steps[0].when.on
	}
	return func(p *pep.Policy) (Reply, rule.Explanation, error) { return (&run{policy: p, given: g}).all() }
}

func readChild(v strict.Value) record.Child {
	in := v.Object()
	recorded := readRecorded(in)
	return record.Child{
		ID:           record.ChildID{UUID: idOf("child", "of the run")},
		Born:         private.NewDate(in.Need("born").Date()),
		Consent:      readConsent(in.May("consentToShare")),
		RecordedYear: recorded.Year,
		RecordedOn:   recorded.On,
		Care:         readCare(in),
		Education:    readEducation(in),
	}
}

func readConsent(v strict.Value) record.Consent {
	switch share := v.Bool(); {
	case share:
		return record.Given
	case v.Given():
		return record.Withheld
	}
	return 0
}

// readEstablishment reads where the child is educated: null is nowhere, and
// where it is not said a current mainstream school.
func readEstablishment(v strict.Value) *record.Establishment {
	if v.Null() {
		return nil
	}
	in := v.Object()
	e := &record.Establishment{
		ID:      record.EstablishmentID{UUID: idOf("establishment", "of the run")},
		Status:  strict.Named(in.May("status").Described(statuses), "", record.ParseStatus),
		Special: in.May("special").Bool(),
		Type:    readGIAS(in.May("gias")),
	}
	if e.Status == 0 {
		e.Status = record.Current
	}
	return e
}

// statuses adds the statuses of the register, which record.ParseStatus reads too.
func statuses(s *strict.Shape) {
	for name := range record.RegisterStatuses() {
		s.Names = append(s.Names, name)
	}
}

// readContributor reads the establishment's designated teacher, active where
// it is not said.
func readContributor(v strict.Value) *record.Contributor {
	in := v.Object()
	active := in.Need("active").Bool()
	return &record.Contributor{
		ID:            contributorID(""),
		Establishment: record.EstablishmentID{UUID: idOf("establishment", "of the run")},
		Active:        active || !v.Given(),
		Actioned:      in.May("actionedAt").Instant(),
	}
}

func readStep(v strict.Value) step {
	in := v.Object()
	s := step{
		when: readMoment(in.Need("at")),
		by:   strict.Named(in.Need("by"), "", pep.ParseRole),
	}
	s.verb = strict.Chosen(in, "do", parseAction, func(in *strict.Members, do pep.Verb) {
		if with := in.May("with"); do != 0 {
			s.do = actions[do](with.Object())
		}
	})
	return s
}

// run is the workflow being run: the plans of one child. A step is taken on the
// latest of them, so that nothing about the earlier ones changes any more.
type run struct {
	policy  *pep.Policy
	given   given
	started int         // how many plans were started
	earlier pep.Facts   // what the plans before the latest say
	latest  *pep.PEP    // nil before the first
	used    []rule.Used // by the steps so far
}

// all takes every step. A refused one changes nothing and the run goes on.
func (r *run) all() (Reply, rule.Explanation, error) {
	if err := r.policy.CheckCare(r.given.child.Care); err != nil {
		return nil, rule.Explanation{}, err
	}
	steps, rules, refusals := []Reply{}, []rule.ID{}, 0
	for _, s := range r.given.steps {
		e := s.explain(r.plan(s.verb).Stage())
		reply, decided, err := r.take(s, &e)
		if err != nil {
			return nil, rule.Explanation{}, err
		}
		reply["facts"] = e.Facts
		r.used = append(r.used, e.Parameters...)
		if reply["refused"] != nil {
			refusals++
		}
		steps, rules = append(steps, reply), append(rules, decided...)
	}
	reply := Reply{"steps": steps, "final": r.final()}
	return reply.because(once(rules), "run"), r.explain(len(steps), refusals), nil
}

// explain says what a step rests on: who does what, at which stage, and when.
func (s step) explain(from pep.Stage) (e rule.Explanation) {
	e.Given("stage", from)
	e.Given("by", s.by)
	e.Given("do", s.verb)
	e.Given("on", s.when.on)
	return e
}

// explain says what a run rests on.
func (r *run) explain(steps, refused int) (e rule.Explanation) {
	e.Given("steps", steps)
	e.Given("refused", refused)
	e.Given("establishment", r.given.establishment != nil)
	e.Parameters = r.used
	e.Says("of %d steps %d were taken and %d refused", steps, steps-refused, refused)
	return e
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

// take takes one step, and returns what it shows and the rules that decided.
func (r *run) take(s step, e *rule.Explanation) (Reply, []rule.ID, error) {
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
		return refused(no), rulesOf(no), nil
	default:
		return nil, nil, err
	}
	if starts(s.verb) {
		r.earlier, r.latest, r.started = r.others(plan), plan, r.started+1
	}
	pending := plan.Pending()
	last := &pending[len(pending)-1]
	decided := last.Rules()
	r.rests(s, plan, e)
	return shown(plan, last, decided), decided, nil
}

// plan returns the plan that an action is taken on: a new one where it starts
// one, else the latest.
func (r *run) plan(v pep.Verb) *pep.PEP {
	if starts(v) || r.latest == nil {
		return pep.New(pep.ID{UUID: idOf("plan", fmt.Sprint(r.started+1))})
	}
	return r.latest
}

func starts(v pep.Verb) bool { return v == pep.VerbStartInitial || v == pep.VerbStartSubsequent }

// act returns who does the step with the facts as they then are.
func (r *run) act(s step, plan *pep.PEP) (*pep.Act, error) {
	facts := r.others(plan)
	facts.Child, facts.Establishment, facts.Contributor = r.given.child, r.given.establishment, r.contributor(s, plan)
	grading, err := r.grading(plan)
	facts.Grading = grading
	by := record.PersonID{UUID: idOf("person", s.by.String())}
	act := &pep.Act{By: by, Role: s.by, At: s.when.at, On: s.when.on, Policy: r.policy, Facts: facts}
	if s.by == pep.DesignatedTeacher {
		act.By, act.Contributor = record.PersonID(facts.Contributor.ID), facts.Contributor.ID
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

// contributor returns whom a step means. A run knows one contributor under two
// ids in turn: changing the contributor makes it the other.
func (r *run) contributor(s step, plan *pep.PEP) *record.Contributor {
	c, other := *r.given.contributor, contributorID("another ")
	if (plan.Snapshot().Contributor == other) != (s.verb == pep.VerbChangeContributor) {
		c.ID = other
	}
	return &c
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

// shown is what a step that was taken shows.
func shown(plan *pep.PEP, last *pep.Event, decided []rule.ID) Reply {
	r := Reply{"stage": plan.Stage().String(), "tray": orNull(plan.Tray()), "notices": names(last.Notices.List())}
	return r.because(decided, "done").saying("the plan is now at stage " + plan.Stage().String())
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
