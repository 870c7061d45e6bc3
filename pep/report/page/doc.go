// Package page writes a report as one HTML page to read on a screen, on a phone and on
// paper: the headline numbers of each term, the reasons, how far the plans have come,
// the groups, the measures and the coverage of Schedule 1, with a payment run where one
// is given.
//
//	err := page.Brief{Summary: r.Summary(), Establishment: known, Worker: name}.HTML(w)
//
// The page has no script, asks for nothing from elsewhere, and the same values give the
// same bytes. Each chart is drawn in SVG and has a table that holds the same numbers;
// nothing is told by colour alone. The bars in the rows of a table are hidden from a
// screen reader, which reads the cells beside them.
//
// # Small numbers
//
// The page shows every count, however small. A count below 5 can identify a child, and
// to hide it alone would help nobody: the rows of a table add up, so that a reader could
// work it out from the others. A page for the public needs other groups, not fewer digits.
package page
