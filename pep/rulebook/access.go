package rulebook

import (
	"strings"

	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
)

// accessRow is what one role may do in one connection with a case.
type accessRow struct{ Role, Where, May string }

// accesses returns the standard table of access, by role and then by connection.
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
