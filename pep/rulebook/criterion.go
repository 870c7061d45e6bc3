package rulebook

import (
	"strings"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/term"
)

// criterionRow says what a criterion asks for at each grade, and which questions of the
// form a grader reads to judge it.
type criterionRow struct{ Name, Red, Amber, Green, Questions string }

// criteria returns every criterion. It asks for the criteria of a plan in Year 6, because
// the criterion "transition" applies only to a plan for which a transition is due.
func criteria() (rows []criterionRow) {
	for c := range pep.Criteria(forms.Y6, term.New(term.Spring, 2023)) {
		shown := strings.Join(c.Questions(forms.SecondaryMainstream), ", ")
		rows = append(rows, criterionRow{c.Words(), c.Wants(pep.Red), c.Wants(pep.Amber), c.Wants(pep.Green), strings.ReplaceAll(shown, "_", " ")})
	}
	return rows
}
