package storagetest

import (
	"context"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/storage"
)

// Host is a store together with its host's database. The store joins the database's
// transactions. An adapter's test provides the Host.
type Host interface {
	storage.Plans // the store, with its own transactions

	// Begin begins one of the host's transactions.
	Begin(ctx context.Context) (Joined, error)
	// Notes returns the number of the host's own rows.
	Notes(ctx context.Context) (int, error)
}

// Joined is one of the host's transactions, which the store has joined.
type Joined interface {
	storage.Plans // the store inside the transaction

	// Note writes one of the host's own rows.
	Note(ctx context.Context) error
	// Commit and Rollback end the transaction as the host would.
	Commit() error
	Rollback() error
}

// joinRows returns the cases of a store inside one of its host's transactions.
func joinRows() []row {
	return []row{
		{name: "J1 what was joined is committed by the host", run: joinedCommits},
		{name: "J2 nothing of what was joined is there after a rollback by the host", run: joinedRollsBack},
		{name: "J3 a joined update that fails leaves the host's rows", run: func(e *env) { joinedFails(e, failing) }},
		{name: "J3 a joined update that panics leaves the host's rows", run: func(e *env) { joinedFails(e, panicking) }},
		{name: "J3 a joined update whose goroutine exits leaves the host's rows", run: func(e *env) { joinedFails(e, exiting) }},
		{name: "J3 a joined update that is refused leaves no key", run: joinedKey},
		{name: "J4 two joined updates in one transaction", run: joinedTwice},
		{name: "J4 a joined update after one that failed", run: joinedAfterFailure},
		{name: "J5 a joined update within another fails by itself", run: joinedInner},
		{name: "J5 a joined update is undone with the one that it is within", run: joinedOuter},
		{name: "J6 a joined update calls its function once", run: joinedOnce},
		{name: "J7 a joined view sees what the transaction has written", run: joinedView},
		{name: "J8 after the host's commit nothing is done", run: func(e *env) { joinedAfter(e, Joined.Commit) }},
		{name: "J8 after the host's rollback nothing is done", run: func(e *env) { joinedAfter(e, Joined.Rollback) }},
	}
}

func (e *env) host() Host { return e.store.(Host) }

// within begins one of the host's transactions, and returns it with an env whose
// store is inside it.
func (e *env) within() (*env, Joined) {
	e.Helper()
	h, err := e.host().Begin(e.ctx)
	require.NoError(e, err)
	in := *e
	in.store = h
	return &in, h
}

// noted writes one of the host's own rows.
func (e *env) noted(h Joined) {
	e.Helper()
	require.NoError(e, h.Note(e.ctx))
}

// committed commits a transaction and then requires the host to have the given
// number of its own rows.
func (e *env) committed(h Joined, notes int) {
	e.Helper()
	require.NoError(e, h.Commit())
	n, err := e.host().Notes(e.ctx)
	require.NoError(e, err)
	require.Equal(e, notes, n, "the host's own rows")
}

func joinedCommits(e *env) {
	in, h := e.within()
	e.noted(h)
	p := in.plan("a").To(pep.Draft).Plan
	require.NoError(e, in.trySave(p))
	e.noted(h)
	e.committed(h, 2)
	e.samePlan(p, e.load(p.ID()))
}

func joinedRollsBack(e *env) {
	in, h := e.within()
	e.noted(h)
	p := in.plan("a").To(pep.Delegated).Plan
	require.NoError(e, in.trySave(p))
	in.update(func(tx storage.Tx) { once(in, tx, "key", digest("a")) })
	require.NoError(e, h.Rollback())
	e.absent(p.ID())
	require.Empty(e, e.history(p.ID()))
	e.update(func(tx storage.Tx) { once(e, tx, "key", digest("b")) })
	_, h = e.within()
	e.committed(h, 0)
}

func joinedFails(e *env, badly func(*env, func(storage.Tx))) {
	in, h := e.within()
	e.noted(h)
	leavesNothing(in, badly)
	e.noted(h)
	e.committed(h, 2)
	require.Len(e, e.list(storage.Query{Scope: storage.Everything()}), 2, "the plans that leavesNothing saves successfully")
}

func joinedKey(e *env) {
	in, h := e.within()
	e.noted(h)
	failing(in, func(tx storage.Tx) {
		once(in, tx, "key", digest("a"))
		require.NoError(in, tx.Record(in.ctx, "key", storage.Outcome{Version: 1}))
	})
	e.committed(h, 1)
	e.update(func(tx storage.Tx) { once(e, tx, "key", digest("b")) })
}

func joinedTwice(e *env) {
	in, h := e.within()
	j := in.save(in.plan("a").To(pep.Draft))
	j = in.save(j.Answer("again", 1))
	other := in.save(in.plan("b").To(pep.Draft))
	e.committed(h, 0)
	require.Equal(e, int64(2), e.load(j.Plan.ID()).Version())
	e.samePlan(other.Plan, e.load(other.Plan.ID()))
}

func joinedAfterFailure(e *env) {
	in, h := e.within()
	before := in.save(in.plan("before").To(pep.Draft))
	require.ErrorIs(e, in.trySave(in.plan("before").To(pep.Draft).Plan), storage.ErrExists)
	stale := in.plan("gone").To(pep.Draft)
	failing(in, func(tx storage.Tx) { require.NoError(in, tx.Save(in.ctx, stale.Plan)) })
	require.ErrorIs(e, in.trySave(stale.With(before.Plan).Answer("once", 1).Plan, before.Answer("twice", 1).Plan), storage.ErrConflict)
	after := in.save(in.plan("after").To(pep.Draft))
	e.noted(h)
	e.committed(h, 1)
	require.Equal(e, int64(1), e.load(before.Plan.ID()).Version())
	e.samePlan(after.Plan, e.load(after.Plan.ID()))
	require.Len(e, e.list(storage.Query{Scope: storage.Everything()}), 2)
}

func joinedInner(e *env) {
	in, h := e.within()
	outer, gone, kept := in.plan("outer").To(pep.Draft), in.plan("gone").To(pep.Draft), in.plan("kept").To(pep.Draft)
	in.update(func(tx storage.Tx) {
		require.NoError(in, tx.Save(in.ctx, outer.Plan))
		failing(in, func(inner storage.Tx) { require.NoError(in, inner.Save(in.ctx, gone.Plan)) })
		require.NoError(in, in.trySave(kept.Plan))
		once(in, tx, "key", digest("a"))
	})
	e.committed(h, 0)
	e.samePlan(outer.Plan, e.load(outer.Plan.ID()))
	e.samePlan(kept.Plan, e.load(kept.Plan.ID()))
	e.absent(gone.Plan.ID())
}

func joinedOuter(e *env) {
	in, h := e.within()
	e.noted(h)
	outer, inner := in.plan("outer").To(pep.Draft), in.plan("inner").To(pep.Draft)
	failing(in, func(tx storage.Tx) {
		require.NoError(in, tx.Save(in.ctx, outer.Plan))
		require.NoError(in, in.trySave(inner.Plan))
	})
	e.committed(h, 1)
	e.absent(outer.Plan.ID())
	e.absent(inner.Plan.ID())
}

func joinedOnce(e *env) {
	in, h := e.within()
	for _, want := range append(sentinels, errOwn, nil) {
		calls := 0
		got := h.Update(in.ctx, func(storage.Tx) error { calls++; return want })
		require.True(e, got == want, "%v came back as %v", want, got) //nolint:errorlint // the very same error
		require.Equal(e, 1, calls, "%v", want)
	}
	e.committed(h, 0)
}

func joinedView(e *env) {
	in, h := e.within()
	j := in.save(in.plan("a").To(pep.Draft))
	require.Len(e, in.list(storage.Query{Scope: storage.Everything()}), 1)
	in.save(j.Answer("later", 1))
	require.Equal(e, int64(2), in.load(j.Plan.ID()).Version())
	require.NoError(e, h.Rollback())
}

func joinedAfter(e *env, end func(Joined) error) {
	in, h := e.within()
	in.save(in.plan("a").To(pep.Draft))
	require.NoError(e, end(h))
	require.ErrorIs(e, h.View(in.ctx, func(storage.Reader) error { e.Errorf("called"); return nil }), storage.ErrClosed)
	require.ErrorIs(e, h.Update(in.ctx, func(storage.Tx) error { e.Errorf("called"); return nil }), storage.ErrClosed)
}
