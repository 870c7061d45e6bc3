package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"virtualschool.example/pep"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// tally counts things of one kind by name.
type tally map[string]int

func (t tally) add(name string) {
	if name != "" {
		t[name]++
	}
}

// String lists the counts, the largest first.
func (t tally) String() string {
	var names, said []string
	for name := range t {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		if t[a] != t[b] {
			return t[b] - t[a]
		}
		return strings.Compare(a, b)
	})
	for _, name := range names {
		said = append(said, fmt.Sprintf("%d %s", t[name], name))
	}
	return strings.Join(said, ", ")
}

// counts prints how the plans of a term and of the next stand on a day.
func counts(ctx context.Context, r storage.Reader, w io.Writer, policy *pep.Policy, t term.Term, today civil.Date) error {
	fmt.Fprintf(w, "\nPlans on %s\n", day(today))
	for _, t := range [...]term.Term{t, t.Next()} {
		stages, forms, returns, grades, total := tally{}, tally{}, tally{}, tally{}, 0
		for plan, err := range r.Plans(ctx, storage.Query{Scope: storage.Everything(), Term: t}) {
			if err != nil {
				return err
			}
			s := plan.Snapshot()
			total++
			stages.add(s.Stage.String())
			forms.add(s.Type.String())
			grades.add(s.Grade.String())
			returns.add(returned(policy, &s, today))
		}
		fmt.Fprintf(w, "  %s: %d plans\n", t, total)
		for _, row := range [...]struct {
			name string
			of   tally
		}{{"stages", stages}, {"forms", forms}, {"returns", returns}, {"grades", grades}} {
			if len(row.of) > 0 {
				fmt.Fprintf(w, "    %-8s %s\n", row.name, wrap(row.of.String(), 13))
			}
		}
	}
	return nil
}

// returned says how a plan's return stands against its due date (DUE-3), ""
// for one that is not delegated.
func returned(policy *pep.Policy, s *pep.Snapshot, today civil.Date) string {
	if s.Due.IsZero() || s.Stage == pep.Cancelled || s.Stage == pep.Deleted {
		return ""
	}
	t, err := policy.Delegation(s.Meeting).Timeliness(s.Due, today, s.Submitted)
	if err != nil {
		return "not known"
	}
	return t.Status.String()
}

// leftToDo prints what the day's work has found for people to do.
func leftToDo(ctx context.Context, r storage.Reader, w io.Writer, d workflow.DayReport) error {
	for _, next := range d.NotStarted {
		who, err := reference(ctx, r, next.Child)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "  %-12s business support is to start the next plan (FINAL-3), meeting %s\n", who, day(next.Meeting))
	}
	for _, id := range d.Stale {
		who, err := referenceOf(ctx, r, id)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "  %-12s was carried forward as often as it may be (OOT-4): return it, cease it or have it deleted\n", who)
	}
	for _, failed := range d.Failed {
		fmt.Fprintf(w, "  the day's work could not do: %v\n", failed)
	}
	return nil
}
