// Package sheet reads and writes tables that people keep in a spreadsheet and save as CSV:
// the one reader for cases, for children, and for whatever a host imports.
//
// A [Form] says which columns there are; [Form.Read] reads a file into a [Table].
// The first row names the columns, in any order. It takes what spreadsheets make
// of a file: a byte order mark; commas, semicolons or tabs between the cells; empty
// columns and rows at the end; line breaks within quotes; blanks around a cell,
// which are not part of it. A row that has no cell filled in is passed over.
//
// What is wrong is a fault of a line and a column, such as "line 3, column F
// (born)": of the file's own form, or what the caller says with [Table.Fault].
// [Table.Err] returns the faults. A fault names no cell's content, but
// [MistakenDate] names the day that a cell was meant to be.
//
// A [Writer] writes such a table, with no cell that a spreadsheet could take as a formula.
//
// A file has at most [MaxBytes] bytes, [MaxColumns] columns and [MaxRows] rows.
package sheet
