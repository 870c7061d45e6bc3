package pep_test

import (
	"fmt"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/term/civil"
)

func ExampleRequirement_ExplainOn() {
	policy := pep.Lancashire()
	born, on := civil.MustParse("2022-05-20"), civil.MustParse("2026-02-03")
	needed, err := policy.RequiredOn(born, on, record.Care{Throughout: true}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	because := needed.ExplainOn(policy, born, on)
	fmt.Println(because.Sentence)
	for _, fact := range because.Facts {
		fmt.Println(fact.Name, fact.Value)
	}
	// Output:
	// the child is 3 on 3 February 2026 but is not in nursery provision, so needs a plan only from the age of 4
	// born [private]
	// on 2026-02-03
	// term SPRING 2026
	// lastTerm SUMMER 2040
	// age 3
	// inNursery false
}
