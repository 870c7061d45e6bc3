package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/google/uuid"
	_ "modernc.org/sqlite"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/term/civil"
)

// office is the case system: its database, and the plans in it.
type office struct {
	db    *sql.DB
	store *sqlstore.Store
	plans *workflow.Service
	w     io.Writer
}

// newOffice returns the system over its database. The story sets its own clock; a
// real system does not set the field Now.
func newOffice(db *sql.DB, w io.Writer) (*office, error) {
	store, err := sqlstore.New(db, sqlstore.Options{Dialect: sqlstore.SQLite, Authority: "lancashire"})
	if err != nil {
		return nil, err
	}
	plans, err := workflow.New(workflow.Config{
		Plans:    store,
		Relation: workflow.Registered, // the office's own table names each child's social worker
		Register: func(r storage.Reader) storage.Register { return register{r} },
		Now:      func() time.Time { return time.Date(2026, time.January, 5, 10, 0, 0, 0, time.UTC) },
	})
	return &office{db, store, plans, w}, err
}

// write writes the system's own rows in one of the system's transactions.
type write func(ctx context.Context, tx *sql.Tx) error

// enters is a write that adds the invented child; task returns a write that adds a
// task.
func enters(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO child VALUES (?, 'Ada Invented', '2014-05-20', '2025-11-03', ?)", ada.String(), worker.ID.String())
	return err
}

func task(what string) write {
	return func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO task VALUES (?)", what)
		return err
	}
}

// step calls the function own and carries out a command, both in one of the system's
// transactions, and then calls the function end, which ends the transaction. If the
// rules refuse the command, the library has written nothing, and the transaction
// goes on.
func (o *office) step(ctx context.Context, c workflow.Command, own write, end func(*sql.Tx) error) error {
	tx, err := o.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if err := own(ctx, tx); err != nil {
		return err
	}
	_, err = o.plans.In(o.store.In(tx)).Do(ctx, c)
	switch workflow.KindOf(err) {
	case workflow.Refused, workflow.Forbidden:
		o.says("   the rules refuse: %v", err)
		err = nil
	}
	if err != nil {
		return err // the transaction is rolled back, whatever the error
	}
	return end(tx)
}

// The invented child, her plan, and her social worker.
var (
	ada    = record.ChildID{UUID: uuid.MustParse("6f1c2b34-0000-4000-8000-000000000001")}
	plan   = pep.ID{UUID: uuid.MustParse("6f1c2b34-0000-4000-8000-000000000002")}
	worker = workflow.Actor{ID: record.PersonID{UUID: uuid.MustParse("6f1c2b34-0000-4000-8000-000000000003")}, Role: pep.SocialWorker}
)

const start = storage.Key("start-ada")

// scene is one step of the story.
type scene struct {
	says string
	do   workflow.Command
	own  write
	end  func(*sql.Tx) error
}

func scenes() []scene {
	putOff := pep.RescheduleMeeting{Meeting: civil.MustParse("2026-01-21")}
	return []scene{
		{
			"1. A child is entered in the office's own table and her plan is started, in one transaction.",
			workflow.Command{Key: start, By: worker, Plan: plan, Do: pep.StartInitial{Child: ada, Meeting: civil.MustParse("2026-01-14")}},
			enters, (*sql.Tx).Commit,
		},
		{
			"2. The meeting is put off and a task is written, but the office rolls back: neither has happened.",
			workflow.Command{Key: "put-off-1", By: worker, Plan: plan, Seen: 1, Do: putOff},
			task("tell the school of the new day"), (*sql.Tx).Rollback,
		},
		{
			"3. Her social worker tries to finalise the plan. The rules refuse it, but the office's task is kept.",
			workflow.Command{Key: "finalise-1", By: worker, Plan: plan, Seen: 1, Do: pep.Finalise{}},
			task("ask business support to finalise"), (*sql.Tx).Commit,
		},
		{
			"4. The meeting is put off and a task is written, and the office commits: both have happened.",
			workflow.Command{Key: "put-off-2", By: worker, Plan: plan, Seen: 1, Do: putOff},
			task("tell the school of the new day"), (*sql.Tx).Commit,
		},
	}
}

// play plays the story on a file.
func play(ctx context.Context, file string, w io.Writer) error {
	db, err := sql.Open("sqlite", sqlstore.SQLite.DSN(file))
	if err != nil {
		return err
	}
	defer db.Close()
	if err := migrated(ctx, db); err != nil {
		return err
	}
	o, err := newOffice(db, w)
	if err != nil {
		return err
	}
	_, err = o.plans.Outcome(ctx, worker, start)
	switch {
	case err == nil:
		o.says("The story has already been played on this file. Nothing is done again.")
		return o.stands(ctx)
	case !errors.Is(err, storage.ErrNotFound):
		return err
	}
	for _, s := range scenes() {
		o.says("%s", s.says)
		if err := o.step(ctx, s.do, s.own, s.end); err != nil {
			return err
		}
		if err := o.stands(ctx); err != nil {
			return err
		}
	}
	return nil
}

// stands prints how many children and tasks the system has, and the state of the plan.
func (o *office) stands(ctx context.Context) error {
	var children, tasks int
	err := o.db.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM child), (SELECT count(*) FROM task)").Scan(&children, &tasks)
	if err != nil {
		return err
	}
	p, err := o.plans.Plan(ctx, worker, plan)
	if err != nil {
		return err
	}
	o.says("   children %d, tasks %d; the plan: %s, version %d, meeting on %s", children, tasks, p.Stage(), p.Version(), p.Meeting())
	return nil
}

func (o *office) says(format string, args ...any) { fmt.Fprintf(o.w, format+"\n", args...) }
