package workflow

import (
	"context"
	"errors"
	"slices"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// batch is how many plans one transaction or query of the day's work concerns.
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

// Day does the day's work of a day, which is today or one that was missed; a
// later one is a *rule.Invalid. It posts the reminders, carries forward what
// was not returned in term, destroys the sealed copies whose time is over, and
// lists what has gone stale and what was not started. Run again for the same
// day it changes nothing more; interrupted, it goes on where it was. A plan
// that fails is listed in Failed and keeps nobody else from being served; a
// step that fails does not keep the others from being taken.
func (s *Service) Day(ctx context.Context, on civil.Date) (Day, error) {
	d := Day{On: on}
	if on.IsZero() || on.After(s.Today()) {
		return d, wrap("day", pep.ID{}, &rule.Invalid{Member: "on", Want: "today or a day before"})
	}
	var errs []error
	for _, step := range [...]struct {
		name string
		do   func(context.Context, *Day) error
	}{
		{"remind", s.remind},
		{"carry_forward", s.carryForward},
		{"destroy", s.destroy},
		{"list_not_started", s.listNotStarted},
	} {
		started := s.c.Now()
		err := wrap(step.name, pep.ID{}, step.do(ctx, &d))
		s.observe(step.name, pep.System, started, err)
		errs = append(errs, err)
	}
	return d, errors.Join(errs...)
}

// fail lists a plan that this run could not work on, once for each step.
func (d *Day) fail(op string, p pep.ID, err error) {
	if slices.ContainsFunc(d.Failed, func(e *Error) bool { return e.Op == op && e.Plan == p }) {
		return
	}
	d.Failed = append(d.Failed, &Error{Op: op, Plan: p, Err: err})
}
