package workflow

import (
	"iter"

	"virtualschool.example/pep"
	"virtualschool.example/storage"
)

// plans reads what an action needs to know about the child's other plans (START-1 to
// START-3, CHG-4).
func (f *facts) plans() error {
	for p, err := range f.plansOf(storage.Query{Scope: storage.Caseload(f.whose())}) {
		if err != nil {
			return err
		}
		if other := p.Snapshot(); other.ID != f.p.ID() {
			f.a.Facts.AddPlan(&other)
		}
	}
	return nil
}

// plansOf iterates over the child's plans that q selects. It takes them from the
// field others if that is set, and from the store otherwise.
func (f *facts) plansOf(q storage.Query) iter.Seq2[*pep.PEP, error] {
	if f.others == nil {
		return f.r.Plans(f.ctx, q)
	}
	return func(yield func(*pep.PEP, error) bool) {
		for _, p := range f.others[f.whose()] {
			if s := p.Snapshot(); q.Selects(&s) && !yield(p, nil) {
				return
			}
		}
	}
}

// open reads whether another plan of the child is open (START-2).
func (f *facts) open() error {
	q := storage.Query{Scope: storage.Caseload(f.whose()), Stages: open(), Limit: 1}
	for p, err := range f.plansOf(q) {
		if err != nil {
			return err
		}
		f.a.Facts.OtherOpen = p.ID() != f.p.ID()
	}
	return nil
}

// open returns the stages at which a plan is open.
func open() (stages []pep.Stage) {
	for s := range pep.AllStages() {
		if s.Open() {
			stages = append(stages, s)
		}
	}
	return stages
}

// grading decides whether the plan must be graded, given what was graded before.
func (f *facts) grading() (err error) {
	s := f.p.Snapshot()
	var history []pep.Graded
	if !s.Establishment.IsZero() { // a plan without an establishment is always graded (GRADE-6)
		if history, err = f.graded(&s); err != nil {
			return err
		}
	}
	f.a.Facts.Grading, err = f.a.Policy.Grading(pep.GradingQuestion{
		Establishment: s.Establishment, Term: s.Term, Child: s.Child, Meeting: s.Meeting,
	}, history)
	return err
}

// graded returns the grades of the establishment's other plans of the term, and of
// the child's other plans of any term. A damaged plan counts as not graded.
func (f *facts) graded(s *pep.Snapshot) (history []pep.Graded, err error) {
	for _, q := range [...]storage.Query{
		{Scope: storage.Establishment(s.Establishment), Term: s.Term, Graded: true},
		{Scope: storage.Caseload(s.Child), Graded: true},
	} {
		for p, err := range sound(f.r.Plans(f.ctx, q), passOver) {
			if err != nil {
				return nil, err
			}
			if g := p.Snapshot(); g.ID != s.ID && g.Stage != pep.Deleted {
				history = append(history, pep.Graded{Establishment: g.Establishment, Term: g.Term, Grade: g.Grade, Child: g.Child, On: g.GradedOn})
			}
		}
	}
	return history, nil
}
