package peptest

import (
	"context"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage/memstore"
	"virtualschool.example/term/civil"
)

// TB is what the package needs from a test: a *testing.T, a *testing.B or a rapid.T
// will do.
type TB interface {
	Helper()
	Fatalf(format string, args ...any)
}

// World is a service over a store in memory. The store's register has School,
// Teacher, and the children that the test has added.
type World struct {
	*workflow.Service
	Store *memstore.Store
	Clock *Clock
	t     TB
}

// New returns a world in which it is noon on 5 January 2026. Each change is applied
// to the service's configuration.
func New(t TB, changes ...func(*workflow.Config)) *World {
	t.Helper()
	w := &World{Store: memstore.New(), Clock: &Clock{}, t: t}
	w.Clock.Noon(civil.MustParse("2026-01-05"))
	c := workflow.Config{Plans: w.Store, Relation: workflow.Registered, Now: w.Clock.Now}
	for _, change := range changes {
		change(&c)
	}
	s, err := workflow.New(c)
	if err != nil {
		t.Fatalf("peptest: %v", err)
	}
	w.Service = s
	Put(t, s)
	return w
}

// Child puts the nth child into the register and returns the child's id.
func (w *World) Child(n int) record.ChildID {
	w.t.Helper()
	c := Child(n)
	Put(w.t, w.Service, c)
	return c.ID
}

// At returns the first plan of the nth child, at a stage. Its meeting is on the day
// that Meeting returns.
func (w *World) At(n int, stage pep.Stage) *pep.PEP {
	w.t.Helper()
	return Bring(w.t, w.Service, w.Child(n), Meeting(), stage)
}

// Put enters School, Teacher and some children in the register of a service. The
// service's store must keep the register.
func Put(t TB, s *workflow.Service, children ...record.Child) {
	t.Helper()
	err := s.Enter(context.Background(), Actor(pep.System), workflow.Entries{
		Establishments: []record.Establishment{School()},
		Contributors:   []record.Contributor{Teacher()},
		Children:       children,
	})
	if err != nil {
		t.Fatalf("peptest: %v", err)
	}
}
