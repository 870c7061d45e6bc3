package workflow_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/access"
	"virtualschool.example/pep/private/privatetest"
	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
)

// entries returns the whole audit trail, without the ids of the entries.
func (w *world) entries() (all []storage.Entry) {
	w.Helper()
	require.NoError(w, w.store.View(ctx, func(r storage.Reader) error {
		audit, err := storage.AuditOf(r)
		require.NoError(w, err)
		for e, err := range audit.Entries(ctx, storage.AuditQuery{Scope: storage.Everything()}) {
			require.NoError(w, err)
			require.NotZero(w, e.ID)
			e.ID = [16]byte{}
			all = append(all, e)
		}
		return nil
	}))
	return all
}

// TestDenialsAndRefusalsAreAudited: each entry names the rule and holds nothing
// from the command, and no key is stored.
func TestDenialsAndRefusalsAreAudited(t *testing.T) {
	t.Parallel()
	forbid := relate(func(context.Context, workflow.Case) (access.Relations, error) {
		return everything, errors.New(privatetest.Canary)
	})
	trust := func(*workflow.Config) {}
	for _, c := range []struct {
		name   string
		try    func(w *world, id pep.ID) error
		change func(*storage.Entry)
		permit func(*workflow.Config)
	}{
		{"the wrong role", func(w *world, id pep.ID) error { return w.try(worker, id, pep.Finalise{}) }, func(e *storage.Entry) {
			e.Name, e.Kind, e.Rule = "finalise", "forbidden", rule.FINAL1
		}, trust},
		{"a rule that says no", func(w *world, id pep.ID) error { return w.try(worker, id, pep.Delegate{To: teacher, All: true}) }, func(e *storage.Entry) {
			e.Name, e.Kind, e.Rule = "delegate", "refused", rule.SECT3
		}, trust},
		{"a start", func(w *world, id pep.ID) error {
			return w.try(support, pep.ID{}, pep.StartInitial{Child: ben, Meeting: on("2026-01-14")})
		}, func(e *storage.Entry) {
			e.By, e.Role, e.Plan, e.Child = support.ID, pep.BusinessSupport, pep.ID{}, ben
			e.Name, e.Kind, e.Rule = "start_initial", "forbidden", rule.START1
		}, trust},
		{"a relation to the case", func(w *world, id pep.ID) error {
			by := worker
			by.For = support.ID
			return w.try(by, id, pep.RescheduleMeeting{Meeting: on("2026-01-15")})
		}, func(e *storage.Entry) { e.Name, e.Kind, e.For = "reschedule_meeting", "forbidden", support.ID }, forbid},
		{"a look", func(w *world, id pep.ID) error { _, err := w.Options(ctx, worker, id); return err }, func(e *storage.Entry) {
			e.Name, e.Kind = "look", "forbidden"
		}, forbid},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			id := w.start(ada, "2026-01-14")
			w.make(c.permit)
			plan := w.plan(id)
			err := c.try(w, id)
			require.Contains(t, []workflow.Kind{workflow.NotFound, workflow.Forbidden, workflow.Refused}, workflow.KindOf(err), err)
			want := storage.Entry{Role: pep.SocialWorker, By: worker.ID, At: w.clock.now(), What: storage.Denied, Plan: id, Child: ada}
			c.change(&want)
			require.Equal(t, []storage.Entry{want}, w.entries())
			require.Equal(t, plan, w.plan(id))
			privatetest.Sweep(t, w.entries())
		})
	}
}

// TestOnlyDenialsAndRefusalsAreAudited: an action that was done is in the history,
// and one that failed can be tried again.
func TestOnlyDenialsAndRefusalsAreAudited(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.finalised(ada, "2026-01-14", "SPRING—06/03/2026")
	_, err := w.Options(ctx, worker, id)
	require.NoError(t, err)
	stale := w.command(support, id, pep.Revise{Reason: text("Because")})
	stale.Seen--
	_, err = w.Do(ctx, stale)
	requireKind(t, workflow.Conflict, err)
	_, err = w.Do(ctx, workflow.Command{})
	requireKind(t, workflow.Invalid, err)
	require.Empty(t, w.entries())
}

// TestAnUnknownPlanIsAuditedLikeADenial: the store enters an attempt on an unknown
// plan too, so that the work it does never reveals whether the plan exists.
func TestAnUnknownPlanIsAuditedLikeADenial(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, err := w.Do(ctx, workflow.Command{Key: w.key(), By: support, Plan: pep.ID{UUID: uid(99)}, Seen: 1, Do: pep.Revise{}})
	requireKind(t, workflow.NotFound, err)
	require.Equal(t, []storage.Entry{{
		By: support.ID, Role: pep.BusinessSupport, At: w.clock.now(), What: storage.Denied, Name: "revise",
		Plan: pep.ID{UUID: uid(99)}, Kind: "forbidden",
	}}, w.entries())
}

// TestADeniedCommandStoresNoKey: a later command can use the same key.
func TestADeniedCommandStoresNoKey(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c := w.command(worker, w.start(ada, "2026-01-14"), pep.Finalise{})
	for n := range 3 {
		_, err := w.Do(ctx, c)
		requireKind(t, workflow.Forbidden, err)
		_, err = w.Do(ctx, c)
		requireKind(t, workflow.Forbidden, err)
		require.Len(t, w.entries(), n+1, "one entry for each time, even if the command is given twice at that time")
		w.clock.set(w.clock.now().Add(time.Microsecond))
	}
	_, err := w.Outcome(ctx, worker, c.Key)
	require.ErrorIs(t, err, storage.ErrNotFound)
	c.Do = pep.RescheduleMeeting{Meeting: on("2026-01-15")}
	_, err = w.Do(ctx, c)
	require.NoError(t, err)
}

// TestADenialThatCannotBeAuditedIsAFailure: nobody is denied or refused anything
// without a trace.
func TestADenialThatCannotBeAuditedIsAFailure(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c := w.command(worker, w.start(ada, "2026-01-14"), pep.Finalise{})
	updates := 0
	s := w.In(failsLater{w.store, &updates})
	_, err := s.Do(ctx, c)
	require.ErrorIs(t, err, storage.ErrContention)
	requireKind(t, workflow.Contention, err)
	require.Equal(t, 2, updates)
	require.Empty(t, w.entries())
}

// failsLater is a store whose second Update fails with ErrContention.
type failsLater struct {
	storage.Plans
	updates *int
}

func (f failsLater) Update(ctx context.Context, fn func(storage.Tx) error) error {
	if *f.updates++; *f.updates == 2 {
		return &storage.Error{Op: "update", Err: storage.ErrContention}
	}
	return f.Plans.Update(ctx, fn)
}

// TestAStoreWithoutAnAuditTrailStillDenies: the denied command takes only one
// transaction.
func TestAStoreWithoutAnAuditTrailStillDenies(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c := w.command(worker, w.start(ada, "2026-01-14"), pep.Finalise{})
	updates := 0
	_, err := w.In(spy{w.store, func(name string) error {
		if name == "Update" {
			updates++
		}
		return nil
	}}).Do(ctx, c)
	requireKind(t, workflow.Forbidden, err)
	require.Equal(t, 1, updates)
	require.Empty(t, w.entries())
}
