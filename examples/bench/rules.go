package main

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"
	"github.com/looplab/fsm"
	"github.com/qmuntal/stateless"
	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/gb"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/term/civil"
	"virtualschool.example/term/workday"
)

var today = civil.MustParse("2026-02-14")

var errAnswer = errors.New("a wrong answer")

// rules returns the comparisons of the pure rules with other libraries.
func rules() ([]pair, error) {
	needed, err := needed()
	if err != nil {
		return nil, err
	}
	started, err := started(0)
	if err != nil {
		return nil, err
	}
	return append(steps(started.Snapshot()), workingDays(), needed), nil
}

// births returns random birth dates over 20 years.
func births() (all [1024]civil.Date) {
	r := rand.New(rand.NewPCG(1, 2))
	for i := range all {
		all[i] = civil.MustParse("2006-01-01").AddDays(r.IntN(20 * 365))
	}
	return all
}

// needed compares the time to decide whether a child needs a plan on a day. The other
// library evaluates a compiled expression over plain numbers, and gives no reason.
func needed() (pair, error) {
	born, policy := births(), pep.Lancashire()
	care := record.Care{Episodes: []record.Episode{{Span: record.Span{From: civil.MustParse("2020-01-01")}}}}
	education := []record.Education{{Span: record.Span{From: civil.MustParse("2024-09-01")}, Kind: record.Nursery}}
	type facts struct{ Born, Now, Care, Nursery, Last int }
	program, err := expr.Compile(
		"Now >= Care && Now <= Last && ((Now - Born) / 10000 >= 4 || (Now - Born) / 10000 >= 2 && Now >= Nursery)",
		expr.Env(facts{}), expr.AsBool())
	if err != nil {
		return pair{}, err
	}
	plain := make([]any, len(born))
	for i, d := range born {
		plain[i] = facts{packed(d), packed(today), 2020_0101, 2024_0901, packed(d) + 18_0000}
	}
	var machine vm.VM
	return pair{
		"eligibility on a day", "expr-lang/expr, only the answer",
		func(n int) error {
			_, err := policy.RequiredOn(born[n&1023], today, care, education)
			return err
		},
		func(n int) error {
			_, err := machine.Run(program, plain[n&1023])
			return err
		},
	}, nil
}

// packed returns a day as a number such as 20260214.
func packed(d civil.Date) int { return d.Year()*10000 + int(d.Month())*100 + d.Day() }

// workingDays compares the time to find the tenth working day after a day.
func workingDays() pair {
	ours, theirs := workday.EnglandAndWales(), cal.NewBusinessCalendar()
	theirs.Cacheable = true
	theirs.AddHoliday(gb.Holidays...)
	var days [1024]civil.Date
	var times [1024]time.Time
	for i := range days {
		days[i] = civil.MustParse("2019-01-01").AddDays(i * 7919 % 3600)
		times[i] = time.Date(days[i].Year(), days[i].Month(), days[i].Day(), 0, 0, 0, 0, time.UTC)
	}
	return pair{
		"the tenth working day after a day", "rickar/cal, cached",
		func(n int) error {
			_, err := ours.Add(days[n&1023], 10)
			return err
		},
		func(n int) error {
			if theirs.WorkdaysFrom(times[n&1023], 10).IsZero() {
				return errAnswer
			}
			return nil
		},
	}
}

// steps compares one step of a plan, with its guards and its event, with one step of
// state machines that have only states and a guard.
func steps(started pep.Snapshot) []pair {
	ours := func(n int) error { return step(started, n) }
	draftOrNot := stateless.NewStateMachine("draft")
	draftOrNot.Configure("draft").Permit("delegate", "delegated", func(context.Context, ...any) bool { return true })
	draftOrNot.Configure("delegated").Permit("retract", "draft", func(context.Context, ...any) bool { return true })
	triggers := [...]string{"delegate", "retract"}
	machine := fsm.NewFSM("draft", fsm.Events{
		{Name: "delegate", Src: []string{"draft"}, Dst: "delegated"},
		{Name: "retract", Src: []string{"delegated"}, Dst: "draft"},
	}, fsm.Callbacks{"before_event": func(context.Context, *fsm.Event) {}})
	return []pair{
		{"a step of the workflow", "qmuntal/stateless", ours, func(n int) error { return draftOrNot.Fire(triggers[n%2]) }},
		{"a step of the workflow", "looplab/fsm", ours, func(n int) error { return machine.Event(context.Background(), triggers[n%2]) }},
	}
}

// started returns the nth plan, which belongs to the nth child.
func started(n int) (*pep.PEP, error) {
	p := pep.New(pep.ID{UUID: numbered(n, 3)})
	return p, p.Do(act(numbered(n, 1)), pep.StartInitial{Meeting: today.AddDays(n % 200)})
}

// step restores a plan from its saved state and moves its meeting.
func step(saved pep.Snapshot, n int) error {
	p, err := pep.Restore(saved)
	if err != nil {
		return err
	}
	return move(p, n)
}

func move(p *pep.PEP, n int) error {
	return p.Do(mover, pep.RescheduleMeeting{Meeting: today.AddDays(10 + n%20)})
}
