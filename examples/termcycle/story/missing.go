package story

import (
	"context"
	"fmt"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/term"
)

// missing prints which children are missing the plan for a term and why (MISS-1), and
// which others have no plan, with the reason (MISS-2).
func (p *player) missing(ctx context.Context, t term.Term, d workflow.DayReport) error {
	p.told.printf("\nChildren without a plan for %s on %s, in the order of the register\n", t, day(d.On))
	list := p.service.Missing(ctx, program, t)
	for one, err := range list.All() {
		if err != nil {
			return err
		}
		if one.Standing != pep.Satisfied {
			p.told.printf("  %-10s %s\n", one.Child.SUNumber.Reveal(private.Showing), standing(one.MissingDecision))
		}
	}
	p.told.printf("  %d missing, %d excused, %d not required, %d satisfied\n",
		list.Count[pep.MissingPlan], list.Count[pep.Excused], list.Count[pep.NotNeeded], list.Count[pep.Satisfied])
	return nil
}

// standing returns the text of one line: a child's standing, the reason and the rules.
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
