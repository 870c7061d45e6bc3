package workflow

import (
	"context"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/term/civil"
)

// fact is one kind of fact that an action needs; reading no other keeps a
// step's round trips few.
type fact uint8

const (
	childFact       fact = 1 << iota // the child and the establishment
	contributorFact                  // whom it is delegated to
	plansFact                        // the child's other plans
	gradingFact                      // whether it must be graded
	everyFact       = childFact | contributorFact | plansFact | gradingFact
)

// needs says which facts each action needs; one that is not there needs none.
var needs = [...]fact{
	pep.VerbStartInitial:      childFact | plansFact,
	pep.VerbStartSubsequent:   childFact | plansFact,
	pep.VerbDelegate:          childFact | contributorFact,
	pep.VerbChangeContributor: childFact | contributorFact,
	pep.VerbRedelegate:        childFact | contributorFact,
	pep.VerbReassign:          childFact,
	pep.VerbSendForGrading:    gradingFact,
	pep.VerbFinalise:          gradingFact,
	pep.VerbRevise:            plansFact,
	pep.VerbReopen:            plansFact,
	pep.VerbRepin:             0,
}

// request is whom a command names: the child of a start, the contributor of a
// delegation.
type request struct {
	child       record.ChildID
	meeting     civil.Date
	contributor record.ContributorID
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
	}
	return request{}
}

// act returns the act of an actor who does v on a plan, or of one who only
// looks where v is zero, with the facts needed, read in the transaction.
func (s *Service) act(ctx context.Context, r storage.Reader, by Actor, p *pep.PEP, v pep.Verb, asked request) (*pep.Act, error) {
	policy, err := s.policy(p, v)
	if err != nil {
		return nil, err
	}
	at := s.c.Now()
	a := &pep.Act{By: by.ID, For: by.For, Role: by.Role, At: at.UTC(), On: civil.Of(at, s.c.Zone), Policy: policy}
	f := facts{ctx: ctx, r: r, register: s.c.Register(r), p: p, a: a, asked: asked}
	return a, f.read(v)
}

// facts reads the facts of one act.
type facts struct {
	ctx      context.Context
	r        storage.Reader
	register storage.Register
	p        *pep.PEP
	a        *pep.Act
	asked    request
}

func (f *facts) read(v pep.Verb) error {
	need := everyFact
	if v != 0 {
		need = 0
		if int(v) < len(needs) {
			need = needs[v]
		}
	}
	if need&(childFact|contributorFact) != 0 && f.register == nil {
		return ErrNoRegister
	}
	for _, step := range [...]struct {
		fact fact
		read func() error
	}{
		{plansFact, f.plans}, {childFact, f.child}, {contributorFact, f.contributor}, {gradingFact, f.grading},
	} {
		if need&step.fact == 0 {
			continue
		}
		if err := step.read(); err != nil {
			return err
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

// child reads the child and the establishment.
func (f *facts) child() (err error) {
	if f.a.Facts.Child, err = f.register.Child(f.ctx, f.whose()); err != nil {
		return err
	}
	where := f.where()
	if where.IsZero() {
		return nil
	}
	e, err := f.register.Establishment(f.ctx, where)
	if err != nil {
		return err
	}
	f.a.Facts.Establishment = &e
	return nil
}

// where returns the establishment of the plan: the one it was delegated to
// or, before, the one in which the child is educated on the day of the
// meeting (GRADE-6, CHG-2); zero for none.
func (f *facts) where() record.EstablishmentID {
	s := f.p.Snapshot()
	if s.Stage > pep.Draft {
		return s.Establishment
	}
	for _, e := range f.a.Facts.Child.Education {
		if e.Covers(f.meeting()) && !e.Establishment.IsZero() {
			return e.Establishment
		}
	}
	return record.EstablishmentID{}
}

// meeting returns the day of the plan's meeting, or of the one asked for.
func (f *facts) meeting() civil.Date {
	switch {
	case !f.p.Meeting().IsZero():
		return f.p.Meeting()
	case f.asked.meeting.IsZero() && f.a.Facts.Previous != nil:
		return f.a.Facts.Previous.Next
	}
	return f.asked.meeting
}

// contributor reads whom the plan is, or is to be, delegated to.
func (f *facts) contributor() error {
	id := f.asked.contributor
	if id.IsZero() {
		id = f.p.Snapshot().Contributor
	}
	if id.IsZero() {
		return nil
	}
	c, err := f.register.Contributor(f.ctx, id)
	if err != nil {
		return err
	}
	f.a.Facts.Contributor = &c
	return nil
}

// plans reads what a plan that is to be open needs to know of the child's
// others: START-2, START-3, CHG-4.
func (f *facts) plans() error {
	for p, err := range f.r.Plans(f.ctx, storage.Query{Scope: storage.Caseload(f.whose())}) {
		if err != nil {
			return err
		}
		if p.ID() == f.p.ID() {
			continue
		}
		s := p.Snapshot()
		known := &f.a.Facts
		known.OtherOpen = known.OtherOpen || s.Stage.Open()
		if s.CeasedOn.After(known.CeasedOn) {
			known.CeasedOn = s.CeasedOn
		}
		if s.Stage == pep.Finalised && (known.Previous == nil || !s.Term.Before(known.Previous.Term)) {
			known.Previous = &pep.Previous{Plan: s.ID, Started: s.Started, Term: s.Term, Next: s.Next}
		}
	}
	return nil
}

// grading decides whether the plan must be graded, on what was graded before.
func (f *facts) grading() (err error) {
	s := f.p.Snapshot()
	if s.Stage == pep.None {
		return nil
	}
	var history []pep.Graded
	for _, q := range [...]storage.Query{
		{Scope: storage.Establishment(s.Establishment), Term: s.Term, Graded: true},
		{Scope: storage.Caseload(s.Child), Graded: true},
	} {
		for p, err := range f.r.Plans(f.ctx, q) {
			if err != nil {
				return err
			}
			if g := p.Snapshot(); g.ID != s.ID && g.Stage != pep.Deleted {
				history = append(history, pep.Graded{Establishment: g.Establishment, Term: g.Term, Grade: g.Grade, Child: g.Child, On: g.GradedOn})
			}
		}
	}
	f.a.Facts.Grading, err = f.a.Policy.Grading(pep.GradingQuestion{
		Establishment: s.Establishment, Term: s.Term, Child: s.Child, Meeting: s.Meeting,
	}, history)
	return err
}
