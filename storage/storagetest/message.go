package storagetest

import (
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/storage"
	"virtualschool.example/storage/internal/journey"
)

// passed returns a delegated plan that was handed from one contributor to another,
// and both contributors. The plan was saved before and after the change.
func passed(e *env, name string) (j *journey.Journey, before, after record.ContributorID) {
	e.Helper()
	j = e.save(e.plan(name).To(pep.Delegated))
	before = j.Teacher.ID
	j.Teacher.ID.UUID = journey.ID(name, "deputy")
	return e.save(j.Do(pep.ChangeContributor{})), before, j.Teacher.ID
}

func twoMessages(e *env) {
	j, _, _ := passed(e, "a")
	var kinds []string
	for _, m := range e.drain() {
		require.Equal(e, j.Plan.ID(), m.Plan)
		kinds = append(kinds, fmt.Sprint(m.Version, " ", m.Part, " ", m.Kind))
	}
	last := j.Plan.Version()
	require.Equal(e, []string{
		fmt.Sprint(last-1, " 0 delegated"), fmt.Sprint(last, " 0 delegated"), fmt.Sprint(last, " 1 withdrawn"),
	}, kinds)
}

// partOrder hands over many plans. For some of them, message ids happen to sort in
// the order of the parts; for others, they do not. It claims the messages one by
// one, and then all in one claim.
func partOrder(e *env) {
	for n := range 8 {
		j, _, _ := passed(e, fmt.Sprint("plan ", n))
		for _, want := range []string{"delegated", "delegated", "withdrawn"} {
			claimed, err := e.outbox().Claim(e.ctx, 1, epoch, epoch.Add(time.Hour))
			require.NoError(e, err)
			require.Len(e, claimed, 1)
			require.Equal(e, j.Plan.ID(), claimed[0].Plan)
			require.Equal(e, want, claimed[0].Kind)
			require.Empty(e, e.claim(1, 0), "the plan's next message waits for this one")
			e.deliver(claimed[0].ID)
		}
	}
	for n := range 8 {
		passed(e, fmt.Sprint("at once ", n))
	}
	kinds := map[pep.ID][]string{}
	for _, m := range e.drain() {
		kinds[m.Plan] = append(kinds[m.Plan], m.Kind)
	}
	require.Len(e, kinds, 8)
	for _, got := range kinds {
		require.Equal(e, []string{"delegated", "delegated", "withdrawn"}, got, "order within one claim")
	}
}

func messageIDs(e *env) {
	j, _, _ := passed(e, "a")
	var want []uuid.UUID
	for _, ev := range e.history(j.Plan.ID()) {
		for _, n := range ev.Notices.List() {
			want = append(want, uuid.NewSHA1(ev.ID(), []byte(n.String())))
		}
	}
	require.Len(e, want, 3)
	require.Equal(e, want, ids(e.drain()))
}

func concerned(e *env) {
	j, teacher, deputy := passed(e, "a")
	e.save(j.Do(pep.Retract{ConfirmedWithSetting: true, Reason: private.NewText("a change of school")}))
	e.save(j.Answer("as known", 1, 2).Do(pep.Delegate{All: true}, pep.Delete{Reason: private.NewText("entered twice")}))
	want := []storage.Message{
		{Verb: pep.VerbDelegate, Kind: "delegated", Contributor: teacher},
		{Verb: pep.VerbChangeContributor, Kind: "delegated", Contributor: deputy},
		{Verb: pep.VerbChangeContributor, Kind: "withdrawn", Contributor: teacher, Part: 1},
		{Verb: pep.VerbRetract, Kind: "retracted", Contributor: deputy},
		{Verb: pep.VerbDelegate, Kind: "delegated", Contributor: deputy},
		{Verb: pep.VerbDelete, Kind: "withdrawn", Contributor: deputy},
	}
	got := e.drain()
	for i := range got {
		require.Equal(e, j.Child.ID, got[i].Child)
		require.Equal(e, j.School.ID, got[i].Establishment)
		got[i] = storage.Message{Verb: got[i].Verb, Kind: got[i].Kind, Contributor: got[i].Contributor, Part: got[i].Part}
	}
	require.Equal(e, want, got)
}

// postedAsItIs compares every member of the messages of an event and of a message
// that belongs to no event.
func postedAsItIs(e *env) {
	j := e.plan("a").To(pep.Delegated)
	ev := j.Last()
	want := append(slices.Collect(storage.MessagesOf(&ev)), storage.RemindOn(j.Plan, journey.Meeting(), storage.Instant(ev.At).Add(time.Hour)))
	e.save(j)
	require.True(e, e.post(want[1]))
	for i := range want {
		want[i].Attempts = 1
	}
	require.Equal(e, j.Teacher.ID, want[1].Contributor)
	require.Equal(e, want, e.drain())
}
