package term_test

import (
	"fmt"
	"time"

	"virtualschool.example/pep/rule"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

func ExampleCalendar_Of() {
	terms := term.Lancashire()
	for _, meeting := range []string{"2025-12-31", "2026-03-31", "2026-04-01"} {
		fmt.Println(terms.Of(civil.MustParse(meeting)))
	}
	// Output:
	// AUTUMN 2025
	// SPRING 2026
	// SUMMER 2026
}

func ExampleCalendar_Last() {
	terms, spring := term.Lancashire(), term.MustParse("SPRING 2026")
	fmt.Println(terms.First(spring), terms.Last(spring))
	// Output: 2026-01-01 2026-03-31
}

func ExampleNewCalendar() {
	terms, err := term.NewCalendar(
		term.MonthDay{Month: time.January, Day: 1},
		term.MonthDay{Month: time.May, Day: 1},
		term.MonthDay{Month: time.September, Day: 1},
	)
	fmt.Println(terms.Of(civil.MustParse("2026-04-01")), err)
	// Output: SPRING 2026 <nil>
}

func ExampleTerm_Next() {
	autumn := term.New(term.Autumn, 2026)
	fmt.Println(autumn.Next(), autumn.Previous(), autumn.Before(autumn.Next()))
	// Output: SPRING 2027 SUMMER 2026 true
}

func ExampleParse() {
	spring, err := term.Parse("SPRING 2026")
	fmt.Println(spring.Season(), spring.Year(), err)
	_, err = term.Parse("WINTER 2026")
	fmt.Println(err)
	// Output:
	// SPRING 2026 <nil>
	// term must be a season and a year, such as SPRING 2026
}

func ExampleTerm_AcademicYear() {
	spring := term.MustParse("SPRING 2026")
	fmt.Println(spring.AcademicYear(), spring.FinancialYear(), spring.Next().FinancialYear())
	// Output: 2025/26 2025/26 2026/27
}

func ExampleCheckBorn() {
	on := civil.MustParse("2026-03-31")
	err := term.CheckBorn(civil.MustParse("2026-04-01"), on, civil.March1)
	fmt.Println(rule.InvalidMember(err))
	// Output: born
}
