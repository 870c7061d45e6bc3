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

// env is what a case has: a store of its own, and ways to ask it that fail
// the case where it does not answer.
type env struct {
	*report
	ctx   context.Context
	store storage.Plans
	open  Open
}

func newEnv(r *report, store storage.Plans, open Open) *env {
	return &env{report: r, ctx: r.background(), store: store, open: open}
}

// other returns another env, on a new store.
func (e *env) other() *env { return newEnv(e.report, e.open(e.report), e.open) }

// plan returns the journey of a plan of the name.
func (e *env) plan(name string) *journey.Journey { return journey.New(e, name) }

// view reads, and update writes, without an error.
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

// save saves the plan of a journey, which goes on with it as it is read again.
func (e *env) save(j *journey.Journey) *journey.Journey {
	e.Helper()
	require.NoError(e, e.trySave(j.Plan))
	return j.With(e.load(j.Plan.ID()))
}

// load returns a plan that is there.
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

// absent demands that a plan is not there.
func (e *env) absent(id pep.ID) {
	e.Helper()
	e.view(func(r storage.Reader) {
		_, err := r.Plan(e.ctx, id)
		require.ErrorIs(e, err, storage.ErrNotFound)
	})
}

// most is more than any list of a case has.
const most = 5_000

// gather returns what a list yields, and the error with which it ends.
func gather[T any](e *env, list iter.Seq2[T, error]) (all []T, err error) {
	e.Helper()
	n := 0
	for v, err := range list {
		if n++; n > most {
			e.Fatalf("a list does not end: %d and more", most)
		}
		if err != nil {
			return all, err
		}
		all = append(all, v)
	}
	return all, nil
}

// collect returns what a list yields, without an error.
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

// text returns the text of an event, and whether it has one.
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

// sameAnswers demands answers byte for byte, and shows neither.
func (e *env) sameAnswers(want, got forms.Answers) {
	e.Helper()
	require.True(e, want.Equal(got), "answers differ: %d were wanted, there are %d", want.Len(), got.Len())
}

// samePlan demands a plan's state.
func (e *env) samePlan(want, got *pep.PEP) {
	e.Helper()
	require.Equal(e, want.Snapshot(), got.Snapshot())
}

// invalid demands a *rule.Invalid of a member.
func (e *env) invalid(member string, err error) {
	e.Helper()
	require.Equal(e, member, rule.InvalidMember(err), "%v", err)
}
