package outbox_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"virtualschool.example/storage"
	"virtualschool.example/storage/memstore"
	"virtualschool.example/storage/outbox"
)

// fate is the result of one call of Publish.
type fate uint8

const (
	arrives fate = 1 + iota
	fails
	panics      // Publish panics before the message arrives, and the relay gives back the rest
	dies        // the program dies before the message arrives
	diesBetween // the program dies after the message has arrived and before it is marked
)

// letter is a message in the test.
type letter struct {
	Plan, Version int
	Fates         []fate        // the results of the first calls of Publish for the letter; after those calls it arrives, unless it is poison
	Poison        bool          // whether the letter never arrives
	Takes         time.Duration // how long a call of Publish takes
	After         time.Duration // the time between the posting of the previous letter and of this letter
	Back          time.Duration // the time from the message's At to its posting
}

func letters(t *rapid.T) []letter {
	versions := map[int]int{}
	one := rapid.Custom(func(t *rapid.T) letter {
		return letter{
			Plan:   rapid.IntRange(1, 4).Draw(t, "plan"),
			Fates:  rapid.SliceOfN(rapid.SampledFrom([]fate{fails, panics, dies, diesBetween}), 0, 3).Draw(t, "fates"),
			Poison: rapid.IntRange(0, 9).Draw(t, "poison") == 9,
			Takes:  rapid.SampledFrom([]time.Duration{0, time.Second, 25 * time.Second, 61 * time.Second, 3 * time.Minute}).Draw(t, "takes"),
			After:  rapid.SampledFrom([]time.Duration{0, 0, time.Second, time.Minute, time.Hour}).Draw(t, "after"),
			Back:   rapid.SampledFrom([]time.Duration{0, time.Second, time.Hour}).Draw(t, "back"),
		}
	})
	all := rapid.SliceOfN(one, 1, 24).Draw(t, "letters")
	for i := range all {
		versions[all[i].Plan]++
		all[i].Version = versions[all[i].Plan]
	}
	return all
}

// world is a store, and a record of what its relays do. Only one thing happens at a
// time, except that calls of Publish overlap.
type world struct {
	letters  []letter
	store    *memstore.Store
	calls    []int  // the number of calls of Publish, by letter
	arrived  []bool // whether each letter arrived
	aside    []bool // whether each letter was set aside
	disorder string // a description of the first message that came before its turn
	ended    bool   // whether everything is settled at the end
	one      chan struct{}
}

const (
	limit    = 20 // the maximum number of attempts; no sequence of fates uses them all
	patience = 7 * 24 * time.Hour
)

// TestRelaysSideBySide requires, whatever fails, that each message arrives or is set
// aside, that only poison is set aside, and that no message is handed over before
// every earlier one of its plan has arrived or been set aside.
func TestRelaysSideBySide(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		w := &world{letters: letters(rt)}
		w.calls, w.arrived, w.aside = make([]int, len(w.letters)), make([]bool, len(w.letters)), make([]bool, len(w.letters))
		batch := rapid.SampledFrom([]int{1, 3, 100}).Draw(rt, "batch")
		synctest.Test(t, func(t *testing.T) { w.live(t, batch) })
		if w.disorder != "" {
			rt.Fatal(w.disorder)
		}
		if !w.ended {
			rt.Fatalf("%+v: arrived %t, set aside %t, calls %d", w.letters, w.arrived, w.aside, w.calls)
		}
	})
}

// settled reports whether all poison was set aside and everything else arrived.
func (w *world) settled() bool {
	defer w.alone()()
	for i, l := range w.letters {
		if w.aside[i] != l.Poison || !w.arrived[i] && !l.Poison {
			return false
		}
	}
	return true
}

// live runs three relays while the letters are posted, and for a long time after.
func (w *world) live(t *testing.T, batch int) {
	w.store, w.one = memstore.New(), make(chan struct{}, 1)
	ctx, cancel := context.WithCancel(t.Context())
	for n := range 3 {
		p := &program{Store: w.store, world: w}
		p.relay = relay(t, outbox.Config{
			Outbox: p, Publish: p.publish, Batch: batch, Attempts: limit, MaxWait: 10 * time.Minute,
		})
		go p.run(ctx, time.Duration(40+7*n)*time.Second)
	}
	for i, l := range w.letters {
		time.Sleep(l.After)
		m := message(l.Plan, l.Version)
		m.ID[15], m.At = byte(i), m.At.Add(-l.Back)
		post(t, w.store, m)
	}
	for began := time.Now(); !w.settled() && time.Since(began) < patience; {
		time.Sleep(10 * time.Minute)
	}
	cancel()
	time.Sleep(time.Hour) // unfinished calls end during this time
	w.ended = w.settled()
}

// program is a program that runs a relay. A dead program writes nothing.
type program struct {
	*memstore.Store
	world *world
	relay *outbox.Relay
	dead  bool
}

// run runs the relay, and starts it again when the program has died.
func (p *program) run(ctx context.Context, every time.Duration) {
	for ctx.Err() == nil {
		func() {
			defer func() { _ = recover() }()
			_ = p.relay.Run(ctx, every)
		}()
		p.dead = false
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
}

func (p *program) Release(ctx context.Context, id uuid.UUID, until time.Time) error {
	if p.dead {
		return storage.ErrClosed
	}
	return p.Store.Release(ctx, id, until)
}

func (p *program) SetAside(ctx context.Context, id uuid.UUID) error {
	defer p.world.alone()()
	p.world.aside[id[15]] = true
	return p.Store.SetAside(ctx, id)
}

// publish does what the message's fate says.
func (p *program) publish(_ context.Context, m storage.Message) error {
	w, i := p.world, m.ID[15]
	f := w.begin(int(i))
	time.Sleep(w.letters[i].Takes)
	defer w.alone()()
	switch f {
	case fails:
		return errRefused
	case panics, dies:
		p.dead = f == dies
		panic("died")
	}
	w.arrived[i] = true
	if f == diesBetween {
		p.dead = true
		panic("died between")
	}
	return nil
}

// begin records that a letter is handed over, and whether it comes before its turn.
func (w *world) begin(i int) fate {
	defer w.alone()()
	l, n := w.letters[i], w.calls[i]
	w.calls[i]++
	for k, earlier := range w.letters[:i] {
		if earlier.Plan == l.Plan && !w.arrived[k] && !w.aside[k] && w.disorder == "" {
			w.disorder = fmt.Sprintf("letter %d of plan %d came before letter %d", i, l.Plan, k)
		}
	}
	switch {
	case n < len(l.Fates):
		return l.Fates[n]
	case l.Poison:
		return fails
	}
	return arrives
}

// alone locks the world, and returns the function that unlocks it.
func (w *world) alone() func() {
	w.one <- struct{}{}
	return func() { <-w.one }
}
