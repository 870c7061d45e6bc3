package main

import (
	"context"
	"database/sql"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	_ "modernc.org/sqlite"

	"virtualschool.example/pep"
	"virtualschool.example/pep/peptest"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/storage/sqlstore/migrate"
	"virtualschool.example/term/civil"
)

// host is the library over an SQLite file. Its clock stands still at noon on the day of
// the report.
type host struct {
	*workflow.Service
	db    *sql.DB
	store *sqlstore.Store
	empty bool // the register has no child yet
}

// The actors for whom the program acts.
var head, office, system = peptest.Actor(pep.VirtualSchoolHead), peptest.Actor(pep.BusinessSupport), peptest.Actor(pep.System)

// open opens the file and brings its schema up to date.
func open(ctx context.Context, file string, today civil.Date) (*host, error) {
	db, err := sql.Open("sqlite", sqlstore.SQLite.DSN(file))
	if err != nil {
		return nil, err
	}
	h := &host{db: db}
	if err := h.start(ctx, today); err != nil {
		db.Close()
		return nil, err
	}
	return h, nil
}

func (h *host) start(ctx context.Context, today civil.Date) (err error) {
	if err := migrate.Up(ctx, h.db, sqlstore.SQLite); err != nil {
		return err
	}
	if h.store, err = sqlstore.New(h.db, sqlstore.Options{Dialect: sqlstore.SQLite, Authority: "lancashire"}); err != nil {
		return err
	}
	noon := time.Date(today.Year(), today.Month(), today.Day(), 12, 0, 0, 0, time.UTC)
	h.Service, err = workflow.New(workflow.Config{Plans: h.store, Trusting: true, Now: func() time.Time { return noon }})
	if err != nil {
		return err
	}
	h.empty = true
	for _, err := range h.Dossiers(ctx, office, workflow.DossierQuery{Terms: terms}) {
		if err != nil {
			return err
		}
		h.empty = false
		break
	}
	return nil
}

// Close closes the file.
func (h *host) Close() error { return h.db.Close() }

// batch is the number of children that are written at a time.
const batch = 200

// fill invents the cohort and writes it. It takes the plans through the workflow and then
// saves them with their whole history, as a migration from an older system would.
func (h *host) fill(ctx context.Context, o *options, progress io.Writer) error {
	cohort := peptest.NewCohort(fatal{}, o.Seed, 1+o.Children/40)
	if err := h.Enter(ctx, system, workflow.Entries{Establishments: cohort.Schools(), Contributors: cohort.Teachers()}); err != nil {
		return err
	}
	bar := progressbar.NewOptions(o.Children, progressbar.OptionSetWriter(progress), progressbar.OptionSetDescription("children"),
		progressbar.OptionShowCount(), progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionSetVisibility(terminal(progress)))
	for first := 0; first < o.Children; first += batch {
		var children []record.Child
		var plans []*pep.PEP
		for range min(batch, o.Children-first) {
			child := cohort.Child()
			children, plans = append(children, child), append(plans, cohort.Plans(child, terms...)...)
		}
		if err := h.Enter(ctx, system, workflow.Entries{Children: children}); err != nil {
			return err
		}
		if err := h.save(ctx, plans); err != nil {
			return err
		}
		if err := bar.Add(len(children)); err != nil {
			return err
		}
	}
	return bar.Finish()
}

// terminal reports whether a writer is a terminal. Only a terminal needs a progress bar.
func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// save writes plans with their histories in one transaction.
func (h *host) save(ctx context.Context, plans []*pep.PEP) error {
	return h.store.Update(ctx, func(tx storage.Tx) error {
		for _, p := range plans {
			if err := tx.Save(ctx, p); err != nil {
				return err
			}
		}
		return nil
	})
}

// fatal ends the program if the library cannot invent the cohort.
type fatal struct{}

func (fatal) Helper() {}

func (fatal) Fatalf(format string, args ...any) { panic("missingplans: " + format) }
