// Command embed is a small host of the library. It registers a child, starts the
// child's first plan and delegates it, looks at what can be done next, lists a
// tray, runs the day's work, passes the notices on and lists who has no plan.
// Everything is kept in an SQLite file. Nobody in it exists.
package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"time"
	_ "time/tzdata" // for a machine without time zones

	"github.com/google/uuid"
	_ "modernc.org/sqlite"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/storage/outbox"
	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/storage/sqlstore/migrate"
	"virtualschool.example/term/civil"
)

func main() {
	dir, err := os.MkdirTemp("", "embed")
	if err == nil {
		defer os.RemoveAll(dir)
		err = run(context.Background(), dir+"/plans.db")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// host is a program that embeds the library.
type host struct {
	*workflow.Service
	messages storage.Outbox
}

// open opens the database, brings its schema up to date and makes the service. The
// clock stands still so that the program prints the same on any day; a host leaves
// Now out.
func open(ctx context.Context, db *sql.DB) (*host, error) {
	if err := migrate.Up(ctx, db, sqlstore.SQLite); err != nil {
		return nil, err
	}
	store, err := sqlstore.New(db, sqlstore.Options{Dialect: sqlstore.SQLite, Authority: "lancashire"})
	if err != nil {
		return nil, err
	}
	service, err := workflow.New(workflow.Config{
		Plans:    store,
		Relation: workflow.Registered, // the register says whose case it is
		Now:      func() time.Time { return time.Date(2026, time.January, 5, 10, 0, 0, 0, time.UTC) },
	})
	return &host{service, store}, err
}

// The people, the school and the child.
var (
	worker  = workflow.Actor{ID: record.PersonID{UUID: uuid.New()}, Role: pep.SocialWorker}
	program = workflow.Actor{ID: record.PersonID{UUID: uuid.New()}, Role: pep.System}
	school  = record.Establishment{ID: record.EstablishmentID{UUID: uuid.New()}, Name: "Quarry Bank School", Status: record.Current, Type: forms.CommunitySchool}
	teacher = record.Contributor{ID: record.ContributorID{UUID: uuid.New()}, Establishment: school.ID, Active: true}
	child   = record.Child{
		ID:        record.ChildID{UUID: uuid.New()},
		Worker:    worker.ID,
		Born:      private.NewDate(civil.MustParse("2014-05-20")),
		Care:      record.Care{Episodes: []record.Episode{{Span: record.Span{From: civil.MustParse("2025-11-03")}}}},
		Education: []record.Education{{Span: record.Span{From: civil.MustParse("2025-09-01")}, Kind: record.School, Establishment: school.ID}},
	}
)

func run(ctx context.Context, file string) error {
	db, err := sql.Open("sqlite", sqlstore.SQLite.DSN(file))
	if err != nil {
		return err
	}
	defer db.Close()
	h, err := open(ctx, db)
	if err != nil {
		return err
	}
	err = h.Enter(ctx, program, workflow.Entries{
		Establishments: []record.Establishment{school},
		Contributors:   []record.Contributor{teacher},
		Children:       []record.Child{child},
	})
	if err != nil {
		return err
	}
	plan, err := h.delegate(ctx)
	if err != nil {
		return err
	}
	for _, show := range []func(context.Context, pep.ID) error{h.look, h.tray, h.day, h.notices, h.missing} {
		if err := show(ctx, plan); err != nil {
			return err
		}
	}
	return nil
}

// delegate starts the plan, fills in the social worker's sections and delegates it.
func (h *host) delegate(ctx context.Context) (plan pep.ID, err error) {
	form := forms.TemplateOf(forms.SecondaryMainstream)
	next := workflow.Command{By: worker}
	for i, do := range []pep.Action{
		pep.StartInitial{Child: child.ID, Meeting: h.Today()},
		pep.Answer{Section: 1, Answers: form.AnswerAll(1, "N/A")},
		pep.Answer{Section: 2, Answers: form.AnswerAll(2, "N/A")},
		pep.Delegate{All: true},
	} {
		next.Key, next.Do = storage.Key(fmt.Sprint("request ", i)), do // a host takes its request's id
		done, err := h.Do(ctx, next)
		if err != nil {
			return plan, err
		}
		next.Plan, next.Seen = done.Plan, done.Version
	}
	next.Key, next.Do = "request 4", pep.Finalise{}
	_, err = h.Do(ctx, next)
	fmt.Printf("%s: %v\n", workflow.KindOf(err), err)
	return next.Plan, nil
}

// look shows what the social worker can do with the plan.
func (h *host) look(ctx context.Context, plan pep.ID) error {
	view, err := h.Look(ctx, worker, plan)
	if err != nil {
		return err
	}
	fmt.Printf("the plan of %s is %s and due on %s\n", view.Plan.Term(), view.Plan.Stage().Words(), view.Plan.Due())
	fmt.Printf("  a retract would lose %d boxes in %d sections\n", view.Loss.Boxes, view.Loss.Sections.Len())
	for _, o := range view.Options {
		if o.Allowed() {
			fmt.Println("  the social worker can", o.Verb.Words())
		}
	}
	return nil
}

// tray lists what lies with the designated teacher.
func (h *host) tray(ctx context.Context, _ pep.ID) error {
	by := workflow.Actor{ID: record.PersonID{UUID: uuid.New()}, Role: pep.DesignatedTeacher, Contributor: teacher.ID}
	page, err := h.Tray(ctx, by, workflow.TrayQuery{})
	for _, view := range page.Views {
		fmt.Printf("in the teacher's tray: a plan that is %s\n", view.Timeliness.Status.Words())
	}
	return err
}

// day runs the day's work.
func (h *host) day(ctx context.Context, _ pep.ID) error {
	report, err := h.RunDay(ctx, h.Today())
	fmt.Printf("the day's work of %s: %d reminded\n", report.On, len(report.Reminded))
	return err
}

// notices passes the messages on. A host sends e-mails here, with package notify.
func (h *host) notices(ctx context.Context, _ pep.ID) error {
	relay, err := outbox.New(outbox.Config{
		Outbox: h.messages,
		Now:    func() time.Time { return time.Date(2026, time.January, 5, 10, 1, 0, 0, time.UTC) },
		Publish: func(_ context.Context, m storage.Message) error {
			fmt.Println("a message to the establishment:", m.Kind)
			return nil
		},
	})
	if err != nil {
		return err
	}
	_, err = relay.Drain(ctx)
	return err
}

// missing lists the children of the social worker's caseload who have no plan of the
// term.
func (h *host) missing(ctx context.Context, _ pep.ID) error {
	list := h.Missing(ctx, worker, pep.Lancashire().Calendar().Of(h.Today()))
	for one, err := range list.All() {
		if err != nil {
			return err
		}
		fmt.Printf("a child %s: %s\n", one.Standing.Words(), one.Sentence())
	}
	fmt.Printf("%d missing\n", list.Count[pep.MissingPlan])
	return nil
}
