package workday_test

import (
	"errors"
	"fmt"

	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
	"virtualschool.example/term/workday"
)

func ExampleCalendar_Add() {
	meeting := civil.MustParse("2026-03-25")
	due, err := workday.EnglandAndWales().Add(meeting, 10) // over Easter
	fmt.Println(due, err)
	// Output: 2026-04-10 <nil>
}

func ExampleCalendar_Between() {
	due, returned := civil.MustParse("2026-04-02"), civil.MustParse("2026-04-08")
	late, err := workday.EnglandAndWales().Between(due, returned)
	fmt.Println(late, err)
	// Output: 2 <nil>
}

func ExampleCalendar_Is() {
	substitute, err := workday.EnglandAndWales().Is(civil.MustParse("2026-12-28"))
	fmt.Println(substitute, err)
	_, err = workday.EnglandAndWales().Is(civil.MustParse("2029-01-02"))
	fmt.Println(errors.Is(err, rule.DUE7), err)
	// Output:
	// false <nil>
	// true workday: DUE-7: the policy does not list the bank holidays around Tuesday 2 January 2029
}

func ExampleNew() {
	published := workday.EnglandAndWales()
	oneOff := civil.MustParse("2026-06-15")
	holidays, err := workday.New(published.From(), published.To(), append(published.Holidays(), oneOff))
	if err != nil {
		panic(err)
	}
	fmt.Println(holidays.Add(oneOff.AddDays(-1), 1))
	// Output: 2026-06-16 <nil>
}
