package workflow_test

import (
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/term"
)

// TestAWalkOfSeveralChildrenKeepsEverythingTogether takes random commands and days
// on the plans of four children while the clock moves on. About a third of the
// commands are ones that no option offered. After each step, every history folds to
// its plan, the outbox holds the notices of the events, and no child has two open
// plans. A refused command changes nothing.
func TestAWalkOfSeveralChildrenKeepsEverythingTogether(t *testing.T) {
	t.Parallel()
	done, refused := map[pep.Verb]int{}, 0
	rapid.Check(t, func(rt *rapid.T) {
		w := &walk{world: newWorld(rt), rt: rt, checked: map[pep.ID]int64{}, notices: map[uuid.UUID]storage.Message{}}
		for range rapid.IntRange(40, 120).Draw(rt, "steps") {
			w.pass()
			verb, ok := w.step()
			w.check()
			if ok {
				done[verb]++
			} else {
				refused++
			}
		}
	})
	total := refused
	for _, n := range done {
		total += n
	}
	t.Logf("%d steps, %d refused, done: %v", total, refused, done)
	require.Greater(t, refused*5, total, "more than a fifth is refused")
	require.Less(t, refused*2, total, "more than half is done")
}

// walk is a world in which rapid decides what happens.
type walk struct {
	*world
	rt        *rapid.T
	ids       []pep.ID
	checked   map[pep.ID]int64 // the version at which each plan was last checked
	notices   map[uuid.UUID]storage.Message
	reminders int
}

// pass lets some days go by, and now and then does the day's work.
func (w *walk) pass() {
	days := rapid.SampledFrom([]int{0, 0, 0, 0, 1, 3, 14, 60}).Draw(w.rt, "days")
	w.clock.noon(w.Today().AddDays(days))
	if rapid.IntRange(0, 4).Draw(w.rt, "day's work") > 0 {
		return
	}
	d, err := w.RunDay(ctx, w.Today())
	require.NoError(w, err)
	require.Empty(w, d.Failed)
	w.reminders += len(d.Reminded)
}

// step gives one command and reports whether it was done.
func (w *walk) step() (pep.Verb, bool) {
	child := rapid.SampledFrom([]record.ChildID{ada, ben, cem, dot}).Draw(w.rt, "child")
	id := w.latest(child)
	by, verb := w.offered(id)
	if rapid.SampledFrom([]bool{false, false, true}).Draw(w.rt, "not offered") {
		by = actor(rapid.SampledFrom(slices.Collect(pep.AllRoles())).Draw(w.rt, "role"))
		verb = rapid.SampledFrom(slices.Collect(pep.AllVerbs())).Draw(w.rt, "verb")
	}
	start := verb == pep.VerbStartInitial || verb == pep.VerbStartSubsequent
	if !start && id.IsZero() {
		return verb, false
	}
	do := w.action(verb, child, id)
	before := w.counts()
	if start {
		id = pep.ID{}
	}
	o, err := w.Do(ctx, w.command(by, id, do))
	if err != nil {
		require.Contains(w, []workflow.Kind{workflow.Refused, workflow.Forbidden, workflow.Invalid}, workflow.KindOf(err), err.Error())
		require.Equal(w, before, w.counts(), "a refusal changes nothing")
		return verb, false
	}
	if start {
		w.ids = append(w.ids, o.Plan)
	}
	if verb == pep.VerbCease { // the child is back in care on the same day, so a new plan can be started (START-3)
		w.change(child, func(c *record.Child) {
			c.Care.Episodes = append(c.Care.Episodes, record.Episode{Span: record.Span{From: w.Today()}})
		})
	}
	last := w.history(o.Plan)[o.Version-1]
	require.Equal(w, verb, last.Verb)
	require.Equal(w, last.ID(), o.Events[0])
	return verb, true
}

// aside holds the actions that lead nowhere or end a plan. They are seldom offered,
// so that most plans reach the end of the workflow.
var aside = map[pep.Verb]bool{
	pep.VerbRescheduleMeeting: true, pep.VerbAttach: true, pep.VerbChangeContributor: true, pep.VerbRetract: true,
	pep.VerbDelete: true, pep.VerbCease: true, pep.VerbRepin: true,
}

// offered returns an action that somebody may take now, on a plan or to start one.
func (w *walk) offered(id pep.ID) (workflow.Actor, pep.Verb) {
	type offer struct {
		by   workflow.Actor
		verb pep.Verb
	}
	offers := []offer{}
	switch {
	case id.IsZero() || w.plan(id).Stage > pep.Finalised:
		offers = append(offers, offer{worker, pep.VerbStartInitial})
	case w.plan(id).Stage == pep.Finalised:
		offers = append(offers, offer{support, pep.VerbStartSubsequent})
	}
	for role := range pep.AllRoles() {
		if id.IsZero() {
			break
		}
		options, err := w.Options(ctx, actor(role), id)
		require.NoError(w, err)
		for _, o := range options {
			if o.Allowed() && (!aside[o.Verb] || rapid.IntRange(0, 9).Draw(w.rt, "aside") == 7) {
				offers = append(offers, offer{actor(role), o.Verb})
			}
		}
	}
	if len(offers) == 0 {
		return desk, pep.VerbDelete
	}
	o := rapid.SampledFrom(offers).Draw(w.rt, "offer")
	return o.by, o.verb
}

// action returns an action with all that it needs, given the plan's present state.
func (w *walk) action(v pep.Verb, child record.ChildID, id pep.ID) pep.Action {
	meeting := w.Today().AddDays(rapid.IntRange(0, 40).Draw(w.rt, "meeting"))
	switch v {
	case pep.VerbStartInitial:
		return pep.StartInitial{Child: child, Meeting: meeting}
	case pep.VerbStartSubsequent:
		return pep.StartSubsequent{Child: child, Meeting: meeting}
	case pep.VerbRescheduleMeeting:
		return pep.RescheduleMeeting{Meeting: meeting}
	case pep.VerbCease:
		return pep.Cease{On: w.Today()}
	case pep.VerbAwardGrade:
		return pep.AwardGrade{Grade: pep.Grade(rapid.IntRange(1, 3).Draw(w.rt, "grade")), Feedback: text("Because")}
	}
	if id.IsZero() {
		return sample(v)
	}
	p := w.plan(id)
	n := rapid.IntRange(1, forms.TemplateOf(p.Type).Len()).Draw(w.rt, "section")
	switch v {
	case pep.VerbAnswer:
		w.fillRest(id, n)
		return pep.Answer{Section: n, Answers: filled(p.Type, n)}
	case pep.VerbSaveContribution:
		return pep.SaveContribution{Section: n, Answers: filled(p.Type, n)}
	case pep.VerbReassign:
		return pep.Reassign{Comment: text(delegation.Lancashire().FormatAssignment(p.Term, term.Lancashire().First(p.Term.Next()).AddDays(20)))}
	case pep.VerbChangeContributor:
		return pep.ChangeContributor{To: teacher}
	}
	return sample(v)
}

// fillRest fills every section of a draft except the one in the last argument, so that
// the walk makes progress.
func (w *walk) fillRest(id pep.ID, but int) {
	for n := range forms.TemplateOf(w.plan(id).Type).Len() {
		if p := w.plan(id); n+1 != but && p.Stage == pep.Draft && p.Filled[n] == 0 {
			w.must(worker, id, pep.Answer{Section: n + 1, Answers: filled(p.Type, n+1)})
		}
	}
}

// latest returns the child's plan that was started last, or zero if there is none.
func (w *walk) latest(child record.ChildID) (id pep.ID) {
	for _, of := range w.ids {
		if w.plan(of).Child == child {
			id = of
		}
	}
	return id
}

// counts returns the number of events and the number of messages.
func (w *walk) counts() [2]int64 {
	var events int64
	for _, id := range w.ids {
		events += w.plan(id).Version
	}
	return [2]int64{events, int64(len(w.messages()))}
}

// check checks the invariants of each plan that has changed, of the outbox and of the
// children.
func (w *walk) check() {
	open := map[record.ChildID]int{}
	for _, id := range w.ids {
		p := w.plan(id)
		if p.Version != w.checked[id] {
			w.checkHistory(p)
			w.checked[id] = p.Version
		}
		if p.Stage.Open() {
			open[p.Child]++
			require.Equal(w, 1, open[p.Child], "open plans of one child")
		}
	}
	reminded, got := 0, map[uuid.UUID]storage.Message{}
	for _, m := range w.messages() {
		if m.Kind == storage.Reminder {
			reminded++
			continue
		}
		got[m.ID] = m
	}
	require.Equal(w, w.reminders, reminded)
	require.Equal(w, w.notices, got)
}

// answers returns the answers of a section as they stand at a revision.
func (w *walk) answers(id pep.ID, section, revision int) (a forms.Answers) {
	require.NoError(w, w.store.View(ctx, func(r storage.Reader) (err error) {
		a, err = r.Answers(ctx, id, section, revision)
		return err
	}))
	return a
}

// checkHistory requires that a plan's history folds to the plan, and notes the
// messages of its notices.
func (w *walk) checkHistory(want pep.Snapshot) {
	history := w.history(want.ID)
	p, err := pep.Fold(history)
	require.NoError(w, err)
	require.Equal(w, want, p.Snapshot())
	for n, filled := range want.Filled {
		if filled != 0 {
			require.False(w, w.answers(want.ID, n+1, want.Revision).IsZero(), "every filled box has its answer")
		}
	}
	for _, e := range history {
		for m := range storage.MessagesOf(&e) {
			w.notices[m.ID] = m
		}
	}
}
