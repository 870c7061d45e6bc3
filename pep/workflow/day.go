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

// batch is the number of plans that one transaction or query of the day's work
// handles.
const batch = 100

// DayReport is what one run of the day's work did and found. Each list of tasks is
// sorted by day.
type DayReport struct {
	On         civil.Date   `json:"on"`
	MadeUp     []civil.Date `json:"madeUp"`     // the missed days that this run made up, in order
	Reminded   []pep.ID     `json:"reminded"`   // plans for which this run posted a reminder (REM-1)
	Carried    []pep.ID     `json:"carried"`    // plans that this run carried forward (OOT-2)
	Destroyed  int          `json:"destroyed"`  // the number of sealed copies that this run destroyed
	Ceased     []Task       `json:"ceased"`     // plans that this run ceased, with the day on which the child's care ended (CHG-4)
	Stale      []pep.ID     `json:"stale"`      // plans that are late again and are not carried forward any more; a person must end them (OOT-4)
	NotStarted []Next       `json:"notStarted"` // next plans that nobody has started, each after a plan with a finalised revision (FINAL-3)
	NewToCare  []Task       `json:"newToCare"`  // children new to care who have no plan, with the day by which one must be complete (DUE-5); no day if the bank holidays are not published
	Overdue    []Task       `json:"overdue"`    // plans that the establishment has not returned, with their due date (DUE-3)
	Stalled    []Task       `json:"stalled"`    // plans that have been at the returned, checking or grading stage for too long, with the day on which they reached it (DUE-8)
	CareEnded  []Task       `json:"careEnded"`  // open plans of children whose care has ended, with the day on which it ended (CHG-4)
	Meetings   []Task       `json:"meetings"`   // open plans whose meeting is on the day
	Failed     []*Error     `json:"failed"`     // plans, and children new to care, that this run could not work on; it worked on the others
	failures   map[failure]bool
}

// failure names a plan and a step that failed on it.
type failure struct {
	step string
	plan pep.ID
}

// MarshalJSON returns the report as an object. An empty list is [], not null.
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

// listed turns a nil list into an empty one.
func listed[T any](list *[]T) {
	if *list == nil {
		*list = []T{}
	}
}

// Next is a plan that business support must start.
type Next struct {
	After   pep.ID         `json:"after"` // the finalised plan
	Child   record.ChildID `json:"child"`
	Meeting civil.Date     `json:"meeting"` // the next meeting that the finalised plan names
}

// RunDay does the work of a day, which must be today or one of the 31 days before.
// For any other day it returns a *rule.Invalid. RunDay
//
//   - posts the reminders;
//   - carries forward the plans that were not returned in term;
//   - destroys the sealed copies whose time is over;
//   - has a storage.Eraser remove overwritten and destroyed content from its files,
//     and a storage.Sweeper remove files left behind by programs that were killed;
//   - ceases the plans of children whose care has ended, if Config.CeaseEnded is
//     set;
//   - lists the plans and the children that somebody should look at.
//
// A second run for the same day changes nothing more. A run after an interrupted one
// continues where that one stopped. A plan that fails is listed in Failed and does
// not stop the work on the others. A step that fails does not stop the other steps.
//
// The store remembers each day that was done, under a command key that begins with
// "workflow.RunDay/". A day is done if all its steps ended without an error and no
// reminder failed. If a plan fails in any other way, every later run tries it again.
//
// Before a run does its own day, it makes up the missed days. A missed day is any of
// the 31 days before the run's own day that was not done although an earlier one
// was. If none of the 31 days was done, as on the very first run, it does only its
// own day. For each day that it makes up, a run posts that day's reminders, dated
// that day, to those who had the plan then and still have it (REM-1). It also
// carries forward the plans that were due to be carried forward then. Everything
// else is done once, as of the run's own day. A host that prunes keys itself must
// keep those of the last 31 days.
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

// take takes one step of the day's work and observes how it went.
func (s *Service) take(ctx context.Context, t step, d *DayReport) error {
	started := s.c.Now()
	err := wrap(t.name, pep.ID{}, t.do(ctx, d))
	s.observe(ctx, t.name, pep.System, started, err)
	return err
}

// systemAct returns the act by which the system performs v on a plan on a day.
func (s *Service) systemAct(p *pep.PEP, v pep.Verb, on civil.Date) (*pep.Act, error) {
	policy, err := s.policy(p, v)
	if err != nil {
		return nil, err
	}
	return &pep.Act{By: s.c.System, Role: pep.System, At: storage.Instant(s.c.Now()), On: on, Policy: policy}, nil
}

// fail lists a plan that this run could not work on, once for each step. The zero id
// means a child without a plan.
func (d *DayReport) fail(op string, p pep.ID, err error) {
	if d.failures[failure{op, p}] && !p.IsZero() {
		return
	}
	keep(&d.failures, failure{op, p}, true)
	d.Failed = append(d.Failed, &Error{Op: op, Plan: p, Err: ofRecord(err)})
}

// failed reports whether a step failed on any plan.
func (d *DayReport) failed(op string) bool {
	return slices.ContainsFunc(d.Failed, func(e *Error) bool { return e.Op == op })
}
