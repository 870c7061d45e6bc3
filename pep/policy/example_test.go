package policy_test

import (
	"fmt"

	"virtualschool.example/pep"
	"virtualschool.example/pep/policy"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

func ExampleOverlay() {
	p, err := policy.Overlay(pep.Lancashire(), []byte(`{"returnPeriod": {"workingDays": 10}}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	due, err := p.Delegation(civil.Date{}).Due(civil.MustParse("2026-03-25"), civil.Date{})
	fmt.Println(due.On, err)
	_, err = policy.Overlay(pep.Lancashire(), []byte(`{"returnPeriod": {"weeks": 2}}`))
	fmt.Println(err)
	// Output:
	// 2026-04-10 <nil>
	// "returnPeriod.weeks" is not a known member
	// returnPeriod must be either days or workingDays, 1 or more
}

func ExampleValueOn() {
	p, err := policy.Overlay(pep.Lancashire(), []byte(`{"returnPeriod": [
		{"to": "2027-01-01", "source": "PEP process book", "value": {"days": 14}},
		{"from": "2027-01-01", "source": "minutes of 12 May 2026", "value": {"workingDays": 10}}
	]}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, meeting := range []string{"2026-12-31", "2027-01-01"} {
		v, _ := policy.ValueOn(p, rule.ParameterReturnPeriod, civil.MustParse(meeting))
		due, err := p.Delegation(civil.MustParse(meeting)).Due(civil.MustParse(meeting), civil.Date{})
		fmt.Println(due.On, err, string(v.JSON), v.Source)
	}
	// Output:
	// 2027-01-14 <nil> {"days":14} PEP process book
	// 2027-01-15 <nil> {"workingDays":10} minutes of 12 May 2026
}

func ExampleCompare() {
	website, err := policy.Website()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range policy.Compare(pep.Lancashire(), website) {
		fmt.Printf("%s: %s -> %s\n", d.Member, d.Before[0].JSON, d.After[0].JSON)
	}
	// Output:
	// name: "lancashire" -> "lancashire-website"
	// revision: 1 -> 1001
	// alwaysFromAge: 4 -> 2
	// upperBound: "term_end" -> "birthday"
	// returnPeriod: {"days":14} -> {"workingDays":10}
	// grading: {"sampling":"per_establishment_per_term"} -> {"sampling":"per_child","months":12}
}
