package outbox_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/storage"
	"virtualschool.example/storage/memstore"
	"virtualschool.example/storage/outbox"
	"virtualschool.example/term/civil"
)

// errRefused is the error of a receiver that refuses a message.
var errRefused = errors.New("refused")

// planID is the id of the nth plan.
func planID(n int) pep.ID { return pep.ID{UUID: uuid.UUID{0: 1, 15: byte(n)}} }

// message returns the message of a plan at a version, posted now.
func message(plan, version int) storage.Message {
	return storage.Message{
		ID: uuid.UUID{0: 2, 14: byte(plan), 15: byte(version)}, Plan: planID(plan),
		Version: int64(version), Kind: storage.Reminder, At: time.Now(),
	}
}

func post(t testing.TB, s storage.Plans, messages ...storage.Message) {
	t.Helper()
	require.NoError(t, s.Update(t.Context(), func(tx storage.Tx) error {
		for _, m := range messages {
			added, err := tx.Post(t.Context(), m)
			require.NoError(t, err)
			require.True(t, added)
		}
		return nil
	}))
}

// filled returns a store with messages.
func filled(t testing.TB, messages ...storage.Message) *memstore.Store {
	s := memstore.New()
	post(t, s, messages...)
	return s
}

func relay(t testing.TB, c outbox.Config) *outbox.Relay {
	t.Helper()
	r, err := outbox.New(c)
	require.NoError(t, err)
	return r
}

func drain(t testing.TB, r *outbox.Relay) int {
	t.Helper()
	n, err := r.Drain(t.Context())
	require.NoError(t, err)
	return n
}

// inbox takes messages, except those whose id it refuses.
type inbox struct {
	refuses map[uuid.UUID]bool
	got     []storage.Message // including refused ones
	at      []time.Duration   // each message's arrival time, relative to began
	began   time.Time
}

func (in *inbox) publish(_ context.Context, m storage.Message) error {
	if in.began.IsZero() {
		in.began = time.Now()
	}
	in.got, in.at = append(in.got, m), append(in.at, time.Since(in.began))
	if in.refuses[m.ID] {
		return errRefused
	}
	return nil
}

func ids(messages []storage.Message) (ids []uuid.UUID) {
	for _, m := range messages {
		ids = append(ids, m.ID)
	}
	return ids
}

// spy is an outbox that fails on demand. It records the limit of each claim, and the
// instants that were passed to Release for each message.
type spy struct {
	storage.Outbox
	fail     func(op string) error
	limits   []int
	released map[uuid.UUID][]time.Time
}

func spyOn(s storage.Outbox) *spy {
	return &spy{Outbox: s, fail: func(string) error { return nil }, released: map[uuid.UUID][]time.Time{}}
}

func (s *spy) Claim(ctx context.Context, limit int, now, until time.Time) ([]storage.Message, error) {
	if err := s.fail("claim"); err != nil {
		return nil, err
	}
	s.limits = append(s.limits, limit)
	return s.Outbox.Claim(ctx, limit, now, until)
}

func (s *spy) Delivered(ctx context.Context, ids ...uuid.UUID) error {
	if err := s.fail("delivered"); err != nil {
		return err
	}
	return s.Outbox.Delivered(ctx, ids...)
}

func (s *spy) Release(ctx context.Context, id uuid.UUID, until time.Time) error {
	if err := s.fail("release"); err != nil {
		return err
	}
	s.released[id] = append(s.released[id], until)
	return s.Outbox.Release(ctx, id, until)
}

func (s *spy) SetAside(ctx context.Context, id uuid.UUID) error {
	if err := s.fail("set aside"); err != nil {
		return err
	}
	return s.Outbox.SetAside(ctx, id)
}

// untried is the record of one Release of a message that nobody tried.
var untried = []time.Time{{}}

// days is the number of days in ten years.
const days = 3650

// remindDaily posts a plan's reminder on each day of ten years.
func remindDaily(t testing.TB, s storage.Plans) {
	plan := pep.New(planID(1))
	for day := range days {
		if day > 0 {
			time.Sleep(24 * time.Hour)
		}
		now := time.Now()
		err := s.Update(t.Context(), func(tx storage.Tx) error {
			_, err := tx.Post(t.Context(), storage.RemindOn(plan, civil.Of(now, time.UTC), now))
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}
