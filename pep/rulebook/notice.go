package rulebook

import (
	"slices"
	"strings"

	"virtualschool.example/pep"
)

// noticeRow is one notice: its name, its content, its addressee and the actions that send
// it.
type noticeRow struct{ Name, Says, To, Actions string }

// noticeRows returns every notice, in the order of its constants.
func noticeRows() (rows []noticeRow) {
	for n := range pep.AllNotices() {
		var actions []string
		for v := range pep.AllVerbs() {
			if given := v.Notices(); slices.Contains(given.List(), n) {
				actions = append(actions, v.Words())
			}
		}
		rows = append(rows, noticeRow{spaced(n), n.Words(), n.To().String(), strings.Join(actions, ", ")})
	}
	return rows
}
