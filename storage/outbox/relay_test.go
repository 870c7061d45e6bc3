package outbox_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
	"virtualschool.example/storage/internal/journey"
	"virtualschool.example/storage/memstore"
	"virtualschool.example/storage/outbox"
)

func TestExactlyTheNoticesOfEventsAreDelivered(t *testing.T) {
	t.Parallel()
	store, in := memstore.New(), &inbox{}
	want := map[pep.ID][]storage.Message{}
	for _, name := range []string{"Ada", "Bea", "Cy"} {
		j := journey.New(t, name).Start(journey.Meeting()).To(pep.Finalised)
		require.NoError(t, store.Update(t.Context(), func(tx storage.Tx) error { return tx.Save(t.Context(), j.Plan) }))
		for _, e := range j.Plan.Pending() {
			for m := range storage.MessagesOf(&e) {
				m.Attempts = 1
				want[m.Plan] = append(want[m.Plan], m)
			}
		}
	}
	require.Len(t, want, 3)
	r := relay(t, outbox.Config{Outbox: store, Publish: in.publish})
	n := drain(t, r)
	got := map[pep.ID][]storage.Message{}
	for _, m := range in.got {
		got[m.Plan] = append(got[m.Plan], m)
	}
	require.Equal(t, want, got)
	require.Equal(t, len(in.got), n)
	require.Zero(t, drain(t, r))
}

func TestACrashBeforeTheMarkRepeatsTheMessageWithItsID(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := message(1, 1)
		box, in := spyOn(filled(t, m)), &inbox{}
		r := relay(t, outbox.Config{Outbox: box, Publish: in.publish})
		box.fail = func(op string) error { return map[string]error{"delivered": storage.ErrOutcomeUnknown}[op] }
		n, err := r.Drain(t.Context())
		require.ErrorIs(t, err, storage.ErrOutcomeUnknown)
		require.Zero(t, n)

		box.fail = func(string) error { return nil }
		require.Zero(t, drain(t, r), "it is leased")
		time.Sleep(time.Minute)
		require.Equal(t, 1, drain(t, r))
		require.Equal(t, []uuid.UUID{m.ID, m.ID}, ids(in.got))
		require.Equal(t, 2, in.got[1].Attempts)
	})
}

func TestAMessageIsNotGivenBeforeItsLeaseEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store, in := filled(t, message(1, 1)), &inbox{}
		r := relay(t, outbox.Config{Outbox: store, Publish: in.publish})
		_, err := store.Claim(t.Context(), 1, time.Now(), time.Now().Add(time.Minute))
		require.NoError(t, err)
		time.Sleep(time.Minute - time.Microsecond)
		require.Zero(t, drain(t, r))
		time.Sleep(time.Microsecond)
		require.Equal(t, 1, drain(t, r))
	})
}

func TestWaitsDoubleUntilAnHour(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := message(1, 1)
		store, in := filled(t, m), &inbox{refuses: map[uuid.UUID]bool{m.ID: true}}
		var asides []error
		r := relay(t, outbox.Config{Outbox: store, Publish: in.publish,
			Aside: func(_ context.Context, _ storage.Message, err error) { asides = append(asides, err) }})
		ctx, cancel := context.WithTimeout(t.Context(), 24*time.Hour)
		defer cancel()
		require.ErrorIs(t, r.Run(ctx, time.Minute), context.DeadlineExceeded)

		minutes := []time.Duration{0, 1, 3, 7, 15, 31, 63, 123, 183, 243}
		for i := range minutes {
			minutes[i] *= time.Minute
		}
		require.Equal(t, minutes, in.at)
		require.Equal(t, []error{errRefused}, asides)
	})
}

func TestAtTheLimitAMessageIsSetAsideAndItsPlanFlows(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		bad, later, other := message(1, 1), message(1, 2), message(2, 1)
		store := filled(t, bad, later, other)
		in := &inbox{refuses: map[uuid.UUID]bool{bad.ID: true}}
		var told []storage.Message
		r := relay(t, outbox.Config{Outbox: store, Publish: in.publish, Attempts: 2,
			Aside: func(ctx context.Context, m storage.Message, err error) {
				listed, e := store.SetAsides(ctx, storage.Message{}, 9)
				require.NoError(t, e)
				require.Equal(t, []storage.Message{m}, listed)
				require.ErrorIs(t, err, errRefused)
				told = listed
			}})
		require.Equal(t, 1, drain(t, r))
		time.Sleep(time.Minute)
		require.Equal(t, 1, drain(t, r))
		require.Equal(t, []uuid.UUID{bad.ID, other.ID, bad.ID, later.ID}, ids(in.got))
		require.Equal(t, []uuid.UUID{bad.ID}, ids(told))
		require.Equal(t, 2, told[0].Attempts)
		time.Sleep(time.Hour)
		require.Zero(t, drain(t, r))
	})
}

func TestAMessageThatCanNeverBePassedOnIsSetAsideAtOnce(t *testing.T) {
	t.Parallel()
	bad, later := message(1, 1), message(1, 2)
	in := &inbox{}
	var asides []error
	r := relay(t, outbox.Config{Outbox: filled(t, bad, later),
		Publish: func(ctx context.Context, m storage.Message) error {
			if m.ID == bad.ID {
				return fmt.Errorf("%w: %w", outbox.ErrPermanent, errRefused)
			}
			return in.publish(ctx, m)
		},
		Aside: func(_ context.Context, m storage.Message, err error) {
			require.Equal(t, bad.ID, m.ID)
			asides = append(asides, err)
		}})
	require.Equal(t, 1, drain(t, r))
	require.Equal(t, []uuid.UUID{later.ID}, ids(in.got))
	require.Len(t, asides, 1)
	require.ErrorIs(t, asides[0], errRefused)
}

func TestMessagesBehindAFailedOneAreGivenBackUntried(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		first, bad, later := message(2, 1), message(1, 1), message(1, 2)
		first.At = first.At.Add(-time.Second) // the first claim returns this message alone, and the next claim returns the other two
		box, in := spyOn(filled(t, first, bad, later)), &inbox{refuses: map[uuid.UUID]bool{bad.ID: true}}
		drain(t, relay(t, outbox.Config{Outbox: box, Publish: in.publish}))
		require.Equal(t, []uuid.UUID{first.ID, bad.ID}, ids(in.got))
		require.Equal(t, []int{1, 2, 1}, box.limits, "one at a time after a failure")
		require.Equal(t, map[uuid.UUID][]time.Time{
			bad.ID: {time.Now().Add(time.Minute)}, later.ID: untried,
		}, box.released)

		time.Sleep(time.Minute)
		in.refuses = nil
		require.Equal(t, 2, drain(t, relay(t, outbox.Config{Outbox: box, Publish: in.publish})))
		require.Equal(t, 2, in.got[2].Attempts)
		require.Equal(t, 1, in.got[3].Attempts)
	})
}

// TestAMessageThatKillsTheProgramIsSetAsideAlone kills the program in Publish, so
// that it neither marks nor releases anything afterwards.
func TestAMessageThatKillsTheProgramIsSetAsideAlone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var queue []storage.Message
		for n := range 20 {
			queue = append(queue, message(n, 1))
			queue[n].At = queue[n].At.Add(time.Duration(n) * time.Second)
		}
		killer, in := queue[8].ID, &inbox{}
		var asides []storage.Message
		box := spyOn(filled(t, queue...))
		r := relay(t, outbox.Config{Outbox: box, Attempts: 3,
			Publish: func(ctx context.Context, m storage.Message) error {
				if m.ID == killer {
					box.fail = func(string) error { return storage.ErrClosed }
					panic("killed")
				}
				return in.publish(ctx, m)
			},
			Aside: func(_ context.Context, m storage.Message, err error) {
				require.NoError(t, err)
				asides = append(asides, m)
			}})
		for range 3 {
			require.PanicsWithValue(t, "killed", func() { _, _ = r.Drain(t.Context()) })
			box.fail = func(string) error { return nil }
			time.Sleep(time.Minute)
		}
		drain(t, r)
		require.Equal(t, []uuid.UUID{killer}, ids(asides))
		require.ElementsMatch(t, append(ids(in.got), killer), ids(queue))
		for _, m := range in.got {
			require.LessOrEqual(t, m.Attempts, 2)
		}
	})
}

func TestAPanicIsNotSwallowedAndTheRestIsGivenBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		box := spyOn(filled(t, message(1, 1), message(2, 1), message(3, 1)))
		r := relay(t, outbox.Config{Outbox: box, Publish: func(_ context.Context, m storage.Message) error {
			if m.Plan == planID(2) {
				panic("no")
			}
			return nil
		}})
		require.PanicsWithValue(t, "no", func() { _, _ = r.Drain(t.Context()) })
		require.Equal(t, map[uuid.UUID][]time.Time{message(3, 1).ID: untried}, box.released)
		require.Equal(t, 1, drain(t, r))
		time.Sleep(time.Minute)
		require.Panics(t, func() { _, _ = r.Drain(t.Context()) }, "its lease has ended")
	})
}

func TestASlowPublishGivesTheRestBackInTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var queue []storage.Message
		for n := range 12 {
			queue = append(queue, message(n, 1))
		}
		box, in := spyOn(filled(t, queue...)), &inbox{}
		r := relay(t, outbox.Config{Outbox: box, Publish: func(ctx context.Context, m storage.Message) error {
			end, ok := ctx.Deadline()
			require.True(t, ok)
			require.GreaterOrEqual(t, time.Until(end), 30*time.Second)
			time.Sleep(20 * time.Second)
			return in.publish(ctx, m)
		}})
		require.Equal(t, 12, drain(t, r))
		require.ElementsMatch(t, ids(queue), ids(in.got))
		require.Equal(t, []int{1, 2, 4, 1, 2, 4, 1, 2, 4}, box.limits)
		for _, m := range in.got {
			require.Equal(t, 1, m.Attempts)
		}
	})
}

func TestAMessageIsNotGivenBackAfterItsLease(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		box, in := spyOn(filled(t, message(1, 1), message(2, 1), message(3, 1))), &inbox{}
		r := relay(t, outbox.Config{Outbox: box, Publish: func(ctx context.Context, m storage.Message) error {
			time.Sleep(time.Minute) // the whole lease
			return in.publish(ctx, m)
		}})
		require.Equal(t, 3, drain(t, r))
		require.Len(t, in.got, 3)
		require.Empty(t, box.released)
	})
}

func TestAPublishThatHangsEndsWithTheLeaseAndHasFailed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m, began := message(1, 1), time.Now()
		box := spyOn(filled(t, m))
		r := relay(t, outbox.Config{Outbox: box, Publish: func(ctx context.Context, _ storage.Message) error {
			<-ctx.Done()
			return ctx.Err()
		}})
		require.Zero(t, drain(t, r))
		require.Equal(t, time.Minute, time.Since(began))
		require.Equal(t, []time.Time{time.Now().Add(time.Minute)}, box.released[m.ID])
	})
}

func TestRunStopsWhenItsContextEnds(t *testing.T) {
	t.Parallel()
	t.Run("between two passes", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			store, in := memstore.New(), &inbox{}
			r, done := relay(t, outbox.Config{Outbox: store, Publish: in.publish}), make(chan error, 1)
			ctx, cancel := context.WithCancel(t.Context())
			go func() { done <- r.Run(ctx, time.Minute) }()
			synctest.Wait()
			post(t, store, message(1, 1))
			time.Sleep(time.Minute)
			synctest.Wait()
			require.Len(t, in.got, 1)
			cancel()
			require.ErrorIs(t, <-done, context.Canceled)
		})
	})
	t.Run("in a Publish that fails, which does not count as an attempt", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			m := message(1, 1)
			box := spyOn(filled(t, m))
			r := relay(t, outbox.Config{Outbox: box, Publish: func(ctx context.Context, _ storage.Message) error {
				<-ctx.Done()
				return ctx.Err()
			}})
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			require.ErrorIs(t, r.Run(ctx, time.Minute), context.DeadlineExceeded)
			require.Equal(t, untried, box.released[m.ID])
		})
	})
	t.Run("in a Publish that succeeds, which is marked", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			box := spyOn(filled(t, message(1, 1), message(2, 1), message(3, 1)))
			r := relay(t, outbox.Config{Outbox: box, Publish: func(_ context.Context, m storage.Message) error {
				if m.Plan == planID(2) {
					cancel()
				}
				return nil
			}})
			n, err := r.Drain(ctx)
			require.ErrorIs(t, err, context.Canceled)
			require.Equal(t, 2, n)
			require.Equal(t, map[uuid.UUID][]time.Time{message(3, 1).ID: untried}, box.released)
			require.Equal(t, 1, drain(t, r))
		})
	})
}

func TestRunOutlivesOnlyTemporaryFailures(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		box, in := spyOn(filled(t, message(1, 1))), &inbox{}
		passing := []error{&storage.Error{Op: "claim", Err: storage.ErrUnavailable}, storage.ErrContention, &storage.Error{Op: "claim", Err: storage.ErrDamaged}}
		failures := append(slices.Clone(passing), nil, nil, storage.ErrClosed)
		box.fail = func(op string) (err error) {
			if op == "claim" {
				err, failures = failures[0], failures[1:]
			}
			return err
		}
		var told []error
		r := relay(t, outbox.Config{Outbox: box, Publish: in.publish,
			Failed: func(_ context.Context, err error) { told = append(told, err) }})
		require.ErrorIs(t, r.Run(t.Context(), time.Minute), storage.ErrClosed)
		require.Len(t, in.got, 1)
		require.Equal(t, passing, told)
	})
}

// TestAFailureOfTheStoreEndsTheDrain makes one operation of the store fail in each
// subtest. After the failure, no later message of the plan may go out, and
// Config.Aside must not be called.
func TestAFailureOfTheStoreEndsTheDrain(t *testing.T) {
	t.Parallel()
	for _, op := range []string{"claim", "delivered", "release", "set aside"} {
		t.Run(op, func(t *testing.T) {
			t.Parallel()
			bad := message(1, 1)
			box, in := spyOn(filled(t, bad, message(1, 2))), &inbox{}
			box.fail = func(at string) error { return map[string]error{op: storage.ErrUnavailable}[at] }
			in.refuses = map[uuid.UUID]bool{bad.ID: op == "release" || op == "set aside"}
			c := outbox.Config{Outbox: box, Publish: in.publish,
				Aside: func(context.Context, storage.Message, error) { t.Error("Aside was called") }}
			if op == "set aside" {
				c.Attempts = 1
			}
			n, err := relay(t, c).Drain(t.Context())
			require.ErrorIs(t, err, storage.ErrUnavailable)
			require.Zero(t, n)
			require.LessOrEqual(t, len(in.got), 1)
		})
	}
}

// TestTenYearsOfRemindersGoOutOnceEach runs three programs for ten years. Each
// program posts the day's reminder and passes it on (REM-1).
func TestTenYearsOfRemindersGoOutOnceEach(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store, sent := memstore.New(), map[uuid.UUID]int{}
		mine := make(chan struct{}, 1)
		ctx, cancel := context.WithTimeout(t.Context(), days*24*time.Hour)
		defer cancel()
		for n := range 3 {
			r := relay(t, outbox.Config{Outbox: store, Publish: func(_ context.Context, m storage.Message) error {
				mine <- struct{}{}
				defer func() { <-mine }()
				sent[m.ID]++
				return nil
			}})
			go r.Run(ctx, time.Duration(5+n)*time.Hour)
			go remindDaily(t, store)
		}
		<-ctx.Done()
		synctest.Wait()
		require.Len(t, sent, days)
		for _, times := range sent {
			require.Equal(t, 1, times)
		}
	})
}

func TestAnImpossibleConfigIsInvalid(t *testing.T) {
	t.Parallel()
	in := &inbox{}
	good := outbox.Config{Outbox: memstore.New(), Publish: in.publish}
	for member, spoil := range map[string]func(*outbox.Config){
		"outbox":   func(c *outbox.Config) { c.Outbox = nil },
		"publish":  func(c *outbox.Config) { c.Publish = nil },
		"batch":    func(c *outbox.Config) { c.Batch = -1 },
		"lease":    func(c *outbox.Config) { c.Lease = -1 },
		"attempts": func(c *outbox.Config) { c.Attempts = -1 },
		"wait":     func(c *outbox.Config) { c.Wait = -1 },
		"maxWait":  func(c *outbox.Config) { c.MaxWait = -1 },
	} {
		c := good
		spoil(&c)
		_, err := outbox.New(c)
		require.Equal(t, member, rule.InvalidMember(err))
	}
	require.Equal(t, "every", rule.InvalidMember(relay(t, good).Run(t.Context(), 0)))
}
