// Package page writes a report as one HTML page to read on a screen, on a phone and on
// paper. For each term it shows the headline numbers, the reasons, how far the plans have
// got, the groups, the measures and the coverage of Schedule 1. A payment run is optional.
//
//	err := page.Brief{Summary: r.Summary(), Establishment: known, Worker: name}.HTML(w)
//
// HTML returns a *rule.Invalid for a summary without a day or a term. The page has no script
// and loads nothing. The same values give the same bytes. Each chart
// is SVG, has patterns as well as colours, and has a table beside it with the same numbers.
// Screen readers skip the bars in the rows of a table and read the cells beside them.
//
// # Small numbers
//
// The page shows every count, however small. A count below 5 can identify a child. Hiding
// only that count would not help, because readers could work it out from the totals. A page
// for the public needs larger groups.
package page
