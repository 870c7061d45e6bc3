package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"

	"virtualschool.example/examples/internal/example"
	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/report"
	"virtualschool.example/pep/report/page"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
)

// out is the folder for the files, with the files written so far.
type out struct {
	dir   string
	files []string
}

// file writes one file in the folder.
func (o *out) file(name string, write func(io.Writer) error) error {
	name = filepath.Join(o.dir, name)
	o.files = append(o.files, name)
	return example.WriteFile(name, write)
}

// write makes the report and the payment runs, and writes the page and the tables.
func (h *host) write(ctx context.Context, dir string, w *watch) error {
	o := &out{dir: dir}
	r, err := report.New(report.Question{Policy: pep.Lancashire(), Terms: terms, On: h.Today(), Measures: true})
	if err != nil {
		return err
	}
	form := report.CSV{Mark: true, Establishment: r.Establishment}
	if err := w.time("reporting on "+fmt.Sprint(len(terms))+" terms in one pass", func() error { return h.lines(ctx, r, form, o) }); err != nil {
		return err
	}
	s := r.Summary()
	var settled report.Settlement
	if err := w.time("making the payment run twice", func() error { settled, err = h.pay(ctx, w.w); return err }); err != nil {
		return err
	}
	if err := w.time("writing the page and the tables", func() error { return o.tables(form, &s, &settled) }); err != nil {
		return err
	}
	for _, t := range s.Terms {
		fmt.Fprintf(w.w, "%s: %d children need a plan: %d have it, %d are excused, and %d plans are missing\n", t.Term, t.Needed, t.Satisfied, t.Excused, t.Missing)
	}
	for _, name := range o.files {
		fmt.Fprintln(w.w, "wrote", name)
	}
	return nil
}

// lines reads the dossiers, and writes a line for each child and term whose plan is missing
// or excused.
func (h *host) lines(ctx context.Context, r *report.Report, form report.CSV, o *out) error {
	query := workflow.DossierQuery{Terms: terms, Courses: true, Boxes: true}
	return o.file("missing.csv", func(w io.Writer) error {
		table := form.Lines(w)
		for line, err := range r.Lines(h.Dossiers(ctx, head, query)) {
			switch {
			case err != nil && line.Child.ID.IsZero() && workflow.KindOf(err) != workflow.Damaged:
				return err
			case err != nil: // the summary lists this child
			case line.Standing == pep.MissingPlan || line.Standing == pep.Excused:
				if err := table.Write(&line); err != nil {
					return err
				}
			}
		}
		return table.Flush()
	})
}

// pay makes the payment run twice, for the last term that has a rate. The second run pays
// nothing, and the sum of all payments stays the same. pay returns the first run.
func (h *host) pay(ctx context.Context, w io.Writer) (report.Settlement, error) {
	run, err := h.payOnce(ctx, w)
	if err == nil {
		_, err = h.payOnce(ctx, w)
	}
	if err != nil {
		return report.Settlement{}, err
	}
	var undecided []report.UndecidedPlan
	for _, e := range run.Failed {
		undecided = append(undecided, report.UndecidedPlan{Plan: e.Plan, Why: workflow.KindOf(e).Words()})
	}
	return report.SettlementOf(run.Run, undecided...)
}

// payOnce makes the run, and prints what it pays and what all runs have paid so far.
func (h *host) payOnce(ctx context.Context, w io.Writer) (workflow.PaymentRun, error) {
	run, err := h.Pay(ctx, office, terms[1])
	if err != nil {
		return run, err
	}
	paid, err := h.Paid(ctx, office, storage.PaymentQuery{Scope: storage.Everything()})
	sum := 0
	for _, line := range paid {
		sum += line.Pence
	}
	fmt.Fprintf(w, "a payment run for %s pays %d lines, £%d.%02d; paid so far: %d lines, £%d.%02d\n",
		terms[1], len(run.Lines), run.Pence/100, run.Pence%100, len(paid), sum/100, sum%100)
	return run, err
}

// tables writes the page and every other table.
func (o *out) tables(form report.CSV, s *report.Summary, settled *report.Settlement) error {
	brief := page.Brief{Summary: *s, Settlement: settled, Establishment: form.Establishment, Worker: named}
	if err := o.file("report.html", brief.HTML); err != nil {
		return err
	}
	for name, write := range form.Summary(s) {
		if err := o.file(name+".csv", write); err != nil {
			return err
		}
	}
	for name, write := range form.Payments(settled) {
		if err := o.file(name+".csv", write); err != nil {
			return err
		}
	}
	return nil
}

// named returns an invented name for a social worker.
func named(id record.PersonID) string { return "Social worker " + id.String()[30:] }
