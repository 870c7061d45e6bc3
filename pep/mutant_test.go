package pep

import (
	"fmt"
	"iter"
)

// Mutant is the workflow with one row dropped or changed.
type Mutant struct {
	Name string
	n    int
	row  Transition
}

// Told returns the roles that get a different answer from the mutant than from the
// workflow. Unless the mutant changes the roles of the row, these are the roles of
// the row.
func (m Mutant) Told() Roles {
	was := workflow[m.n].Roles
	if changed := was ^ m.row.Roles; changed != 0 {
		return changed
	}
	return was
}

// Verb returns the verb of the row.
func (m Mutant) Verb() Verb { return m.row.Verb }

// During calls the given function with the mutant in place of the workflow.
func (m Mutant) During(do func()) {
	was := workflow[m.n]
	defer func() { workflow[m.n] = was }()
	workflow[m.n] = m.row
	do()
}

// Unasked reports whether no question of the contract can tell the mutant from the
// workflow. No question re-pins a plan, and no question names the contributor. If the
// second row of delegating gains a role, the first row already has that role or the
// policy refuses it. The second row of reopening needs no condition, because the first
// row covers every plan to which that condition does not apply. The table written by
// hand covers these cases.
func (m Mutant) Unasked() bool {
	was := workflow[m.n]
	return was.Verb == VerbRepin ||
		was.When == WhenContributor && was.To == m.row.To && m.row.Roles.Has(DesignatedTeacher) ||
		was.When == WhenSubmitted && m.row.When == Always ||
		was.When == WhenSubsequent && m.row.Roles&^was.Roles != 0
}

// Mutants iterates over changed workflows. In each, one row is dropped, loses a role that
// it names, gains one that it does not name, leads to another stage, or loses its
// condition.
func Mutants() iter.Seq[Mutant] {
	return func(yield func(Mutant) bool) {
		for n, r := range workflow {
			for name, changed := range r.mutants() {
				if !yield(Mutant{fmt.Sprintf("%s from %s: %s", r.Verb, r.From, name), n, changed}) {
					return
				}
			}
		}
	}
}

func (r Transition) mutants() map[string]Transition {
	all := map[string]Transition{}
	change := func(name string, to func(*Transition)) {
		changed := r
		to(&changed)
		all[name] = changed
	}
	change("dropped", func(r *Transition) { r.Roles = 0 })
	for role := range AllRoles() {
		if r.Roles.Has(role) {
			change("without "+role.String(), func(r *Transition) { r.Roles &^= 1 << role })
		} else {
			change("also "+role.String(), func(r *Transition) { r.Roles |= 1 << role })
		}
	}
	for to := range AllStages() {
		if to != r.To {
			change("to "+to.String(), func(r *Transition) { r.To = to })
		}
	}
	if r.When != Always {
		change("always", func(r *Transition) { r.When = Always })
	}
	return all
}
