package storagetest

import (
	"bytes"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/storage"
	"virtualschool.example/storage/internal/journey"
)

// outboxRows returns the cases of Outbox.
func outboxRows() []row {
	rows := []row{
		{name: "O1 messages are claimed oldest first", run: oldestFirst},
		{name: "O1 no more messages than the limit are claimed", run: claimLimit},
		{name: "O1 a message dated after the claim is given all the same", run: claimAnyTime},
		{name: "O2 a leased message is not given until its lease has run out", run: leased},
		{name: "O2 a lease ends to the microsecond", run: leaseEnds},
		{name: "O2 each message goes to one of several who claim at once", needs: []Capability{AtOnce}, run: claimAtOnce},
		{name: "O3 a plan's messages come in order", run: planOrder},
		{name: "O3 a plan's messages come by version whatever their instants", run: planOrderSkewed},
		{name: "O3 the messages of one event come by part", run: partOrder},
		{name: "O3 a message waits for an earlier one of its plan", run: waitsForEarlier},
		{name: "O3 a message does not wait for another plan", run: otherPlansGoOn},
		{name: "O4 each claim counts an attempt", run: attempts},
		{name: "O5 a delivered message is not given again", run: delivered},
		{name: "O5 an unknown message is passed over", run: deliveredUnknown},
		{name: "O6 a released message is given from its instant on", run: released},
		{name: "O6 releasing does not revive a delivered message or one set aside", run: releaseRevivesNothing},
		{name: "O8 a message given back untried counts no attempt", run: givenBack},
		{name: "O7 a message set aside is out of the queue and listed", run: setAside},
		{name: "O7 messages set aside are listed oldest first", run: asideOrder},
		{name: "O7 setting aside does not revive a delivered message", run: asideRevivesNothing},
		{name: "O9 messages set aside come page by page", run: asidePages},
		{name: "O10 a message put back counts as never claimed", run: requeued},
		{name: "O10 a message put back comes in its plan's order", run: requeuedInOrder},
		{name: "O10 putting back does not revive a delivered message or end a lease", run: requeueRevivesNothing},
		{name: "O14 a message leased until years ahead is listed and can be released", run: leaseFarAhead},
		{name: "O11 an event with two notices gives two messages", run: twoMessages},
		{name: "O12 an id follows from the event and the notice", run: messageIDs},
		{name: "O13 a message names whom it concerns", run: concerned},
		{name: "O13 a message comes back as it was posted", run: postedAsItIs},
	}
	for i := range rows {
		rows[i].needs = append(rows[i].needs, Messages)
	}
	return rows
}

var epoch = time.Date(2026, time.March, 1, 8, 0, 0, 0, time.UTC)

// message posts a message about a plan. The message's instant is the given number of
// minutes after the epoch.
func (e *env) message(plan string, version int64, minute int) storage.Message {
	e.Helper()
	m := storage.Message{
		ID: journey.ID(fmt.Sprint(plan, version, minute), "message"), Plan: pep.ID{UUID: journey.ID(plan, "plan")},
		Version: version, Kind: storage.Reminder, On: journey.Meeting(), At: epoch.Add(time.Duration(minute) * time.Minute),
	}
	require.True(e, e.post(m))
	return m
}

// claim claims up to limit messages at the given minute, and leases them for ten
// minutes.
func (e *env) claim(limit, minute int) []uuid.UUID {
	e.Helper()
	now := epoch.Add(time.Duration(minute) * time.Minute)
	claimed, err := e.outbox().Claim(e.ctx, limit, now, now.Add(10*time.Minute))
	require.NoError(e, err)
	return ids(claimed)
}

func (e *env) deliver(ids ...uuid.UUID) {
	e.Helper()
	require.NoError(e, e.outbox().Delivered(e.ctx, ids...))
}

func (e *env) release(id uuid.UUID, minute int) {
	e.Helper()
	require.NoError(e, e.outbox().Release(e.ctx, id, epoch.Add(time.Duration(minute)*time.Minute)))
}

func (e *env) aside(id uuid.UUID) {
	e.Helper()
	require.NoError(e, e.outbox().SetAside(e.ctx, id))
}

func (e *env) asides(limit int) []uuid.UUID {
	e.Helper()
	found, err := e.outbox().SetAsides(e.ctx, storage.Message{}, limit)
	require.NoError(e, err)
	return ids(found)
}

func list(of ...storage.Message) []uuid.UUID { return ids(of) }

func oldestFirst(e *env) {
	c, a, b := e.message("c", 1, 3), e.message("a", 1, 1), e.message("b", 1, 2)
	require.Equal(e, list(a, b, c), e.claim(10, 5))
}

func claimLimit(e *env) {
	require.Empty(e, e.claim(10, 0))
	a, b, c := e.message("a", 1, 1), e.message("b", 1, 2), e.message("c", 1, 3)
	require.Empty(e, e.claim(0, 5))
	require.Empty(e, e.claim(-1, 5))
	require.Equal(e, list(a, b), e.claim(2, 5))
	require.Equal(e, list(c), e.claim(2, 5))
	require.Empty(e, e.claim(2, 5))
}

func claimAnyTime(e *env) {
	m := e.message("a", 1, 100)
	claimed, err := e.outbox().Claim(e.ctx, 1, time.Unix(-1e9, 0), time.Unix(-1e9, 1e9))
	require.NoError(e, err)
	require.Equal(e, list(m), ids(claimed), "a message must not wait for its At")
}

func leased(e *env) {
	m := e.message("a", 1, 1)
	require.Equal(e, list(m), e.claim(10, 5))
	require.Empty(e, e.claim(10, 5))
	require.Empty(e, e.claim(10, 14))
	require.Equal(e, list(m), e.claim(10, 15))
	require.Empty(e, e.claim(10, 24))
	require.Equal(e, list(m), e.claim(10, 99))
}

func leaseEnds(e *env) {
	m := e.message("a", 1, 1)
	zone := time.FixedZone("", 7200)
	end := epoch.Add(time.Hour + time.Microsecond)
	claim := func(now time.Time) []uuid.UUID {
		claimed, err := e.outbox().Claim(e.ctx, 1, now.In(zone), end.In(zone))
		require.NoError(e, err)
		return ids(claimed)
	}
	require.Equal(e, list(m), claim(epoch))
	require.Empty(e, claim(end.Add(-time.Microsecond)))
	require.Equal(e, list(m), claim(end))
}

func claimAtOnce(e *env) {
	const workers, plans = 8, 40
	for n := range plans {
		e.message(fmt.Sprint(n), 1, n)
	}
	var mu sync.Mutex
	given := map[uuid.UUID]int{}
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for range plans {
				claimed, err := e.outbox().Claim(e.ctx, 3, epoch, epoch.Add(time.Hour))
				e.noContention(err, func() error {
					claimed, err = e.outbox().Claim(e.ctx, 3, epoch, epoch.Add(time.Hour))
					return err
				})
				mu.Lock()
				for _, m := range claimed {
					given[m.ID]++
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	require.Len(e, given, plans)
	for id, times := range given {
		require.Equal(e, 1, times, "%s was given more than once", id)
	}
}

func planOrder(e *env) {
	j := e.plan("a").To(pep.Grading).Do(pep.AwardGrade{Grade: pep.Green}, pep.Finalise{})
	var want []uuid.UUID
	for _, ev := range j.Plan.Pending() {
		want = append(want, ids(slices.Collect(storage.MessagesOf(&ev)))...)
	}
	e.save(j)
	require.Equal(e, want, e.claim(10, 0))
	var got []uuid.UUID
	for range want {
		one := e.claim(1, 1000+len(got))
		require.Len(e, one, 1)
		e.deliver(one...)
		got = append(got, one...)
	}
	require.Equal(e, want, got)
}

func planOrderSkewed(e *env) {
	third, second, first := e.message("a", 3, 1), e.message("a", 2, 2), e.message("a", 1, 3)
	late := e.message("a", 3, 9)
	other := e.message("b", 1, 0)
	require.Equal(e, list(other), e.claim(1, 10))
	require.Equal(e, list(first, second), e.claim(2, 10))
	e.deliver(first.ID, second.ID)
	require.Equal(e, list(third, late), e.claim(10, 11))
}

func waitsForEarlier(e *env) {
	first, second, third := e.message("a", 1, 1), e.message("a", 2, 2), e.message("a", 3, 3)
	require.Equal(e, list(first), e.claim(1, 5))
	require.Empty(e, e.claim(10, 5), "the first message is leased")
	e.release(first.ID, 60)
	require.Empty(e, e.claim(10, 30), "the first message is to be tried again later")
	require.Equal(e, list(first), e.claim(1, 60))
	e.deliver(first.ID)
	require.Equal(e, list(second), e.claim(1, 60))
	e.aside(second.ID)
	require.Equal(e, list(third), e.claim(1, 60))
}

func otherPlansGoOn(e *env) {
	e.message("a", 1, 1)
	require.Len(e, e.claim(1, 5), 1)
	e.message("a", 2, 2)
	b, c := e.message("b", 7, 3), e.message("c", 1, 4)
	require.Equal(e, list(b, c), e.claim(2, 5))
}

func attempts(e *env) {
	m := e.message("a", 1, 1)
	for n := 1; n <= 4; n++ {
		now := epoch.Add(time.Duration(n) * time.Hour)
		claimed, err := e.outbox().Claim(e.ctx, 1, now, now.Add(time.Minute))
		require.NoError(e, err)
		require.Len(e, claimed, 1)
		want := m
		want.Attempts = n
		require.Equal(e, want, claimed[0])
		if n%2 == 0 {
			e.release(m.ID, 0)
		}
	}
	e.aside(m.ID)
	found, err := e.outbox().SetAsides(e.ctx, storage.Message{}, 1)
	require.NoError(e, err)
	require.Equal(e, 4, found[0].Attempts)
}

func delivered(e *env) {
	a, b, c := e.message("a", 1, 1), e.message("b", 1, 2), e.message("c", 1, 3)
	require.Len(e, e.claim(2, 5), 2)
	e.deliver(a.ID, c.ID)
	e.deliver(a.ID)
	require.Equal(e, list(b), e.claim(10, 60))
	e.deliver(b.ID)
	require.Empty(e, e.claim(10, 600))
}

func deliveredUnknown(e *env) {
	a := e.message("a", 1, 1)
	e.deliver()
	e.deliver(uuid.Max, a.ID, uuid.UUID{})
	require.Empty(e, e.claim(10, 60))
}

func released(e *env) {
	m := e.message("a", 1, 1)
	require.Equal(e, list(m), e.claim(1, 5))
	e.release(m.ID, 7)
	require.Empty(e, e.claim(1, 6))
	require.Equal(e, list(m), e.claim(1, 7))
	e.release(m.ID, 0)
	require.Equal(e, list(m), e.claim(1, 7))
}

func givenBack(e *env) {
	m := e.message("a", 1, 1)
	attempts := func(minute int) int {
		now := epoch.Add(time.Duration(minute) * time.Minute)
		claimed, err := e.outbox().Claim(e.ctx, 1, now, now.Add(time.Hour))
		require.NoError(e, err)
		require.Len(e, claimed, 1)
		return claimed[0].Attempts
	}
	back := func() { require.NoError(e, e.outbox().Release(e.ctx, m.ID, time.Time{})) }
	back()
	require.Equal(e, 1, attempts(5), "after a Release before any claim")
	back()
	require.Equal(e, 1, attempts(5))
	e.release(m.ID, 6)
	back()
	require.Equal(e, 2, attempts(5), "after a Release with an instant")
	back()
	back()
	require.Equal(e, 2, attempts(5), "after two Releases")
}

func releaseRevivesNothing(e *env) {
	a, b := e.message("a", 1, 1), e.message("b", 1, 2)
	require.Len(e, e.claim(10, 5), 2)
	e.deliver(a.ID)
	e.aside(b.ID)
	for _, id := range []uuid.UUID{a.ID, b.ID, uuid.Max} {
		require.NoError(e, e.outbox().Release(e.ctx, id, time.Time{}))
		e.release(id, 0)
	}
	require.Empty(e, e.claim(10, 60))
	found, err := e.outbox().SetAsides(e.ctx, storage.Message{}, 10)
	require.NoError(e, err)
	b.Attempts = 1
	require.Equal(e, []storage.Message{b}, found, "its attempts must not change either")
}

func setAside(e *env) {
	a, b := e.message("a", 1, 1), e.message("b", 1, 2)
	require.Len(e, e.claim(1, 5), 1)
	require.Empty(e, e.asides(10))
	e.aside(a.ID)
	e.aside(a.ID)
	require.Equal(e, list(b), e.claim(10, 600))
	found, err := e.outbox().SetAsides(e.ctx, storage.Message{}, 10)
	require.NoError(e, err)
	a.Attempts = 1
	require.Equal(e, []storage.Message{a}, found)
}

func asideOrder(e *env) {
	c, a, b := e.message("c", 1, 3), e.message("a", 1, 1), e.message("b", 1, 2)
	for _, m := range []storage.Message{b, c, a} {
		e.aside(m.ID)
	}
	require.Equal(e, list(a, b, c), e.asides(10))
	require.Equal(e, list(a, b), e.asides(2))
	require.Empty(e, e.asides(0))
	require.True(e, slices.Equal(e.asides(10), list(a, b, c)), "listing must not remove anything")
}

func asideRevivesNothing(e *env) {
	a := e.message("a", 1, 1)
	e.deliver(a.ID)
	e.aside(a.ID)
	e.aside(uuid.Max)
	require.Empty(e, e.asides(10))
	require.Empty(e, e.claim(10, 60))
}

func asidePages(e *env) {
	var want []uuid.UUID
	for n := range 10 {
		// Each minute has messages of two plans. The message posted first has the higher version.
		m := e.message(fmt.Sprint("plan ", n), int64(10-n), n/2)
		if want = append(want, m.ID); n%2 == 1 {
			want[n-1], want[n] = want[n], want[n-1]
		}
		e.aside(m.ID)
	}
	same := make([]uuid.UUID, 0, 3) // three messages that have the same minute and version
	for n := range 3 {
		m := e.message(fmt.Sprint("same ", n), 1, 60)
		same = append(same, m.ID)
		e.aside(m.ID)
	}
	slices.SortFunc(same, func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
	want = append(want, same...)
	require.Equal(e, want, e.asides(most))
	for _, limit := range []int{1, 2, 5, len(want), most} {
		var got []uuid.UUID
		for page := (storage.Message{}); ; {
			found, err := e.outbox().SetAsides(e.ctx, page, limit)
			require.NoError(e, err)
			require.LessOrEqual(e, len(found), limit)
			if len(found) == 0 {
				break
			}
			require.Less(e, len(got), most, "the list does not end")
			got, page = append(got, ids(found)...), found[len(found)-1]
		}
		require.Equal(e, want, got)
	}
}

func (e *env) requeue(id uuid.UUID) {
	e.Helper()
	require.NoError(e, e.outbox().Requeue(e.ctx, id))
}

func requeued(e *env) {
	m := e.message("a", 1, 1)
	for range 3 {
		require.Equal(e, list(m), e.claim(1, 5))
		e.release(m.ID, 5)
	}
	e.release(m.ID, 600)
	e.aside(m.ID)
	e.requeue(m.ID)
	require.Empty(e, e.asides(10))
	now := epoch.Add(5 * time.Minute)
	claimed, err := e.outbox().Claim(e.ctx, 10, now, now.Add(time.Minute))
	require.NoError(e, err)
	m.Attempts = 1
	require.Equal(e, []storage.Message{m}, claimed)
	e.aside(m.ID)
	require.Equal(e, list(m), e.asides(10), "the message can be set aside again")
	e.requeue(m.ID)
	require.NoError(e, e.outbox().Release(e.ctx, m.ID, time.Time{}))
	claimed, err = e.outbox().Claim(e.ctx, 10, now, now.Add(time.Minute))
	require.NoError(e, err)
	require.Equal(e, []storage.Message{m}, claimed, "a Release must not take back an attempt from before the Requeue")
	e.deliver(m.ID)
	require.Empty(e, e.claim(10, 600))
}

func requeuedInOrder(e *env) {
	first, second, third := e.message("a", 1, 1), e.message("a", 2, 2), e.message("a", 3, 3)
	e.aside(second.ID)
	require.Equal(e, list(first), e.claim(1, 5))
	e.requeue(second.ID)
	require.Empty(e, e.claim(10, 5))
	e.deliver(first.ID)
	require.Equal(e, list(second, third), e.claim(10, 5))
}

func requeueRevivesNothing(e *env) {
	delivered, leased, aside := e.message("a", 1, 1), e.message("b", 1, 2), e.message("c", 1, 3)
	e.aside(aside.ID)
	require.Equal(e, list(delivered, leased), e.claim(10, 5))
	e.deliver(delivered.ID)
	for _, id := range []uuid.UUID{delivered.ID, leased.ID, uuid.Max, {}} {
		e.requeue(id)
	}
	require.Empty(e, e.claim(10, 5))
	require.Equal(e, list(aside), e.asides(10))
	now := epoch.Add(time.Hour)
	claimed, err := e.outbox().Claim(e.ctx, 10, now, now.Add(time.Minute))
	require.NoError(e, err)
	leased.Attempts = 2
	require.Equal(e, []storage.Message{leased}, claimed)
}

func leaseFarAhead(e *env) {
	far, due, later, aside := e.message("a", 1, 1), e.message("b", 1, 2), e.message("c", 1, 3), e.message("d", 1, 4)
	e.aside(aside.ID)
	now, years := epoch.Add(5*time.Minute), epoch.AddDate(9, 0, 0)
	_, err := e.outbox().Claim(e.ctx, 1, years, years.Add(time.Minute)) // the claim of a process whose clock is years ahead
	require.NoError(e, err)
	e.release(later.ID, 600)
	held := func(at time.Time, after storage.Message, limit int) []uuid.UUID {
		found, err := e.outbox().Leased(e.ctx, at, after, limit)
		require.NoError(e, err)
		return ids(found)
	}
	require.Equal(e, []uuid.UUID{far.ID, later.ID}, held(now, storage.Message{}, most))
	require.Equal(e, []uuid.UUID{far.ID}, held(now, storage.Message{}, 1))
	require.Equal(e, []uuid.UUID{later.ID}, held(now, far, most))
	require.Equal(e, []uuid.UUID{far.ID}, held(epoch.Add(600*time.Minute), storage.Message{}, most), "a claim gives the message from that instant on")
	require.Empty(e, held(years.Add(time.Minute), storage.Message{}, most))
	require.NoError(e, e.outbox().Release(e.ctx, far.ID, time.Time{}))
	claimed, err := e.outbox().Claim(e.ctx, most, now, now.Add(time.Minute))
	require.NoError(e, err)
	require.Equal(e, []uuid.UUID{far.ID, due.ID}, ids(claimed))
}
