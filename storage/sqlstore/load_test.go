package sqlstore_test

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/term/civil"
)

// load is a group of workers that give commands, each on its own plans, while a test
// disturbs the server. If a command fails, or its outcome is unknown, the worker looks up
// the outcome by the command's key and then gives the command again.
type load struct {
	t       *testing.T
	primary primary
	service *workflow.Service
	workers sync.WaitGroup
	stopped atomic.Bool
	acks    chan struct{} // a channel that receives a value for each acknowledged command, while a test counts them

	mu    sync.Mutex
	given []*given
	last  time.Time     // the time of the latest acknowledgement
	gap   time.Duration // the longest time between two acknowledgements
}

// primary is the store over the current server.
type primary struct{ atomic.Pointer[sqlstore.Store] }

func (p *primary) View(ctx context.Context, fn func(storage.Reader) error) error {
	return p.Load().View(ctx, fn)
}

func (p *primary) Update(ctx context.Context, fn func(storage.Tx) error) error {
	return p.Load().Update(ctx, fn)
}

// given is a command with its results.
type given struct {
	workflow.Command
	child        record.ChildID // set if the command starts a plan
	acknowledged bool
	outcome      storage.Outcome
	done, undone int // how often the outcome was unknown and the key then showed that the command was done, or was not done
	failed       int // how often the command failed and was not done
	belied       int // how often the command failed although it was done
}

// newLoad starts a number of workers over a database.
func newLoad(t *testing.T, db *sql.DB, workers int) *load {
	t.Helper()
	l := &load{t: t, acks: make(chan struct{})}
	l.on(db)
	var err error
	l.service, err = workflow.New(workflow.Config{Plans: &l.primary, Trusting: true, Now: func() time.Time { return lately }})
	require.NoError(t, err)
	for range workers {
		l.workers.Go(l.work)
	}
	return l
}

// on makes the workers use db from now on.
func (l *load) on(db *sql.DB) { l.primary.Store(postgresEngine.over(l.t, db, "lancashire")) }

// more waits until n more commands have been acknowledged.
func (l *load) more(n int) {
	l.t.Helper()
	enough := time.After(time.Minute)
	for range n {
		select {
		case <-l.acks:
		case <-enough:
			require.Fail(l.t, "the workers stand still")
		}
	}
}

// longest returns the longest time without an acknowledged command since the last call of
// longest.
func (l *load) longest() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	defer func() { l.gap = 0 }()
	return l.gap
}

// end lets the workers finish their commands and stops them.
func (l *load) end() {
	l.stopped.Store(true)
	l.workers.Wait()
}

// work starts one plan after another, and attaches files to each.
func (l *load) work() {
	for !l.stopped.Load() {
		c := l.command(0, pep.StartInitial{Child: l.newChild(), Meeting: civil.MustParse("2026-05-20")})
		for n := 0; l.settle(c) && n < 20 && !l.stopped.Load(); n++ {
			next := l.command(c.outcome.Version, pep.Attach{Name: private.NewText(uuid.NewString()), Size: 1})
			next.Plan = c.outcome.Plan
			c = next
		}
	}
}

// command returns a command with a new key.
func (l *load) command(seen int64, do pep.Action) *given {
	c := &given{Command: workflow.Command{
		Key: storage.Key(uuid.NewString()), By: workflow.Actor{ID: record.PersonID{UUID: uuid.UUID{0: 9}}, Role: pep.SocialWorker},
		Seen: seen, Do: do,
	}}
	if start, is := do.(pep.StartInitial); is {
		c.child = start.Child
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.given = append(l.given, c)
	return c
}

// newChild registers a child, which is not counted as a command.
func (l *load) newChild() record.ChildID {
	child := act(newChild(), pep.SocialWorker).Facts.Child
	for !l.stopped.Load() {
		if l.primary.Update(nowhere, func(tx storage.Tx) error {
			to, err := storage.RegistrarOf(tx)
			if err == nil {
				err = to.PutChild(nowhere, child)
			}
			return err
		}) == nil {
			break
		}
		breathe()
	}
	return child.ID
}

// breathe waits as a host does between two tries.
func breathe() { time.Sleep(2 * time.Millisecond) }

// settle gives a command, again and again, until it is acknowledged. It returns false if
// the server has lost the plan that the command changes, or the plan's version.
func (l *load) settle(c *given) bool {
	for {
		o, err := l.service.Do(nowhere, c.Command)
		switch workflow.KindOf(err) {
		case 0:
			l.acknowledge(c, o)
			return true
		case workflow.NotFound, workflow.Conflict:
			return false
		case workflow.Unknown:
			if l.known(c) {
				c.done++
			} else {
				c.undone++
			}
		case workflow.Internal, workflow.Contention:
			if l.known(c) {
				c.belied++
			} else {
				c.failed++
			}
		default:
			l.t.Errorf("%s: %v", c.Do.Verb(), err)
			return false
		}
	}
}

// known asks for a command's outcome, by its key, until there is an answer, and reports
// whether the command was done.
func (l *load) known(c *given) bool {
	for {
		_, err := l.service.Outcome(nowhere, c.By, c.Key)
		switch workflow.KindOf(err) {
		case 0:
			return true
		case workflow.NotFound:
			return false
		}
		breathe()
	}
}

func (l *load) acknowledge(c *given, o storage.Outcome) {
	l.mu.Lock()
	c.acknowledged, c.outcome = true, o
	now := time.Now()
	if !l.last.IsZero() {
		l.gap = max(l.gap, now.Sub(l.last))
	}
	l.last = now
	l.mu.Unlock()
	select {
	case l.acks <- struct{}{}:
	default:
	}
}

// reckoning counts the commands by what became of them.
type reckoning struct {
	Plans, Acknowledged, Lost, Twice int
	Done, Undone                     int // the numbers of unknown outcomes, by what the key showed afterwards
	Failed, Belied                   int
}

func (r reckoning) String() string {
	return fmt.Sprintf("%d steps acknowledged on %d plans, %d of them lost, %d done twice; %d were unknown: %d done, %d not; %d failed, %d of them done",
		r.Acknowledged, r.Plans, r.Lost, r.Twice, r.Done+r.Undone, r.Done, r.Undone, r.Failed+r.Belied, r.Belied)
}

// reckon stops the workers and counts how often each command was done. It counts what is
// stored and ignores the keys. It requires every history to fold to its plan.
func (l *load) reckon() (c reckoning) {
	l.end()
	starts, attached := map[record.ChildID]int{}, map[string]int{}
	require.NoError(l.t, l.primary.View(nowhere, func(r storage.Reader) error {
		for p, err := range r.Plans(nowhere, storage.Query{Scope: storage.Everything()}) {
			require.NoError(l.t, err)
			c.Plans++
			starts[p.Child()]++
			l.read(r, p, attached)
		}
		return nil
	}))
	for _, g := range l.given {
		n := starts[g.child]
		if a, is := g.Do.(pep.Attach); is {
			n = attached[a.Name.Reveal(private.Deciding)]
		}
		c.add(g, n)
	}
	return c
}

// add counts a command that was done the given number of times.
func (c *reckoning) add(g *given, times int) {
	if g.acknowledged {
		c.Acknowledged++
		c.Lost += max(0, 1-times)
	}
	c.Twice += max(0, times-1)
	c.Done, c.Undone, c.Failed, c.Belied = c.Done+g.done, c.Undone+g.undone, c.Failed+g.failed, c.Belied+g.belied
}

// read counts what was attached to a plan, and requires the plan's history to fold to it.
func (l *load) read(r storage.Reader, p *pep.PEP, attached map[string]int) {
	var history []pep.Event
	for e, err := range r.History(nowhere, p.ID()) {
		require.NoError(l.t, err)
		history = append(history, e)
		if e.Verb == pep.VerbAttach {
			name, err := r.Text(nowhere, e.ID())
			require.NoError(l.t, err)
			attached[name.Reveal(private.Deciding)]++
		}
	}
	folded, err := pep.Fold(history)
	require.NoError(l.t, err)
	require.Equal(l.t, p.Snapshot(), folded.Snapshot())
}
