package storagetest

import (
	"fmt"
	"slices"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/storage"
	"virtualschool.example/storage/internal/journey"
	"virtualschool.example/term/civil"
)

// contentRows returns the cases on the content that Save stores.
func contentRows() []row {
	return []row{
		{name: "P46 answers replace those of the same revision", run: replaced},
		{name: "P46 answers of one transaction are stored event by event", run: lastHolds},
		{name: "P46 answers of an earlier revision stay", run: earlierStay},
		{name: "P47 a retract moves the answers into sealed copies", run: sealsAnswers},
		{name: "P47 a retract after a revise seals the answers as they stood at the revision", run: sealsRevision},
		{name: "P47 a retract seals what was answered in the same transaction", run: sealsJoined},
		{name: "P47 a section without answers is not sealed", run: sealsNoBlank},
		{name: "P47 texts and attachments stay after a retract", run: textsStay},
		{name: "P47 a retract seals nothing of another plan", run: sealsOneOnly},
		{name: "P58 a restore moves the sealed copies back", run: restoresAnswers},
		{name: "P58 a restore after a revise gives the revision its answers back", run: restoresRevision},
		{name: "P58 a restore undoes a retract of the same transaction", run: restoresJoined},
		{name: "P58 a restore leaves the copies of another retract", run: restoresOneOnly},
		{name: "P59 destroyed copies cannot be restored", run: restoresNothing},
	}
}

func replaced(e *env) {
	j := e.plan("a").To(pep.Draft)
	two := slices.Sorted(keys(j.Answers(1, "x")))[:2]
	e.save(j.Do(pep.Answer{Section: 1, Answers: forms.NewAnswers(map[string]string{two[0]: "first", two[1]: "gone"})}))
	want := forms.NewAnswers(map[string]string{two[0]: "second"})
	e.save(j.Do(pep.Answer{Section: 1, Answers: want}))
	e.sameAnswers(want, e.answers(j.Plan.ID(), 1, 1))
	blank := forms.NewAnswers(map[string]string{two[0]: "", two[1]: " "})
	e.save(j.Do(pep.Answer{Section: 1, Answers: blank}))
	e.sameAnswers(blank, e.answers(j.Plan.ID(), 1, 1))
	e.save(j.Do(pep.Answer{Section: 1, Clear: true}))
	require.True(e, e.answers(j.Plan.ID(), 1, 1).IsZero())
}

// keys iterates over the questions that have an answer.
func keys(a forms.Answers) func(func(string) bool) {
	return func(yield func(string) bool) {
		for question := range a.Reveal(private.Deciding) {
			if !yield(question) {
				return
			}
		}
	}
}

func lastHolds(e *env) {
	j := e.plan("a").To(pep.Draft)
	e.save(j.Answer("first", 1, 2).Answer("second", 1).Answer("third", 2).Answer("fourth", 1))
	e.sameAnswers(j.Answers(1, "fourth"), e.answers(j.Plan.ID(), 1, 1))
	e.sameAnswers(j.Answers(2, "third"), e.answers(j.Plan.ID(), 2, 1))
	require.Len(e, e.history(j.Plan.ID()), 6)
}

func earlierStay(e *env) {
	j := revised(e)
	e.save(j.Answer("second, again", 1))
	e.sameAnswers(j.Answers(1, "as seen"), e.answers(j.Plan.ID(), 1, 1))
	e.sameAnswers(j.Answers(1, "second, again"), e.answers(j.Plan.ID(), 1, 2))
	e.save(j.To(pep.Finalised).Do(pep.Revise{Reason: private.NewText("once more")}).Answer("third", 1))
	e.sameAnswers(j.Answers(1, "as seen"), e.answers(j.Plan.ID(), 1, 1))
	e.sameAnswers(j.Answers(1, "second, again"), e.answers(j.Plan.ID(), 1, 2))
	e.sameAnswers(j.Answers(1, "third"), e.answers(j.Plan.ID(), 1, 3))
}

// isSealed requires got to be the sealed copy of the given event, section and
// revision, with the answers in want.
func (e *env) isSealed(got storage.Sealed, event pep.Event, section, revision int, want forms.Answers) {
	e.Helper()
	require.Equal(e, event.Plan, got.Plan)
	require.Equal(e, event.Version, got.Version)
	require.Equal(e, section, got.Section)
	require.Equal(e, revision, got.Revision)
	require.Equal(e, event.SealedUntil, got.Until)
	e.sameAnswers(want, got.Answers)
}

func sealsAnswers(e *env) {
	j := e.save(e.plan("a").To(pep.Delegated).Contribute("as seen", 3, 4))
	j.Do(pep.Retract{ConfirmedWithSetting: true, Reason: private.NewText("moved")})
	event := j.Last()
	e.save(j)
	got := e.sealed(j.Plan.ID())
	require.Len(e, got, 4)
	for n, text := range []string{"as known", "as known", "as seen", "as seen"} {
		e.isSealed(got[n], event, n+1, 1, j.Answers(n+1, text))
		require.True(e, e.answers(j.Plan.ID(), n+1, 1).IsZero())
	}
}

// secondTime returns a plan that is delegated at its second revision. Section 1 was
// answered again at that revision.
func secondTime(e *env) *journey.Journey {
	j := e.save(e.plan("a").To(pep.Finalised))
	j.Do(pep.Revise{Reason: private.NewText("a new school")}).Answer("second", 1)
	return j.Do(pep.Redelegate{Comments: private.NewText("please look again")})
}

func sealsRevision(e *env) {
	for name, together := range map[string]bool{"apart": false, "together": true} {
		e := e.other()
		j := secondTime(e)
		if !together {
			e.save(j)
		}
		j.Contribute("second", 3).Do(pep.Retract{ConfirmedWithSetting: true, Reason: private.NewText("moved")})
		event := j.Last()
		e.save(j)
		got := e.sealed(j.Plan.ID())
		require.Len(e, got, 6, name)
		for n, text := range []string{"second", "as seen", "second", "as seen", "as seen", "as seen"} {
			e.isSealed(got[n], event, n+1, 2, j.Answers(n+1, text))
			require.True(e, e.answers(j.Plan.ID(), n+1, 2).IsZero(), name)
			require.True(e, e.answers(j.Plan.ID(), n+1, 3).IsZero(), name)
			e.sameAnswers(j.Answers(n+1, "as seen"), e.answers(j.Plan.ID(), n+1, 1))
		}
		e.save(j.Answer("anew", 2))
		e.sameAnswers(j.Answers(2, "anew"), e.answers(j.Plan.ID(), 2, 2))
		require.True(e, e.answers(j.Plan.ID(), 1, 2).IsZero(), name)
	}
}

func sealsJoined(e *env) {
	j := e.plan("a").To(pep.Draft).Answer("old", 1, 2).Do(pep.Delegate{All: true})
	j.Do(pep.Retract{ConfirmedWithSetting: true, Reason: private.NewText("too early")})
	event := j.Last()
	e.save(j.Answer("new", 1))
	got := e.sealed(j.Plan.ID())
	require.Len(e, got, 2)
	e.isSealed(got[0], event, 1, 1, j.Answers(1, "old"))
	e.isSealed(got[1], event, 2, 1, j.Answers(2, "old"))
	e.sameAnswers(j.Answers(1, "new"), e.answers(j.Plan.ID(), 1, 1))
	require.True(e, e.answers(j.Plan.ID(), 2, 1).IsZero())
}

func sealsNoBlank(e *env) {
	j := e.save(e.plan("a").To(pep.Delegated).Do(pep.SaveContribution{Section: 3, Clear: true}))
	e.save(j.Do(pep.Retract{ConfirmedWithSetting: true, Reason: private.NewText("moved")}))
	require.Len(e, e.sealed(j.Plan.ID()), 2)
	e.save(j.Do(pep.Answer{Section: 1, Clear: true}))
	require.Len(e, e.sealed(j.Plan.ID()), 2)
}

func textsStay(e *env) {
	j := e.plan("a").To(pep.Draft).Do(pep.Attach{Name: private.NewText("report.pdf"), Size: 9})
	attached := j.Last()
	e.save(j.To(pep.Delegated))
	e.save(j.Do(pep.Retract{ConfirmedWithSetting: true, Reason: private.NewText("moved")}))
	text, ok := e.text(attached.ID())
	require.True(e, ok)
	require.Equal(e, "report.pdf", text)
}

func sealsOneOnly(e *env) {
	other := e.save(e.plan("other").To(pep.Delegated))
	e.save(retracted(e, "a"))
	require.Empty(e, e.sealed(other.Plan.ID()))
	e.sameAnswers(other.Answers(1, "as known"), e.answers(other.Plan.ID(), 1, 1))
}

// restore returns the action that brings back what the latest retract cleared.
func restore() pep.Action {
	return pep.RestoreSections{Reason: private.NewText("it was the right school")}
}

func restoresAnswers(e *env) {
	j := e.save(retracted(e, "a"))
	want := e.sealed(j.Plan.ID())
	e.save(j.Do(restore()))
	require.Empty(e, e.sealed(j.Plan.ID()))
	for _, c := range want {
		require.False(e, c.Answers.IsZero())
		e.sameAnswers(c.Answers, e.answers(j.Plan.ID(), c.Section, 1))
	}
	require.Zero(e, e.destroy(civil.MustParse("2099-01-01"), most))
	require.Equal(e, j.Plan.Snapshot(), e.load(j.Plan.ID()).Snapshot())
}

func restoresRevision(e *env) {
	j := secondTime(e).Contribute("second", 3)
	e.save(j.Do(pep.Retract{ConfirmedWithSetting: true, Reason: private.NewText("moved")}))
	e.save(j.Do(restore()))
	for n, text := range []string{"second", "as seen", "second", "as seen", "as seen", "as seen"} {
		e.sameAnswers(j.Answers(n+1, text), e.answers(j.Plan.ID(), n+1, 2))
		e.sameAnswers(j.Answers(n+1, "as seen"), e.answers(j.Plan.ID(), n+1, 1))
	}
	require.Empty(e, e.sealed(j.Plan.ID()))
}

func restoresJoined(e *env) {
	j := e.save(retracted(e, "a").Do(restore()).Answer("anew", 1))
	require.Empty(e, e.sealed(j.Plan.ID()))
	e.sameAnswers(j.Answers(1, "anew"), e.answers(j.Plan.ID(), 1, 1))
	require.False(e, e.answers(j.Plan.ID(), 2, 1).IsZero())
}

func restoresOneOnly(e *env) {
	other := e.save(retracted(e, "other"))
	j := e.save(retracted(e, "a"))
	again := pep.Retract{ConfirmedWithSetting: true, Reason: private.NewText("again")}
	e.save(j.To(pep.Delegated).Do(again, restore()))
	require.Len(e, e.sealed(other.Plan.ID()), 3)
	left := e.sealed(j.Plan.ID())
	require.Len(e, left, 3)
	for _, c := range left {
		require.Less(e, c.Version, j.Plan.Version()-2)
	}
	e.sameAnswers(j.Answers(1, "as known"), e.answers(j.Plan.ID(), 1, 1))
	require.True(e, e.answers(j.Plan.ID(), 3, 1).IsZero())
}

func restoresNothing(e *env) {
	j := e.save(retracted(e, "a"))
	require.Equal(e, 3, e.destroy(civil.MustParse("2099-01-01"), most))
	before := e.load(j.Plan.ID()).Snapshot()
	j.With(e.load(j.Plan.ID())).Do(restore())
	require.ErrorIs(e, e.trySave(j.Plan), storage.ErrNotFound)
	require.Equal(e, before, e.load(j.Plan.ID()).Snapshot())
	require.Len(e, e.history(j.Plan.ID()), int(before.Version))
}

// sealedRows returns the cases of Tx.Destroy.
func sealedRows() []row {
	return []row{
		{name: "P56 copies are destroyed from their date on", run: destroyedOn},
		{name: "P56 no more copies than the limit are destroyed", run: destroyedUpTo},
		{name: "P57 nothing can be read of a destroyed copy", run: destroyed},
	}
}

// destroy destroys sealed copies in its own transaction.
func (e *env) destroy(on civil.Date, limit int) (n int) {
	e.Helper()
	e.update(func(tx storage.Tx) {
		gone, err := tx.Destroy(e.ctx, on, limit)
		require.NoError(e, err)
		n = len(gone)
	})
	return n
}

func destroyedOn(e *env) {
	early := e.save(retracted(e, "early"))
	late := retracted(e, "late")
	late.To(pep.Delegated).Wait(10 * 24 * 60 * 60 * 1e9).Do(pep.Retract{ConfirmedWithSetting: true, Reason: private.NewText("again")})
	e.save(late)
	until := e.sealed(early.Plan.ID())[0].Until
	require.Len(e, e.sealed(late.Plan.ID()), 5)
	require.Zero(e, e.destroy(until.AddDays(-1), most))
	copies := append(e.sealed(early.Plan.ID()), e.sealed(late.Plan.ID())[:3]...)
	e.update(func(tx storage.Tx) {
		gone, err := tx.Destroy(e.ctx, until, most)
		require.NoError(e, err)
		for i := range copies {
			copies[i].Answers = forms.Answers{}
		}
		require.ElementsMatch(e, copies, gone)
	})
	require.Empty(e, e.sealed(early.Plan.ID()))
	left := e.sealed(late.Plan.ID())
	require.Len(e, left, 2)
	require.Zero(e, e.destroy(left[0].Until.AddDays(-1), most))
	require.Equal(e, 2, e.destroy(left[0].Until.AddDays(30), most))
	require.Zero(e, e.destroy(left[0].Until.AddDays(30), most))
}

func destroyedUpTo(e *env) {
	for n := range 3 {
		e.save(retracted(e, fmt.Sprint(n)))
	}
	far := civil.MustParse("2099-01-01")
	require.Zero(e, e.destroy(far, 0))
	require.Zero(e, e.destroy(far, -1))
	for _, want := range []int{4, 4, 1, 0} {
		require.Equal(e, want, e.destroy(far, 4))
	}
}

func destroyed(e *env) {
	j := e.save(retracted(e, "a").Answer("kept", 1))
	before := e.load(j.Plan.ID()).Snapshot()
	require.Equal(e, 3, e.destroy(civil.MustParse("2099-01-01"), most))
	require.Empty(e, e.sealed(j.Plan.ID()))
	e.update(func(tx storage.Tx) { require.Empty(e, collect(e, tx.Sealed(e.ctx, j.Plan.ID()))) })
	for section := 2; section <= 6; section++ {
		require.True(e, e.answers(j.Plan.ID(), section, 1).IsZero())
	}
	e.sameAnswers(j.Answers(1, "kept"), e.answers(j.Plan.ID(), 1, 1))
	require.Equal(e, before, e.load(j.Plan.ID()).Snapshot())
	require.Len(e, e.history(j.Plan.ID()), int(before.Version))
}
