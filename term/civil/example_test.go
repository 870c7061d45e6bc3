package civil_test

import (
	"fmt"
	"time"
	_ "time/tzdata"

	"virtualschool.example/term/civil"
)

func ExampleParse() {
	meeting, err := civil.Parse("2026-03-25")
	fmt.Println(meeting, meeting.Weekday(), err)
	_, err = civil.Parse("2026-02-30")
	fmt.Println(err)
	// Output:
	// 2026-03-25 Wednesday <nil>
	// civil: not a date such as 2006-01-02, from 0001-01-01 to 9999-12-31
}

func ExampleOf() {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(err)
	}
	// In London it is 00:30 on 1 April.
	fmt.Println(civil.Of(time.Date(2026, time.March, 31, 23, 30, 0, 0, time.UTC), london))
	// Output: 2026-04-01
}

func ExampleDate_AddDays() {
	meeting := civil.MustParse("2026-03-25")
	due := meeting.AddDays(14)
	fmt.Println(due, due.DaysSince(meeting), due.After(meeting))
	// Output: 2026-04-08 14 true
}

func ExampleDate_AgeOn() {
	born := civil.MustParse("2008-04-01")
	fmt.Println(born.AgeOn(civil.MustParse("2026-03-31"), civil.March1))
	fmt.Println(born.AgeOn(civil.MustParse("2026-04-01"), civil.March1))
	// Output:
	// 17
	// 18
}

func ExampleDate_Anniversary() {
	born := civil.MustParse("2024-02-29")
	fmt.Println(born.Anniversary(2, civil.March1), born.Anniversary(4, civil.March1))
	// Output: 2026-03-01 2028-02-29
}

func ExampleLeapBirthday() {
	born, on := civil.MustParse("2024-02-29"), civil.MustParse("2026-02-28")
	for _, leap := range []civil.LeapBirthday{civil.March1, civil.February28} {
		fmt.Println(leap, born.AgeOn(on, leap))
	}
	// Output:
	// mar1 1
	// feb28 2
}
