package examples_test

import (
	"fmt"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/term/civil"
)

// This example uses the rules alone, without a service. The README shows it.
func Example() {
	policy := pep.Lancashire()
	meeting := civil.MustParse("2026-03-25")

	fmt.Println(policy.Calendar().Of(meeting))

	due, _ := policy.Delegation(meeting).Due(meeting, civil.MustParse("2026-03-10"))
	fmt.Println(due.On)

	needed, _ := policy.RequiredOn(civil.MustParse("2022-03-26"), meeting, record.Care{Throughout: true}, nil)
	fmt.Println(needed.Required, needed.Reason)
	// Output:
	// SPRING 2026
	// 2026-04-08
	// false not_in_nursery
}
