package memstore_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/payment"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/storage/memstore"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

// start starts a plan as a social worker does.
func start(p *pep.PEP) error {
	child := record.Child{
		ID:   record.ChildID{UUID: uuid.UUID{1}},
		Born: private.NewDate(civil.MustParse("2016-05-05")),
		Care: record.Care{Throughout: true},
	}
	at := time.Date(2026, time.January, 12, 9, 30, 0, 0, time.UTC)
	return p.Do(&pep.Act{
		By: record.PersonID{UUID: uuid.UUID{2}}, Role: pep.SocialWorker,
		At: at, On: civil.Of(at, time.UTC), Policy: pep.Lancashire(), Facts: pep.Facts{Child: child},
	}, pep.StartInitial{Meeting: civil.MustParse("2026-02-10")})
}

// A program that makes its own access decisions can use a store without package
// workflow.
func Example() {
	ctx, store := context.Background(), memstore.New()
	p := pep.New(pep.ID{UUID: uuid.UUID{3}})
	if err := start(p); err != nil {
		fmt.Println(err)
	}
	err := store.Update(ctx, func(tx storage.Tx) error { return tx.Save(ctx, p) })
	fmt.Println("saved:", err)

	err = store.View(ctx, func(r storage.Reader) error {
		for p, err := range r.Plans(ctx, storage.Query{Scope: storage.Tray(pep.SocialWorkerTray)}) {
			if err != nil {
				return err
			}
			fmt.Println(p.Stage(), p.Term(), p.Meeting())
		}
		return nil
	})
	fmt.Println("read:", err)
	// Output:
	// saved: <nil>
	// draft SPRING 2026 2026-02-10
	// read: <nil>
}

// A child can have one open plan, and an Update that fails leaves nothing.
func ExampleStore_Update() {
	ctx, store := context.Background(), memstore.New()
	err := store.Update(ctx, func(tx storage.Tx) error {
		for n := range 2 {
			p := pep.New(pep.ID{UUID: uuid.UUID{3, byte(n)}})
			if err := errors.Join(start(p), tx.Save(ctx, p)); err != nil {
				return err
			}
		}
		return nil
	})
	fmt.Println(errors.Is(err, storage.ErrExists))
	_ = store.View(ctx, func(r storage.Reader) error {
		_, err := r.Plan(ctx, pep.ID{UUID: uuid.UUID{3}})
		fmt.Println(err)
		return nil
	})
	// Output:
	// true
	// storage: not found
}

// A child is paid for once in a term, so a payment run fails as a whole if one of its
// lines was paid before.
func Example_payments() {
	ctx, store := context.Background(), memstore.New()
	spring := term.MustParse("SPRING 2026")
	line := payment.Line{
		Payment: record.Payment{
			Child: record.ChildID{UUID: uuid.UUID{1}}, Term: spring, Establishment: record.EstablishmentID{UUID: uuid.UUID{2}},
			Pence: 91_000, PaidOn: civil.MustParse("2026-04-20"),
		},
		Plan: pep.ID{UUID: uuid.UUID{3}}, Version: 9, FinancialYear: spring.FinancialYear(), Cause: payment.Paid,
	}
	pay := func(tx storage.Tx) error {
		payer, err := storage.PayerOf(tx)
		if err != nil {
			return err
		}
		return payer.Pay(ctx, line)
	}
	fmt.Println(store.Update(ctx, pay))
	fmt.Println(store.Update(ctx, pay))
	_ = store.View(ctx, func(r storage.Reader) error {
		payments, err := storage.PaymentsOf(r)
		if err != nil {
			return err
		}
		for line, err := range payments.Paid(ctx, storage.PaymentQuery{Scope: storage.Everything(), Term: spring}) {
			fmt.Println(line.Term, line.Pence, err)
		}
		return nil
	})
	// Output:
	// <nil>
	// storage: it already exists
	// SPRING 2026 91000 <nil>
}

// A file is put under the id of the event that attached it.
func ExampleBlobs() {
	ctx, files := context.Background(), &memstore.Blobs{}
	id := record.AttachmentID{UUID: uuid.UUID{1}}
	fmt.Println(files.Put(ctx, id, strings.NewReader("a timetable"), 1<<20))
	fmt.Println(files.Put(ctx, id, strings.NewReader("another"), 1<<20))
	r, err := files.Open(ctx, id)
	if err != nil {
		fmt.Println(err)
		return
	}
	content, err := io.ReadAll(r)
	fmt.Println(string(content), errors.Join(err, r.Close()))
	// Output:
	// 11 <nil>
	// 0 storage: it already exists
	// a timetable <nil>
}
