package report

import "strings"

// Columns returns a page that lists the columns of every table.
func Columns() string {
	var out strings.Builder
	out.WriteString("# Columns of the CSV files\n\nColumn names and their order are stable. A new column comes at the end of its table; no column is renamed or removed. `CSV.Lines` writes the first table, `CSV.Summary` the next six, and `CSV.Payments` the last four.\n")
	listed(&out, "lines", append(lineColumns[:len(lineColumns):len(lineColumns)], nameColumns[:]...))
	listed(&out, "terms", termColumns())
	listed(&out, "reasons", reasonColumns())
	listed(&out, "stages", stageColumns())
	listed(&out, "groups", groupColumns())
	listed(&out, "figures", figureColumns())
	listed(&out, "coverage", coverageColumns())
	listed(&out, "payments", paidColumns())
	listed(&out, "payment_totals", totalColumns())
	listed(&out, "unpaid", unpaidColumns())
	listed(&out, "undecided", undecidedColumns())
	return out.String()
}

func listed[T any](out *strings.Builder, table string, columns []column[T]) {
	out.WriteString("\n## " + table + "\n\n| column | what it holds |\n|---|---|\n")
	for _, of := range columns {
		out.WriteString("| `" + of.name + "` | " + of.meaning + " |\n")
	}
}
