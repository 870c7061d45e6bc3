// Package pdf writes an export.Document as PDF, for paper.
//
//	err := pdf.Write(w, export.Of(exported))
//
// Every page shows the stamp of the document, the title, the page number and the number of
// pages. A long answer takes as many pages as it needs. Each section has a bookmark. The
// two Go fonts are embedded. They have Latin, Greek and Cyrillic letters with accents. Any
// other character appears as a square, and the last line of the document then says so. The
// file has no tags, so a person who uses a screen reader is better served by the page that
// Document.HTML writes, which also has every character.
//
// The same document gives the same bytes. Write returns only errors from w and from the PDF
// library.
package pdf
