package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// missing prints who lacks the plan of a term and why (MISS-1), and whoever is
// not on that list without having a plan, with the reason (MISS-2). It decides
// child by child as the register gives them, and holds one at a time.
func missing(ctx context.Context, r storage.Reader, w io.Writer, policy *pep.Policy, t term.Term, today civil.Date) error {
	known, ok := r.(storage.Register)
	if !ok {
		return errors.New("this store keeps no register of children")
	}
	fmt.Fprintf(w, "\nPlans of %s that are missing on %s, and who needs none, in the order of the register\n", t, day(today))
	count := map[pep.Standing]int{}
	born := record.Span{To: policy.Calendar().First(t.Next())} // who is born later is nobody's to ask about yet
	for child, err := range known.Children(ctx, born, record.ChildID{}) {
		if err != nil {
			return err
		}
		q := pep.MissingQuestion{Term: t, Today: today, Care: child.Care, Education: child.Education}
		if q.Plans, err = outlines(ctx, r, child.ID); err != nil {
			return err
		}
		a, err := policy.Missing(child.Born.Reveal(private.Deciding), q)
		if err != nil {
			return err
		}
		if count[a.Standing]++; a.Standing != pep.Satisfied {
			fmt.Fprintf(w, "  %-10s %s\n", child.SUNumber.Reveal(private.Showing), standing(a))
		}
	}
	_, err := fmt.Fprintf(w, "  %d missing, %d excused, %d not required, %d satisfied\n",
		count[pep.MissingPlan], count[pep.Excused], count[pep.NotNeeded], count[pep.Satisfied])
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

// outlines returns what the rule needs to know of a child's plans.
func outlines(ctx context.Context, r storage.Reader, child record.ChildID) (all []pep.Outline, err error) {
	for plan, err := range r.Plans(ctx, storage.Query{Scope: storage.Caseload(child)}) {
		if err != nil {
			return nil, err
		}
		s := plan.Snapshot()
		all = append(all, s.Outline())
	}
	return all, nil
}
