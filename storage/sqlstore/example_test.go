package sqlstore_test

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"log"
	"os"
	"path/filepath"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/storage/sqlstore/migrate"
	"virtualschool.example/term/civil"
)

// The host opens the database with the driver of its choice, here modernc.org/sqlite.
func Example() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "plans")
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	db, err := sql.Open("sqlite", sqlstore.SQLite.DSN(filepath.Join(dir, "plans.db")))
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	db.SetMaxOpenConns(8)
	if err := migrate.Up(ctx, db, sqlstore.SQLite); err != nil {
		log.Fatal(err)
	}
	store, err := sqlstore.New(db, sqlstore.Options{Dialect: sqlstore.SQLite, Authority: "lancashire"})
	if err != nil {
		log.Fatal(err)
	}

	school := record.EstablishmentID{UUID: [16]byte{1}}
	err = store.Update(ctx, func(tx storage.Tx) error {
		return tx.(storage.Registrar).PutEstablishment(ctx, record.Establishment{ID: school, Name: "St Mary's", Status: record.Current})
	})
	fmt.Println(err)
	err = store.View(ctx, func(r storage.Reader) error {
		e, err := r.(storage.Register).Establishment(ctx, school)
		fmt.Println(e.Name)
		for p, err := range r.Plans(ctx, storage.Query{Scope: storage.Tray(pep.BusinessSupportTray)}) {
			fmt.Println(p, err)
		}
		return err
	})
	fmt.Println(err)
	// Output:
	// <nil>
	// St Mary's
	// <nil>
}

// A host with its own migration tool reads the same files.
func ExampleMigrations() {
	names, err := fs.Glob(sqlstore.Migrations(sqlstore.SQLite), "*.sql")
	fmt.Println(names, err)
	// Output: [00001_plans.sql] <nil>
}

func ExampleDialect_DSN() {
	fmt.Println(sqlstore.SQLite.DSN("plans.db"))
	// Output: file:plans.db?_txlock=immediate&_pragma=busy_timeout(1000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(ON)&_pragma=secure_delete(ON)&_pragma=cache_size(-65536)
}

// A host's own row and a plan's step are committed together, because both are in one
// transaction, which the host began on its own database.
func ExampleStore_In() {
	ctx := context.Background()
	db, store, end := opened()
	defer end()
	plans, err := workflow.New(workflow.Config{Plans: store, Trusting: true})
	if err != nil {
		log.Fatal(err)
	}
	start := workflow.Command{
		Key: "start-0001", By: workflow.Actor{ID: record.PersonID{UUID: [16]byte{1}}, Role: pep.SocialWorker},
		Do: pep.StartInitial{Child: newChild(), Meeting: civil.MustParse("2026-05-20")},
	}

	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(ctx, "INSERT INTO task (what) VALUES ('invite the school')"); err != nil {
		log.Fatal(err)
	}
	_, err = plans.In(store.In(tx)).Do(ctx, start)
	fmt.Println(workflow.KindOf(err)) // nobody has registered the child
	fmt.Println(tx.Commit())          // the host's task is committed all the same
	// Output:
	// not_found
	// <nil>
}

// opened returns a host's database, which has the host's own table, and a store over it.
func opened() (*sql.DB, *sqlstore.Store, func()) {
	dir, err := os.MkdirTemp("", "plans")
	if err != nil {
		log.Fatal(err)
	}
	db, err := sql.Open("sqlite", sqlstore.SQLite.DSN(filepath.Join(dir, "plans.db")))
	if err != nil {
		log.Fatal(err)
	}
	if err := migrate.Up(context.Background(), db, sqlstore.SQLite); err != nil {
		log.Fatal(err)
	}
	if _, err := db.Exec("CREATE TABLE task (what TEXT)"); err != nil {
		log.Fatal(err)
	}
	store, err := sqlstore.New(db, sqlstore.Options{Dialect: sqlstore.SQLite, Authority: "lancashire"})
	if err != nil {
		log.Fatal(err)
	}
	return db, store, func() {
		_ = db.Close()
		_ = os.RemoveAll(dir)
	}
}
