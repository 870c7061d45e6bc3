// Package report counts children for a term, as at any day: how many need a plan, how many
// have one and at which stage, how many have none, and how many are excused and why
// (MISS-1, MISS-2). It also makes measures, such as plans returned in time.
//
// A [Report] reads the [pep.Dossier] of each child once and keeps only counts, so a million
// children take no more memory than a thousand. The dossiers come from Service.Dossiers of
// package workflow, or from an iterator that the host provides.
//
//	r, err := report.New(report.Question{Policy: policy, Terms: terms, On: today})
//	for line, err := range r.Lines(service.Dossiers(ctx, by, query)) { … }
//	summary := r.Summary()
//
// [pep.Policy.Missing] decides about each child. A report only counts those decisions. New
// returns a *rule.Invalid for a question that it cannot answer. Lines yields an error for
// each child about whom the rules cannot decide, and goes on.
//
// # Output
//
// [CSV] writes the lines, the summary and a payment run as tables. The file columns.md
// lists their columns. [JSONLines] writes the same for a program, and package page writes
// a page for people. [SettlementOf] adds up a payment run for all three.
//
// # What the as-at day covers
//
// Plans are as they stood at the end of the as-at day. A child's care and education follow
// the dates recorded with them. The register keeps no other history, so the social worker
// and the details of an establishment are those recorded now.
package report
