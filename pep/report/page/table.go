package page

import "virtualschool.example/pep/report"

// table is a table of the page. Its first column names the rows.
type table struct {
	Caption string
	Head    []cell
	Rows    []row
	Legend  []part // what the parts of its bars are; nil for a table without bars
}

// Bars reports whether the rows have bars.
func (t table) Bars() bool { return len(t.Rows) > 0 && t.Rows[0].Bar != nil }

// Wide reports whether the table has more columns than a phone is wide.
func (t table) Wide() bool { return len(t.Head) > 3 || t.Bars() }

// cell is a cell of a table.
type cell struct {
	Text  string
	Class string // "number" stands at the right, "whole" has no line end; otherwise ""
}

// row is a row of a table.
type row struct {
	Name  string
	Cells []cell
	Bar   []part
}

// text returns a cell with a text.
func text(s string) cell { return cell{Text: s} }

// figure returns a cell with a text that is a number.
func figure(s string) cell { return cell{s, "number"} }

// whole returns a cell with a text that stays on one line.
func whole(s string) cell { return cell{s, "whole"} }

// count returns a cell with a whole number.
func count(n int) cell { return figure(number(n)) }

// share returns a cell with n as a percentage of several, or with what there is none
// of where several is 0.
func share(n, several int, things string) cell {
	if several == 0 {
		return figure("no " + things)
	}
	return figure(report.Percent(n, several) + "%")
}

// maxRows is how many of the largest groups a table lists.
const maxRows = 20

// largest returns the first maxRows of several, which are in order of size, and the rest.
func largest[T any](all []T) (shown, rest []T) {
	n := min(len(all), maxRows)
	return all[:n], all[n:]
}
