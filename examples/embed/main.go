// Command embed is the smallest host of the library: it keeps one child and
// starts the child's first plan, in a SQLite file of its own.
package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"

	"github.com/google/uuid"
	_ "modernc.org/sqlite"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/storage/sqlstore/migrate"
	"virtualschool.example/term/civil"
)

func main() {
	dir, err := os.MkdirTemp("", "embed")
	if err == nil {
		defer os.RemoveAll(dir)
		err = start(context.Background(), dir+"/plans.db")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// start opens the store, registers an invented child and starts the plan.
func start(ctx context.Context, file string) error {
	child := record.Child{
		ID:   record.ChildID{UUID: uuid.New()},
		Born: private.NewDate(civil.MustParse("2014-05-20")),
		Care: record.Care{Episodes: []record.Episode{{Span: record.Span{From: civil.MustParse("2025-11-03")}}}},
	}
	worker := workflow.Actor{ID: record.PersonID{UUID: uuid.New()}, Role: pep.SocialWorker}
	meeting := civil.MustParse("2026-01-14")

	db, err := sql.Open("sqlite", sqlstore.SQLite.DSN(file))
	if err != nil {
		return err
	}
	defer db.Close()
	if err := migrate.Up(ctx, db, sqlstore.SQLite); err != nil {
		return err
	}
	store, err := sqlstore.New(db, sqlstore.Options{Dialect: sqlstore.SQLite, Authority: "lancashire"})
	if err != nil {
		return err
	}
	plans, err := workflow.New(workflow.Config{Plans: store})
	if err != nil {
		return err
	}

	err = store.Update(ctx, func(tx storage.Tx) error {
		register, err := storage.RegistrarOf(tx)
		if err != nil {
			return err
		}
		return register.PutChild(ctx, child)
	})
	if err != nil {
		return err
	}
	started, err := plans.Do(ctx, workflow.Command{
		Key: "start-0001", By: worker,
		Do: pep.StartInitial{Child: child.ID, Meeting: meeting},
	})
	if err != nil {
		return err
	}

	_, err = plans.Do(ctx, workflow.Command{
		Key: "finalise-0001", By: worker, Plan: started.Plan, Seen: started.Version,
		Do: pep.Finalise{},
	})
	fmt.Println(err) // a social worker never finalises
	fmt.Println(workflow.KindOf(err))
	return nil
}
