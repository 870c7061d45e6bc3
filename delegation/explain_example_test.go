package delegation_test

import (
	"fmt"

	"virtualschool.example/delegation"
	"virtualschool.example/term/civil"
)

func ExampleDue_Explain() {
	policy := delegation.Lancashire()
	meeting, delegated := civil.MustParse("2026-07-10"), civil.MustParse("2026-08-06")
	due, err := policy.Due(meeting, delegated)
	if err != nil {
		fmt.Println(err)
		return
	}
	because := due.Explain(policy, meeting, delegated)
	fmt.Println(because.Sentence)
	for _, fact := range because.Facts {
		fmt.Println(fact.Name, fact.Value)
	}
	for _, used := range because.Parameters {
		fmt.Println(used.Parameter, used.On)
	}
	// Output:
	// the form was delegated on 6 August 2026, more than 14 days after the meeting on 10 July 2026, so it is due 14 days after delegation, on 20 August 2026
	// meeting 2026-07-10
	// delegated 2026-08-06
	// meetingTerm SUMMER 2026
	// outOfTerm false
	// terms 2026-07-10
	// returnPeriod 2026-07-10
}
