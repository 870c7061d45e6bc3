package workflow_test

import (
	"context"
	"encoding/json"
	"iter"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/internal/fixture"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
)

// child returns a pupil like the others, except that they came into care on the
// given day.
func child(n byte, entered string) record.Child {
	c := pupils()[0].(record.Child)
	c.ID = record.ChildID{UUID: uid(n)}
	c.Care = record.Care{Episodes: []record.Episode{{Span: record.Span{From: on(entered)}}}}
	return c
}

// leave ends a child's care. The day is the first day out of care.
func leave(day string) func(*record.Child) {
	return func(c *record.Child) { c.Care.Episodes[0].To = on(day) }
}

// Children iterates over the only child in the directory.
func (d *directory) Children(_ context.Context, born record.Span, _ record.ChildID) iter.Seq2[record.Child, error] {
	return func(yield func(record.Child, error) bool) {
		if storage.BornOn(born, d.child.Born.Reveal(private.Deciding)) {
			yield(d.child, nil)
		}
	}
}

// miscast is a store whose register says that an invalid authority looks after every
// child.
type miscast struct{ storage.Plans }

func (s miscast) View(ctx context.Context, fn func(storage.Reader) error) error {
	return s.Plans.View(ctx, func(r storage.Reader) error { return fn(miscastReader{r, r.(storage.Register)}) })
}

type miscastReader struct {
	storage.Reader
	storage.Register
}

func (r miscastReader) Child(ctx context.Context, id record.ChildID) (record.Child, error) {
	c, err := r.Register.Child(ctx, id)
	c.Care.Episodes = []record.Episode{{Span: record.Span{From: on("2026-01-02")}, Authority: "Lancs"}}
	return c, err
}

func (r miscastReader) Children(ctx context.Context, born record.Span, after record.ChildID) iter.Seq2[record.Child, error] {
	return func(yield func(record.Child, error) bool) {
		for c := range r.Register.Children(ctx, born, after) {
			if c, err := r.Child(ctx, c.ID); !yield(c, err) {
				return
			}
		}
	}
}

// TestATaskMarshalsToAllThatAListShows: a front end need not read anything else.
func TestATaskMarshalsToAllThatAListShows(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		item workflow.Task
		want string
	}{
		{"a plan", workflow.Task{Plan: pep.ID{UUID: uid(9)}, Child: ada, Stage: pep.Delegated, On: on("2026-01-28"), Role: pep.DesignatedTeacher},
			`{"plan": "` + uid(9).String() + `", "child": "` + ada.String() + `", "stage": "delegated", "on": "2026-01-28", "role": "designated_teacher"}`},
		{"a child without a plan", workflow.Task{Child: ada, On: on("2026-01-28"), Role: pep.SocialWorker},
			`{"child": "` + ada.String() + `", "stage": "none", "on": "2026-01-28", "role": "social_worker"}`},
		{"nobody's move, on no day", workflow.Task{Child: ada, Stage: pep.Cancelled}, `{"child": "` + ada.String() + `", "stage": "cancelled"}`},
	} {
		got, err := json.Marshal(c.item)
		require.NoError(t, err)
		require.JSONEq(t, c.want, string(got), c.name)
	}
}

// TestWhichOpenPlansAreListed covers DUE-3, DUE-8 and the meetings of the day.
func TestWhichOpenPlansAreListed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	late := w.delegated(ada, "2026-01-14")
	checked := w.checking(ben, "2026-01-16", "SPRING—06/05/2026")
	draft := w.start(cem, "2026-01-30")
	back := w.delegated(dot, "2026-01-15")
	w.clock.noon(on("2026-01-10"))
	w.must(contributor(teacher), back, pep.SubmitContribution{})
	of := func(id pep.ID, child record.ChildID, stage pep.Stage, day string, role pep.Role) workflow.Task {
		return workflow.Task{Plan: id, Child: child, Stage: stage, On: on(day), Role: role}
	}
	overdue := of(late, ada, pep.Delegated, "2026-01-28", pep.DesignatedTeacher)
	checking := of(checked, ben, pep.Checking, "2026-01-05", pep.BusinessSupport)
	returned := of(back, dot, pep.Returned, "2026-01-10", pep.SocialWorker)
	for _, c := range []struct {
		day                        string
		overdue, stalled, meetings []workflow.Task
	}{
		{"2026-01-14", nil, nil, []workflow.Task{of(late, ada, pep.Delegated, "2026-01-14", pep.DesignatedTeacher)}},
		{"2026-01-15", nil, nil, []workflow.Task{of(back, dot, pep.Returned, "2026-01-15", pep.SocialWorker)}},
		{"2026-01-16", nil, nil, []workflow.Task{of(checked, ben, pep.Checking, "2026-01-16", pep.BusinessSupport)}},
		{"2026-01-19", nil, nil, nil},
		{"2026-01-20", nil, []workflow.Task{checking}, nil},
		{"2026-01-24", nil, []workflow.Task{checking}, nil},
		{"2026-01-25", nil, []workflow.Task{checking, returned}, nil},
		{"2026-01-28", nil, []workflow.Task{checking, returned}, nil},
		{"2026-01-29", []workflow.Task{overdue}, []workflow.Task{checking, returned}, nil},
		{"2026-01-30", []workflow.Task{overdue}, []workflow.Task{checking, returned}, []workflow.Task{of(draft, cem, pep.Draft, "2026-01-30", pep.SocialWorker)}},
	} {
		d := w.day(c.day)
		require.Equal(t, c.overdue, d.Overdue, c.day)
		require.Equal(t, c.stalled, d.Stalled, c.day)
		require.Equal(t, c.meetings, d.Meetings, c.day)
		require.Empty(t, d.Failed)
	}
	w.must(worker, back, pep.Reassign{Comment: text("SPRING—06/05/2026")})
	w.must(contributor(teacher), late, pep.SubmitContribution{})
	d := w.day("2026-01-31")
	require.Empty(t, d.Overdue)
	require.Equal(t, []workflow.Task{checking}, d.Stalled, "at a new stage, the count starts again")
}

// TestAPlanHasStalledByItsOwnPolicy: a plan of an unknown revision fails alone.
func TestAPlanHasStalledByItsOwnPolicy(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	old := w.checking(ada, "2026-01-14", "SPRING—06/05/2026")
	two := fixture.Second(func(par *pep.Parameters) { par.StalledDays = 2 })
	w.make(func(c *workflow.Config) { c.Policy, c.Earlier = two, []*pep.Policy{pep.Lancashire()} })
	young := w.checking(ben, "2026-01-14", "SPRING—06/05/2026")
	plans := func(list []workflow.Task) (ids []pep.ID) {
		for _, i := range list {
			ids = append(ids, i.Plan)
		}
		return ids
	}
	require.Equal(t, []pep.ID{young}, plans(w.day("2026-01-08").Stalled))
	require.Equal(t, []pep.ID{old, young}, plans(w.day("2026-01-20").Stalled))
	w.make(func(c *workflow.Config) { c.Earlier = nil })
	d := w.day("2026-01-21")
	require.Equal(t, []pep.ID{young}, plans(d.Stalled))
	require.Equal(t, []string{"list_open " + old.String()}, failures(d))
}

// TestAListIsTheSameIfTheStoreRunsATransactionTwice: nothing is listed twice.
func TestAListIsTheSameIfTheStoreRunsATransactionTwice(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.put(child(5, "2026-01-02"))
	w.checking(ada, "2026-01-14", "SPRING—06/05/2026")
	w.delegated(ben, "2026-01-14")
	w.start(cem, "2026-01-29")
	w.change(cem, leave("2026-01-10"))
	w.clock.noon(on("2026-01-29"))
	d, err := w.In(twice{w.store}).RunDay(ctx, w.Today())
	require.NoError(t, err)
	require.Equal(t, []int{1, 1, 1, 1, 1}, []int{len(d.NewToCare), len(d.Overdue), len(d.Stalled), len(d.CareEnded), len(d.Meetings)})
}

// TestTheListsOfOpenPlansTakeThreeQueries: the number of plans does not change the
// number of queries.
func TestTheListsOfOpenPlansTakeThreeQueries(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.many(101, "2026-01-14")
	w.clock.noon(on("2026-01-29"))
	s, counts := w.spied()
	d, err := s.RunDay(ctx, w.Today())
	require.NoError(t, err)
	require.Len(t, d.Overdue, 101)
	require.Equal(t, 1+1+1+1+3, counts["Plans"], "care, reminders, carrying forward, finalised plans, and three for these lists")
	require.Equal(t, 1, counts["Children"])
}
