package storagetest

import (
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/storage"
	"virtualschool.example/storage/internal/journey"
)

// saveRows returns the cases of Tx.Save, except those on content.
func saveRows() []row {
	return []row{
		{name: "P41 all pending events are stored", run: joined},
		{name: "P41 each notice is a message", needs: []Capability{Messages}, run: notices},
		{name: "P41 one transaction stores several plans", run: together},
		{name: "P42 a plan with nothing new is left as it is", run: nothingNew},
		{name: "P43 a new plan with a taken id is refused", run: idTaken},
		{name: "P43 a child has one open plan", run: oneOpen},
		{name: "P43 a child may have another plan after one that is not open", run: afterClosed},
		{name: "P43 twenty start a child's plan at once and one succeeds", needs: []Capability{AtOnce}, run: oneStarts},
		{name: "P44 a plan that has changed since it was read is a conflict", run: conflict},
		{name: "P44 a plan that changed in the same transaction is a conflict", run: conflictInTx},
		{name: "P44 a plan of another store is not found", run: ofAnotherStore},
		{name: "P44 twenty change a plan at once and one succeeds", needs: []Capability{AtOnce}, run: oneChanges},
		{name: "P44 a plan folded from its earlier events is a conflict", run: foldedIsOld},
		{name: "P45 a plan cannot become open again beside another open one", run: openAgain},
		{name: "P48 a cancelled or deleted plan keeps its history and content", run: endedKeeps},
		{name: "P49 saving does not change the plan", run: savedUnchanged},
	}
}

func joined(e *env) {
	j := e.plan("a").To(pep.Finalised)
	require.NoError(e, e.trySave(j.Plan))
	require.Len(e, e.history(j.Plan.ID()), len(j.Plan.Pending()))
	folded, err := pep.Fold(e.history(j.Plan.ID()))
	require.NoError(e, err)
	e.samePlan(j.Plan, folded)
	e.samePlan(j.Plan, e.load(j.Plan.ID()))
	for section := 1; section <= 6; section++ {
		e.sameAnswers(j.Answers(section, "as seen"), e.answers(j.Plan.ID(), section, 1))
	}
}

func notices(e *env) {
	j := e.plan("a").To(pep.Returned)
	e.save(j).To(pep.Grading)
	e.save(j).Do(pep.AwardGrade{Grade: pep.Green}, pep.Finalise{})
	e.save(j)
	var kinds []string
	for _, m := range e.drain() {
		kinds = append(kinds, m.Kind)
	}
	require.Equal(e, []string{"delegated", "returned", "graded", "finalised"}, kinds)
}

func together(e *env) {
	var plans []*pep.PEP
	for n := range 10 {
		plans = append(plans, e.plan(fmt.Sprint(n)).To(pep.Delegated).Plan)
	}
	require.NoError(e, e.trySave(plans...))
	for _, p := range plans {
		e.samePlan(p, e.load(p.ID()))
	}
}

func nothingNew(e *env) {
	j := e.save(e.plan("a").To(pep.Draft))
	old := e.load(j.Plan.ID())
	e.save(j.Answer("new", 1))
	require.NoError(e, e.trySave(old, e.load(j.Plan.ID()), e.plan("b").Plan))
	require.Equal(e, int64(2), e.load(j.Plan.ID()).Version())
	e.absent(e.plan("b").Plan.ID())
}

func idTaken(e *env) {
	e.save(e.plan("a").To(pep.Draft))
	same := e.plan("b")
	same.Plan = pep.New(e.plan("a").Plan.ID())
	require.ErrorIs(e, e.trySave(same.To(pep.Draft).Plan), storage.ErrExists)
	require.ErrorIs(e, e.trySave(e.plan("a").To(pep.Finalised).Plan), storage.ErrExists)
	got := e.load(same.Plan.ID())
	require.Equal(e, e.plan("a").Child.ID, got.Child())
	require.Equal(e, int64(1), got.Version())
	require.Len(e, e.history(got.ID()), 1)
}

func oneOpen(e *env) {
	first := e.plan("a").To(pep.Draft)
	for stage := range pep.AllStages() {
		second := first.Next("b " + stage.String()).To(stage)
		e.save(e.plan("other child " + stage.String()).To(pep.Draft))
		if stage == pep.Draft {
			e.save(first)
		}
		if stage.Open() {
			require.ErrorIs(e, e.trySave(second.Plan), storage.ErrExists, stage)
			e.absent(second.Plan.ID())
			continue
		}
		require.NoError(e, e.trySave(second.Plan), stage)
	}
}

func afterClosed(e *env) {
	for _, stage := range []pep.Stage{pep.Finalised, pep.Cancelled, pep.Deleted} {
		first := e.save(e.plan(stage.String()).To(pep.Draft))
		second := first.Next("second " + stage.String()).To(pep.Draft)
		require.ErrorIs(e, e.trySave(second.Plan), storage.ErrExists)
		e.save(first.To(stage))
		e.save(second)
		third := first.Next("third " + stage.String()).To(pep.Draft)
		require.ErrorIs(e, e.trySave(third.Plan), storage.ErrExists)
	}
	both := e.plan("both")
	require.NoError(e, e.trySave(both.To(pep.Cancelled).Plan, both.Next("both again").To(pep.Draft).Plan), "in one transaction")
}

func oneStarts(e *env) {
	base := e.plan("a")
	var plans [20]*pep.PEP
	for w := range plans {
		plans[w] = base.Next(fmt.Sprint("try ", w)).To(pep.Draft).Plan
	}
	e.winner(storage.ErrExists, func(w int) error { return e.trySave(plans[w]) })
	require.Len(e, e.list(storage.Query{Scope: storage.Everything()}), 1)
}

func conflict(e *env) {
	j := e.save(e.plan("a").To(pep.Delegated))
	mine, theirs := e.load(j.Plan.ID()), e.load(j.Plan.ID())
	e.save(j.With(theirs).Contribute("theirs", 3))
	lost := e.plan("a").With(mine).Contribute("mine", 3).To(pep.Returned)
	require.ErrorIs(e, e.trySave(lost.Plan), storage.ErrConflict)
	require.Equal(e, theirs.Version(), e.load(mine.ID()).Version())
	require.Len(e, e.history(mine.ID()), int(theirs.Version()))
	e.sameAnswers(j.Answers(3, "theirs"), e.answers(mine.ID(), 3, 1))
}

func conflictInTx(e *env) {
	j := e.save(e.plan("a").To(pep.Draft))
	err := e.store.Update(e.ctx, func(tx storage.Tx) error {
		one, two := e.planIn(tx, j.Plan.ID()), e.planIn(tx, j.Plan.ID())
		e.save2(tx, e.plan("a").With(one).Answer("one", 1))
		return tx.Save(e.ctx, e.plan("a").With(two).Answer("two", 1).Plan)
	})
	require.ErrorIs(e, err, storage.ErrConflict)
	require.Equal(e, int64(1), e.load(j.Plan.ID()).Version())
}

func ofAnotherStore(e *env) {
	j := e.other().save(e.plan("a").To(pep.Draft))
	require.ErrorIs(e, e.trySave(j.Answer("here", 1).Plan), storage.ErrNotFound)
	e.absent(j.Plan.ID())
	require.Empty(e, e.history(j.Plan.ID()))
}

func oneChanges(e *env) {
	j := e.save(e.plan("a").To(pep.Draft))
	var plans [20]*pep.PEP
	for w := range plans {
		plans[w] = e.plan("a").With(e.load(j.Plan.ID())).Answer(fmt.Sprint("by ", w), 1).Plan
	}
	won := e.winner(storage.ErrConflict, func(w int) error { return e.trySave(plans[w]) })
	require.Len(e, e.history(j.Plan.ID()), 2)
	e.sameAnswers(j.Answers(1, fmt.Sprint("by ", won)), e.answers(j.Plan.ID(), 1, 1))
}

func foldedIsOld(e *env) {
	j := e.save(e.plan("a").To(pep.Delegated))
	then, err := pep.Fold(e.history(j.Plan.ID())[:1])
	require.NoError(e, err)
	require.ErrorIs(e, e.trySave(e.plan("a").With(then).Answer("then", 1).Plan), storage.ErrConflict)
}

func openAgain(e *env) {
	first := e.save(e.plan("a").To(pep.Finalised))
	second := e.save(first.Next("b").To(pep.Draft))
	closed := first.Plan.Snapshot()
	for _, again := range []pep.Action{
		pep.Reopen{Reason: private.NewText("a mistake")}, pep.Revise{Reason: private.NewText("a new school")},
	} {
		require.ErrorIs(e, e.trySave(first.With(e.load(first.Plan.ID())).Do(again).Plan), storage.ErrExists)
		require.Equal(e, closed, e.load(first.Plan.ID()).Snapshot())
	}
	e.save(second.To(pep.Cancelled))
	e.save(first.With(e.load(first.Plan.ID())).Do(pep.Reopen{Reason: private.NewText("a mistake")}))
	require.ErrorIs(e, e.trySave(first.Next("c").To(pep.Draft).Plan), storage.ErrExists)
}

func endedKeeps(e *env) {
	for _, stage := range []pep.Stage{pep.Cancelled, pep.Deleted} {
		j := e.plan(stage.String()).To(pep.Delegated).Contribute("kept", 3)
		j.Do(pep.Retract{ConfirmedWithSetting: true, Reason: private.NewText("kept too")})
		retract := j.Last()
		e.save(j.Answer("anew", 1))
		e.save(j.To(stage))
		id := j.Plan.ID()
		require.Equal(e, stage, e.load(id).Stage())
		require.Len(e, e.history(id), int(j.Plan.Version()))
		e.sameAnswers(j.Answers(1, "anew"), e.answers(id, 1, 1))
		text, ok := e.text(retract.ID())
		require.True(e, ok)
		require.Equal(e, "kept too", text)
		require.Len(e, e.sealed(id), 3)
	}
}

func savedUnchanged(e *env) {
	j := e.plan("a").To(pep.Delegated)
	snapshot, pending, content := j.Plan.Snapshot(), j.Plan.Pending(), len(j.Plan.Content())
	require.NoError(e, e.trySave(j.Plan))
	require.Equal(e, snapshot, j.Plan.Snapshot())
	require.Equal(e, pending, j.Plan.Pending())
	require.Len(e, j.Plan.Content(), content)
	require.Zero(e, j.Plan.Stored())
	require.ErrorIs(e, e.trySave(j.Plan), storage.ErrExists)
	again := e.plan("a").With(e.load(j.Plan.ID())).Contribute("once", 3).Plan
	require.NoError(e, e.trySave(again))
	require.ErrorIs(e, e.trySave(again), storage.ErrConflict)
	require.Len(e, e.history(j.Plan.ID()), int(again.Version()))
}

// commandRows returns the cases of Once, Record and Post.
func commandRows() []row {
	return []row{
		{name: "P50 a new key is entered", run: newKey},
		{name: "P50 a malformed key is refused", run: noKey},
		{name: "P51 a repeated key returns the recorded outcome", run: keyAgain},
		{name: "P52 a key cannot be used for a different command", run: keyReused},
		{name: "P53 twenty enter a key at once and one carries out the command", needs: []Capability{AtOnce}, run: keyAtOnce},
		{name: "P54 an outcome is recorded in the transaction that entered the key", run: recorded},
		{name: "P54 a key that was not entered in the transaction is not found", run: notEntered},
		{name: "P55 a message is posted once", needs: []Capability{Messages}, run: postOnce},
		{name: "P55 a delivered message is not posted again", needs: []Capability{Messages}, run: postDelivered},
		{name: "P55 a message without an id is refused", run: postNoID},
	}
}

func newKey(e *env) {
	e.update(func(tx storage.Tx) { once(e, tx, "key", digest("a")); once(e, tx, "other", digest("a")) })
	e.update(func(tx storage.Tx) { once(e, tx, "third", pep.Digest{}) })
}

func noKey(e *env) {
	for _, key := range []storage.Key{"", storage.Key(slices.Repeat([]byte("k"), 201))} {
		err := e.store.Update(e.ctx, func(tx storage.Tx) error {
			_, again, err := tx.Once(e.ctx, key, digest("a"), epoch)
			require.False(e, again)
			return err
		})
		e.invalid("key", err)
	}
}

func keyAgain(e *env) {
	want := storage.Outcome{Plan: e.plan("a").Plan.ID(), Version: 3, Events: []uuid.UUID{uuid.Max}}
	again := func(tx storage.Tx, want storage.Outcome) {
		e.Helper()
		got, again, err := tx.Once(e.ctx, "key", digest("a"), epoch)
		require.NoError(e, err)
		require.True(e, again)
		require.Equal(e, want.Plan, got.Plan)
		require.Equal(e, want.Version, got.Version)
		require.Equal(e, len(want.Events), len(got.Events))
	}
	e.update(func(tx storage.Tx) {
		once(e, tx, "key", digest("a"))
		again(tx, storage.Outcome{})
		require.NoError(e, tx.Record(e.ctx, "key", want))
		again(tx, want)
	})
	e.update(func(tx storage.Tx) { again(tx, want) })
}

func keyReused(e *env) {
	e.update(func(tx storage.Tx) { once(e, tx, "key", digest("a")) })
	for _, d := range []pep.Digest{digest("b"), {}} {
		err := e.store.Update(e.ctx, func(tx storage.Tx) error {
			_, _, err := tx.Once(e.ctx, "key", d, epoch)
			return err
		})
		require.ErrorIs(e, err, storage.ErrKeyReused)
	}
}

func keyAtOnce(e *env) {
	errAgain := fmt.Errorf("another worker carried out the command")
	var plans [20]*pep.PEP
	for w := range plans {
		plans[w] = e.plan(fmt.Sprint(w)).To(pep.Draft).Plan
	}
	e.winner(errAgain, func(w int) error {
		return e.store.Update(e.ctx, func(tx storage.Tx) error {
			_, again, err := tx.Once(e.ctx, "key", digest("a"), epoch)
			if err != nil {
				return err
			}
			if again {
				return errAgain
			}
			if err := tx.Save(e.ctx, plans[w]); err != nil {
				return err
			}
			return tx.Record(e.ctx, "key", storage.Outcome{Plan: plans[w].ID(), Version: 1})
		})
	})
	done := e.list(storage.Query{Scope: storage.Everything()})
	require.Len(e, done, 1)
	e.view(func(r storage.Reader) {
		o, err := r.Outcome(e.ctx, "key")
		require.NoError(e, err)
		require.Equal(e, done[0].ID(), o.Plan)
	})
}

func recorded(e *env) {
	e.update(func(tx storage.Tx) {
		once(e, tx, "key", digest("a"))
		require.NoError(e, tx.Record(e.ctx, "key", storage.Outcome{Version: 1, Events: []uuid.UUID{uuid.Max}}))
		require.NoError(e, tx.Record(e.ctx, "key", storage.Outcome{Version: 2}))
	})
	e.view(func(r storage.Reader) {
		o, err := r.Outcome(e.ctx, "key")
		require.NoError(e, err)
		require.Equal(e, int64(2), o.Version)
		require.Empty(e, o.Events)
	})
}

func notEntered(e *env) {
	e.update(func(tx storage.Tx) {
		once(e, tx, "key", digest("a"))
		require.NoError(e, tx.Record(e.ctx, "key", storage.Outcome{Version: 1}))
	})
	for _, key := range []storage.Key{"key", "other", ""} {
		err := e.store.Update(e.ctx, func(tx storage.Tx) error {
			return tx.Record(e.ctx, key, storage.Outcome{Version: 2})
		})
		require.ErrorIs(e, err, storage.ErrNotFound)
	}
	e.view(func(r storage.Reader) {
		o, err := r.Outcome(e.ctx, "key")
		require.NoError(e, err)
		require.Equal(e, int64(1), o.Version)
	})
}

// post posts a message in its own transaction.
func (e *env) post(m storage.Message) (fresh bool) {
	e.Helper()
	e.update(func(tx storage.Tx) {
		var err error
		fresh, err = tx.Post(e.ctx, m)
		require.NoError(e, err)
	})
	return fresh
}

func postOnce(e *env) {
	j := e.save(e.plan("a").To(pep.Draft))
	at := time.Date(2026, time.February, 10, 7, 0, 0, 1999, time.FixedZone("", -3600))
	m := storage.RemindOn(j.Plan, journey.Meeting(), at)
	m.Attempts = 9
	require.True(e, e.post(m))
	later := m
	later.At, later.Kind = at.Add(time.Hour), "other"
	require.False(e, e.post(later))
	require.True(e, e.post(storage.RemindOn(j.Plan, journey.Meeting().AddDays(1), at.Add(time.Hour))))
	got := e.drain()
	require.Len(e, got, 2)
	m.At, m.Attempts = at.UTC().Truncate(time.Microsecond), 1
	require.Equal(e, m, got[0])
}

func postDelivered(e *env) {
	j := e.save(e.plan("a").To(pep.Draft))
	m := storage.RemindOn(j.Plan, journey.Meeting(), time.Unix(0, 0))
	require.True(e, e.post(m))
	require.NoError(e, e.outbox().Delivered(e.ctx, m.ID))
	require.False(e, e.post(m))
	require.Empty(e, e.drain())
}

func postNoID(e *env) {
	m := storage.RemindOn(e.plan("a").To(pep.Draft).Plan, journey.Meeting(), time.Unix(0, 0))
	m.ID = uuid.UUID{}
	e.invalid("id", e.store.Update(e.ctx, func(tx storage.Tx) error {
		_, err := tx.Post(e.ctx, m)
		return err
	}))
}
