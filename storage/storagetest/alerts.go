package storagetest

import (
	"context"
	"fmt"
	"iter"
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

// alertRows returns the cases of Alerts and Acknowledger.
func alertRows() []row {
	return []row{
		{name: "L1 alerts come by child, plan, version, part and id", run: alertsInOrder},
		{name: "L1 a list of alerts keeps to the children named", run: alertsOfChildren},
		{name: "L1 an alert is the complete message", run: alertWhole},
		{name: "L2 a message to the social worker is an alert", run: alertsOfNotices},
		{name: "L2 a message that is posted can be an alert", run: alertPosted},
		{name: "L2 an alert stays whatever becomes of the message", needs: []Capability{Messages}, run: alertsStay},
		{name: "L3 the reader may be used in a loop over alerts", run: useInAlerts},
		{name: "L10 an acknowledged alert is no longer an alert", run: acknowledged},
		{name: "L10 a message that is not an alert is not found", run: noAlert},
		{name: "L10 twenty acknowledge an alert at once and one succeeds", needs: []Capability{AtOnce}, run: acknowledgedAtOnce},
		{name: "L11 an acknowledged alert is delivered all the same", needs: []Capability{Messages}, run: acknowledgedAndDelivered},
		{name: "L11 an alert put back stays acknowledged", needs: []Capability{Messages}, run: acknowledgedAndPutBack},
		{name: "L12 an acknowledgement needs a person and an instant", run: acknowledgedByNobody},
		{name: "P2 alerts are closed with their reader", run: alertsClose},
		{name: "P6 alerts are neither read nor acknowledged once the context has ended", run: alertsContextAtEnd},
		{name: "P13 an update that fails acknowledges nothing", run: acknowledgedInVain},
		{name: "P40 a transaction sees the alerts that it makes and acknowledges", run: alertsSeen},
	}
}

// returned saves a plan that a contributor has returned. The results are
// the plan's journey and its only alert.
func returned(e *env, name string) (*journey.Journey, storage.Message) {
	e.Helper()
	j := e.plan(name).To(pep.Returned)
	last := j.Last()
	e.save(j)
	return j, slices.Collect(storage.MessagesOf(&last))[0]
}

func (e *env) alertsIn(r storage.Reader, about ...record.ChildID) []storage.Message {
	e.Helper()
	return collect(e, role[storage.Alerts](e, r).Alerts(e.ctx, about...))
}

func (e *env) alerts(about ...record.ChildID) (found []storage.Message) {
	e.Helper()
	e.view(func(r storage.Reader) { found = e.alertsIn(r, about...) })
	return found
}

// reader returns the person who acknowledges alerts.
func reader() record.PersonID { return record.PersonID{UUID: who("worker")} }

func (e *env) tryAcknowledge(id uuid.UUID) error {
	return e.store.Update(e.ctx, func(tx storage.Tx) error {
		return role[storage.Acknowledger](e, tx).Acknowledge(e.ctx, id, reader(), moment(1))
	})
}

func (e *env) acknowledge(id uuid.UUID) {
	e.Helper()
	require.NoError(e, e.tryAcknowledge(id))
}

// alert posts an alert about a child, and returns it.
func (e *env) alert(child, plan uuid.UUID, version int64, part int, n byte) storage.Message {
	e.Helper()
	m := storage.Message{
		ID: uuid.UUID{0: 0xff - n, 15: n}, Plan: pep.ID{UUID: plan}, Version: version, Part: part, Child: record.ChildID{UUID: child},
		Kind: pep.NoticeReturned.String(), On: journey.Meeting(), At: epoch.Add(-time.Duration(n) * time.Hour),
	}
	require.True(e, e.post(m))
	return m
}

func alertsInOrder(e *env) {
	var want []storage.Message
	n := byte(0)
	for _, child := range sharp()[2:6] {
		for _, plan := range sharp()[2:4] {
			for _, version := range []int64{2, 10} {
				for _, part := range []int{0, 1} {
					n += 2
					want = append(want, e.alert(child, plan, version, part, n+1), e.alert(child, plan, version, part, n))
				}
			}
		}
	}
	about := make([]record.ChildID, 0, 8)
	for _, of := range []int{5, 3, 9, 2, 4, 3} {
		about = append(about, record.ChildID{UUID: sharp()[of]})
	}
	require.Equal(e, list(want...), ids(e.alerts(about...)))
}

func alertsOfChildren(e *env) {
	a, first := returned(e, "a")
	b, second := returned(e, "b")
	e.save(e.plan("c").To(pep.Delegated))
	require.Equal(e, list(first), ids(e.alerts(a.Child.ID)))
	require.ElementsMatch(e, list(first, second), ids(e.alerts(b.Child.ID, a.Child.ID, e.plan("c").Child.ID, b.Child.ID)))
	require.Empty(e, e.alerts())
	require.Empty(e, e.alerts(record.ChildID{}, record.ChildID{UUID: uuid.Max}))
}

func alertWhole(e *env) {
	j, want := returned(e, "a")
	require.Equal(e, []storage.Message{want}, e.alerts(j.Child.ID))
	require.Equal(e, j.Child.ID, want.Child)
	require.Equal(e, "returned", want.Kind)
}

func alertsOfNotices(e *env) {
	j := e.plan("a").To(pep.Grading).Do(pep.AwardGrade{Grade: pep.Green}, pep.Finalise{}, pep.Revise{Reason: private.NewText("a new school")})
	e.save(j)
	var kinds []string
	for _, m := range e.alerts(j.Child.ID) {
		require.True(e, m.Alert())
		kinds = append(kinds, m.Kind)
	}
	require.Equal(e, []string{"returned", "graded", "sent_back"}, kinds)
}

func alertPosted(e *env) {
	j := e.save(e.plan("a").To(pep.Draft))
	m := storage.RemindOn(j.Plan, journey.Meeting(), epoch)
	require.True(e, e.post(m))
	require.Empty(e, e.alerts(j.Child.ID), "a reminder is not an alert")
	m.ID, m.Kind = uuid.Max, pep.NoticeReturned.String()
	require.True(e, e.post(m))
	require.Equal(e, list(m), ids(e.alerts(j.Child.ID)))
	e.acknowledge(m.ID)
	require.False(e, e.post(m))
	require.Empty(e, e.alerts(j.Child.ID))
}

func alertsStay(e *env) {
	a, first := returned(e, "a")
	b, second := returned(e, "b")
	claimed := e.drain()
	require.Len(e, claimed, 4)
	e.deliver(ids(claimed[:2])...)
	e.deliver(first.ID)
	e.aside(second.ID)
	for range 2 {
		require.Equal(e, list(first), ids(e.alerts(a.Child.ID)))
		require.Equal(e, list(second), ids(e.alerts(b.Child.ID)))
		e.requeue(second.ID)
	}
	e.acknowledge(first.ID)
	require.Empty(e, e.alerts(a.Child.ID))
}

func useInAlerts(e *env) {
	var about []record.ChildID
	for n := range 5 {
		j, _ := returned(e, fmt.Sprint(n))
		about = append(about, j.Child.ID)
	}
	e.view(func(r storage.Reader) {
		for range 5 {
			for _, err := range role[storage.Alerts](e, r).Alerts(e.ctx, about...) {
				require.NoError(e, err)
				break
			}
		}
		n := 0
		for m, err := range role[storage.Alerts](e, r).Alerts(e.ctx, about...) {
			require.NoError(e, err)
			require.Len(e, e.alertsIn(r, about...), len(about))
			e.planIn(r, m.Plan)
			n++
		}
		require.Equal(e, len(about), n)
	})
}

func acknowledged(e *env) {
	j := e.plan("a").To(pep.Grading).Do(pep.AwardGrade{Grade: pep.Green})
	e.save(j)
	all := e.alerts(j.Child.ID)
	require.Len(e, all, 2)
	e.acknowledge(all[0].ID)
	require.Equal(e, all[1:], e.alerts(j.Child.ID))
	require.ErrorIs(e, e.tryAcknowledge(all[0].ID), storage.ErrExists)
	e.acknowledge(all[1].ID)
	require.Empty(e, e.alerts(j.Child.ID))
}

func noAlert(e *env) {
	j := e.plan("a").To(pep.Delegated)
	last := j.Last()
	e.save(j)
	for m := range storage.MessagesOf(&last) { // a message to the establishment only
		require.ErrorIs(e, e.tryAcknowledge(m.ID), storage.ErrNotFound)
	}
	for _, id := range []uuid.UUID{{}, uuid.Max, j.Plan.ID().UUID, last.ID()} {
		require.ErrorIs(e, e.tryAcknowledge(id), storage.ErrNotFound)
	}
}

func acknowledgedAtOnce(e *env) {
	j, alert := returned(e, "a")
	e.winner(storage.ErrExists, func(int) error { return e.tryAcknowledge(alert.ID) })
	require.Empty(e, e.alerts(j.Child.ID))
}

func acknowledgedAndDelivered(e *env) {
	_, alert := returned(e, "a")
	e.acknowledge(alert.ID)
	claimed := e.drain()
	require.Contains(e, ids(claimed), alert.ID)
	e.deliver(ids(claimed)...)
	require.Empty(e, e.drain())
}

func acknowledgedAndPutBack(e *env) {
	j, alert := returned(e, "a")
	e.aside(alert.ID)
	e.acknowledge(alert.ID)
	e.requeue(alert.ID)
	require.Empty(e, e.alerts(j.Child.ID))
	require.ErrorIs(e, e.tryAcknowledge(alert.ID), storage.ErrExists)
	require.Contains(e, ids(e.drain()), alert.ID)
}

func acknowledgedByNobody(e *env) {
	j, alert := returned(e, "a")
	for member, c := range map[string]struct {
		by record.PersonID
		at time.Time
	}{"by": {at: epoch}, "at": {by: reader()}} {
		e.invalid(member, e.store.Update(e.ctx, func(tx storage.Tx) error {
			return role[storage.Acknowledger](e, tx).Acknowledge(e.ctx, alert.ID, c.by, c.at)
		}))
	}
	require.Len(e, e.alerts(j.Child.ID), 1)
}

func alertsClose(e *env) {
	j, alert := returned(e, "a")
	var kept storage.Reader
	var of iter.Seq2[storage.Message, error]
	e.view(func(r storage.Reader) { kept, of = r, role[storage.Alerts](e, r).Alerts(e.ctx, j.Child.ID) })
	_, before := gather(e, of)
	_, after := gather(e, role[storage.Alerts](e, kept).Alerts(e.ctx, j.Child.ID))
	_, none := gather(e, role[storage.Alerts](e, kept).Alerts(e.ctx))
	var tx storage.Tx
	e.update(func(t storage.Tx) { tx = t })
	e.all(storage.ErrClosed, map[string]error{
		"a list of before": before, "a list": after, "a list of nothing": none,
		"Acknowledge": role[storage.Acknowledger](e, tx).Acknowledge(e.ctx, alert.ID, reader(), epoch),
	})
	require.Len(e, e.alerts(j.Child.ID), 1)
}

func alertsContextAtEnd(e *env) {
	j, alert := returned(e, "a")
	ended, cancel := context.WithCancel(e.ctx)
	cancel()
	_ = e.store.Update(e.ctx, func(tx storage.Tx) error {
		a := role[storage.Acknowledger](e, tx)
		_, err := gather(e, a.Alerts(ended, j.Child.ID))
		require.ErrorIs(e, err, context.Canceled)
		require.ErrorIs(e, a.Acknowledge(ended, alert.ID, reader(), epoch), context.Canceled)
		return errOwn
	})
	require.Len(e, e.alerts(j.Child.ID), 1)
}

func acknowledgedInVain(e *env) {
	j, alert := returned(e, "a")
	failing(e, func(tx storage.Tx) {
		require.NoError(e, role[storage.Acknowledger](e, tx).Acknowledge(e.ctx, alert.ID, reader(), epoch))
	})
	require.Len(e, e.alerts(j.Child.ID), 1)
	e.acknowledge(alert.ID)
}

func alertsSeen(e *env) {
	j := e.plan("a").To(pep.Returned)
	e.update(func(tx storage.Tx) {
		e.save2(tx, j)
		found := e.alertsIn(tx, j.Child.ID)
		require.Len(e, found, 1)
		require.NoError(e, role[storage.Acknowledger](e, tx).Acknowledge(e.ctx, found[0].ID, reader(), epoch))
		require.Empty(e, e.alertsIn(tx, j.Child.ID))
	})
	require.Empty(e, e.alerts(j.Child.ID))
}
