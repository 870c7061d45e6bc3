// Package term says which term of the process a day is in. The terms are not
// school terms (TERM-6): they tile the year, and no school's opening dates
// change them.
//
// A [Term] is a season and a calendar year, such as SPRING 2026. A [Calendar]
// says on which day each season begins; [Lancashire] has 1 January, 1 April
// and 1 September (TERM-1). [AcademicYear] and [FinancialYear] are the years
// that group them (TERM-4, TERM-5), and [CheckBorn] refuses what cannot be a
// birth date (AGE-3).
//
// The term of a form is Calendar.Of the day of its meeting (TERM-2); the day
// of an instant is [civil.Of] in Europe/London (TERM-7).
package term
