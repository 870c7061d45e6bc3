package rulebook

import (
	"strings"

	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
)

// accessRow says what a role may do if it has a given connection with the case.
type accessRow struct{ Role, Where, May string }

// accesses returns the rows of the standard table of access, ordered by role and then by
// connection.
func accesses() (rows []accessRow) {
	table := access.Standard()
	for role := range pep.AllRoles() {
		for relation := range access.AllRelations() {
			var may []string
			acts := false
			for d := range access.AllDeeds() {
				switch {
				case !table.In(role, d).Has(relation):
				case d.Verb() != 0:
					acts = true
				default:
					may = append(may, d.Words())
				}
			}
			if acts {
				may = append(may, "take the actions that the workflow gives this role")
			}
			if may != nil {
				rows = append(rows, accessRow{spaced(role), relation.Words(), strings.Join(may, ", ")})
			}
		}
	}
	return rows
}
