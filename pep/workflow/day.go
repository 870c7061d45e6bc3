package workflow

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
	"virtualschool.example/term/civil"
)

// batch is how many plans one transaction or query of the day's work concerns.
const batch = 100

// DayReport is what the day's work of one day did and found. A list of tasks is in
// the order of their days.
type DayReport struct {
	On         civil.Date   `json:"on"`
	MadeUp     []civil.Date `json:"madeUp"`     // the missed days that this run made up, in order
	Reminded   []pep.ID     `json:"reminded"`   // a reminder was posted by this run (REM-1)
	Carried    []pep.ID     `json:"carried"`    // carried forward by this run (OOT-2)
	Destroyed  int          `json:"destroyed"`  // sealed copies destroyed by this run
	Ceased     []Task       `json:"ceased"`     // plans ceased by this run, and when the child's care ended (CHG-4)
	Stale      []pep.ID     `json:"stale"`      // not carried any more and late again: for a person to end (OOT-4)
	NotStarted []Next       `json:"notStarted"` // plans with a finalised revision whose next one nobody started (FINAL-3)
	NewToCare  []Task       `json:"newToCare"`  // children new to care without a plan, and by when it is complete (DUE-5); no day where bank holidays are not published
	Overdue    []Task       `json:"overdue"`    // plans that the establishment has not returned, and when they were due (DUE-3)
	Stalled    []Task       `json:"stalled"`    // plans too long in returned, checking or grading, and since when (DUE-8)
	CareEnded  []Task       `json:"careEnded"`  // plans that are still open though the child's care has ended, and when it did (CHG-4)
	Meetings   []Task       `json:"meetings"`   // open plans whose meeting is on the day
	Failed     []*Error     `json:"failed"`     // plans, and children new to care, that this run could not work on; the others are done
	failures   map[failure]bool
}

// failure is a plan that a step could not work on.
type failure struct {
	step string
	plan pep.ID
}

// MarshalJSON returns the report as an object. A list of nothing is empty, not
// null.
func (d DayReport) MarshalJSON() ([]byte, error) {
	type plain DayReport
	listed(&d.MadeUp)
	listed(&d.Reminded)
	listed(&d.Carried)
	listed(&d.Stale)
	listed(&d.NotStarted)
	listed(&d.Failed)
	for _, tasks := range [...]*[]Task{&d.Ceased, &d.NewToCare, &d.Overdue, &d.Stalled, &d.CareEnded, &d.Meetings} {
		listed(tasks)
	}
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

// RunDay does the day's work of a day, which must be today or one of the 31 days
// before: for any other day it returns a *rule.Invalid. It posts the reminders,
// carries forward what was not returned in term, destroys the sealed copies whose
// time is over, has a storage.Eraser remove from its files what was overwritten or
// destroyed, and a storage.Sweeper what killed programs have left, ceases the plans
// of children whose care has ended where Config.CeaseEnded says so, and lists what
// somebody should look at. A second
// run for the same day changes nothing more; a run after an interrupted one goes
// on where that one stopped. A plan that fails is listed in Failed and does not
// stop the work on the others; a step that fails does not stop the other steps.
//
// The store remembers each day that was done, under a command key that begins with
// "workflow.RunDay/". A day is done if all its steps ended without an error and no
// reminder failed; a plan that failed in another way is tried again by every later
// run. Before its own day, a run makes up the missed days: those of the 31 days
// before it that were not done and that follow one that was. Where none of the 31
// was done, as at the first run ever, it does its own day alone. A day that is made
// up has its reminders, which bear its date and go to those who had the plan on that
// day and still have it (REM-1), and what was to be carried forward on it.
// Everything else is done once, as of the run's own day. Keys that are pruned must be
// older than 31 days.
func (s *Service) RunDay(ctx context.Context, on civil.Date) (DayReport, error) {
	d := DayReport{On: on}
	if today := s.Today(); on.After(today) || on.Before(today.AddDays(-lookBack)) {
		return d, wrap("day", pep.ID{}, &rule.Invalid{Member: "on", Want: fmt.Sprintf("today or one of the %d days before", lookBack)})
	}
	var errs []error
	for _, step := range [...]step{
		{listingLeavers, s.listLeavers}, // first, so that nobody is reminded of a plan that is ceased
		{makingUp, s.makeUp},
		{reminding, s.remind},
		{carryingForward, s.carryForward},
		{destroying, s.destroy},
		{erasing, s.erase},
		{listingNotStarted, s.listNotStarted},
		{listingNewcomers, s.listNewcomers},
		{listingOpen, s.listOpen},
	} {
		errs = append(errs, s.take(ctx, step, &d))
	}
	err := errors.Join(errs...)
	if err == nil {
		err = s.take(ctx, step{ending, s.end}, &d)
	}
	return d, err
}

// step is one step of the day's work.
type step struct {
	name string
	do   func(context.Context, *DayReport) error
}

// take takes one step and reports how it went.
func (s *Service) take(ctx context.Context, t step, d *DayReport) error {
	started := s.c.Now()
	err := wrap(t.name, pep.ID{}, t.do(ctx, d))
	s.observe(ctx, t.name, pep.System, started, err)
	return err
}

// systemAct returns the act of the system that does v to a plan on a day.
func (s *Service) systemAct(p *pep.PEP, v pep.Verb, on civil.Date) (*pep.Act, error) {
	policy, err := s.policy(p, v)
	if err != nil {
		return nil, err
	}
	return &pep.Act{By: s.c.System, Role: pep.System, At: storage.Instant(s.c.Now()), On: on, Policy: policy}, nil
}

// fail lists a plan that this run could not work on, once for each step, or, with
// a zero id, a child without a plan.
func (d *DayReport) fail(op string, p pep.ID, err error) {
	if d.failures[failure{op, p}] && !p.IsZero() {
		return
	}
	keep(&d.failures, failure{op, p}, true)
	d.Failed = append(d.Failed, &Error{Op: op, Plan: p, Err: ofRecord(err)})
}

// failed reports whether a plan failed in a step.
func (d *DayReport) failed(op string) bool {
	return slices.ContainsFunc(d.Failed, func(e *Error) bool { return e.Op == op })
}
