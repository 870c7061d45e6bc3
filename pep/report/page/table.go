package page

import "virtualschool.example/pep/report"

// table is a table of the page. Its first column names the rows.
type table struct {
	Caption string
	Head    []cell
	Rows    []row
	Legend  []part // the parts of its bars; nil for a table without bars
}

// Bars reports whether the rows have bars.
func (t table) Bars() bool { return len(t.Rows) > 0 && t.Rows[0].Bar != nil }

// Wide reports whether the table has too many columns for a phone's screen.
func (t table) Wide() bool { return len(t.Head) > 3 || t.Bars() }

// cell is a cell of a table.
type cell struct {
	Text  string
	Class string // "number" aligns the text to the right, "whole" keeps it on one line, "" does neither
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

// share returns a cell with n/several as a percentage or, if several is 0, with words such
// as "no children".
func share(n, several int, things string) cell {
	if several == 0 {
		return figure("no " + things)
	}
	return figure(report.Percent(n, several) + "%")
}

// maxRows is the greatest number of groups that a table lists.
const maxRows = 20

// largest splits a list into its first maxRows members and the rest. A list with more
// members must be in order of size, largest first.
func largest[T any](all []T) (shown, rest []T) {
	n := min(len(all), maxRows)
	return all[:n], all[n:]
}
