package memstore_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/storage/memstore"
	"virtualschool.example/term/civil"
)

// start is a social worker's starting the plan of a child.
func start(p *pep.PEP) error {
	child := record.Child{
		ID:   record.ChildID{UUID: uuid.UUID{1}},
		Born: private.NewDate(civil.MustParse("2016-05-05")),
		Care: record.Care{Throughout: true},
	}
	at := time.Date(2026, time.January, 12, 9, 30, 0, 0, time.UTC)
	return p.StartInitial(&pep.Act{
		By: record.PersonID{UUID: uuid.UUID{2}}, Role: pep.SocialWorker,
		At: at, On: civil.Of(at, time.UTC), Policy: pep.Lancashire(), Facts: pep.Facts{Child: child},
	}, pep.StartInitial{Meeting: civil.MustParse("2026-02-10")})
}

// A store used directly: what a program does whose own service decides.
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

// What fails leaves nothing, and a child has one open plan.
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
