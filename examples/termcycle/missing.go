package main

import (
	"context"
	"fmt"
	"io"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// missing prints who lacks the plan of a term and why (MISS-1), and whoever is
// not on that list without having a plan, with the reason (MISS-2).
func missing(ctx context.Context, service *workflow.Service, w io.Writer, t term.Term, today civil.Date) error {
	fmt.Fprintf(w, "\nPlans of %s that are missing on %s, and who needs none, in the order of the register\n", t, day(today))
	list := service.Missing(ctx, workflow.Actor{ID: person(pep.System), Role: pep.System}, t)
	for one, err := range list.All() {
		if err != nil {
			return err
		}
		if one.Standing != pep.Satisfied {
			fmt.Fprintf(w, "  %-10s %s\n", one.Child.SUNumber.Reveal(private.Showing), standing(one.MissingDecision))
		}
	}
	_, err := fmt.Fprintf(w, "  %d missing, %d excused, %d not required, %d satisfied\n",
		list.Count[pep.MissingPlan], list.Count[pep.Excused], list.Count[pep.NotNeeded], list.Count[pep.Satisfied])
	return err
}

// standing says in one line how a child stands, by which rules.
func standing(a pep.MissingDecision) string {
	s := a.Sentence()
	if !a.By.IsZero() {
		s += ", " + day(a.By)
	}
	for i, id := range a.Rules.List() {
		s += [...]string{" (", ", "}[min(i, 1)] + id.String()
	}
	return fmt.Sprintf("%-12s  %-17s  %s", a.Standing, a.Reason, wrap(s+")", 45))
}
