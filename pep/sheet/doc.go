// Package sheet reads and writes tables that people keep in a spreadsheet and
// save as CSV. It reads cases, children, and whatever else a host imports.
//
//	table, err := form.Read(file)
//	for _, row := range table.Rows() {
//		born, err := civil.Parse(row.Cell("born"))
//		if err != nil {
//			row.Fault("born", "a date as 2006-01-02")
//		}
//	}
//	err = table.Err()
//
// A [Form] says which columns a file may have, and [Form.Read] reads a file
// into a [Table]. The first row names the columns, in any order. Read accepts
// what spreadsheets do to a file: a byte order mark; commas, semicolons or tabs
// between the cells; empty columns and rows at the end; line breaks within
// quotes; blanks around a cell, which it removes. It skips a row that has no
// filled cell.
//
// A fault has a line and a column, such as "line 3, column F (born)". It
// concerns the form of the file, or comes from the caller through [Row.Fault].
// [Table.Err] returns all faults. A fault never holds the content of a cell,
// but [MistakenDate] names the day that a cell was meant to hold.
//
// A [Writer] writes such a table. No cell that it writes can be taken for a
// formula by a spreadsheet.
//
// A file may have at most [MaxBytes] bytes, [MaxColumns] columns and [MaxRows]
// rows.
package sheet
