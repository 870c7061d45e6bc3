package workflow_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
)

// busy returns a world in which every step of the day's work has something to do on
// 20 April 2026.
func busy(t *testing.T) (*world, []pep.ID) {
	t.Helper()
	w := newWorld(t, ceasing)
	w.put(child(5, "2026-01-02"))
	ids := []pep.ID{
		w.delegated(ada, "2026-01-14"),
		w.start(ben, "2026-01-15"),
		w.finalised(cem, "2026-01-16", "SPRING—06/05/2026"),
	}
	w.must(worker, ids[0], pep.Retract{ConfirmedWithSetting: true, Reason: text("Because")})
	w.clock.noon(on("2026-04-10"))
	ids = append(ids, w.delegated(dot, "2026-04-20"), w.start(record.ChildID{UUID: uid(5)}, "2026-04-20"))
	w.change(record.ChildID{UUID: uid(5)}, leave("2026-04-12"))
	w.clock.noon(on("2026-04-20"))
	return w, ids
}

// late returns a world in which it is 20 April 2026, and the work of the 18th and the
// 19th was missed. Each of the two missed days has a reminder of its own.
func late(t *testing.T) (*world, []pep.ID) {
	t.Helper()
	w := newWorld(t)
	w.clock.noon(on("2026-04-17"))
	ids := []pep.ID{
		w.delegated(ada, "2026-04-18"), w.delegated(ben, "2026-04-19"), w.delegated(cem, "2026-04-20"),
		w.finalised(dot, "2026-04-21", "SUMMER—06/10/2026"),
	}
	w.day("2026-04-17")
	w.clock.noon(on("2026-04-20"))
	return w, ids
}

// results returns what the day's work leaves behind.
func (w *world) results(ids []pep.ID) []any {
	w.Helper()
	return append(w.state(ids...), w.sealed(ids), w.done("2026-04-01", "2026-04-20"))
}

// TestADayInterruptedAtAnyCallAndRunAgainEndsTheSame interrupts the day's work at
// the first call to the store, then at the second, and so on until nothing is left
// to interrupt. An interruption is a call that fails, a commit whose outcome is
// unknown, or a context that ends.
func TestADayInterruptedAtAnyCallAndRunAgainEndsTheSame(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		world func(*testing.T) (*world, []pep.ID)
		want  []int
	}{
		{"a busy day", busy, []int{1, 2, 6, 1, 1, 0, 0}},
		{"days that were missed", late, []int{3, 0, 0, 0, 1, 2, 0}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			whole, ids := c.world(t)
			d := whole.day("2026-04-20")
			require.Equal(t, c.want, []int{len(d.Reminded), len(d.Carried), d.Destroyed, len(d.Ceased), len(d.NotStarted), len(d.MadeUp), len(d.Failed)})
			want := whole.results(ids)
			whole.day("2026-04-20")
			require.Equal(t, want, whole.results(ids))
			interrupted(t, c.world, want)
		})
	}
}

// interrupted interrupts the day's work of 20 April in every way and at every call,
// and runs it again. It requires that the results always equal want.
func interrupted(t *testing.T, begin func(*testing.T) (*world, []pep.ID), want []any) {
	lost := &storage.Error{Op: "call", Err: storage.ErrUnavailable}
	for _, c := range []struct {
		name string
		do   func(w *world, n int, calls *int)
	}{
		{"a call fails", func(w *world, n int, calls *int) {
			_, _ = w.In(spy{w.store, func(string) error {
				if *calls++; *calls == n {
					return lost
				}
				return nil
			}}).RunDay(ctx, on("2026-04-20"))
		}},
		{"every call fails from there on", func(w *world, n int, calls *int) {
			_, _ = w.In(spy{w.store, func(string) error {
				if *calls++; *calls >= n {
					return lost
				}
				return nil
			}}).RunDay(ctx, on("2026-04-20"))
		}},
		{"the context ends", func(w *world, n int, calls *int) {
			over, cancel := context.WithCancel(ctx)
			defer cancel()
			_, _ = w.In(spy{w.store, func(string) error {
				if *calls++; *calls == n {
					cancel()
				}
				return nil
			}}).RunDay(over, on("2026-04-20"))
		}},
		{"the outcome of a commit is unknown", func(w *world, n int, calls *int) {
			_, _ = w.In(lostAt{w.store, n, calls}).RunDay(ctx, on("2026-04-20"))
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			n := 1
			for calls := n; calls >= n; n++ {
				w, ids := begin(t)
				calls = 0
				c.do(w, n, &calls)
				again := w.day("2026-04-20")
				require.Equal(t, want, w.results(ids), "interrupted at call %d", n)
				require.Len(t, again.NotStarted, 1)
				require.Empty(t, again.Failed)
			}
			require.Greater(t, n, 4)
		})
	}
}

// lostAt is a store that commits its nth transaction and then reports that the
// outcome is unknown.
type lostAt struct {
	storage.Plans
	n     int
	calls *int
}

func (s lostAt) Update(ctx context.Context, fn func(storage.Tx) error) error {
	err := s.Plans.Update(ctx, fn)
	if *s.calls++; err == nil && *s.calls == s.n {
		return storage.ErrOutcomeUnknown
	}
	return err
}
