// Package civil is a day of the calendar: no clock, no zone. The process runs
// on such days: births, meetings, due dates and terms.
//
// A [Date] is one packed integer, so that days compare with == and sort by
// one comparison, and nothing here allocates but text. [Of] takes the day of
// an instant in a zone (TERM-7); [Date.Anniversary] and [Date.AgeOn] are the
// rules of age (AGE-1, AGE-2). The package reads no clock: today is an
// argument wherever it matters.
package civil
