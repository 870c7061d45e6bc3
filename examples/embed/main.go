// Command embed is a complete host program in one short file. It keeps everything in
// the SQLite file plans.db. Everybody in it is invented.
package main

import (
	"context"
	"database/sql"
	"fmt"
	"log"

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
)

func main() {
	ctx := context.Background()
	db := must(sql.Open("sqlite", sqlstore.SQLite.DSN("plans.db")))
	check(migrate.Up(ctx, db, sqlstore.SQLite))
	store := must(sqlstore.New(db, sqlstore.Options{Dialect: sqlstore.SQLite, Authority: "lancashire"}))
	service := must(workflow.New(workflow.Config{Plans: store, Relation: workflow.Registered}))
	today := service.Today()

	// Register a school, its designated teacher and a child of twelve.
	worker := workflow.Actor{ID: record.PersonID{UUID: uuid.New()}, Role: pep.SocialWorker}
	program := workflow.Actor{ID: record.PersonID{UUID: uuid.New()}, Role: pep.System}
	school := record.Establishment{ID: record.EstablishmentID{UUID: uuid.New()}, Name: "Quarry Bank School", Status: record.Current}
	teacher := record.Contributor{ID: record.ContributorID{UUID: uuid.New()}, Establishment: school.ID, Active: true}
	child := record.Child{
		ID: record.ChildID{UUID: uuid.New()}, Worker: worker.ID, Born: private.NewDate(today.AddMonths(-150)), Care: record.Care{Throughout: true},
		Education: []record.Education{{Span: record.Span{From: today.AddMonths(-12)}, Kind: record.School, Establishment: school.ID}},
	}
	check(service.Enter(ctx, program, workflow.Entries{
		Establishments: []record.Establishment{school}, Contributors: []record.Contributor{teacher}, Children: []record.Child{child},
	}))

	// Act: start the first plan, fill in the social worker's sections and delegate the plan.
	form := forms.TemplateOf(forms.SecondaryMainstream)
	next := workflow.Command{By: worker}
	for _, do := range []pep.Action{
		pep.StartInitial{Child: child.ID, Meeting: today},
		pep.Answer{Section: 1, Answers: form.AnswerAll(1, "N/A")},
		pep.Answer{Section: 2, Answers: form.AnswerAll(2, "N/A")},
		pep.Delegate{All: true},
	} {
		next.Key, next.Do = storage.Key(uuid.NewString()), do // repeating a command with the same key has no further effect
		done := must(service.Do(ctx, next))
		next.Plan, next.Seen = done.Plan, done.Version
	}
	next.Key, next.Do = storage.Key(uuid.NewString()), pep.Finalise{}
	_, err := service.Do(ctx, next)
	fmt.Println(workflow.KindOf(err), err) // a rule refuses this, and the error says which rule

	// Look at the plan, and at what the social worker can do with it.
	view := must(service.Look(ctx, worker, next.Plan))
	fmt.Printf("the plan of %s is %s and due on %s\n", view.Plan.Term(), view.Plan.Stage().Words(), view.Plan.Due().Words())
	for _, o := range view.Options {
		if o.Allowed() {
			fmt.Println("the social worker can", o.Verb.Words())
		}
	}

	// Do the day's work and pass the messages on. A real host sends e-mails with package notify.
	day := must(service.RunDay(ctx, today))
	fmt.Println("reminders posted:", len(day.Reminded))
	relay := must(outbox.New(outbox.Config{Outbox: store, Publish: func(_ context.Context, m storage.Message) error {
		fmt.Println("a message:", m.Kind)
		return nil
	}}))
	must(relay.Drain(ctx))
}

func must[T any](v T, err error) T {
	check(err)
	return v
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
