// Package forms says which form a child has, what the form asks, and whether
// its boxes are filled. It knows nothing of a plan, a teacher or a due date.
//
//	year, err := forms.YearGroupOf(born, meeting)
//	form, err := forms.Lancashire().Type(year, forms.Mainstream)
//	filled, err := forms.TemplateOf(form).Check(1, answers)
//
// A [YearGroup] follows from a birth date and a day (YEAR-1, [YearGroupOf]),
// unless one is recorded (YEAR-2, [ParseRecorded], [YearGroupAt]). A [Table]
// gives the form [Type] of a year group in a [Setting] (FORM-1 to FORM-8). An
// establishment is a special school if its [GIAS] code is among the
// [SpecialTypes] (FORM-7). A [Template] holds the sections and questions of a
// form type (SECT-1, SECT-2).
//
// The texts in the boxes of a section are its [Answers], which print and
// marshal as private.Text does. [Template.Check] reduces them to a [Filled],
// one bit for each question, which is all that the workflow needs. A box is
// blank if nothing in it can be seen; N/A fills it (SECT-3, [Judge]).
//
// A *rule.Refusal means that there is no such year group or form (YEAR-4), a
// *rule.Invalid that the arguments make no sense.
//
// # What is data and what is code
//
// The table, the special types and the section titles are data of the council's
// policy: [Lancashire], [SpecialTypes] and [LancashireTitles] are the
// council's, and [NewTable] and [NewTitles] make others. The first two section
// titles and the last are published. We wrote the other titles and every
// question, which are marked Proposed until the council's wording is known. The
// year groups, the key stages and the questions are code.
package forms
