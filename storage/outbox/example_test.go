package outbox_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/storage"
	"virtualschool.example/storage/memstore"
	"virtualschool.example/storage/outbox"
	"virtualschool.example/term/civil"
)

// A reminder that the mail server refuses at first goes out a minute later.
func Example() {
	ctx, store := context.Background(), memstore.New()
	now := time.Date(2026, time.January, 14, 9, 0, 0, 0, time.UTC)
	plan := pep.New(pep.ID{UUID: uuid.UUID{15: 1}})
	err := store.Update(ctx, func(tx storage.Tx) error {
		_, err := tx.Post(ctx, storage.RemindOn(plan, civil.MustParse("2026-01-14"), now))
		return err
	})
	if err != nil {
		fmt.Println(err)
	}

	relay, err := outbox.New(outbox.Config{
		Outbox: store,
		Publish: func(_ context.Context, m storage.Message) error {
			fmt.Println(m.Kind, m.On, "attempt", m.Attempts)
			if m.Attempts == 1 {
				return errors.New("mailbox busy")
			}
			return nil
		},
		Now: func() time.Time { return now },
	})
	if err != nil {
		fmt.Println(err)
	}
	for range 2 {
		delivered, err := relay.Drain(ctx)
		fmt.Println("delivered", delivered, err)
		now = now.Add(time.Minute)
	}
	// Output:
	// reminder 2026-01-14 attempt 1
	// delivered 0 <nil>
	// reminder 2026-01-14 attempt 2
	// delivered 1 <nil>
}

// A program runs the relay until its context ends.
func ExampleRelay_Run() {
	ctx, stop := context.WithCancel(context.Background())
	relay, err := outbox.New(outbox.Config{
		Outbox:  memstore.New(),
		Publish: func(context.Context, storage.Message) error { return nil },
	})
	if err != nil {
		fmt.Println(err)
	}
	stop()
	fmt.Println(relay.Run(ctx, time.Minute))
	// Output: context canceled
}
