// Package pdf writes an export.Document as PDF, for paper.
//
// Every page bears the stamp of the document, its title and its number of so many. An
// answer of any length goes on over as many pages as it needs, and a section is a
// bookmark. The two Go fonts are embedded, which have Latin, Greek and Cyrillic letters
// with their accents; a character that they do not have stands as a square, and the
// last line of the document says so. The page that Document.HTML writes shows every
// character, and suits a reader who listens to it better: this package writes no tags.
//
// The same document gives the same bytes: no clock is read.
package pdf
