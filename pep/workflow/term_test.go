package workflow_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/fixture"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
)

// TestOnePlanGoesTheWholeWayRoundATerm takes every action of the workflow at least
// once, and then starts the plan of the next term.
func TestOnePlanGoesTheWholeWayRoundATerm(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	form := forms.SecondaryMainstream
	comment := pep.Reassign{Comment: text("SPRING—06/05/2026")}
	reason := text("Because")
	id := w.start(ada, "2026-01-14")
	seen := map[pep.Verb]bool{pep.VerbStartInitial: true}
	for i, s := range []struct {
		day  string
		by   workflow.Actor
		do   pep.Action
		want pep.Stage
	}{
		{"2026-01-05", worker, pep.Answer{Section: 1, Answers: filled(form, 1)}, pep.Draft},
		{"2026-01-05", worker, pep.Answer{Section: 2, Answers: filled(form, 2)}, pep.Draft},
		{"2026-01-05", support, pep.RescheduleMeeting{Meeting: on("2026-01-15")}, pep.Draft},
		{"2026-01-06", worker, pep.Attach{Name: text("Report.pdf"), Size: 1}, pep.Draft},
		{"2026-01-06", worker, pep.Delegate{To: deputy, All: true}, pep.Delegated},
		{"2026-01-06", worker, pep.Retract{ConfirmedWithSetting: true, Reason: reason}, pep.Draft},
		{"2026-01-07", desk, pep.RestoreSections{Reason: reason}, pep.Draft},
		{"2026-01-07", worker, pep.Answer{Section: 1, Answers: filled(form, 1)}, pep.Draft},
		{"2026-01-07", worker, pep.Answer{Section: 2, Answers: filled(form, 2)}, pep.Draft},
		{"2026-01-07", worker, pep.Delegate{To: deputy, All: true}, pep.Delegated},
		{"2026-01-07", support, pep.ChangeContributor{To: teacher}, pep.Delegated},
		{"2026-01-20", contributor(teacher), pep.SaveContribution{Section: 3, Answers: filled(form, 3)}, pep.Delegated},
		{"2026-01-20", contributor(teacher), pep.SubmitContribution{}, pep.Returned},
		{"2026-01-21", worker, pep.Activate{}, pep.Returned},
		{"2026-01-21", worker, pep.Redelegate{To: teacher, Comments: reason}, pep.Delegated},
		{"2026-01-22", contributor(teacher), pep.SaveContribution{Section: 4, Answers: filled(form, 4)}, pep.Delegated},
		{"2026-01-22", contributor(teacher), pep.SaveContribution{Section: 5, Answers: filled(form, 5)}, pep.Delegated},
		{"2026-01-22", contributor(teacher), pep.SaveContribution{Section: 6, Answers: filled(form, 6)}, pep.Delegated},
		{"2026-01-22", contributor(teacher), pep.SubmitContribution{}, pep.Returned},
		{"2026-01-23", worker, comment, pep.Checking},
		{"2026-01-23", support, pep.ReturnForAmendment{Reason: reason}, pep.Returned},
		{"2026-01-23", worker, comment, pep.Checking},
		{"2026-01-24", support, pep.SendForGrading{}, pep.Grading},
		{"2026-01-26", consultant, pep.AwardGrade{Grade: pep.Red, Feedback: reason}, pep.Returned},
		{"2026-01-27", worker, comment, pep.Checking},
		{"2026-01-27", support, pep.SendForGrading{}, pep.Grading},
		{"2026-01-28", consultant, pep.AwardGrade{Grade: pep.Green}, pep.Checking},
		{"2026-01-29", support, pep.Finalise{}, pep.Finalised},
		{"2026-01-30", desk, pep.Reopen{Reason: reason}, pep.Checking},
		{"2026-01-30", support, pep.Finalise{}, pep.Finalised},
		{"2026-02-02", support, pep.Revise{Reason: reason}, pep.Returned},
		{"2026-02-02", worker, comment, pep.Checking},
		{"2026-02-03", support, pep.Finalise{}, pep.Finalised},
	} {
		w.clock.noon(on(s.day))
		w.must(s.by, id, s.do)
		seen[s.do.Verb()] = true
		p := w.plan(id)
		require.Equal(t, s.want, p.Stage, "step %d: %s", i+1, s.do.Verb())
	}

	next := w.must(support, pep.ID{}, pep.StartSubsequent{Child: ada})
	require.Equal(t, on("2026-05-06"), w.plan(next).Meeting, "the next meeting is the default (FINAL-3)")
	w.clock.noon(on("2026-09-02"))
	w.must(support, next, pep.CarryForward{})
	w.make(func(c *workflow.Config) { c.Policy, c.Earlier = fixture.Second(), []*pep.Policy{pep.Lancashire()} })
	w.must(desk, next, pep.Repin{})
	w.must(support, next, pep.Cease{On: on("2026-09-01")})
	w.must(desk, id, pep.Delete{Reason: reason})
	for _, v := range []pep.Verb{pep.VerbStartSubsequent, pep.VerbCarryForward, pep.VerbRepin, pep.VerbCease, pep.VerbDelete} {
		seen[v] = true
	}
	for v := range pep.AllVerbs() {
		require.True(t, seen[v], v)
	}

	for _, plan := range []pep.ID{id, next} {
		history := w.history(plan)
		p, err := pep.Fold(history)
		require.NoError(t, err)
		require.Equal(t, w.plan(plan), p.Snapshot())
	}
	kinds := map[string]int{}
	for _, m := range w.messages() {
		kinds[m.Kind]++
	}
	require.Equal(t, map[string]int{
		"delegated": 3, "withdrawn": 1, "retracted": 1, "redelegated": 1, "returned": 2, "sent_back": 2, "graded": 2, "finalised": 3, "carried": 1,
	}, kinds)
}

func TestAStartDrawsAnIDAndTheOutcomeNamesWhatHappened(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	o, err := w.Do(ctx, w.command(worker, pep.ID{}, pep.StartInitial{Child: ada, Meeting: on("2026-01-14")}))
	require.NoError(t, err)
	history := w.history(o.Plan)
	require.Len(t, history, 1)
	require.Equal(t, storage.Outcome{Plan: o.Plan, Version: 1, Events: o.Events}, o)
	require.Equal(t, history[0].ID(), o.Events[0])
	require.Equal(t, w.clock.now(), history[0].At)
	require.Equal(t, w.Today(), history[0].On)

	p, err := w.Plan(ctx, worker, o.Plan)
	require.NoError(t, err)
	require.Equal(t, w.plan(o.Plan), p.Snapshot())
}

// TestTheEventSaysForWhom: the record shows on whose behalf somebody acted.
func TestTheEventSaysForWhom(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	by := worker
	by.For = record.PersonID{UUID: uid(99)}
	id := w.must(by, pep.ID{}, pep.StartInitial{Child: ada, Meeting: on("2026-01-14")})
	require.Equal(t, by.For, w.history(id)[0].For)
	require.Equal(t, by.ID, w.history(id)[0].By)
}

// TestTheDayIsTheAuthoritys covers TERM-7 at both changes of the clocks, and in
// summer, when midnight in London is an hour before midnight UTC.
func TestTheDayIsTheAuthoritys(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ at, want string }{
		{"2026-03-28T23:59:59Z", "2026-03-28"},
		{"2026-03-29T00:00:00Z", "2026-03-29"},
		{"2026-03-29T22:59:59Z", "2026-03-29"},
		{"2026-03-29T23:00:00Z", "2026-03-30"},
		{"2026-10-24T22:59:59Z", "2026-10-24"},
		{"2026-10-24T23:00:00Z", "2026-10-25"},
		{"2026-10-25T23:59:59Z", "2026-10-25"},
		{"2026-10-26T00:00:00Z", "2026-10-26"},
	} {
		w := newWorld(t)
		w.clock.set(instant(c.at))
		require.Equal(t, c.want, w.Today().String(), c.at)
		id := w.start(ada, "2026-11-14")
		require.Equal(t, c.want, w.plan(id).Started.String(), c.at)
	}
}

// TestOptionsAgreeWithWhatIsThenDone: at every stage and for every role, Do allows
// the same actions as Options and refuses the others for the same reasons.
func TestOptionsAgreeWithWhatIsThenDone(t *testing.T) {
	t.Parallel()
	for stage := range pep.AllStages() {
		for role := range pep.AllRoles() {
			w := newWorld(t)
			id := w.at(stage)
			options, err := w.Options(ctx, actor(role), id)
			require.NoError(t, err)
			for _, o := range options {
				requireAsOffered(t, w, actor(role), id, o)
			}
		}
	}
}

// requireAsOffered requires that an action turns out as the option says. It takes
// the action in a transaction that is rolled back.
func requireAsOffered(t *testing.T, w *world, by workflow.Actor, id pep.ID, o pep.Option) {
	t.Helper()
	c := w.command(by, id, sample(o.Verb))
	if o.Verb == pep.VerbStartInitial || o.Verb == pep.VerbStartSubsequent || o.Verb == pep.VerbRepin {
		return // a start makes another plan; a re-pin needs another policy
	}
	_, err := w.In(never{w.store}).Do(ctx, c)
	if o.Allowed() {
		require.ErrorIs(t, err, errNever, "%s by %s", o.Verb, by.Role)
		return
	}
	var refusal *rule.Refusal
	require.ErrorAs(t, err, &refusal, "%s by %s", o.Verb, by.Role)
	require.Equal(t, o.Reasons, refusal.Reasons(), "%s by %s", o.Verb, by.Role)
}
