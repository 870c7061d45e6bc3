package workflow

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// batch is how many plans one transaction or query of the day's work concerns.
const batch = 100

// DayReport is what the day's work of one day did and found.
type DayReport struct {
	On         civil.Date `json:"on"`
	Reminded   []pep.ID   `json:"reminded"`   // a reminder was posted by this run (REM-1)
	Carried    []pep.ID   `json:"carried"`    // carried forward by this run (OOT-2)
	Destroyed  int        `json:"destroyed"`  // sealed copies destroyed by this run
	Stale      []pep.ID   `json:"stale"`      // not carried any more and late again: for a person to end (OOT-4)
	NotStarted []Next     `json:"notStarted"` // plans with a finalised revision whose next one nobody started (FINAL-3)
	Failed     []*Error   `json:"failed"`     // plans that this run could not work on; the others are done
}

// MarshalJSON returns the report as an object. A list of nothing is empty, not
// null.
func (d DayReport) MarshalJSON() ([]byte, error) {
	type plain DayReport
	listed(&d.Reminded)
	listed(&d.Carried)
	listed(&d.Stale)
	listed(&d.NotStarted)
	listed(&d.Failed)
	return json.Marshal(plain(d))
}

// listed makes a list that is nil an empty one.
func listed[T any](list *[]T) {
	if *list == nil {
		*list = []T{}
	}
}

// Next is a plan that business support is to start.
type Next struct {
	After   pep.ID         `json:"after"` // the finalised plan
	Child   record.ChildID `json:"child"`
	Meeting civil.Date     `json:"meeting"` // the next meeting that it names
}

// RunDay does the day's work of a day, which must be today or a day that was
// missed: for a later day it returns a *rule.Invalid. It posts the reminders,
// carries forward what was not returned in term, destroys the sealed copies whose
// time is over, and lists what has gone stale and what was not started. A second
// run for the same day changes nothing more; a run after an interrupted one goes
// on where that one stopped. A plan that fails is listed in Failed and does not
// stop the work on the others; a step that fails does not stop the other steps.
func (s *Service) RunDay(ctx context.Context, on civil.Date) (DayReport, error) {
	d := DayReport{On: on}
	if on.IsZero() || on.After(s.Today()) {
		return d, wrap("day", pep.ID{}, &rule.Invalid{Member: "on", Want: "today or a day before"})
	}
	var errs []error
	for _, step := range [...]struct {
		name string
		do   func(context.Context, *DayReport) error
	}{
		{"remind", s.remind},
		{"carry_forward", s.carryForward},
		{"destroy", s.destroy},
		{"list_not_started", s.listNotStarted},
	} {
		started := s.c.Now()
		err := wrap(step.name, pep.ID{}, step.do(ctx, &d))
		s.observe(ctx, step.name, pep.System, started, err)
		errs = append(errs, err)
	}
	return d, errors.Join(errs...)
}

// fail lists a plan that this run could not work on, once for each step.
func (d *DayReport) fail(op string, p pep.ID, err error) {
	if slices.ContainsFunc(d.Failed, func(e *Error) bool { return e.Op == op && e.Plan == p }) {
		return
	}
	d.Failed = append(d.Failed, &Error{Op: op, Plan: p, Err: ofRecord(err)})
}
