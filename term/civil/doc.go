// Package civil holds dates: days of the calendar, with no time of day and no
// time zone. The process runs on such days: births, meetings, due dates and
// terms.
//
//	meeting := civil.MustParse("2026-03-25")
//	due := meeting.AddDays(14) // 2026-04-08
//
// A [Date] is one packed integer: dates compare with ==, sort by one
// comparison, and allocate only when they are written as text. [Of] returns the
// date of an instant in a time zone (TERM-7). [Date.Anniversary] and
// [Date.AgeOn] are the rules of age (AGE-1, AGE-2). [Parse] and [New] return
// [ErrDate] if there is no such day. The package reads no clock: wherever today
// matters, it is an argument.
package civil
