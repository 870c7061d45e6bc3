package storagetest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
	"virtualschool.example/storage/internal/journey"
)

// ledger is a list of things that are added and never changed afterwards: notes,
// requests, payments or audit entries. This file has the cases that all ledgers share.
type ledger[T any] struct {
	name  string        // what the things are called, such as "notes"
	nth   func(n int) T // returns the n-th thing, in list order; there are up to 100
	again func(T) T     // returns a different thing with the same place in the list
	add   func(*env, context.Context, storage.Tx, T) error
	all   func(e *env, ctx context.Context, r storage.Reader, after *T, limit int) iter.Seq2[T, error] // 0 means no limit; a negative limit is refused
	same  func(e *env, want, got T)
}

// rows returns a ledger's cases. The arguments are the numbers of the contract
// sentences about the ledger's order, about its use in a loop, and about adding
// something that exists already.
func (l ledger[T]) rows(order, loop, taken string) []row {
	return []row{
		{name: order + " " + l.name + " come in order, each as it was added", run: l.inOrder},
		{name: order + " " + l.name + " come page by page", run: l.paged},
		{name: order + " " + l.name + " are listed from a place that nothing has", run: l.afterNone},
		{name: loop + " a loop over " + l.name + " may be left early", run: l.leave},
		{name: loop + " the reader may be used in a loop over " + l.name, run: l.readInLoop},
		{name: taken + " " + l.name + " cannot be added twice", run: l.taken},
		{name: "P2 " + l.name + " are closed with their reader", run: l.closes},
		{name: "P6 " + l.name + " are neither read nor added once the context has ended", run: l.contextAtEnd},
		{name: "P10 a view does not see " + l.name + " added meanwhile", needs: []Capability{AtOnce}, run: l.viewIsStill},
		{name: "P13 an update that fails leaves no " + l.name, run: l.rollsBack},
		{name: "P40 a transaction sees the " + l.name + " that it adds", run: l.seesOwn},
	}
}

// ordinal returns the n-th id. The two ids that share a moment are in ascending
// order, but each later moment has lower ids.
func ordinal(n int) uuid.UUID { return uuid.UUID{0: byte(255 - n/2), 15: byte(n%2 + 1)} }

// moment returns the n-th instant. The instants come in pairs that differ only in
// their nanoseconds, which a store does not keep. They are not in UTC.
func moment(n int) time.Time {
	return time.Date(2026, time.March, 1, 8, n/2, 0, 123_456_000+n%2, time.FixedZone("", 3600))
}

// role returns a Reader or Tx as the role R, and fails the case if it lacks that role.
func role[R any](e *env, of any) R {
	e.Helper()
	role, ok := of.(R)
	require.True(e, ok, "every Reader or Tx of a store with this role must implement it")
	return role
}

// added adds things in one transaction; an error fails the case.
func (l ledger[T]) added(e *env, things ...T) {
	e.Helper()
	require.NoError(e, l.tryAdd(e, things...))
}

func (l ledger[T]) tryAdd(e *env, things ...T) error {
	return e.store.Update(e.ctx, func(tx storage.Tx) error {
		for _, v := range things {
			if err := l.add(e, e.ctx, tx, v); err != nil {
				return err
			}
		}
		return nil
	})
}

// fill adds the first n things in a mixed order, and returns them in list order.
func (l ledger[T]) fill(e *env, n int) (things []T) {
	e.Helper()
	for i := range n {
		things = append(things, l.nth(i))
	}
	for i := range n {
		l.added(e, things[i*7%n])
	}
	return things
}

func (l ledger[T]) equal(e *env, want, got []T) {
	e.Helper()
	require.Len(e, got, len(want))
	for i := range want {
		l.same(e, want[i], got[i])
	}
}

func (l ledger[T]) list(e *env, after *T, limit int) (found []T) {
	e.Helper()
	e.view(func(r storage.Reader) { found = collect(e, l.all(e, e.ctx, r, after, limit)) })
	return found
}

func (l ledger[T]) inOrder(e *env) {
	require.Empty(e, l.list(e, nil, 0))
	l.equal(e, l.fill(e, 25), l.list(e, nil, 0))
}

func (l ledger[T]) paged(e *env) {
	want := l.fill(e, 25)
	for _, size := range []int{1, 2, 4, 25, 26} {
		var got []T
		for page := l.list(e, nil, size); len(page) > 0; page = l.list(e, &got[len(got)-1], size) {
			require.LessOrEqual(e, len(page), size)
			got = append(got, page...)
			require.LessOrEqual(e, len(got), len(want), "the pages do not end")
		}
		l.equal(e, want, got)
	}
	l.equal(e, want[10:], l.list(e, &want[9], 0))
}

func (l ledger[T]) afterNone(e *env) {
	var want []T
	for n := range 20 {
		if n%3 != 0 {
			want = append(want, l.nth(n))
		}
	}
	l.added(e, want...)
	for n := 0; n < 20; n += 3 {
		gap := l.nth(n)
		l.equal(e, want[n-n/3:], l.list(e, &gap, 0))
	}
}

func (l ledger[T]) leave(e *env) {
	want := l.fill(e, 10)
	e.view(func(r storage.Reader) {
		for range 20 {
			for _, err := range l.all(e, e.ctx, r, nil, 0) {
				require.NoError(e, err)
				break
			}
		}
		l.equal(e, want, collect(e, l.all(e, e.ctx, r, nil, 0)))
	})
}

func (l ledger[T]) readInLoop(e *env) {
	want := l.fill(e, 10)
	j := e.save(e.plan("a").To(pep.Draft))
	e.view(func(r storage.Reader) {
		n := 0
		for v, err := range l.all(e, e.ctx, r, nil, 0) {
			require.NoError(e, err)
			l.same(e, want[n], v)
			l.equal(e, want, collect(e, l.all(e, e.ctx, r, nil, 0)))
			e.planIn(r, j.Plan.ID())
			n++
		}
		require.Equal(e, len(want), n)
	})
}

func (l ledger[T]) taken(e *env) {
	first := l.nth(0)
	l.added(e, first)
	for _, second := range []T{first, l.again(first)} {
		require.ErrorIs(e, l.tryAdd(e, second), storage.ErrExists)
		require.ErrorIs(e, l.tryAdd(e, l.nth(1), second), storage.ErrExists)
	}
	other := l.nth(2)
	require.ErrorIs(e, l.tryAdd(e, other, l.again(other)), storage.ErrExists, "in one transaction")
	l.equal(e, []T{first}, l.list(e, nil, 0))
}

func (l ledger[T]) closes(e *env) {
	l.fill(e, 3)
	var reader storage.Reader
	var of iter.Seq2[T, error]
	e.view(func(r storage.Reader) { reader, of = r, l.all(e, e.ctx, r, nil, 0) })
	_, before := gather(e, of)
	_, after := gather(e, l.all(e, e.ctx, reader, nil, 0))
	var tx storage.Tx
	e.update(func(t storage.Tx) { tx = t })
	e.all(storage.ErrClosed, map[string]error{"an earlier list": before, "a list": after, "adding": l.add(e, e.ctx, tx, l.nth(5))})
	require.Len(e, l.list(e, nil, 0), 3)
}

func (l ledger[T]) contextAtEnd(e *env) {
	l.fill(e, 3)
	ended, cancel := context.WithCancel(e.ctx)
	cancel()
	e.view(func(r storage.Reader) {
		_, err := gather(e, l.all(e, ended, r, nil, 0))
		require.ErrorIs(e, err, context.Canceled)
	})
	_ = e.store.Update(e.ctx, func(tx storage.Tx) error {
		require.ErrorIs(e, l.add(e, ended, tx, l.nth(5)), context.Canceled)
		return errOwn
	})
	require.Len(e, l.list(e, nil, 0), 3)
}

func (l ledger[T]) viewIsStill(e *env) {
	l.fill(e, 4)
	var err error
	done := make(chan struct{})
	e.view(func(r storage.Reader) {
		require.Len(e, collect(e, l.all(e, e.ctx, r, nil, 0)), 4)
		go func() {
			defer close(done)
			err = l.tryAdd(e, l.nth(7))
		}()
		waitBriefly(done)
		require.Len(e, collect(e, l.all(e, e.ctx, r, nil, 0)), 4)
	})
	<-done
	require.NoError(e, err)
	require.Len(e, l.list(e, nil, 0), 5)
}

func (l ledger[T]) rollsBack(e *env) {
	require.ErrorIs(e, e.store.Update(e.ctx, func(tx storage.Tx) error {
		return errors.Join(l.add(e, e.ctx, tx, l.nth(0)), l.add(e, e.ctx, tx, l.nth(1)), errOwn)
	}), errOwn)
	require.Empty(e, l.list(e, nil, 0))
	l.added(e, l.nth(0))
}

func (l ledger[T]) seesOwn(e *env) {
	e.update(func(tx storage.Tx) {
		for n := range 5 {
			require.NoError(e, l.add(e, e.ctx, tx, l.nth(n)))
			require.Len(e, collect(e, l.all(e, e.ctx, tx, nil, 0)), n+1)
		}
		for range l.all(e, e.ctx, tx, nil, 0) {
			require.NoError(e, l.add(e, e.ctx, tx, l.nth(9)))
			break
		}
		require.Len(e, collect(e, l.all(e, e.ctx, tx, nil, 0)), 6)
	})
}

// badQueries requires a *rule.Invalid for a query with each of the scopes, and for a
// query with a negative limit.
func badQueries[T any](e *env, of func(storage.Reader, storage.Scope, int) iter.Seq2[T, error], scopes ...storage.Scope) {
	e.Helper()
	e.view(func(r storage.Reader) {
		for n, s := range scopes {
			found, err := gather(e, of(r, s, 0))
			require.Equal(e, "scope", rule.InvalidMember(err), "scope %d: %v", n, err)
			require.Empty(e, found)
		}
		_, err := gather(e, of(r, storage.Everything(), -1))
		require.Equal(e, "limit", rule.InvalidMember(err), "%v", err)
	})
}

// refusals spoils each member of a thing in turn and adds the thing. It requires a
// *rule.Invalid that names the member and shows nothing private.
func refusals[T any](e *env, l ledger[T], spoils map[string]func(*T)) {
	e.Helper()
	for member, spoil := range spoils {
		v := l.nth(0)
		spoil(&v)
		err := l.tryAdd(e, v)
		e.invalid(member, err)
		require.NotContains(e, fmt.Sprintf("%v %+v", err, err), canary)
	}
	require.Empty(e, l.list(e, nil, 0))
}

// placed looks up each item of found in the slice want, and returns the items'
// indexes there.
func placed[T any](e *env, want []T, found []T, key func(T) uuid.UUID) (places []int) {
	e.Helper()
	for _, v := range found {
		n := slices.IndexFunc(want, func(w T) bool { return key(w) == key(v) })
		require.GreaterOrEqual(e, n, 0)
		places = append(places, n)
	}
	return places
}

// who(name) returns the id of an invented person.
func who(name string) uuid.UUID { return journey.ID(name, "person") }
