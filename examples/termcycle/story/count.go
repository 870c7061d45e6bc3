package story

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"virtualschool.example/pep"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/term"
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

// counts prints the day of the report, and then summarises the plans for a term and the
// plans for the next term.
func (p *player) counts(ctx context.Context, t term.Term, d workflow.DayReport) error {
	p.told.printf("\nPlans on %s\n", day(d.On))
	for _, t := range [...]term.Term{t, t.Next()} {
		stages, forms, returns, grades, total := tally{}, tally{}, tally{}, tally{}, 0
		for view, err := range p.plans(ctx, t) {
			if err != nil {
				return err
			}
			s := view.Plan.Snapshot()
			total++
			stages.add(s.Stage.String())
			forms.add(s.Type.String())
			grades.add(s.Grade.String())
			if s.Stage != pep.Cancelled && s.Stage != pep.Deleted {
				returns.add(view.Timeliness.Status.String())
			}
		}
		p.told.printf("  %s: %d plans\n", t, total)
		for _, row := range [...]struct {
			name string
			of   tally
		}{{"stages", stages}, {"forms", forms}, {"returns", returns}, {"grades", grades}} {
			if len(row.of) > 0 {
				p.told.printf("    %-8s %s\n", row.name, wrap(row.of.String(), 13))
			}
		}
	}
	return nil
}

// plans iterates over the plans of a term, which it reads page by page.
func (p *player) plans(ctx context.Context, t term.Term) iter.Seq2[workflow.View, error] {
	return func(yield func(workflow.View, error) bool) {
		q := storage.Query{Scope: storage.Everything(), Term: t, Limit: workflow.MaxPage}
		for {
			page, err := p.service.LookAll(ctx, program, q)
			if err != nil {
				yield(workflow.View{}, err)
				return
			}
			for _, view := range page {
				if !yield(view, nil) {
					return
				}
				q.After = storage.PlaceOf(view.Plan)
			}
			if len(page) < q.Limit {
				return
			}
		}
	}
}

// leftToDo prints the tasks that the day's work has found for people.
func (p *player) leftToDo(ctx context.Context, _ term.Term, d workflow.DayReport) error {
	for _, next := range d.NotStarted {
		p.told.printf("  %-12s business support must start the next plan (FINAL-3), for the meeting on %s\n", p.ref(next.Child), day(next.Meeting))
	}
	for _, id := range d.Stale {
		plan, err := p.service.Plan(ctx, program, id)
		if err != nil {
			return err
		}
		p.told.printf("  %-12s has been carried forward as often as the policy allows (OOT-4): return the form, cease the plan or have it deleted\n", p.ref(plan.Child()))
	}
	for _, failed := range d.Failed {
		p.told.printf("  the day's work failed for a plan: %v\n", failed)
	}
	return nil
}

// payments prints what a payment run for the term would pay on the day. It pays
// nothing, because business support makes the actual run.
func (p *player) payments(ctx context.Context, t term.Term, d workflow.DayReport) error {
	support := workflow.Actor{ID: person(pep.BusinessSupport), Role: pep.BusinessSupport}
	run, err := p.service.PreviewPayments(ctx, support, t)
	if err != nil {
		return err
	}
	p.told.printf("\nA payment run for %s on %s would pay for %d plans, £%d.%02d in all\n", t, day(d.On), len(run.Lines), run.Pence/100, run.Pence%100)
	causes := tally{}
	for _, e := range run.Exceptions {
		causes.add(e.Verdict.Words() + ": " + e.Cause.Words())
	}
	if len(causes) > 0 {
		p.told.printf("  without a payment: %s\n", wrap(causes.String(), 2))
	}
	return nil
}
