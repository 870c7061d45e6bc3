package storagetest

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/storage"
	"virtualschool.example/storage/internal/journey"
	"virtualschool.example/term/civil"
)

// viewRows returns the cases of View.
func viewRows() []row {
	return []row{
		{name: "P10 a view does not see what is committed meanwhile", needs: []Capability{AtOnce}, run: viewIsStill},
		{name: "P10 a view sees a commit whole or not at all", needs: []Capability{AtOnce}, run: viewIsWhole},
		{name: "P10 views do not block a writer for ever", needs: []Capability{AtOnce}, run: writerGoesOn},
		{name: "P11 a view returns its function's error as it is", run: viewReturnsError},
		{name: "P11 an update returns its function's error as it is", run: updateReturnsError},
	}
}

// updateRows returns the cases of Update.
func updateRows() []row {
	return []row{
		{name: "P12 an update whose function returns nil is committed", run: updateCommits},
		{name: "P13 an update that fails leaves nothing", run: func(e *env) { leavesNothing(e, failing) }},
		{name: "P13 an update that panics leaves nothing", run: func(e *env) { leavesNothing(e, panicking) }},
		{name: "P13 an update whose goroutine exits leaves nothing", run: func(e *env) { leavesNothing(e, exiting) }},
		{name: "P13 an update that fails leaves no message", needs: []Capability{Messages}, run: leavesNoMessage},
		{name: "P13 an update that fails destroys nothing", run: failedDestroy},
		{name: "P14 concurrent updates take effect one after the other", needs: []Capability{AtOnce}, run: countUp},
		{name: "P14 an update that contends is run again", needs: []Capability{Contention}, run: runAgain},
		{name: "P14 an update that always contends gives up", needs: []Capability{Contention}, run: givesUp},
		{name: "P15 an update whose function fails is not run again", run: notRunAgain},
		{name: "P16 a cancelled update leaves nothing", run: cancelledUpdate},
		{name: "P16 a context that ends after the commit undoes nothing", run: cancelledAfter},
		{name: "P17 a commit of unknown outcome is reported as one", needs: []Capability{Doubt}, run: inDoubt},
	}
}

func viewIsStill(e *env) {
	j := e.save(e.plan("a").To(pep.Draft))
	id := j.Plan.ID()
	var writer sync.WaitGroup
	e.view(func(r storage.Reader) {
		require.Equal(e, int64(1), e.planIn(r, id).Version())
		done := make(chan struct{})
		writer.Go(func() {
			defer close(done)
			later := j.Answer("later", 1)
			e.noContention(e.trySave(later.Plan, e.plan("b").To(pep.Draft).Plan), func() error {
				return e.trySave(later.Plan, e.plan("b").To(pep.Draft).Plan)
			})
		})
		waitBriefly(done)
		require.Equal(e, int64(1), e.planIn(r, id).Version())
		require.Len(e, collect(e, r.History(e.ctx, id)), 1)
		require.Len(e, collect(e, r.Plans(e.ctx, storage.Query{Scope: storage.Everything()})), 1)
		a, err := r.Answers(e.ctx, id, 1, 1)
		require.NoError(e, err)
		require.True(e, a.IsZero())
	})
	writer.Wait()
	require.Equal(e, int64(2), e.load(id).Version())
	require.Len(e, e.list(storage.Query{Scope: storage.Everything()}), 2)
}

// waitBriefly waits a quarter of a second at most, because a store may block the
// other goroutine until the caller's view or transaction is over.
func waitBriefly(done <-chan struct{}) {
	select {
	case <-done:
	case <-time.After(time.Second / 4):
	}
}

func viewIsWhole(e *env) {
	j := e.save(e.plan("a").To(pep.Draft))
	id := j.Plan.ID()
	stop := make(chan struct{})
	var writer sync.WaitGroup
	writer.Go(func() {
		defer close(stop)
		for n := range 20 {
			p, err := e.tryLoad(id)
			if err == nil {
				err = e.trySave(e.plan("a").With(p).Answer(fmt.Sprint(n), 1, 2).Plan)
			}
			if err != nil && !errors.Is(err, storage.ErrContention) {
				e.Errorf("%v", err)
				return
			}
		}
	})
	for going := true; going; {
		select {
		case <-stop:
			going = false
		default:
		}
		e.view(func(r storage.Reader) {
			p := e.planIn(r, id)
			folded, err := pep.Fold(collect(e, r.History(e.ctx, id)))
			require.NoError(e, err)
			e.samePlan(p, folded)
			e.samePlan(p, collect(e, r.Plans(e.ctx, storage.Query{Scope: storage.Everything()}))[0])
		})
	}
	writer.Wait()
}

func (e *env) tryLoad(id pep.ID) (p *pep.PEP, err error) {
	err = e.store.View(e.ctx, func(r storage.Reader) error {
		p, err = r.Plan(e.ctx, id)
		return err
	})
	return p, err
}

func writerGoesOn(e *env) {
	e.save(e.plan("a").To(pep.Draft))
	stop := make(chan struct{})
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for going := true; going; {
				select {
				case <-stop:
					going = false
				default:
				}
				if err := e.store.View(e.ctx, func(r storage.Reader) error {
					_, err := gather(e, r.Plans(e.ctx, storage.Query{Scope: storage.Everything()}))
					return err
				}); err != nil {
					e.Errorf("%v", err)
					return
				}
			}
		})
	}
	for n := range 5 {
		p := e.plan(fmt.Sprint("new ", n)).To(pep.Draft).Plan
		e.noContention(e.trySave(p), func() error { return e.trySave(p) })
	}
	close(stop)
	readers.Wait()
	require.Len(e, e.list(storage.Query{Scope: storage.Everything()}), 6)
}

var errOwn = errors.New("the function's own")

func viewReturnsError(e *env) {
	for _, want := range append(sentinels, errOwn) {
		got := e.store.View(e.ctx, func(storage.Reader) error { return want })
		require.True(e, got == want, "%v came back as %v", want, got) //nolint:errorlint // the very same error
	}
}

func updateReturnsError(e *env) {
	for _, want := range append(sentinels, errOwn) {
		got := e.store.Update(e.ctx, func(storage.Tx) error { return want })
		require.True(e, got == want, "%v came back as %v", want, got) //nolint:errorlint // the very same error
	}
}

func updateCommits(e *env) {
	j := e.plan("a").To(pep.Finalised)
	other := e.plan("b").To(pep.Draft)
	require.NoError(e, e.trySave(j.Plan, other.Plan))
	e.samePlan(j.Plan, e.load(j.Plan.ID()))
	e.samePlan(other.Plan, e.load(other.Plan.ID()))
}

// failing, panicking and exiting each run an update that ends badly.
func failing(e *env, fn func(storage.Tx)) {
	err := e.store.Update(e.ctx, func(tx storage.Tx) error { fn(tx); return errOwn })
	require.ErrorIs(e, err, errOwn)
}

func panicking(e *env, fn func(storage.Tx)) {
	require.PanicsWithValue(e, "on purpose", func() {
		_ = e.store.Update(e.ctx, func(tx storage.Tx) error { fn(tx); panic("on purpose") })
	})
}

func exiting(e *env, fn func(storage.Tx)) {
	var wg sync.WaitGroup
	wg.Go(func() {
		_ = e.store.Update(e.ctx, func(tx storage.Tx) error { fn(tx); exit(); return nil })
	})
	wg.Wait()
}

// leavesNothing does everything that a transaction can do, ends it badly, and
// requires that the store is unchanged and still works.
func leavesNothing(e *env, badly func(*env, func(storage.Tx))) {
	old := e.save(e.plan("old").To(pep.Delegated))
	id, before := old.Plan.ID(), old.Plan.Snapshot()
	fresh := e.plan("fresh").To(pep.Delegated)
	old.Contribute("gone", 3).Do(pep.Retract{ConfirmedWithSetting: true, Reason: private.NewText("gone")})
	retract := old.Last()
	badly(e, func(tx storage.Tx) {
		require.NoError(e, tx.Save(e.ctx, fresh.Plan))
		require.NoError(e, tx.Save(e.ctx, old.Plan))
		once(e, tx, "key", digest("a"))
		require.NoError(e, tx.Record(e.ctx, "key", storage.Outcome{Version: 1}))
		_, err := tx.Post(e.ctx, storage.RemindOn(old.Plan, journey.Meeting(), time.Unix(0, 0)))
		require.NoError(e, err)
	})
	e.absent(fresh.Plan.ID())
	require.Empty(e, e.history(fresh.Plan.ID()))
	require.True(e, e.answers(fresh.Plan.ID(), 1, 1).IsZero())
	require.Equal(e, before, e.load(id).Snapshot())
	require.Len(e, e.history(id), int(before.Version))
	e.sameAnswers(old.Answers(1, "as known"), e.answers(id, 1, 1))
	require.True(e, e.answers(id, 3, 1).IsZero())
	require.Empty(e, e.sealed(id))
	_, ok := e.text(retract.ID())
	require.False(e, ok)
	require.Len(e, e.list(storage.Query{Scope: storage.Everything()}), 1)
	require.Len(e, e.list(storage.Query{Scope: storage.Tray(pep.EstablishmentTray)}), 1)
	e.update(func(tx storage.Tx) { once(e, tx, "key", digest("b")) })
	e.save(fresh)
}

func leavesNoMessage(e *env) {
	for _, badly := range []func(*env, func(storage.Tx)){failing, panicking, exiting} {
		p := e.plan("a").To(pep.Delegated).Plan
		badly(e, func(tx storage.Tx) {
			require.NoError(e, tx.Save(e.ctx, p))
			_, err := tx.Post(e.ctx, storage.RemindOn(p, journey.Meeting(), time.Unix(0, 0)))
			require.NoError(e, err)
		})
		require.Empty(e, e.drain())
	}
	p := e.plan("a").To(pep.Delegated).Plan
	e.update(func(tx storage.Tx) {
		fresh, err := tx.Post(e.ctx, storage.RemindOn(p, journey.Meeting(), time.Unix(0, 0)))
		require.NoError(e, err)
		require.True(e, fresh, "a message that was rolled back must be new")
	})
}

func failedDestroy(e *env) {
	j := e.save(retracted(e, "a"))
	far := civil.MustParse("2099-01-01")
	before := len(e.sealed(j.Plan.ID()))
	failing(e, func(tx storage.Tx) {
		gone, err := tx.Destroy(e.ctx, far, most)
		require.NoError(e, err)
		require.Len(e, gone, before)
	})
	require.Len(e, e.sealed(j.Plan.ID()), before)
	e.update(func(tx storage.Tx) {
		gone, err := tx.Destroy(e.ctx, far, most)
		require.NoError(e, err)
		require.Len(e, gone, before)
	})
}

func countUp(e *env) {
	const workers, rounds = 8, 5
	j := e.save(e.plan("a").To(pep.Draft))
	id := j.Plan.ID()
	up := func(text string) error {
		return e.store.Update(e.ctx, func(tx storage.Tx) error {
			p, err := tx.Plan(e.ctx, id)
			if err != nil {
				return err
			}
			return tx.Save(e.ctx, e.plan("a").With(p).Answer(text, 1).Plan)
		})
	}
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for n := range rounds {
				err := up(fmt.Sprint(w, " ", n))
				for again := 0; again < 500 && (errors.Is(err, storage.ErrContention) || errors.Is(err, storage.ErrConflict)); again++ {
					err = up(fmt.Sprint(w, " ", n))
				}
				if err != nil {
					e.Errorf("%v", err)
				}
			}
		})
	}
	wg.Wait()
	require.Equal(e, int64(1+workers*rounds), e.load(id).Version())
	require.Len(e, e.history(id), 1+workers*rounds)
}

func runAgain(e *env) {
	j := e.plan("a").To(pep.Draft)
	calls := 0
	e.store.(Contender).Contend(1)
	e.update(func(tx storage.Tx) {
		calls++
		_, err := tx.Plan(e.ctx, j.Plan.ID())
		require.ErrorIs(e, err, storage.ErrNotFound, "the first run left something")
		require.NoError(e, tx.Save(e.ctx, j.Plan))
		once(e, tx, "key", digest("a"))
	})
	require.Equal(e, 2, calls)
	require.Len(e, e.history(j.Plan.ID()), 1)
}

func givesUp(e *env) {
	j := e.plan("a").To(pep.Draft)
	e.store.(Contender).Contend(most)
	err := e.trySave(j.Plan)
	e.store.(Contender).Contend(0)
	require.ErrorIs(e, err, storage.ErrContention)
	e.absent(j.Plan.ID())
	e.save(j)
}

func notRunAgain(e *env) {
	for _, own := range append(sentinels, errOwn) {
		calls := 0
		_ = e.store.Update(e.ctx, func(storage.Tx) error { calls++; return own })
		require.Equal(e, 1, calls, "%v", own)
	}
	j := e.save(e.plan("a").To(pep.Draft))
	stale := e.load(j.Plan.ID())
	e.save(j.Answer("first", 1))
	calls := 0
	err := e.store.Update(e.ctx, func(tx storage.Tx) error {
		calls++
		return tx.Save(e.ctx, e.plan("a").With(stale).Answer("second", 1).Plan)
	})
	require.ErrorIs(e, err, storage.ErrConflict)
	require.Equal(e, 1, calls)
}

func cancelledUpdate(e *env) {
	j := e.plan("a").To(pep.Delegated)
	ctx, cancel := context.WithCancel(e.ctx)
	err := e.store.Update(ctx, func(tx storage.Tx) error {
		require.NoError(e, tx.Save(ctx, j.Plan))
		cancel()
		return nil
	})
	require.ErrorIs(e, err, context.Canceled)
	e.absent(j.Plan.ID())
	require.Empty(e, e.history(j.Plan.ID()))
	e.save(j)
}

func cancelledAfter(e *env) {
	j := e.plan("a").To(pep.Delegated)
	ctx, cancel := context.WithCancel(e.ctx)
	require.NoError(e, e.store.Update(ctx, func(tx storage.Tx) error { return tx.Save(ctx, j.Plan) }))
	cancel()
	e.samePlan(j.Plan, e.load(j.Plan.ID()))
}

func inDoubt(e *env) {
	for name, done := range map[string]bool{"done": true, "not done": false} {
		p := e.plan(name).To(pep.Draft).Plan
		key := storage.Key(name)
		e.store.(Doubter).Doubt(done)
		err := e.store.Update(e.ctx, func(tx storage.Tx) error {
			if _, _, err := tx.Once(e.ctx, key, digest("a"), epoch); err != nil {
				return err
			}
			return tx.Save(e.ctx, p)
		})
		require.ErrorIs(e, err, storage.ErrOutcomeUnknown, name)
		e.update(func(tx storage.Tx) {
			_, again, err := tx.Once(e.ctx, key, digest("a"), epoch)
			require.NoError(e, err)
			require.Equal(e, done, again, "the key finds out, %s", name)
		})
	}
}

// winner calls the function run in twenty goroutines at once. It requires exactly one
// call to succeed and the others to fail with the expected error, loss. It returns
// the number of the goroutine that succeeded.
func (e *env) winner(loss error, run func(worker int) error) (winner int) {
	const workers = 20
	start := make(chan struct{})
	results := make([]error, workers)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			<-start
			results[w] = run(w)
			for n := 0; n < 100 && errors.Is(results[w], storage.ErrContention); n++ {
				results[w] = run(w)
			}
		})
	}
	close(start)
	wg.Wait()
	won := 0
	for w, err := range results {
		if err == nil {
			winner = w
			won++
			continue
		}
		require.ErrorIs(e, err, loss)
	}
	require.Equal(e, 1, won, "winners")
	return winner
}

// drain claims all messages, at an instant when every lease has ended.
func (e *env) drain() []storage.Message {
	e.Helper()
	now := time.Date(2400, time.January, 1, 0, 0, 0, 0, time.UTC)
	messages, err := e.outbox().Claim(e.ctx, most, now, now)
	require.NoError(e, err)
	return messages
}

// once enters a key, which must be new.
func once(e *env, tx storage.Tx, key storage.Key, d pep.Digest) {
	e.Helper()
	o, again, err := tx.Once(e.ctx, key, d, epoch)
	require.NoError(e, err)
	require.False(e, again, "the key is not new")
	require.Zero(e, o)
}

func digest(of string) pep.Digest { return pep.DigestOf(private.NewText(of)) }

// retracted returns a plan after a retract that cleared the answers in three sections.
func retracted(e *env, name string) *journey.Journey {
	return e.plan(name).To(pep.Delegated).Contribute("as seen", 3).
		Do(pep.Retract{ConfirmedWithSetting: true, Reason: private.NewText("a change of school")})
}

func ids(messages []storage.Message) (all []uuid.UUID) {
	for _, m := range messages {
		all = append(all, m.ID)
	}
	return all
}

// exit ends the goroutine, as a failed assertion does.
func exit() { runtime.Goexit() }
