package pep

import (
	"io"
	"strings"
)

// Mermaid writes the workflow as a Mermaid state diagram: one arrow for each
// pair of stages, with every action that leads from one to the other, who
// takes it and on what condition. The same workflow gives the same bytes.
func Mermaid(w io.Writer) error {
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n")
	for _, a := range arrows() {
		b.WriteString("    " + a.from.mermaid() + " --> " + a.to.mermaid() + ": " + strings.Join(a.labels, "<br/>") + "\n")
	}
	for s := range AllStages() {
		if !s.left() {
			b.WriteString("    " + s.String() + " --> [*]\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// DOT writes the workflow as a Graphviz graph, with the arrows of Mermaid.
// The same workflow gives the same bytes.
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

// Matrix writes the permission matrix as a Markdown table: for each action
// and role the stages at which that role may do it, "-" where it never may.
// The same workflow gives the same bytes.
func Matrix(w io.Writer) error {
	var b strings.Builder
	b.WriteString("| action |")
	for r := range AllRoles() {
		b.WriteString(" " + r.String() + " |")
	}
	b.WriteString("\n|" + strings.Repeat("---|", len(roleNames)) + "\n")
	for v := range AllVerbs() {
		b.WriteString("| " + v.String() + " |")
		for r := range AllRoles() {
			b.WriteString(" " + stagesOf(v, r) + " |")
		}
		b.WriteString("\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// arrow is every row of the workflow that leads from one stage to another.
type arrow struct {
	from, to Stage
	labels   []string
}

// arrows returns the arrows of the workflow, in the order of its rows.
func arrows() []arrow {
	var all []arrow
	at := map[[2]Stage]int{}
	for row := range Workflow() {
		ends := [2]Stage{row.From, row.To}
		if _, known := at[ends]; !known {
			at[ends] = len(all)
			all = append(all, arrow{from: row.From, to: row.To})
		}
		a := &all[at[ends]]
		a.labels = append(a.labels, row.label())
	}
	return all
}

// label says what is done, by whom and on what condition, such as
// "redelegate (social_worker), activated".
func (r Row) label() string {
	var roles []string
	for role := range r.Roles.All() {
		roles = append(roles, role.String())
	}
	s := r.Verb.String() + " (" + strings.Join(roles, ", ") + ")"
	if r.When != Always {
		s += ", " + r.When.String()
	}
	return s
}

// mermaid returns the stage as Mermaid names it.
func (s Stage) mermaid() string {
	if s == None {
		return "[*]"
	}
	return s.String()
}

// left reports whether any row leads away from the stage.
func (s Stage) left() bool {
	for row := range Workflow() {
		if row.From == s {
			return true
		}
	}
	return false
}

// stagesOf lists the stages at which a role may do something, each with its
// condition; two rows of one stage are named once.
func stagesOf(v Verb, r Role) string {
	var stages []string
	for row := range Workflow() {
		if row.Verb != v || !row.Roles.Has(r) || row.When == WhenRed {
			continue
		}
		s := row.From.String()
		if row.When != Always && row.When != WhenGreenOrAmber {
			s += " (" + row.When.String() + ")"
		}
		stages = append(stages, s)
	}
	if len(stages) == 0 {
		return "-"
	}
	return strings.Join(stages, ", ")
}
