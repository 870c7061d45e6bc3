package policy_test

import (
	"fmt"

	"virtualschool.example/pep"
	"virtualschool.example/pep/policy"
	"virtualschool.example/term/civil"
)

func ExampleOverlay() {
	p, err := policy.Overlay(pep.Lancashire(), []byte(`{"returnPeriod": {"workingDays": 10}}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	due, err := p.Delegation().Due(civil.MustParse("2026-03-25"), civil.Date{})
	fmt.Println(due.On, err)
	_, err = policy.Overlay(pep.Lancashire(), []byte(`{"returnPeriod": {"weeks": 2}}`))
	fmt.Println(err)
	// Output:
	// 2026-04-10 <nil>
	// invalid returnPeriod.weeks: want no member of this name
	// invalid returnPeriod: want either days or workingDays, from 1
}

func ExampleMembers() {
	fmt.Println(string(policy.Members(pep.Lancashire())))
	// Output:
	// {"leapBirthday":"mar1","lowerBound":"birthday_term","returnPeriod":{"days":14},"carryForward":"after_due","grading":{"sampling":"per_establishment_per_term"}}
}
