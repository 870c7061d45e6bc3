package storagetest

import (
	"context"
	"iter"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
	"virtualschool.example/storage/internal/journey"
)

// env is what a case works with: its own store, and methods that fail the case if
// the store returns an unexpected error.
type env struct {
	*report
	ctx   context.Context
	store storage.Plans
	open  Open
}

func newEnv(r *report, store storage.Plans, open Open) *env {
	return &env{report: r, ctx: r.background(), store: store, open: open}
}

// other returns another env with a new store.
func (e *env) other() *env { return newEnv(e.report, e.open(e.report), e.open) }

// plan returns the journey of the plan with the given name.
func (e *env) plan(name string) *journey.Journey { return journey.New(e, name) }

// view runs fn in a View, and update runs fn in an Update. An error fails the case.
func (e *env) view(fn func(storage.Reader)) {
	e.Helper()
	require.NoError(e, e.store.View(e.ctx, func(r storage.Reader) error { fn(r); return nil }))
}

func (e *env) update(fn func(storage.Tx)) {
	e.Helper()
	require.NoError(e, e.store.Update(e.ctx, func(tx storage.Tx) error { fn(tx); return nil }))
}

// trySave saves plans in one transaction.
func (e *env) trySave(plans ...*pep.PEP) error {
	return e.store.Update(e.ctx, func(tx storage.Tx) error {
		for _, p := range plans {
			if err := tx.Save(e.ctx, p); err != nil {
				return err
			}
		}
		return nil
	})
}

// save saves a journey's plan, reads it again, and continues the journey with it.
func (e *env) save(j *journey.Journey) *journey.Journey {
	e.Helper()
	require.NoError(e, e.trySave(j.Plan))
	return j.With(e.load(j.Plan.ID()))
}

// load returns a plan, which must be in the store.
func (e *env) load(id pep.ID) (p *pep.PEP) {
	e.Helper()
	e.view(func(r storage.Reader) { p = e.planIn(r, id) })
	return p
}

func (e *env) planIn(r storage.Reader, id pep.ID) *pep.PEP {
	e.Helper()
	p, err := r.Plan(e.ctx, id)
	require.NoError(e, err)
	require.NotNil(e, p)
	return p
}

// absent requires that the store has no plan with that id.
func (e *env) absent(id pep.ID) {
	e.Helper()
	e.view(func(r storage.Reader) {
		_, err := r.Plan(e.ctx, id)
		require.ErrorIs(e, err, storage.ErrNotFound)
	})
}

// most is a length that no list in these cases reaches.
const most = 5_000

// gather returns everything that a list yields, and the error that ended it.
func gather[T any](e *env, list iter.Seq2[T, error]) (all []T, err error) {
	e.Helper()
	n := 0
	for v, err := range list {
		if n++; n > most {
			e.Fatalf("a list does not end: it yielded more than %d items", most)
		}
		if err != nil {
			return all, err
		}
		all = append(all, v)
	}
	return all, nil
}

// collect returns everything that a list yields. An error fails the case.
func collect[T any](e *env, list iter.Seq2[T, error]) []T {
	e.Helper()
	all, err := gather(e, list)
	require.NoError(e, err)
	return all
}

// list returns the plans that a query selects.
func (e *env) list(q storage.Query) (plans []*pep.PEP) {
	e.Helper()
	e.view(func(r storage.Reader) { plans = collect(e, r.Plans(e.ctx, q)) })
	return plans
}

func (e *env) history(id pep.ID) (events []pep.Event) {
	e.Helper()
	e.view(func(r storage.Reader) { events = collect(e, r.History(e.ctx, id)) })
	return events
}

func (e *env) sealed(id pep.ID) (copies []storage.Sealed) {
	e.Helper()
	e.view(func(r storage.Reader) { copies = collect(e, r.Sealed(e.ctx, id)) })
	return copies
}

func (e *env) answers(id pep.ID, section, revision int) (a forms.Answers) {
	e.Helper()
	e.view(func(r storage.Reader) {
		found, err := r.Answers(e.ctx, id, section, revision)
		require.NoError(e, err)
		a = found
	})
	return a
}

// text returns the text of an event, and reports whether the event has one.
func (e *env) text(event uuid.UUID) (text string, ok bool) {
	e.Helper()
	e.view(func(r storage.Reader) {
		t, err := r.Text(e.ctx, event)
		if err == nil {
			text, ok = t.Reveal(private.Deciding), true
			return
		}
		require.ErrorIs(e, err, storage.ErrNotFound)
	})
	return text, ok
}

// outbox returns the store's outbox.
func (e *env) outbox() storage.Outbox { return e.store.(storage.Outbox) }

// sameAnswers requires two sets of answers to be equal, byte for byte, and prints
// neither.
func (e *env) sameAnswers(want, got forms.Answers) {
	e.Helper()
	require.True(e, want.Equal(got), "answers differ: %d were expected, the store has %d", want.Len(), got.Len())
}

// samePlan requires two plans to be in the same state.
func (e *env) samePlan(want, got *pep.PEP) {
	e.Helper()
	require.Equal(e, want.Snapshot(), got.Snapshot())
}

// invalid requires err to be a *rule.Invalid that names the given member.
func (e *env) invalid(member string, err error) {
	e.Helper()
	require.Equal(e, member, rule.InvalidMember(err), "%v", err)
}
