package notation

import (
	"io"
	"slices"
	"strings"

	"virtualschool.example/pep"
)

// Mermaid writes the workflow as a Mermaid state diagram. For each pair of stages, one
// arrow shows every action that leads from one to the other, with the roles that may
// take it and its condition. It returns only w's errors.
func Mermaid(w io.Writer) error {
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n")
	for _, a := range arrows() {
		b.WriteString("    " + mermaid(a.from) + " --> " + mermaid(a.to) + ": " + strings.Join(a.labels, "<br/>") + "\n")
	}
	for s := range pep.AllStages() {
		if !left(s) {
			b.WriteString("    " + s.String() + " --> [*]\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// DOT writes the workflow as a Graphviz graph with the same arrows as Mermaid. It
// returns only w's errors.
func DOT(w io.Writer) error {
	var b strings.Builder
	b.WriteString("digraph pep {\n\trankdir=LR\n\tnode [shape=box, style=rounded]\n\tnone [shape=point]\n")
	for _, a := range arrows() {
		b.WriteString("\t" + a.from.String() + " -> " + a.to.String() + " [label=\"" + strings.Join(a.labels, `\n`) + "\"]\n")
	}
	b.WriteString("}\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// Matrix writes the permission matrix as a Markdown table. For each action and role it
// gives the stages at which the role may take the action, or "-" if it never may. It
// returns only w's errors.
func Matrix(w io.Writer) error {
	var b strings.Builder
	b.WriteString("| action |")
	for r := range pep.AllRoles() {
		b.WriteString(" " + r.String() + " |")
	}
	b.WriteString("\n|" + strings.Repeat("---|", 1+len(slices.Collect(pep.AllRoles()))) + "\n")
	for v := range pep.AllVerbs() {
		b.WriteString("| " + v.String() + " |")
		for r := range pep.AllRoles() {
			b.WriteString(" " + stagesOf(v, r) + " |")
		}
		b.WriteString("\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// arrow stands for all rows of the workflow that lead from one stage to another.
type arrow struct {
	from, to pep.Stage
	labels   []string
}

// arrows returns the arrows of the workflow, in the order of its rows.
func arrows() []arrow {
	var all []arrow
	at := map[[2]pep.Stage]int{}
	for row := range pep.Workflow() {
		ends := [2]pep.Stage{row.From, row.To}
		if _, known := at[ends]; !known {
			at[ends] = len(all)
			all = append(all, arrow{from: row.From, to: row.To})
		}
		a := &all[at[ends]]
		a.labels = append(a.labels, label(row))
	}
	return all
}

// label returns the action, the roles that may take it and the condition, such as
// "redelegate (social_worker), activated".
func label(r pep.Transition) string {
	var roles []string
	for role := range r.Roles.All() {
		roles = append(roles, role.String())
	}
	s := r.Verb.String() + " (" + strings.Join(roles, ", ") + ")"
	if r.When != pep.Always {
		s += ", " + r.When.String()
	}
	return s
}

// mermaid returns the name of the stage in a Mermaid diagram.
func mermaid(s pep.Stage) string {
	if s == pep.None {
		return "[*]"
	}
	return s.String()
}

// left reports whether any row leads away from the stage.
func left(s pep.Stage) bool {
	for row := range pep.Workflow() {
		if row.From == s {
			return true
		}
	}
	return false
}

// stagesOf lists the stages at which a role may take the action v, each with its
// condition. A stage with a row for each grade is listed once.
func stagesOf(v pep.Verb, r pep.Role) string {
	var stages []string
	for row := range pep.Workflow() {
		if row.Verb != v || !row.Roles.Has(r) || row.When == pep.WhenRed {
			continue
		}
		s := row.From.String()
		if row.When != pep.Always && row.When != pep.WhenGreenOrAmber {
			s += " (" + row.When.String() + ")"
		}
		stages = append(stages, s)
	}
	if len(stages) == 0 {
		return "-"
	}
	return strings.Join(stages, ", ")
}
