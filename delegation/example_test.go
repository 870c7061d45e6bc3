package delegation_test

import (
	"errors"
	"fmt"
	"time"

	"virtualschool.example/delegation"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

func ExampleRules_Due() {
	lancashire := delegation.Lancashire()
	meeting := civil.MustParse("2026-03-27")

	due, _ := lancashire.Due(meeting, civil.MustParse("2026-03-13"))
	fmt.Println(due.On, due.OutOfTerm, due.Rules.List())

	due, _ = lancashire.Due(meeting, civil.MustParse("2026-04-05")) // after the end of SPRING 2026
	fmt.Println(due.On, due.OutOfTerm, due.Rules.List())
	// Output:
	// 2026-04-10 false [DUE-1]
	// 2026-04-19 true [DUE-4 OOT-1]
}

func ExamplePeriod() {
	council := delegation.Lancashire()
	council.Return = delegation.Period{WorkingDays: 10}

	due, _ := council.Due(civil.MustParse("2026-03-25"), civil.Date{}) // over Easter
	fmt.Println(due.On)

	_, err := council.Due(civil.MustParse("2029-03-25"), civil.Date{})
	fmt.Println(errors.Is(err, rule.DUE7))
	// Output:
	// 2026-04-10
	// true
}

func ExampleRules_Timeliness() {
	lancashire := delegation.Lancashire()
	due := civil.MustParse("2026-01-30") // a Friday

	for _, today := range []string{"2026-01-30", "2026-02-02"} {
		t, _ := lancashire.Timeliness(due, civil.MustParse(today), civil.Date{})
		fmt.Println(t.Status, t.DaysLate, t.WorkingDaysLate)
	}
	// Output:
	// due_today 0 0
	// overdue 3 1
}

func ExampleRules_RemindersOn() {
	council := delegation.Lancashire()
	council.DueReminders, _ = delegation.NewOffsets(-2) // Lancashire sends no reminder before the due date

	fmt.Println(council.RemindersOn(delegation.Dates{
		Meeting:   civil.MustParse("2026-01-14"),
		Delegated: civil.MustParse("2026-01-06"),
		Due:       civil.MustParse("2026-01-28"),
	}))
	// Output: [2026-01-14 2026-01-26]
}

func ExampleRules_CarryForward() {
	lancashire := delegation.Lancashire()
	meeting, due := civil.MustParse("2026-03-25"), civil.MustParse("2026-04-08")

	times := 0
	for _, today := range []string{"2026-04-08", "2026-04-09", "2026-08-31", "2026-09-01"} {
		c := lancashire.CarryForward(meeting, due, civil.MustParse(today), civil.Date{}, times)
		if c.Carried {
			times++
		}
		fmt.Println(today, c.Term, "carried:", c.Carried, "stale:", c.Stale)
	}
	// Output:
	// 2026-04-08 SPRING 2026 carried: false stale: false
	// 2026-04-09 SUMMER 2026 carried: true stale: false
	// 2026-08-31 SUMMER 2026 carried: false stale: false
	// 2026-09-01 SUMMER 2026 carried: false stale: true
}

func ExampleRules_ParseAssignment() {
	lancashire := delegation.Lancashire()
	form, last := term.MustParse("SPRING 2022"), term.MustParse("AUTUMN 2022")

	for _, comment := range []string{"spring - 17/6/2022", "SPRING—12/09/2022", "SPRING—06/17/2022", "SPRING—N/A"} {
		a, err := lancashire.ParseAssignment(comment, form, last)
		if err != nil {
			var refusal *rule.Refusal
			errors.As(err, &refusal)
			fmt.Println(refusal.Rule(), refusal.Code())
			continue
		}
		fmt.Printf("%v %v %v %q\n", a.Term, a.Next, a.NextTerm, a.Gap.String())
	}
	// Output:
	// SPRING 2022 2022-06-17 SUMMER 2022 ""
	// SPRING 2022 2022-09-12 AUTUMN 2022 "skips_term"
	// ASSIGN-1 comment_date
	// ASSIGN-4 next_meeting_needed
}

func ExampleRules_FormatAssignment() {
	form := term.MustParse("SPRING 2022")
	fmt.Println(delegation.Lancashire().FormatAssignment(form, civil.MustParse("2022-06-17")))
	fmt.Println(delegation.Lancashire().FormatAssignment(form, civil.Date{}))
	// Output:
	// SPRING—17/06/2022
	// SPRING—N/A
}

func ExampleRules_Preflight() {
	actioned := time.Date(2026, time.January, 12, 9, 0, 0, 0, time.UTC)
	school := record.Establishment{Status: record.Current}
	teacher := record.Contributor{Active: true, Actioned: actioned}

	var reasons rule.Reasons
	delegation.Lancashire().Preflight(school, teacher, actioned.Add(23*time.Hour), &reasons)
	fmt.Println(reasons.Err("delegate"))
	// Output:
	// delegate: PRE-3: the designated teacher cannot be selected before 09:00 on Tuesday 13 January 2026, because the portal account is too new; wait until the account is old enough
}

func ExampleState_After() {
	for _, move := range []delegation.Move{delegation.Activate, delegation.Redelegate} {
		to, ok := delegation.Locked.After(move)
		fmt.Println(move, to, ok)
	}
	// Output:
	// activate activated true
	// redelegate  false
}

func ExampleStates() {
	form := delegation.NewStates(5) // an early years form
	form, _ = form.After(delegation.Delegate, delegation.Every(5))
	star, _ := delegation.NewSections(3)
	form, _ = form.After(delegation.Save, star)
	fmt.Println(form[2], form.Outstanding().Len())

	form, _ = form.After(delegation.Submit, form.Outstanding())
	_, ok := form.After(delegation.Retract, delegation.Every(5))
	fmt.Println(form[2], ok)
	// Output:
	// saved 5
	// locked false
}

func ExampleCheckSections() {
	chosen, _ := delegation.NewSections(1, 2, 3, 4, 5)
	var reasons rule.Reasons
	delegation.CheckSections(chosen, delegation.Every(6), &reasons)
	fmt.Println(reasons.Err("delegate"))
	// Output: delegate: DELEG-1: all sections of the form must be delegated together; select every section
}

func ExampleRules_PrepareBy() {
	lancashire := delegation.Lancashire()
	meeting := civil.MustParse("2026-01-14")
	fmt.Println(lancashire.PrepareBy(meeting), lancashire.PreparedLate(meeting, civil.MustParse("2026-01-05")))
	// Output: 2026-01-04 true
}
