package workflow_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/delegation"
	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/fixture"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/term"
)

// TestAPlanIsCarriedForwardOnceAndThenIsStale covers OOT-2 to OOT-4 with the worked
// example: a meeting on 25 March 2026, due on 8 April.
func TestAPlanIsCarriedForwardOnceAndThenIsStale(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.delegated(ada, "2026-03-25")
	require.Equal(t, on("2026-04-08"), w.plan(id).Due)
	for _, c := range []struct {
		day            string
		carried, stale bool
		term           string
	}{
		{"2026-03-31", false, false, "SPRING 2026"},
		{"2026-04-08", false, false, "SPRING 2026"},
		{"2026-04-09", true, false, "SUMMER 2026"},
		{"2026-04-09", false, false, "SUMMER 2026"},
		{"2026-04-10", false, false, "SUMMER 2026"},
		{"2026-08-31", false, false, "SUMMER 2026"},
		{"2026-09-01", false, true, "SUMMER 2026"},
		{"2026-09-02", false, true, "SUMMER 2026"},
	} {
		d := w.day(c.day)
		require.Equal(t, c.carried, len(d.Carried) == 1, c.day)
		require.Equal(t, c.stale, len(d.Stale) == 1, c.day)
		require.Equal(t, c.term, w.plan(id).Term.String(), c.day)
		require.Empty(t, d.Failed)
	}
	p := w.plan(id)
	require.Equal(t, on("2026-03-25"), p.Meeting)
	require.Equal(t, on("2026-04-08"), p.Due)
	last := w.history(id)[p.Version-1]
	require.Equal(t, pep.VerbCarryForward, last.Verb)
	require.Equal(t, system.ID, last.By)
	require.Equal(t, pep.System, last.Role)
	require.Equal(t, on("2026-04-09"), last.On)
}

// TestAPlanTwoTermsLateIsCarriedForwardOnceAndIsStale: nobody ran the day's work for
// months.
func TestAPlanTwoTermsLateIsCarriedForwardOnceAndIsStale(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.delegated(ada, "2026-03-25")
	d := w.day("2026-09-01")
	require.Equal(t, []pep.ID{id}, d.Carried)
	require.Equal(t, []pep.ID{id}, d.Stale)
	require.Equal(t, term.MustParse("SUMMER 2026"), w.plan(id).Term)
	d = w.day("2026-09-01")
	require.Empty(t, d.Carried)
	require.Equal(t, []pep.ID{id}, d.Stale)
}

// TestWhatIsCarriedForward: only drafts and delegated plans are carried forward, and
// only if their policy says so.
func TestWhatIsCarriedForward(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	draft := w.start(ada, "2026-03-25")
	returned := w.delegated(ben, "2026-03-25")
	w.must(contributor(teacher), returned, pep.SubmitContribution{})
	w.make(func(c *workflow.Config) {
		c.Policy = fixture.Second(func(par *pep.Parameters) { par.Delegation.Carry = delegation.Off })
		c.Earlier = []*pep.Policy{pep.Lancashire()}
	})
	off := w.delegated(cem, "2026-03-25")
	later := w.delegated(dot, "2026-04-25")

	require.Equal(t, []pep.ID{draft}, w.day("2026-04-09").Carried)
	d := w.day("2026-09-20")
	require.Empty(t, d.Carried)
	require.Equal(t, []pep.ID{draft}, d.Stale)
	for _, id := range []pep.ID{returned, off} {
		require.Equal(t, term.MustParse("SPRING 2026"), w.plan(id).Term)
	}
	require.Equal(t, term.MustParse("SUMMER 2026"), w.plan(later).Term)
}

// TestAPlanReturnedMeanwhileIsLeftAlone: somebody returns the plan after the run has
// listed it and before the run carries it forward.
func TestAPlanReturnedMeanwhileIsLeftAlone(t *testing.T) {
	t.Parallel()
	for _, meanwhile := range []struct {
		name string
		do   func(*world, pep.ID)
	}{
		{"returned", func(w *world, id pep.ID) { w.must(contributor(teacher), id, pep.SubmitContribution{}) }},
		{"carried by another run", func(w *world, id pep.ID) { w.must(support, id, pep.CarryForward{}) }},
		{"the meeting moved", func(w *world, id pep.ID) { w.must(worker, id, pep.RescheduleMeeting{Meeting: on("2026-05-01")}) }},
	} {
		w := newWorld(t)
		id := w.delegated(ada, "2026-01-14")
		w.clock.noon(on("2026-04-20"))
		views := 0
		s := w.In(spy{w.store, func(name string) error {
			if name == "View" {
				views++
			}
			if name == "Update" && views == 3 { // by now the leavers, the missed days and the late plans have been listed
				views++
				meanwhile.do(w, id)
			}
			return nil
		}})
		d, err := s.RunDay(ctx, on("2026-04-20"))
		require.NoError(t, err)
		require.Equal(t, 3+1+3, views)
		require.Empty(t, d.Carried, meanwhile.name)
		require.Empty(t, d.Stale, meanwhile.name)
		require.Empty(t, d.Failed, meanwhile.name)
	}
}

// TestOnePlanThatCannotBeSavedStopsNoOther: the plan is listed as failed, and the
// next run carries it forward.
func TestOnePlanThatCannotBeSavedStopsNoOther(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ids := w.many(3, "2026-01-14")
	for _, broken := range []error{
		storage.ErrConflict, storage.ErrContention, storage.ErrOutcomeUnknown, errors.New("anything"),
		&storage.Error{Op: "save", Err: storage.ErrUnavailable},
	} {
		w.clock.noon(on("2026-04-20"))
		s := w.In(stubborn{w.store, ids[1], broken})
		d, err := s.RunDay(ctx, on("2026-04-20"))
		require.NoError(t, err)
		require.Equal(t, []string{"carry_forward " + ids[1].String()}, failures(d))
		require.ErrorIs(t, d.Failed[0], broken)
	}
	require.Equal(t, []pep.ID{ids[1]}, w.day("2026-04-20").Carried)
}

// stubborn is a store that cannot save one plan.
type stubborn struct {
	storage.Plans
	plan pep.ID
	err  error
}

func (s stubborn) Update(ctx context.Context, fn func(storage.Tx) error) error {
	return s.Plans.Update(ctx, func(tx storage.Tx) error { return fn(stubbornTx{tx, s}) })
}

type stubbornTx struct {
	storage.Tx
	of stubborn
}

func (t stubbornTx) Save(ctx context.Context, p *pep.PEP) error {
	if p.ID() == t.of.plan {
		return t.of.err
	}
	return t.Tx.Save(ctx, p)
}

// TestAStepThatFailsDoesNotStopTheOthers: the error names the step.
func TestAStepThatFailsDoesNotStopTheOthers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.delegated(ada, "2026-01-14")
	w.clock.noon(on("2026-04-20"))
	s := w.In(spy{w.store, func(name string) error {
		if name == "Destroy" {
			return &storage.Error{Op: "destroy", Err: storage.ErrUnavailable}
		}
		return nil
	}})
	d, err := s.RunDay(ctx, on("2026-04-20"))
	requireKind(t, workflow.Internal, err)
	require.ErrorIs(t, err, storage.ErrUnavailable)
	require.ErrorContains(t, err, "destroy")
	require.Equal(t, []pep.ID{id}, d.Carried)
}

// TestAPlanThatWasReturnedIsListedAsStaleAndNotCarried covers OOT-2 and OOT-4.
func TestAPlanThatWasReturnedIsListedAsStaleAndNotCarried(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	back := w.delegated(ada, "2026-03-25")
	w.must(contributor(teacher), back, pep.SubmitContribution{})
	w.must(worker, back, pep.Activate{})
	w.must(worker, back, pep.Redelegate{To: teacher, Comments: text("Because")})
	revised := w.finalised(ben, "2026-03-25", "SPRING—06/05/2026")
	w.must(support, revised, pep.Revise{Reason: text("Because")})
	w.must(worker, revised, pep.Redelegate{To: teacher, Comments: text("Because")})
	w.must(worker, revised, pep.Retract{ConfirmedWithSetting: true, Reason: text("Because")})
	for _, day := range []string{"2026-04-20", "2026-08-31"} {
		d := w.day(day)
		require.Empty(t, d.Carried, day)
		require.Empty(t, d.Stale, day)
	}
	d := w.day("2026-09-01")
	require.Empty(t, d.Carried)
	require.Equal(t, sorted([]pep.ID{back, revised}), sorted(d.Stale))
	for _, id := range []pep.ID{back, revised} {
		require.Equal(t, term.MustParse("SPRING 2026"), w.plan(id).Term)
	}
}

// TestSealedCopiesAreDestroyedOnTheirDayAndNotBefore covers DELEG-6 with more copies
// than fit in one transaction. Each retract has one entry in the audit trail.
func TestSealedCopiesAreDestroyedOnTheirDayAndNotBefore(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ids := w.many(26, "2026-01-14")
	for _, id := range ids {
		w.must(worker, id, pep.Retract{ConfirmedWithSetting: true, Reason: text("Because")})
	}
	const copies = 26 * 6
	require.Equal(t, copies, w.sealed(ids))
	require.Zero(t, w.day("2026-02-03").Destroyed)
	require.Equal(t, copies, w.sealed(ids))
	require.Equal(t, copies, w.day("2026-02-04").Destroyed, "thirty days after 5 January")
	require.Zero(t, w.sealed(ids))
	require.Zero(t, w.day("2026-02-04").Destroyed)

	entries := w.entries()
	require.Len(t, entries, len(ids))
	for _, e := range entries {
		require.Contains(t, ids, e.Plan)
		require.Equal(t, storage.Entry{
			By: system.ID, Role: pep.System, At: w.clock.now(), What: storage.Acted, Name: "destroy", Plan: e.Plan, Child: w.plan(e.Plan).Child,
		}, e)
	}
}

// TestADestructionNeedsNoAuditTrail: sealed copies are destroyed even if the store
// keeps no audit trail and the host does not set Config.System.
func TestADestructionNeedsNoAuditTrail(t *testing.T) {
	t.Parallel()
	for _, keep := range []func(*world) storage.Plans{
		func(w *world) storage.Plans { return w.store },
		func(w *world) storage.Plans { return bare{w.store} },
	} {
		w := newWorld(t, func(c *workflow.Config) { c.System = record.PersonID{} })
		id := w.delegated(ada, "2026-01-14")
		w.must(worker, id, sample(pep.VerbRetract))
		w.clock.noon(on("2026-02-04"))
		d, err := w.In(keep(w)).RunDay(ctx, on("2026-02-04"))
		require.NoError(t, err)
		require.Equal(t, 6, d.Destroyed)
	}
}

// TestWhatWasDestroyedIsNotRestored: DELEG-6 refuses a restore on and after the
// day of destruction. If the clock goes back, the store still has nothing to restore.
func TestWhatWasDestroyedIsNotRestored(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.delegated(ada, "2026-01-14")
	w.must(worker, id, sample(pep.VerbRetract))
	w.clock.noon(on("2026-02-04"))
	requireRefused(t, rule.DELEG6, w.try(desk, id, sample(pep.VerbRestoreSections)))
	w.day("2026-02-04")
	w.clock.noon(on("2026-02-03"))
	before := w.plan(id)
	requireKind(t, workflow.NotFound, w.try(desk, id, sample(pep.VerbRestoreSections)))
	require.Equal(t, before, w.plan(id))
}

// sealed counts the sealed copies of plans.
func (w *world) sealed(ids []pep.ID) (n int) {
	w.Helper()
	require.NoError(w, w.store.View(ctx, func(r storage.Reader) error {
		for _, id := range ids {
			for _, err := range r.Sealed(ctx, id) {
				require.NoError(w, err)
				n++
			}
		}
		return nil
	}))
	return n
}
