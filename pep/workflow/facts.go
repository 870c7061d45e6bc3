package workflow

import (
	"fmt"

	"virtualschool.example/delegation"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// request holds the ids and the day that an action names.
type request struct {
	child       record.ChildID       // the child for whom a plan is started
	meeting     civil.Date           // the meeting of a plan that is started
	contributor record.ContributorID // the contributor to whom a plan is handed
}

func requestOf(a pep.Action) request {
	switch a := a.(type) {
	case pep.StartInitial:
		return request{child: a.Child, meeting: a.Meeting}
	case pep.StartSubsequent:
		return request{child: a.Child, meeting: a.Meeting}
	case pep.Delegate:
		return request{contributor: a.To}
	case pep.ChangeContributor:
		return request{contributor: a.To}
	case pep.Redelegate:
		return request{contributor: a.To}
	}
	return request{}
}

// act returns the act for an action that the actor takes on a plan, including the
// facts that the action needs.
func (v *visit) act(p *pep.PEP, do pep.Action) (*pep.Act, error) {
	policy, err := v.policy(p, do.Verb())
	if err != nil {
		return nil, err
	}
	return v.actUnder(policy, p, do, p.Needs(do.Verb()))
}

// actUnder returns the actor's act under a policy, including the facts that are
// needed. The action is nil if the actor only looks.
func (v *visit) actUnder(policy *pep.Policy, p *pep.PEP, do pep.Action, need pep.FactSet) (*pep.Act, error) {
	at := storage.Instant(v.c.Now())
	f := facts{visit: v, p: p, asked: requestOf(do), a: &pep.Act{
		By: v.by.ID, For: v.by.For, Role: v.by.Role, Contributor: v.by.Contributor,
		At: at, On: civil.Of(at, v.c.Zone), Policy: policy,
		Facts: pep.Facts{Terms: v.terms(p)},
	}}
	return f.a, f.read(need)
}

// facts reads the facts of one act.
type facts struct {
	*visit
	p     *pep.PEP
	a     *pep.Act
	asked request
}

// read fetches every fact that is needed. A fact may depend on facts that were
// fetched before it.
func (f *facts) read(need pep.FactSet) error {
	if need&(pep.ChildFact|pep.EstablishmentFact|pep.ContributorFact) != 0 && f.Register == nil {
		return storage.ErrNoRegister
	}
	for _, step := range [...]struct {
		fact pep.FactSet
		what string
		read func() error
	}{
		{pep.PlansFact, "plans", f.plans},
		{pep.OpenFact, "plans", f.open},
		{pep.ChildFact, "child", f.child},
		{pep.EstablishmentFact, "establishment", f.establishment},
		{pep.ContributorFact, "contributor", f.contributor},
		{pep.GradingFact, "grading", f.grading},
	} {
		if need&step.fact == 0 {
			continue
		}
		if err := step.read(); err != nil {
			return fmt.Errorf("%s: %w", step.what, err)
		}
	}
	return nil
}

// whose returns the child that the act is about.
func (f *facts) whose() record.ChildID {
	if f.p.Stage() == pep.None {
		return f.asked.child
	}
	return f.p.Child()
}

// child reads the record of the act's child. An invalid record counts as damaged.
// An invalid UPN does not matter, because no rule reads it.
func (f *facts) child() error {
	c, err := f.known.Child(f.ctx, f.whose())
	if err != nil {
		return err
	}
	f.a.Facts.Child, c.UPN = c, private.Text{}
	if err := c.Check(); err != nil {
		return damaged(err)
	}
	return nil
}

func (f *facts) establishment() error {
	s := f.p.Snapshot()
	where := s.Where(f.a.Facts.Child.Education, f.meeting())
	if where.IsZero() {
		return nil
	}
	e, err := f.known.Establishment(f.ctx, where)
	f.a.Facts.Establishment = &e
	return err
}

// meeting returns the day of the plan's meeting. For a start, it returns the day
// that was asked for, which defaults to the next meeting that the previous plan
// names.
func (f *facts) meeting() civil.Date {
	switch {
	case f.p.Stage() != pep.None:
		return f.p.Meeting()
	case f.asked.meeting.IsZero() && f.a.Facts.Previous != nil:
		return f.a.Facts.Previous.Next
	}
	return f.asked.meeting
}

// contributor reads the contributor that the action names. If the action names
// nobody, it reads the plan's own contributor if the actor is a designated teacher,
// and otherwise one to whom the plan can be handed.
func (f *facts) contributor() error {
	id := f.asked.contributor
	if id.IsZero() && f.a.Role == pep.DesignatedTeacher {
		id = f.p.Snapshot().Contributor
	}
	if id.IsZero() {
		return f.choose()
	}
	c, err := f.known.Contributor(f.ctx, id)
	f.a.Facts.Contributor = &c
	return err
}

// choose reads a contributor of the establishment who can be chosen now (PRE-2,
// PRE-3) and notes whether there are several. A delegated plan cannot be given to
// the contributor who already has it (DELEG-2). If nobody can be chosen, choose
// reads the contributor who comes closest to the conditions.
func (f *facts) choose() error {
	where := f.a.Facts.Establishment
	if where == nil {
		return nil
	}
	rules, best := f.a.Policy.Delegation(f.a.On), -1
	for c, err := range f.known.Contributors(f.ctx, where.ID) {
		if err != nil {
			return err
		}
		n := f.choosable(rules, c)
		if f.a.Facts.Several = n == free && best == free; f.a.Facts.Several {
			return nil
		}
		if n > best {
			f.a.Facts.Contributor, best = &c, n
		}
	}
	return nil
}

// free means that a contributor can be chosen.
const free = 3

// choosable returns how close a contributor comes to meeting the conditions for
// being chosen, from 0 up to free.
func (f *facts) choosable(rules delegation.Rules, c record.Contributor) int {
	switch {
	case !c.Active:
		return 0
	case f.a.At.Before(rules.SelectableFrom(c)):
		return 1
	case f.p.Stage() == pep.Delegated && c.ID == f.p.Snapshot().Contributor:
		return 2
	}
	return free
}

// terms returns the calendar of the plan's own policy, or the zero Calendar if the
// service does not know that policy (REPIN-1).
func (s *Service) terms(p *pep.PEP) (terms term.Calendar) {
	if policy := s.policies[p.Snapshot().Policy]; policy != nil {
		terms = policy.Calendar()
	}
	return terms
}
