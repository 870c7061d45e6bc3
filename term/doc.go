// Package term says which term of the PEP process contains a day. These terms
// are not school terms (TERM-6): they cover the whole year without a gap, and a
// school's opening dates do not change them.
//
//	spring := term.Lancashire().Of(meeting) // SPRING 2026
//	last := term.Lancashire().Last(spring)  // 2026-03-31
//
// A [Term] is a season and a calendar year, such as SPRING 2026. A [Calendar]
// gives the day on which each season begins: in the calendar of [Lancashire],
// 1 January, 1 April and 1 September (TERM-1). Terms are grouped into an
// [AcademicYear] (TERM-4) and a [FinancialYear] (TERM-5). [CheckBorn] refuses
// a date that cannot be a birth date (AGE-3).
//
// The term of a form is the one that contains the day of its meeting (TERM-2).
// To find the day of an instant, call [civil.Of] with Europe/London (TERM-7).
// Every error is a *rule.Invalid that names the member at fault.
package term
