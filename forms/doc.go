// Package forms says which form a child has, what it asks and whether it is
// filled: what is true of forms without any child, teacher or date of a case.
//
// A birth date and a day make a [YearGroup] (YEAR-1, [YearGroupOf]), unless
// one is recorded (YEAR-2, [ParseRecorded], [YearGroupAt]). A year group and a
// [Setting] make a form [Type] by a [Table] (FORM-1 to FORM-8); [SpecialTypes]
// are the establishment types, by their [GIAS] codes, that make a setting
// special (FORM-7). A [Template] holds the sections and questions of a type
// (SECT-1, SECT-2).
//
// What is written in the boxes of a section is its [Answers], which print and
// marshal as private.Text does. [Template.Check] makes of them a [Filled], one
// bit a question: all that the workflow needs to know. A box is blank if
// nothing shows in it; N/A fills it (SECT-3, [Judge]).
//
// # What is data and what is code
//
// The table, the special types and the templates are data of the council's
// policy: [NewTable] and [NewTitles] make others, and [Lancashire],
// [LancashireTitles] and [TemplateOf] return the council's. The
// first two section titles and the last are published; the other titles and
// every question are ours and marked Proposed until the council's wording is
// known. The year groups and key stages are the school system's, and code.
package forms
