// Package report says how the children stand for a term: who needs a plan, who has one
// and how far it has come, who has none, and who is excused and why (MISS-1, MISS-2); and
// what the measures come to, as at any day.
//
// A [Report] goes once through the [pep.Dossier] of each child and keeps only counts, so
// that a million children take no more memory than a thousand. The dossiers come from
// Service.Dossiers of package workflow, or from an iterator of the host's own.
//
//	r, err := report.New(report.Question{Policy: policy, Terms: terms, On: today})
//	for line, err := range r.Lines(service.Dossiers(ctx, by, query)) { … }
//	summary := r.Summary()
//
// The decision about each child is [pep.Policy.Missing]: a report counts, and decides
// nothing itself.
//
// # What goes out
//
// A [CSV] writes the lines, the tables of a summary and those of a payment run, of which
// [SettlementOf] makes the totals; columns.md lists the columns. [JSONLines] writes the
// lines and the summary for a program, and package page writes a summary for people.
//
// # What is as at the day
//
// Plans are as they stood at the end of the day. The register has no history: a child's
// care and education are cut by their own dates, but who the social worker is, and what is
// recorded of an establishment, is as the register has it now.
package report
