package storagetest

import (
	"fmt"
	"time"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/storage"
	"virtualschool.example/storage/internal/journey"
	"virtualschool.example/term/civil"
)

// pruneRows returns the cases of Tx.Prune.
func pruneRows() []row {
	return []row{
		{name: "P60 no more keys than the limit are removed", run: prunesSoManyKeys},
		{name: "P60 no more messages than the limit are removed", needs: []Capability{Messages}, run: prunesSoManyMessages},
		{name: "P61 a message delivered before the instant and the day is removed", needs: []Capability{Messages}, run: prunesDelivered},
		{name: "P61 an undelivered message stays", needs: []Capability{Messages}, run: prunesNoneWaiting},
		{name: "P61 an alert stays until it is acknowledged", needs: []Capability{Messages}, run: prunesNoAlert},
		{name: "P61 a reminder is not posted again on its day", needs: []Capability{Messages}, run: prunesNoReminder},
		{name: "P62 a key entered before the instant is new again", run: prunesKeys},
		{name: "P62 keys are pruned to the microsecond", run: prunesToTheMicrosecond},
		{name: "P13 an update that fails prunes nothing", run: prunesInVain},
	}
}

// day returns the day of the epoch.
func day() civil.Date { return civil.Of(epoch, time.UTC) }

func (e *env) prune(before time.Time, on civil.Date, limit int) (gone storage.Pruned) {
	e.Helper()
	e.update(func(tx storage.Tx) {
		var err error
		gone, err = tx.Prune(e.ctx, before, on, limit)
		require.NoError(e, err)
	})
	return gone
}

// entered enters a key at an instant.
func (e *env) entered(key storage.Key, at time.Time) {
	e.Helper()
	e.update(func(tx storage.Tx) {
		_, again, err := tx.Once(e.ctx, key, digest("a"), at)
		require.NoError(e, err)
		require.False(e, again, "the key is not new")
		require.NoError(e, tx.Record(e.ctx, key, storage.Outcome{Version: 1}))
	})
}

// isKnown reports whether the store knows a key.
func (e *env) isKnown(key storage.Key) (known bool) {
	e.Helper()
	e.view(func(r storage.Reader) {
		_, err := r.Outcome(e.ctx, key)
		if known = err == nil; !known {
			require.ErrorIs(e, err, storage.ErrNotFound)
		}
	})
	return known
}

// soMany lists successive prunes of a store that holds five things. Each prune has a
// limit, and the number of things that it must remove.
var soMany = []struct{ limit, want int }{{2, 2}, {1, 1}, {2, 2}, {2, 0}}

func prunesSoManyKeys(e *env) {
	for n := range 5 {
		e.entered(storage.Key(fmt.Sprint(n)), epoch)
	}
	far := epoch.Add(time.Hour)
	require.Zero(e, e.prune(far, day(), 0))
	require.Zero(e, e.prune(far, day(), -1))
	for _, c := range soMany {
		require.Equal(e, storage.Pruned{Keys: c.want}, e.prune(far, day(), c.limit))
	}
}

func prunesSoManyMessages(e *env) {
	for n := range 5 {
		e.deliver(e.message(fmt.Sprint(n), 1, n).ID)
	}
	later := journey.Meeting().AddDays(1)
	require.Zero(e, e.prune(epoch.Add(time.Hour), later, 0))
	for _, c := range soMany {
		require.Equal(e, storage.Pruned{Messages: c.want}, e.prune(epoch.Add(time.Hour), later, c.limit))
	}
}

// prunesDelivered requires that the store checks both the instant and the day.
func prunesDelivered(e *env) {
	m := e.message("a", 1, 10)
	other := e.message("b", 1, 99)
	e.deliver(m.ID, other.ID)
	for name, c := range map[string]struct {
		before time.Time
		on     civil.Date
	}{
		"the instant itself": {m.At, m.On.AddDays(1)},
		"the day itself":     {m.At.Add(time.Microsecond), m.On},
		"before both":        {m.At.Add(-time.Hour), m.On.AddDays(-1)},
		"no day":             {m.At.Add(time.Microsecond), civil.Date{}},
	} {
		require.Zero(e, e.prune(c.before, c.on, most), name)
		require.False(e, e.post(m), name)
	}
	require.Equal(e, storage.Pruned{Messages: 1}, e.prune(m.At.Add(time.Microsecond).In(time.FixedZone("", -7200)), m.On.AddDays(1), most))
	require.False(e, e.post(other), "the later message must stay")
	require.True(e, e.post(m), "the pruned message must be new again")
	require.Equal(e, list(m), e.claim(10, 200))
}

func prunesNoneWaiting(e *env) {
	waits, leased, aside, delivered := e.message("a", 1, 1), e.message("b", 1, 0), e.message("c", 1, 2), e.message("d", 1, 3)
	require.Equal(e, list(leased), e.claim(1, 5))
	e.aside(aside.ID)
	e.deliver(delivered.ID)
	require.Equal(e, storage.Pruned{Messages: 1}, e.prune(epoch.Add(time.Hour), journey.Meeting().AddDays(1), most))
	for _, m := range []storage.Message{waits, leased, aside} {
		require.False(e, e.post(m))
	}
	require.Equal(e, list(aside), e.asides(10))
	e.requeue(aside.ID)
	require.Equal(e, list(leased, waits, aside), e.claim(10, 60))
}

func prunesNoAlert(e *env) {
	j := e.plan("a").To(pep.Returned)
	e.save(j)
	all := e.drain() // the notices "delegated" and "returned"; the second is an alert
	require.Len(e, all, 2)
	e.deliver(ids(all)...)
	far := all[1].At.Add(time.Hour)
	require.Equal(e, storage.Pruned{Messages: 1}, e.prune(far, all[1].On.AddDays(1), most))
	require.Equal(e, list(all[1]), ids(e.alerts(j.Child.ID)))
	e.acknowledge(all[1].ID)
	require.Equal(e, storage.Pruned{Messages: 1}, e.prune(far, all[1].On.AddDays(1), most))
	require.ErrorIs(e, e.tryAcknowledge(all[1].ID), storage.ErrNotFound)
	b, alert := returned(e, "b")
	e.acknowledge(alert.ID)
	e.deliver(ids(e.drain())...)
	require.Equal(e, storage.Pruned{Messages: 2}, e.prune(far.AddDate(1, 0, 0), alert.On.AddDays(1), most))
	require.Len(e, e.history(b.Plan.ID()), int(b.Plan.Version()))
}

// prunesNoReminder posts a reminder whose At is several days before its On.
func prunesNoReminder(e *env) {
	j := e.save(e.plan("a").To(pep.Draft))
	m := storage.RemindOn(j.Plan, day(), epoch.AddDate(0, 0, -3))
	require.True(e, e.post(m))
	e.deliver(m.ID)
	require.Zero(e, e.prune(epoch, day(), most))
	require.False(e, e.post(m), "the reminder was delivered, and its day has not passed")
	require.Equal(e, storage.Pruned{Messages: 1}, e.prune(epoch.AddDate(0, 0, 1), day().AddDays(1), most))
}

func prunesKeys(e *env) {
	old, late := epoch.Add(-time.Hour), epoch.Add(time.Hour)
	e.entered("old", old)
	e.entered("now", epoch)
	e.entered("late", late)
	require.Equal(e, storage.Pruned{Keys: 1}, e.prune(epoch, day(), most))
	for key, known := range map[storage.Key]bool{"old": false, "now": true, "late": true} {
		require.Equal(e, known, e.isKnown(key), string(key))
	}
	e.entered("old", late)
	require.Equal(e, storage.Pruned{Keys: 1}, e.prune(late, day(), most))
	require.True(e, e.isKnown("old"), "the key was entered again")
	e.update(func(tx storage.Tx) {
		once(e, tx, "mine", digest("a"))
		gone, err := tx.Prune(e.ctx, late, day(), most)
		require.NoError(e, err)
		require.Equal(e, storage.Pruned{Keys: 1}, gone)
		once(e, tx, "mine", digest("b"))
	})
}

func prunesToTheMicrosecond(e *env) {
	e.entered("key", epoch.Add(999*time.Nanosecond).In(time.FixedZone("", 3600)))
	require.Zero(e, e.prune(epoch, day(), most))
	require.Equal(e, storage.Pruned{Keys: 1}, e.prune(epoch.Add(time.Microsecond), day(), most))
}

func prunesInVain(e *env) {
	e.entered("key", epoch)
	failing(e, func(tx storage.Tx) {
		gone, err := tx.Prune(e.ctx, epoch.Add(1), day(), most)
		require.NoError(e, err)
		require.LessOrEqual(e, gone.Keys, 1)
		_, err = tx.Prune(e.ctx, epoch.Add(time.Hour), day(), most)
		require.NoError(e, err)
	})
	require.True(e, e.isKnown("key"))
}
