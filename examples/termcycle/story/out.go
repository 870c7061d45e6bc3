package story

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"virtualschool.example/examples/internal/example"
	"virtualschool.example/pep"
	"virtualschool.example/pep/export"
	"virtualschool.example/pep/export/pdf"
	"virtualschool.example/pep/notify"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/report"
	"virtualschool.example/pep/report/page"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/storage/outbox"
	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/term"
)

// folder is the folder for the output at the end.
type folder struct {
	*player
	dir   string
	store *sqlstore.Store
}

// write writes the term's report, the waiting notices and one finalised plan.
func (f *folder) write(ctx context.Context, t term.Term) error {
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return err
	}
	return errors.Join(f.report(ctx, t), f.notices(ctx), f.plan(ctx, t))
}

// report writes the report of a term as a page.
func (f *folder) report(ctx context.Context, t term.Term) error {
	terms := []term.Term{t}
	r, err := report.New(report.Question{Policy: f.policy, Terms: terms, On: f.service.Today(), Measures: true})
	if err == nil {
		err = r.Count(f.service.Dossiers(ctx, program, workflow.DossierQuery{Terms: terms, Courses: true, Boxes: true}))
	}
	if err != nil {
		return err
	}
	return f.file("report.html", page.Brief{Summary: r.Summary(), Establishment: r.Establishment}.HTML)
}

// notices writes the waiting messages as e-mails, one file each.
func (f *folder) notices(ctx context.Context) error {
	dir := filepath.Join(f.dir, "notices")
	publisher, err := notify.New(notify.Config{Plans: f.store, Sender: notify.Folder(dir), Office: notify.Office{
		From: "noreply@council.example", Portal: "https://portal.council.example/plans", Domains: []string{"school.example"},
	}})
	if err != nil {
		return err
	}
	relay, err := outbox.New(outbox.Config{Outbox: f.store, Publish: publisher.Publish, Now: f.clock.time})
	if err != nil {
		return err
	}
	n, err := relay.Drain(ctx)
	f.told.printf("wrote the e-mails of %s to %s\n", number(n, "message"), dir)
	return err
}

// plan writes the first finalised plan of a term, for the reviewing officer.
func (f *folder) plan(ctx context.Context, t term.Term) error {
	office := workflow.Actor{ID: person(pep.BusinessSupport), Role: pep.BusinessSupport}
	views, err := f.service.LookAll(ctx, office, storage.Query{
		Scope: storage.Everything(), Term: t, Stages: []pep.Stage{pep.Finalised}, Limit: 1,
	})
	if err != nil || len(views) == 0 {
		return err
	}
	exported, err := f.service.Export(ctx, office, views[0].Plan.ID(), workflow.ExportOrder{
		Purpose: workflow.ForReview, Recipient: private.NewText("The reviewing officer"), All: true, Named: true,
	})
	if err != nil {
		return err
	}
	return f.file("plan.pdf", func(w io.Writer) error { return pdf.Write(w, export.Of(exported)) })
}

// file prints the name of a file and writes it.
func (f *folder) file(name string, write func(io.Writer) error) error {
	name = filepath.Join(f.dir, name)
	f.told.printf("wrote %s\n", name)
	return example.WriteFile(name, write)
}
