package storagetest

import (
	"errors"
	"slices"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/storage/internal/journey"
)

// readRows returns the cases of Reader (except those on queries) and of a Tx that
// reads.
func readRows() []row {
	return []row{
		{name: "P20 a plan is read as it was last saved, at every stage", run: readAsSaved},
		{name: "P20 an unknown plan is not found", run: notFound},
		{name: "P23 a loop over history may be left early", run: leaveHistory},
		{name: "P24 history may be read in a loop over history", run: historyInHistory},
		{name: "P26 the events of a plan fold to it", run: folds},
		{name: "P26 events come in order and complete", run: eventsWhole},
		{name: "P27 an unknown plan has no history", run: noHistory},
		{name: "P28 answers are read as they stood at a revision", run: standing},
		{name: "P29 a section never answered has no answers", run: neverAnswered},
		{name: "P29 a section cleared by a retract has no answers", run: clearedSection},
		{name: "P30 every kind of text is read by its event", run: everyText},
		{name: "P30 the text of an event that has none is not found", run: noText},
		{name: "P31 sealed copies come by version and section", run: sealedOrder},
		{name: "P32 an outcome is read by its key", run: outcomes},
		{name: "P63 children have the outlines of their plans, and come once each", run: outlines},
		{name: "P64 plans may be read in a loop over outlines", run: outlinesInOutlines},
		{name: "P40 a transaction sees what it writes", run: seesOwn},
		{name: "P40 others do not see a write before the commit", needs: []Capability{AtOnce}, run: othersDoNot},
	}
}

func readAsSaved(e *env) {
	for stage := range pep.AllStages() {
		j := e.plan(stage.String()).To(stage)
		want := j.Plan.Snapshot()
		require.NoError(e, e.trySave(j.Plan))
		got := e.load(j.Plan.ID())
		require.Equal(e, want, got.Snapshot())
		require.Equal(e, want.Version, got.Stored())
		require.Empty(e, got.Pending())
		require.Empty(e, got.Content())
	}
}

func notFound(e *env) {
	e.save(e.plan("a").To(pep.Draft))
	for _, id := range []pep.ID{{}, {UUID: uuid.Max}, e.plan("b").Plan.ID(), {UUID: e.plan("a").Child.ID.UUID}} {
		e.absent(id)
	}
}

func leaveHistory(e *env) {
	j := e.save(e.plan("a").To(pep.Finalised))
	e.view(func(r storage.Reader) {
		for range 20 {
			for ev, err := range r.History(e.ctx, j.Plan.ID()) {
				require.NoError(e, err)
				require.Equal(e, int64(1), ev.Version)
				break
			}
		}
		require.Len(e, collect(e, r.History(e.ctx, j.Plan.ID())), int(j.Plan.Version()))
	})
}

func historyInHistory(e *env) {
	j := e.save(e.plan("a").To(pep.Delegated))
	n := int(j.Plan.Version())
	e.view(func(r storage.Reader) {
		for ev, err := range r.History(e.ctx, j.Plan.ID()) {
			require.NoError(e, err)
			require.Len(e, collect(e, r.History(e.ctx, j.Plan.ID())), n)
			require.Equal(e, int64(n), e.planIn(r, ev.Plan).Version())
		}
	})
}

func folds(e *env) {
	for stage := range pep.AllStages() {
		j := e.plan(stage.String()).To(stage)
		e.save(j)
		folded, err := pep.Fold(e.history(j.Plan.ID()))
		require.NoError(e, err)
		e.samePlan(e.load(j.Plan.ID()), folded)
	}
	j := e.save(e.plan("in steps").To(pep.Finalised))
	e.save(j.Do(pep.Revise{Reason: private.NewText("a new school")}).Do(pep.Redelegate{Comments: private.NewText("once more")}))
	e.save(j.Do(pep.Retract{ConfirmedWithSetting: true, Reason: private.NewText("moved")}))
	folded, err := pep.Fold(e.history(j.Plan.ID()))
	require.NoError(e, err)
	e.samePlan(e.load(j.Plan.ID()), folded)
}

func eventsWhole(e *env) {
	j := e.plan("a").To(pep.Draft)
	var want []pep.Event
	for _, stage := range []pep.Stage{pep.Draft, pep.Delegated, pep.Returned, pep.Checking, pep.Grading} {
		j.To(stage)
		want = append(want, j.Plan.Pending()...)
		e.save(j)
	}
	j.Do(pep.AwardGrade{Grade: pep.Amber, Feedback: private.NewText("well done")}, pep.Finalise{})
	want = append(want, j.Plan.Pending()...)
	e.save(j)
	for i := range want {
		want[i].At = storage.Instant(want[i].At)
	}
	require.Equal(e, want, e.history(j.Plan.ID()))
}

func noHistory(e *env) {
	e.save(e.plan("a").To(pep.Delegated))
	for _, id := range []pep.ID{{}, e.plan("b").Plan.ID()} {
		require.Empty(e, e.history(id))
		require.Empty(e, e.sealed(id))
		require.True(e, e.answers(id, 1, 1).IsZero())
	}
}

// revised returns a plan at its second revision. Section 1 was answered at both
// revisions, section 2 only at the first.
func revised(e *env) *journey.Journey {
	j := e.save(e.plan("a").To(pep.Finalised))
	return e.save(j.Do(pep.Revise{Reason: private.NewText("a new school")}).Answer("second", 1))
}

func standing(e *env) {
	j := revised(e)
	id := j.Plan.ID()
	first, second := j.Answers(1, "as seen"), j.Answers(1, "second")
	e.sameAnswers(first, e.answers(id, 1, 1))
	e.sameAnswers(second, e.answers(id, 1, 2))
	e.sameAnswers(second, e.answers(id, 1, 99))
	e.sameAnswers(j.Answers(2, "as seen"), e.answers(id, 2, 2))
	for _, revision := range []int{0, -1} {
		require.True(e, e.answers(id, 1, revision).IsZero())
	}
}

func neverAnswered(e *env) {
	j := e.save(e.plan("a").To(pep.Draft).Answer("one", 1))
	for _, section := range []int{2, 6, 0, -1, 7, 99, 1 << 20} {
		require.True(e, e.answers(j.Plan.ID(), section, 1).IsZero(), "section %d", section)
	}
}

func clearedSection(e *env) {
	j := e.save(retracted(e, "a"))
	for section := 1; section <= 6; section++ {
		require.True(e, e.answers(j.Plan.ID(), section, 1).IsZero(), "section %d", section)
	}
	want := j.Answers(1, "anew")
	e.save(j.Answer("anew", 1))
	e.sameAnswers(want, e.answers(j.Plan.ID(), 1, 1))
}

func everyText(e *env) {
	j := e.plan("a").To(pep.Draft)
	want := map[uuid.UUID]string{}
	say := func(text string, do func(private.Text) pep.Action) {
		j.Do(do(private.NewText(text)))
		last := j.Last()
		want[last.ID()] = text
	}
	say("report.pdf", func(t private.Text) pep.Action { return pep.Attach{Name: t, Size: 3} })
	j.To(pep.Delegated)
	say("too early", func(t private.Text) pep.Action { return pep.Retract{ConfirmedWithSetting: true, Reason: t} })
	j.To(pep.Returned).Do(pep.Activate{})
	say("please add targets", func(t private.Text) pep.Action { return pep.Redelegate{Comments: t} })
	j.To(pep.Returned)
	assignment := j.Assignment().Reveal(private.Deciding)
	say(assignment, func(t private.Text) pep.Action { return pep.Reassign{Comment: t} })
	say("a sample", func(t private.Text) pep.Action { return pep.SendForGrading{Reason: t} })
	say("the voice of the child is missing", func(t private.Text) pep.Action { return pep.AwardGrade{Grade: pep.Red, Feedback: t} })
	e.save(j)
	say("deleted", func(t private.Text) pep.Action { return pep.Delete{Reason: t} })
	e.save(j)
	for event, text := range want {
		got, ok := e.text(event)
		require.True(e, ok, text)
		require.Equal(e, text, got)
	}
}

func noText(e *env) {
	j := e.save(e.plan("a").To(pep.Delegated))
	for _, ev := range e.history(j.Plan.ID()) {
		_, ok := e.text(ev.ID())
		require.False(e, ok, ev.Verb)
	}
	_, ok := e.text(uuid.UUID{})
	require.False(e, ok)
}

func sealedOrder(e *env) {
	j := e.save(retracted(e, "a"))
	e.save(j.To(pep.Delegated).Do(pep.Retract{ConfirmedWithSetting: true, Reason: private.NewText("again")}))
	e.save(retracted(e, "another"))
	type at struct {
		version int64
		section int
	}
	var got []at
	for _, c := range e.sealed(j.Plan.ID()) {
		require.Equal(e, j.Plan.ID(), c.Plan)
		got = append(got, at{c.Version, c.Section})
	}
	require.Equal(e, []at{{6, 1}, {6, 2}, {6, 3}, {10, 1}, {10, 2}}, got)
}

func outcomes(e *env) {
	want := storage.Outcome{Plan: e.plan("a").Plan.ID(), Version: 7, Events: []uuid.UUID{uuid.Max, journey.ID("a", "event")}}
	e.update(func(tx storage.Tx) {
		once(e, tx, "key", digest("a"))
		require.NoError(e, tx.Record(e.ctx, "key", want))
		once(e, tx, "nothing recorded", digest("a"))
	})
	e.view(func(r storage.Reader) {
		got, err := r.Outcome(e.ctx, "key")
		require.NoError(e, err)
		require.Equal(e, want, got)
		got, err = r.Outcome(e.ctx, "nothing recorded")
		require.NoError(e, err)
		require.True(e, got.Plan.IsZero() && got.Version == 0 && len(got.Events) == 0)
		for _, key := range []storage.Key{"", "other", "ke", "key2"} {
			_, err = r.Outcome(e.ctx, key)
			require.ErrorIs(e, err, storage.ErrNotFound)
		}
	})
}

func seesOwn(e *env) {
	j := retracted(e, "a").Answer("anew", 1)
	id, last := j.Plan.ID(), j.Plan.Pending()[5]
	e.update(func(tx storage.Tx) {
		require.NoError(e, tx.Save(e.ctx, j.Plan))
		e.samePlan(j.Plan, e.planIn(tx, id))
		require.Len(e, collect(e, tx.Plans(e.ctx, storage.Query{Scope: storage.Tray(pep.SocialWorkerTray)})), 1)
		require.Len(e, collect(e, tx.History(e.ctx, id)), int(j.Plan.Version()))
		require.Len(e, collect(e, tx.Sealed(e.ctx, id)), 3)
		a, err := tx.Answers(e.ctx, id, 1, 1)
		require.NoError(e, err)
		e.sameAnswers(j.Answers(1, "anew"), a)
		_, err = tx.Text(e.ctx, last.ID())
		require.NoError(e, err)
		once(e, tx, "key", digest("a"))
		require.NoError(e, tx.Record(e.ctx, "key", storage.Outcome{Version: 3}))
		o, err := tx.Outcome(e.ctx, "key")
		require.NoError(e, err)
		require.Equal(e, int64(3), o.Version)
		gone, err := tx.Destroy(e.ctx, journey.Meeting().AddDays(1000), 1)
		require.NoError(e, err)
		require.Len(e, gone, 1)
		require.Len(e, collect(e, tx.Sealed(e.ctx, id)), 2)
		e.save2(tx, j.With(e.planIn(tx, id)).Answer("twice", 2))
		require.Equal(e, j.Plan.Version(), e.planIn(tx, id).Version())
	})
	require.True(e, slices.ContainsFunc(e.list(storage.Query{Scope: storage.Everything()}), func(p *pep.PEP) bool { return p.ID() == id }))
}

// save2 saves a plan in a transaction that is already running.
func (e *env) save2(tx storage.Tx, j *journey.Journey) {
	e.Helper()
	require.NoError(e, tx.Save(e.ctx, j.Plan))
}

func othersDoNot(e *env) {
	j := e.plan("a").To(pep.Draft)
	seen := errors.New("not looked yet")
	done := make(chan struct{})
	looked := make(chan struct{})
	go func() {
		defer close(looked)
		<-done
		_, seen = e.tryLoad(j.Plan.ID())
	}()
	e.update(func(tx storage.Tx) {
		e.save2(tx, j)
		close(done)
		waitBriefly(looked)
	})
	<-looked
	require.True(e, seen == nil || errors.Is(seen, storage.ErrNotFound), "%v", seen)
	e.samePlan(j.Plan, e.load(j.Plan.ID()))
}

// outlines saves a plan at each stage, each for a different child, and asks for
// every child twice.
func outlines(e *env) {
	want := map[record.ChildID][]pep.Outline{}
	var ids []record.ChildID
	for stage := range pep.AllStages() {
		j := e.save(e.plan(stage.String()).To(stage))
		s := j.Plan.Snapshot()
		want[s.Child] = append(want[s.Child], s.Outline())
		ids = append(ids, s.Child, s.Child, record.ChildID{UUID: unknown})
	}
	e.view(func(r storage.Reader) {
		o, ok := may[storage.Outlines](e, r)
		if !ok {
			return
		}
		got := map[record.ChildID][]pep.Outline{}
		for _, one := range collect(e, o.Outlines(e.ctx, ids...)) {
			require.NotContains(e, got, one.Child)
			got[one.Child] = one.Plans
		}
		require.Equal(e, want, got)
		require.Empty(e, collect(e, o.Outlines(e.ctx)))
	})
}

func outlinesInOutlines(e *env) {
	a, b := e.save(e.plan("a").To(pep.Draft)), e.save(e.plan("b").To(pep.Finalised))
	of := []record.ChildID{a.Plan.Child(), b.Plan.Child()}
	e.view(func(r storage.Reader) {
		o, ok := may[storage.Outlines](e, r)
		if !ok {
			return
		}
		for one, err := range o.Outlines(e.ctx, of...) {
			require.NoError(e, err)
			require.Len(e, one.Plans, 1)
			require.Len(e, collect(e, o.Outlines(e.ctx, of...)), 2)
			e.planIn(r, a.Plan.ID())
			break
		}
		require.Len(e, collect(e, o.Outlines(e.ctx, of...)), 2)
	})
}
